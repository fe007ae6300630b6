"""That somebody has to pass a course in a quarter."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, PersonId
from gongdao.domain.training.model import CertificateId, TrainingDutyId


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingSet(Event):
    """Somebody has to pass a course by a day."""

    kind: ClassVar[str] = "training_duty.set"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    duty: TrainingDutyId
    person: PersonId
    team: Code
    course: Code
    quarter: str
    due_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingDone(Event):
    """They passed."""

    kind: ClassVar[str] = "training_duty.done"
    personal: ClassVar[Personal] = Personal.NOTHING
    certificate: CertificateId


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingMissed(Event):
    """The day has passed. They can still pass, late."""

    kind: ClassVar[str] = "training_duty.missed"
    personal: ClassVar[Personal] = Personal.NOTHING


class Lifted(StrEnum):
    """Why it binds nobody any more."""

    NEXT_QUARTER = "next_quarter"
    """The next quarter brought its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingLifted(Event):
    """It binds nobody any more."""

    kind: ClassVar[str] = "training_duty.lifted"
    personal: ClassVar[Personal] = Personal.NOTHING
    because: Lifted


TrainingDutyStep = TrainingSet | TrainingDone | TrainingMissed | TrainingLifted


@dataclass(frozen=True, slots=True)
class TrainingDuty:
    """A duty as it stands."""

    id: TrainingDutyId
    person: PersonId
    team: Code
    course: Code
    quarter: str
    due_at: datetime
    done_at: datetime | None = None
    certificate: CertificateId | None = None
    missed: bool = False
    lifted: Lifted | None = None

    @property
    def is_open(self) -> bool:
        """Whether it can still be done, be it late."""
        return self.done_at is None and self.lifted is None


def after(duty: TrainingDuty, step: TrainingDutyStep) -> TrainingDuty:
    """The duty after one more step."""
    match step:
        case TrainingSet():
            raise ValueError(f"duty {duty.id} was set twice")
        case TrainingDone():
            return replace(duty, done_at=step.at, certificate=step.certificate)
        case TrainingMissed():
            return replace(duty, missed=True)
        case TrainingLifted():
            return replace(duty, lifted=step.because)
        case _:
            assert_never(step)


def fold(steps: Iterable[TrainingDutyStep]) -> TrainingDuty:
    """The standing after a whole stream; ValueError if it does not begin with being set."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, TrainingSet):
        raise ValueError("a duty begins with training_duty.set")
    duty = TrainingDuty(
        id=first.duty,
        person=first.person,
        team=first.team,
        course=first.course,
        quarter=first.quarter,
        due_at=first.due_at,
    )
    for step in rest:
        duty = after(duty, step)
    return duty


def quarter_of(day: date) -> str:
    """The quarter in which a day lies: `2026q4`."""
    return f"{day.year}q{(day.month - 1) // 3 + 1}"


@dataclass(frozen=True, slots=True)
class Counted:
    """A team's duties of a quarter in numbers."""

    bound: int
    done: int
    late: int
    """Not done, and their day has passed."""
