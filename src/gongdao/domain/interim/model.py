"""An interim measure: what happened to it, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.policy.interim import InterimKind

InterimId = NewType("InterimId", str)


class Because(StrEnum):
    """Why an interim measure was lifted."""

    OVER = "over"
    """Its time was over."""
    CASE_ENDED = "case_ended"
    REVIEWER = "reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimImposed(Event):
    """A measure holds while the case is looked into. Its statement of reasons exists already."""

    kind: ClassVar[str] = "interim.imposed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    interim: InterimId
    case: CaseId
    respondent: PersonId
    measure: InterimKind
    reasons: Sealed
    ends_at: datetime
    cap_ends_at: datetime
    """The latest end that the pack allows for this measure in this case, whatever follows."""
    statement_zh: Sealed
    statement_en: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class InterimLifted(Event):
    """It holds no more."""

    kind: ClassVar[str] = "interim.lifted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    because: Because
    reasons: Sealed | None = None
    """A reviewer's own."""


InterimStep = InterimImposed | InterimLifted


@dataclass(frozen=True, slots=True)
class Interim:
    """An interim measure as it stands."""

    id: InterimId
    case: CaseId
    respondent: PersonId
    measure: InterimKind
    reasons: Sealed
    imposed_at: datetime
    ends_at: datetime
    cap_ends_at: datetime
    statement_zh: Sealed
    statement_en: Sealed
    lifted_at: datetime | None = None
    because: Because | None = None

    @property
    def in_force(self) -> bool:
        """Whether nobody and nothing has lifted it."""
        return self.lifted_at is None


def imposed(step: InterimImposed) -> Interim:
    """The measure as it begins."""
    return Interim(
        id=step.interim,
        case=step.case,
        respondent=step.respondent,
        measure=step.measure,
        reasons=step.reasons,
        imposed_at=step.at,
        ends_at=step.ends_at,
        cap_ends_at=step.cap_ends_at,
        statement_zh=step.statement_zh,
        statement_en=step.statement_en,
    )


def after(interim: Interim, step: InterimStep) -> Interim:
    """The measure as it stands after one more step."""
    match step:
        case InterimImposed():
            raise ValueError(f"interim measure {interim.id} was imposed twice")
        case InterimLifted():
            return replace(interim, lifted_at=step.at, because=step.because)
        case _:
            assert_never(step)


def fold(steps: Iterable[InterimStep]) -> Interim:
    """The standing after a whole stream; ValueError if it does not begin with its imposing."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, InterimImposed):
        raise ValueError("an interim measure begins with interim.imposed")
    interim = imposed(first)
    for step in rest:
        interim = after(interim, step)
    return interim
