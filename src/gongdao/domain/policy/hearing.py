"""What a rule pack may say about how an appeal is heard: questions, two people, new evidence."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from gongdao.domain.policy.basics import Sourced, SpanText

Ending = Annotated[str, Field(pattern=r"^(uphold|change|overturn)$")]
PenaltyName = Annotated[str, Field(pattern=r"^[a-z]+(_[a-z]+)*$", max_length=40)]


class AskingRule(Sourced):
    """How the appellant is asked something back."""

    cap: SpanText
    """For so long in all a question may hold the appeal's clock; then it runs on by itself."""


class TwoPeople(Sourced):
    """Whose appeals end only once a second person has confirmed the outcome, and which endings."""

    subjects: tuple[str, ...] = ()
    """Accounts and subjects of high profile, as the operator's app names them."""
    reach: int | None = Field(default=None, ge=1)
    """From so many people reached on, as the app counts them; None: reach makes no difference."""
    endings: tuple[Ending, ...] = Field(min_length=1)
    """Endings that two people answer for."""
    penalties: tuple[PenaltyName, ...] = ()
    """Penalties that two people answer for, however the appeal against them ends."""

    def needs(self, ending: str, penalty: str | None) -> bool:
        """Whether such an ending, of an appeal about such a penalty, needs a second person."""
        return ending in self.endings or penalty in self.penalties


class ReopensWith(StrEnum):
    """What opens a matter again after the last level."""

    NEW_EVIDENCE = "new_evidence"


class Reopens(Sourced):
    """How an appeal comes once more after the last level was used."""

    with_: ReopensWith = Field(alias="with")
    within: SpanText
    """Counted from the end of the last appeal."""
