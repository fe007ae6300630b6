"""What a rule pack says about organisations: joining them, working in them, flags on buyers."""

from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, Strict, Words
from gongdao.domain.policy.firms import RosterRule
from gongdao.domain.policy.verification import PlainSpan


class JoiningRule(Sourced):
    """How people come into an organisation."""

    valid_for: PlainSpan
    """How long an invitation can be followed."""
    open_most: int = Field(ge=1, le=200)
    """Invitations that may be open at once."""
    members_most: int = Field(ge=1, le=10_000)
    name_most: int = Field(ge=1, le=80)
    """Characters of the name that colleagues see."""
    alone: Words
    """What an organisation is called that was made for one person."""


class WorkRule(Sourced):
    """How much may be written."""

    comment_most: int = Field(ge=1, le=20_000)
    templates_most: int = Field(ge=0, le=1000)
    """An organisation's own, beside the shipped ones."""
    template_most: int = Field(ge=1, le=20_000)


class FlagReason(Strict):
    """Why a buyer can be flagged, and what is done with care then."""

    code: Code
    title: Words
    care: Words


class FlagRule(Sourced):
    """Flags on buyers (F5): always with a reason and an end, never against an honest review."""

    lasts: PlainSpan
    """If nobody says how long."""
    longest: PlainSpan
    note_most: int = Field(ge=1, le=5000)
    active_most: int = Field(ge=1, le=100_000)
    reasons: tuple[FlagReason, ...] = Field(min_length=1)
    notice: Words
    """Has to be confirmed each time."""
    basis_note: Words

    @model_validator(mode="after")
    def _ends_in_time(self) -> Self:
        if self.lasts.flat() > self.longest.flat():
            raise ValueError("a flag lasts longer than the longest one may")
        return self

    def reason(self, code: str) -> FlagReason | None:
        """One by its code; None where there is none."""
        return next((each for each in self.reasons if each.code == code), None)


class OrganisationPolicy(Strict):
    """organisations.yaml: how people work together on disputes with outside platforms."""

    joining: JoiningRule
    work: WorkRule
    roster: RosterRule
    flags: FlagRule
