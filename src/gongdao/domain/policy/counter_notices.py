"""What a rule pack says of notices about rights, their counter-notices and the clocks between."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Self

from pydantic import Field, model_validator

from gongdao.domain.policy.basics import Code, Sourced, SpanText, Strict, Words
from gongdao.domain.policy.templates import NoticeTemplate

LETTERS = (
    "received",
    "more_asked",
    "rejected",
    "measure",
    "forwarded",
    "counter_forwarded",
    "counter_received",
    "paused",
    "runs_on",
    "reminder",
    "proof_shown",
    "proof_doubted",
    "restored_respondent",
    "restored_notifier",
    "withdrawn",
    "marked",
)
"""The letters that a pack must have."""


class MeasureKind(StrEnum):
    """What can be done about what a notice names. Each can be undone whole; nothing is erased."""

    HIDE = "hide"
    UNLINK = "unlink"
    STOP_TRADE = "stop_trade"
    LABEL = "label"


class Share(StrEnum):
    """How much of somebody's identity the other side gets."""

    WHOLE = "whole"
    MASKED = "masked"
    WITHHELD = "withheld"


class ProofRule(Strict):
    """One thing that shows at first sight that it is so."""

    code: Code
    title: Words
    hint: Words
    required: bool = True


class Right(Sourced):
    """A kind of right, and what a notice and a counter-notice about it bring."""

    code: Code
    title: Words
    hint: Words
    period: Code
    """How long the right holder has once the counter-notice reached them."""
    notice: tuple[ProofRule, ...] = Field(min_length=1)
    counter: tuple[ProofRule, ...] = Field(min_length=1)
    measures: tuple[MeasureKind, ...] = Field(min_length=1)


class Measure(Sourced):
    """A measure in words."""

    kind: MeasureKind
    title: Words
    effect: Words


class Period(Sourced):
    """How long the right holder has to show that they sued or complained."""

    code: Code
    title: Words
    within: SpanText
    roll: bool = True
    """Whether a period in calendar days that ends on a day off ends on the next working day."""
    remind_before: tuple[SpanText, ...] = ()


class HaltRule(Sourced):
    """What may hold that period, and how long in all."""

    code: Code
    title: Words
    cap: SpanText


class IdentityRule(Sourced):
    """What is asked of who somebody is, and what of it the other side gets."""

    name: Share
    number: Share
    contact: Share
    why: Words


class Sizes(Sourced):
    """How much one paper may hold."""

    items_max: int = Field(ge=1, le=500)
    item_max: int = Field(ge=10, le=2000)
    statement_min: int = Field(ge=1)
    statement_max: int = Field(ge=1, le=20_000)
    proof_max: int = Field(ge=10, le=5000)
    files_max: int = Field(ge=1, le=100)
    name_max: int = Field(ge=2, le=200)
    number_min: int = Field(ge=1)
    number_max: int = Field(ge=1, le=100)
    contact_max: int = Field(ge=5, le=320)
    reasons_min: int = Field(ge=1)
    reasons_max: int = Field(ge=1, le=20_000)


class CounterNoticePolicy(Strict):
    """counter_notices.yaml: notice, measures, counter-notice, the period, restoration."""

    rights: tuple[Right, ...] = Field(min_length=1)
    measures: tuple[Measure, ...] = Field(min_length=1)
    periods: tuple[Period, ...] = Field(min_length=1)
    halt: HaltRule
    identity: IdentityRule
    sizes: Sizes
    bona_fide: Words
    """What whoever gives a notice or a counter-notice vouches for."""
    liability: Words
    """What follows from a wrong one, as the law says; nobody infers it by machine."""
    letters: Mapping[Code, NoticeTemplate]

    @model_validator(mode="after")
    def _names_are_known(self) -> Self:
        periods = {period.code for period in self.periods}
        measures = {measure.kind for measure in self.measures}
        for right in self.rights:
            if right.period not in periods:
                raise ValueError(f"{right.code} names the period {right.period}; there is none")
            if not measures.issuperset(right.measures):
                raise ValueError(f"{right.code} names a measure that has no words")
        missing = [code for code in LETTERS if code not in self.letters]
        if missing:
            raise ValueError(f"the letters {', '.join(missing)} are missing")
        return self

    def right(self, code: str) -> Right | None:
        """The kind of right with this code."""
        return next((right for right in self.rights if right.code == code), None)

    def measure(self, kind: MeasureKind) -> Measure:
        """A measure's words."""
        return next(measure for measure in self.measures if measure.kind is kind)

    def period(self, right: str) -> Period:
        """The period that runs for a kind of right; of an unknown one, the first."""
        found = self.right(right)
        code = found.period if found else self.periods[0].code
        return next(period for period in self.periods if period.code == code)
