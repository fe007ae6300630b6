"""What a firm must bring, when its verification is lost, and what stands in the way: pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from gongdao.domain.firms.model import (
    ContestHeard,
    DepositEntered,
    ExamRecorded,
    Firm,
    FirmAccepted,
    FirmRefused,
    FirmStage,
    HoursRecorded,
    LaneChanged,
    Line,
    LossContested,
)
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import Code, Sealed
from gongdao.domain.policy.firms import FirmPolicy, Grade, Qualification

_NAME_MOST = 200
_MINUTES_MOST = 24 * 60
_FEN_MOST = 10**12


@dataclass(frozen=True, slots=True)
class Application:
    """What somebody writes who asks to be verified."""

    name: str
    number: str
    representative: str
    signature: str
    agreed: bool


@dataclass(frozen=True, slots=True)
class Trained:
    """What a firm's account took on courses here."""

    minutes: int = 0
    exam: bool = False


@dataclass(frozen=True, slots=True)
class Needs:
    """What the lane asks of a firm, and how much of it there is."""

    minutes: int
    minutes_least: int
    exam: bool
    exam_asked: bool
    grade: Grade
    balance_fen: int

    @property
    def met(self) -> bool:
        """Whether nothing is missing."""
        return not self.missing

    @property
    def missing(self) -> tuple[Code, ...]:
        """What is missing: `hours`, `exam`, `deposit`."""
        found = []
        if self.minutes < self.minutes_least:
            found.append("hours")
        if self.exam_asked and not self.exam:
            found.append("exam")
        if self.balance_fen < self.grade.deposit_fen:
            found.append("deposit")
        return tuple(found)


def check_number(written: str) -> str:
    """A unified social credit code in its plain form; BadInput where its check digit is wrong."""
    try:
        return str(uscc.validate(written))
    except ValidationError:
        raise BadInput(
            "firm.bad_number",
            hint_noop("The unified social credit code does not check. Compare all 18 characters."),
        ) from None


def check_application(given: Application, standing: Firm | None, now: datetime) -> str:
    """The firm's number in its plain form; Refused or BadInput says what stands in the way."""
    objects = (
        standing is not None and standing.stage is FirmStage.LOST and not _final(standing, now)
    )
    if standing is not None and (standing.pending is not None or objects):
        raise Refused(
            "firm.not_now",
            hint_noop("Your application is being checked, or an objection is still possible."),
        )
    for written in (given.name, given.representative, given.signature):
        if not 1 < len(written.strip()) <= _NAME_MOST:
            raise BadInput(
                "firm.name_missing",
                hint_noop("Write the names in full, at most {most} characters."),
                most=_NAME_MOST,
            )
    if _plain(given.signature) != _plain(given.representative):
        raise Refused(
            "firm.not_signed",
            hint_noop("Sign with the name of the legal representative, exactly as given above."),
        )
    if not given.agreed:
        raise Refused(
            "firm.not_agreed", hint_noop("Read the undertaking and tick that you agree to it.")
        )
    return check_number(given.number)


def check_text(policy: Qualification, written: str) -> str:
    """Reasons, grounds or a proof in words; BadInput where there are none or too many."""
    text = written.strip()
    if not text:
        raise BadInput("firm.no_words", hint_noop("Say it in a few words."))
    if len(text) > policy.text_max:
        raise BadInput(
            "firm.too_long",
            hint_noop("Shorten it to {most} characters."),
            most=policy.text_max,
        )
    return text


def accept(firm: Firm, reasons: Sealed, until: datetime, by: Actor, now: datetime) -> FirmAccepted:
    """The papers hold."""
    _check_waits(firm)
    return FirmAccepted(at=now, by=by, reasons=reasons, until=until)


def refuse(firm: Firm, reasons: Sealed, by: Actor, now: datetime) -> FirmRefused:
    """They do not."""
    _check_waits(firm)
    return FirmRefused(at=now, by=by, reasons=reasons)


def record_hours(minutes: int, proof: Sealed, by: Actor, now: datetime) -> HoursRecorded:
    """Training that was taken."""
    if not 1 <= minutes <= _MINUTES_MOST:
        raise BadInput(
            "firm.bad_minutes",
            hint_noop("Write minutes, from 1 to {most}."),
            most=_MINUTES_MOST,
        )
    return HoursRecorded(at=now, by=by, minutes=minutes, proof=proof)


def record_exam(proof: Sealed, by: Actor, now: datetime, *, passed: bool) -> ExamRecorded:
    """An exam that was taken."""
    return ExamRecorded(at=now, by=by, passed=passed, proof=proof)


def enter_deposit(firm: Firm, fen: int, reason: Sealed, by: Actor, now: datetime) -> DepositEntered:
    """A line of the ledger; Refused where it would fall below zero."""
    if not fen or abs(fen) > _FEN_MOST:
        raise BadInput("firm.bad_amount", hint_noop("Write an amount other than zero, in fen."))
    if firm.balance_fen + fen < 0:
        raise Refused(
            "firm.below_zero",
            hint_noop("The ledger holds {fen} fen. No more than that can be taken out."),
            fen=firm.balance_fen,
        )
    return DepositEntered(at=now, by=by, fen=fen, reason=reason)


def needs(
    policy: FirmPolicy,
    firm: Firm,
    violations: int,
    since: datetime,
    trained: Trained,
    least: Code | None = None,
) -> Needs:
    """What the lane asks of a firm with so many violations; training counts from `since` on.

    Training counts where it was measured here, and where staff saw the proof of it elsewhere.
    `least` is the grade for the deposit that its account's standing asks for.
    """
    asked = policy.qualification
    return Needs(
        minutes=trained.minutes + sum(line.amount for line in _from(firm.hours, since)),
        minutes_least=asked.minutes_least,
        exam=trained.exam or any(line.amount for line in _from(firm.exams, since)),
        exam_asked=asked.exam,
        grade=policy.grade(violations, least),
        balance_fen=firm.balance_fen,
    )


def lane(firm: Firm, wanted: Needs, now: datetime) -> LaneChanged | None:
    """Open or close the lane to a firm; None where it stands as it should."""
    runs = firm.until is not None and not passed(firm.until, now)
    should = firm.stage is FirmStage.VERIFIED and runs and wanted.met
    return LaneChanged(at=now, by=SYSTEM, open=should) if should is not firm.lane else None


def repeated(policy: Qualification, counted: Mapping[Code, int]) -> tuple[Code, int] | None:
    """The rule that was broken too often, and how often; None where none was."""
    worst = max(counted.items(), key=lambda each: (each[1], each[0]), default=("", 0))
    return worst if worst[1] >= policy.lost_after else None


def contest(firm: Firm, grounds: Sealed, by: Actor, now: datetime) -> LossContested:
    """Object to the loss, once and in time."""
    if firm.loss is None or firm.stage is not FirmStage.LOST or firm.loss.grounds is not None:
        raise Refused("firm.no_loss", hint_noop("There is nothing to object to, or you did."))
    if passed(firm.loss.contest_until, now):
        raise Refused(
            "firm.contest_too_late",
            hint_noop("Objections were possible until {until}. You may apply again."),
            until=firm.loss.contest_until,
        )
    return LossContested(at=now, by=by, grounds=grounds)


def hear(firm: Firm, reasons: Sealed, by: Actor, now: datetime, *, restored: bool) -> ContestHeard:
    """Decide on an objection."""
    if firm.loss is None or firm.loss.grounds is None or firm.loss.restored is not None:
        raise Refused("firm.no_contest", hint_noop("No objection waits to be decided."))
    return ContestHeard(at=now, by=by, restored=restored, reasons=reasons)


def number_taken() -> Refused:
    """What a reviewer is told where another account holds the number."""
    return Refused(
        "firm.number_taken",
        hint_noop("Another account is verified with this number. Clear up which of them it is."),
    )


def _check_waits(firm: Firm) -> None:
    if firm.pending is None:
        raise Refused("firm.not_waiting", hint_noop("This application was decided already."))


def _final(firm: Firm, now: datetime) -> bool:
    """Whether a loss can no longer be objected to."""
    loss = firm.loss
    if loss is None or loss.restored is not None:
        return True
    return loss.grounds is None and passed(loss.contest_until, now)


def _from(lines: Iterable[Line], since: datetime) -> list[Line]:
    return [line for line in lines if line.at >= since]


def _plain(name: str) -> str:
    return "".join(name.split()).casefold()
