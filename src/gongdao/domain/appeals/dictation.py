"""An appeal that somebody makes over the phone: taken down, read back, and confirmed by them.

It is an appeal only once its maker confirmed it. Until then it is a draft that they can see, and a
call that drops loses nothing. The window counts from the call, if it is confirmed in time.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, DictationId, PersonId, Sealed

PARTS = ("facts", "acknowledge", "change")
"""The three parts of a statement, in their order."""


class Confirming(StrEnum):
    """How somebody confirms what was taken down."""

    WEB = "web"
    """They enter the code on the page of their case."""
    SECOND_CALL = "second_call"
    """They name the code in another call, to somebody else."""
    SPOKEN = "spoken"
    """They say so in the same call, and the taker records that they did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DictationTaken(Event):
    """Somebody on the staff opened the case by the caller's code and began to write."""

    kind: ClassVar[str] = "dictation.taken"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    dictation: DictationId
    decision: DecisionId
    case: CaseId
    appellant: PersonId
    code: Sealed
    """The confirmation code, sealed."""
    until: datetime
    """Until when it can be confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DictationWritten(Event):
    """What was said, in three parts; what was read back before no longer stands."""

    kind: ClassVar[str] = "dictation.written"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    parts: tuple[Sealed, Sealed, Sealed]


@dataclass(frozen=True, slots=True, kw_only=True)
class DictationReadBack(Event):
    """Every part was read back, and the caller said that it is right."""

    kind: ClassVar[str] = "dictation.read_back"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class WrongCodeGiven(Event):
    """A wrong confirmation code was given; after some it is locked."""

    kind: ClassVar[str] = "dictation.wrong_code"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class DictationConfirmed(Event):
    """Its maker confirmed it, and it became an appeal."""

    kind: ClassVar[str] = "dictation.confirmed"
    personal: ClassVar[Personal] = Personal.NOTHING
    way: Confirming
    appeal: AppealId


DictationStep = (
    DictationTaken | DictationWritten | DictationReadBack | WrongCodeGiven | DictationConfirmed
)


class DictationStage(StrEnum):
    """Where it stands. That its time is over is read from the clock."""

    WRITING = "writing"
    READ_BACK = "read_back"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class Dictation:
    """An appeal taken down, as it stands."""

    id: DictationId
    decision: DecisionId
    case: CaseId
    appellant: PersonId
    taker: PersonId | None
    called_at: datetime
    until: datetime
    code: Sealed
    parts: tuple[Sealed, Sealed, Sealed] | None = None
    stage: DictationStage = DictationStage.WRITING
    wrong_codes: int = 0
    appeal: AppealId | None = None

    def open_at(self, now: datetime) -> bool:
        """Whether it can still become an appeal."""
        return self.stage is not DictationStage.CONFIRMED and now < self.until


def fold(steps: Iterable[DictationStep]) -> Dictation:
    """The standing after a whole stream; ValueError if it does not begin with the call."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, DictationTaken):
        raise ValueError("a dictation begins with dictation.taken")
    found = Dictation(
        id=first.dictation,
        decision=first.decision,
        case=first.case,
        appellant=first.appellant,
        taker=first.by.person,
        called_at=first.at,
        until=first.until,
        code=first.code,
    )
    for step in rest:
        found = after(found, step)
    return found


def after(found: Dictation, step: DictationStep) -> Dictation:
    """The standing after one more step. mypy checks that no step is forgotten."""
    match step:
        case DictationTaken():
            raise ValueError(f"dictation {found.id} was begun twice")
        case DictationWritten():
            return replace(found, parts=step.parts, stage=DictationStage.WRITING)
        case DictationReadBack():
            return replace(found, stage=DictationStage.READ_BACK)
        case WrongCodeGiven():
            return replace(found, wrong_codes=found.wrong_codes + 1)
        case DictationConfirmed():
            return replace(found, stage=DictationStage.CONFIRMED, appeal=step.appeal)
        case _:
            assert_never(step)
