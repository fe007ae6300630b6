"""A firm: what it applied with, what it brought since, and whether it may use the lane."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, PersonId, Sealed
from gongdao.domain.kernel.kept_files import FileRef

FirmId = NewType("FirmId", str)


class FirmStage(StrEnum):
    """How a firm stands."""

    APPLIED = "applied"
    VERIFIED = "verified"
    REFUSED = "refused"
    LOST = "lost"
    """By repetition; it may object."""
    ENDED = "ended"
    """Its time was over and nobody renewed it."""


@dataclass(frozen=True, slots=True)
class Papers:
    """What a firm applies with. Every text lies sealed."""

    name: Sealed
    number: Sealed
    """The unified social credit code."""
    number_key: str
    """A keyed digest by which the same number is found again."""
    representative: Sealed
    undertaking: Sealed
    """As it was shown."""
    signature: Sealed
    """The name that was typed under it."""
    licence: FileRef


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmApplied(Event):
    """An account asked to be verified as a firm, for the first time or again."""

    kind: ClassVar[str] = "firm.applied"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    firm: FirmId
    person: PersonId
    papers: Papers


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmAccepted(Event):
    """A reviewer found that the papers hold."""

    kind: ClassVar[str] = "firm.accepted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class FirmRefused(Event):
    """A reviewer found that they do not."""

    kind: ClassVar[str] = "firm.refused"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class HoursRecorded(Event):
    """Training that was taken, with its proof in words."""

    kind: ClassVar[str] = "firm.hours_recorded"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    minutes: int
    proof: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ExamRecorded(Event):
    """An exam that was taken, with its proof in words."""

    kind: ClassVar[str] = "firm.exam_recorded"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    passed: bool
    proof: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class DepositEntered(Event):
    """A line of the ledger. No money is moved by it; it is never changed."""

    kind: ClassVar[str] = "firm.deposit_entered"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    fen: int
    """Below zero where something was given back or taken."""
    reason: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneChanged(Event):
    """From now on its cases may, or may not, go ahead within the share of the lane."""

    kind: ClassVar[str] = "firm.lane_changed"
    personal: ClassVar[Personal] = Personal.NOTHING
    open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationLost(Event):
    """The same rule was broken too often. The statement of reasons exists already."""

    kind: ClassVar[str] = "firm.lost"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    clause: Code
    strikes: int
    statement_zh: Sealed
    statement_en: Sealed
    contest_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LossContested(Event):
    """The firm says why it should not have lost it."""

    kind: ClassVar[str] = "firm.loss_contested"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    grounds: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestHeard(Event):
    """A person decided on the objection."""

    kind: ClassVar[str] = "firm.contest_heard"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    restored: bool
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationRestored(Event):
    """A decision on which the loss rested was overturned, so that it rests on nothing."""

    kind: ClassVar[str] = "firm.restored"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class QualificationEnded(Event):
    """Its time was over."""

    kind: ClassVar[str] = "firm.ended"
    personal: ClassVar[Personal] = Personal.NOTHING


FirmStep = (
    FirmApplied
    | FirmAccepted
    | FirmRefused
    | HoursRecorded
    | ExamRecorded
    | DepositEntered
    | LaneChanged
    | QualificationLost
    | LossContested
    | ContestHeard
    | QualificationRestored
    | QualificationEnded
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of training, exams or the ledger."""

    at: datetime
    amount: int
    """Minutes, fen, or 1 and 0 for an exam that was passed or not."""
    why: Sealed


@dataclass(frozen=True, slots=True)
class Loss:
    """How the verification was lost."""

    at: datetime
    clause: Code
    strikes: int
    statement_zh: Sealed
    statement_en: Sealed
    contest_until: datetime
    grounds: Sealed | None = None
    restored: bool | None = None
    """None while nobody has decided on an objection."""
    reasons: Sealed | None = None


@dataclass(frozen=True, slots=True)
class Firm:
    """A firm as it stands."""

    id: FirmId
    person: PersonId
    stage: FirmStage
    papers: Papers
    """Those that hold, or the first ones."""
    pending: Papers | None
    """Those that wait to be checked."""
    applied_at: datetime
    reasons: Sealed | None = None
    accepted_at: datetime | None = None
    until: datetime | None = None
    hours: tuple[Line, ...] = ()
    exams: tuple[Line, ...] = ()
    ledger: tuple[Line, ...] = ()
    lane: bool = False
    loss: Loss | None = None

    @property
    def balance_fen(self) -> int:
        """What the ledger adds up to."""
        return sum(line.amount for line in self.ledger)


def after(firm: Firm, step: FirmStep) -> Firm:
    """The firm as it stands after one more step."""
    match step:
        case FirmApplied():
            # Whoever renews in time stays verified while that is checked.
            return replace(
                firm, stage=_stays(firm, FirmStage.APPLIED), pending=step.papers, applied_at=step.at
            )
        case FirmAccepted():
            return replace(
                firm,
                stage=FirmStage.VERIFIED,
                papers=firm.pending or firm.papers,
                pending=None,
                reasons=step.reasons,
                accepted_at=step.at,
                until=step.until,
                loss=None,
            )
        case FirmRefused():
            return replace(
                firm, stage=_stays(firm, FirmStage.REFUSED), pending=None, reasons=step.reasons
            )
        case HoursRecorded():
            line = Line(step.at, step.minutes, step.proof)
            return replace(firm, hours=(*firm.hours, line))
        case ExamRecorded():
            line = Line(step.at, int(step.passed), step.proof)
            return replace(firm, exams=(*firm.exams, line))
        case DepositEntered():
            line = Line(step.at, step.fen, step.reason)
            return replace(firm, ledger=(*firm.ledger, line))
        case LaneChanged():
            return replace(firm, lane=step.open)
        case _:
            return _after_loss(firm, step)


def _after_loss(
    firm: Firm,
    step: (
        QualificationLost
        | LossContested
        | ContestHeard
        | QualificationRestored
        | QualificationEnded
    ),
) -> Firm:
    """The steps that end a verification, or give it back."""
    match step:
        case QualificationLost():
            loss = Loss(
                at=step.at,
                clause=step.clause,
                strikes=step.strikes,
                statement_zh=step.statement_zh,
                statement_en=step.statement_en,
                contest_until=step.contest_until,
            )
            return replace(firm, stage=FirmStage.LOST, loss=loss)
        case LossContested():
            return replace(firm, loss=_contested(firm, step))
        case ContestHeard():
            stage = FirmStage.VERIFIED if step.restored else firm.stage
            return replace(firm, stage=stage, loss=_heard(firm, step))
        case QualificationRestored():
            return replace(firm, stage=FirmStage.VERIFIED, loss=None)
        case QualificationEnded():
            return replace(firm, stage=FirmStage.ENDED)
        case _:
            assert_never(step)


def _stays(firm: Firm, otherwise: FirmStage) -> FirmStage:
    return firm.stage if firm.stage is FirmStage.VERIFIED else otherwise


def _contested(firm: Firm, step: LossContested) -> Loss:
    if firm.loss is None:
        raise ValueError(f"firm {firm.id} has lost nothing")
    return replace(firm.loss, grounds=step.grounds)


def _heard(firm: Firm, step: ContestHeard) -> Loss:
    if firm.loss is None:
        raise ValueError(f"firm {firm.id} has lost nothing")
    return replace(firm.loss, restored=step.restored, reasons=step.reasons)


def fold(steps: Iterable[FirmStep]) -> Firm:
    """The standing after a whole stream; ValueError if it does not begin with an application."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, FirmApplied):
        raise ValueError("a firm begins with firm.applied")
    firm = Firm(
        id=first.firm,
        person=first.person,
        stage=FirmStage.APPLIED,
        papers=first.papers,
        pending=first.papers,
        applied_at=first.at,
    )
    for step in rest:
        firm = after(firm, step)
    return firm
