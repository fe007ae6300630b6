"""A way back from one sanction: what happened on it, and how it stands."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import (
    CaseId,
    Code,
    DecisionId,
    Digest,
    ExhibitId,
    PackRef,
    PersonId,
    SanctionId,
    Sealed,
)
from gongdao.domain.policy.sitting import Sitting

WayBackId = NewType("WayBackId", str)


@dataclass(frozen=True, slots=True)
class Wait:
    """A step that only time takes, and when it is over: counted once, as the sanction began."""

    step: Code
    until: datetime


class Closed(StrEnum):
    """Why a way back leads nowhere any more."""

    OVER = "over"
    """The sanction's time was over before."""
    TAKEN_BACK = "taken_back"
    """An appeal took the sanction back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBackOpened(Event):
    """A sanction took effect from which a way leads back."""

    kind: ClassVar[str] = "way_back.opened"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    way_back: WayBackId
    sanction: SanctionId
    decision: DecisionId
    case: CaseId
    respondent: PersonId
    pack: PackRef
    way: Code
    waits: tuple[Wait, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingOver(Event):
    """The time of one step has passed."""

    kind: ClassVar[str] = "way_back.waiting_over"
    personal: ClassVar[Personal] = Personal.NOTHING
    step: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizBegun(Event):
    """Questions were put: these, in this order, until they are answered."""

    kind: ClassVar[str] = "way_back.quiz_begun"
    personal: ClassVar[Personal] = Personal.NOTHING
    step: Code
    quiz: Code
    edition: str
    seed: str
    questions: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizPassed(Event):
    """Enough of the answers were right."""

    kind: ClassVar[str] = "way_back.quiz_passed"
    personal: ClassVar[Personal] = Personal.NOTHING
    step: Code
    right: int
    asked: int
    missed: tuple[Code, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuizFailed(Event):
    """Too few of the answers were right; the next try may begin at that moment."""

    kind: ClassVar[str] = "way_back.quiz_failed"
    personal: ClassVar[Personal] = Personal.NOTHING
    step: Code
    right: int
    asked: int
    missed: tuple[Code, ...]
    again_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PledgeSigned(Event):
    """A promise was signed."""

    kind: ClassVar[str] = "way_back.pledge_signed"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    step: Code
    text: Digest
    """SHA-256 of the very words, which the pack shows to everybody."""
    language: str
    signed: Sealed
    """The words with the name below, as they were signed."""
    drawn: Sealed | None
    """The strokes of a drawn signature."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofHandedIn(Event):
    """Something was handed in that a person has to check."""

    kind: ClassVar[str] = "way_back.proof_handed_in"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    step: Code
    said: Sealed
    exhibits: tuple[ExhibitId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofAccepted(Event):
    """A reviewer found that it shows what it has to."""

    kind: ClassVar[str] = "way_back.proof_accepted"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    step: Code
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofRefused(Event):
    """A reviewer found that it does not; another can be handed in."""

    kind: ClassVar[str] = "way_back.proof_refused"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    step: Code
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBackFulfilled(Event):
    """Every step that it takes is done, and the sanction became lighter with it."""

    kind: ClassVar[str] = "way_back.fulfilled"
    personal: ClassVar[Personal] = Personal.NOTHING
    lifted: bool
    """Whether the sanction was over with it."""
    ends_at: datetime | None
    """When the sanction ends now, where it goes on."""
    strike_expires_at: datetime | None
    """Until when the violation counts now; None where that stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WayBackClosed(Event):
    """The sanction is no more; there is nothing to earn off."""

    kind: ClassVar[str] = "way_back.closed"
    personal: ClassVar[Personal] = Personal.NOTHING
    because: Closed


WayBackStep = (
    WayBackOpened
    | WaitingOver
    | QuizBegun
    | QuizPassed
    | QuizFailed
    | PledgeSigned
    | ProofHandedIn
    | ProofAccepted
    | ProofRefused
    | WayBackFulfilled
    | WayBackClosed
)


class Stage(StrEnum):
    """Where a way back stands."""

    OPEN = "open"
    FULFILLED = "fulfilled"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Try(Sitting):
    """One try at the exam of a step."""

    step: Code


@dataclass(frozen=True, slots=True)
class Pledge:
    """A promise as it was signed."""

    step: Code
    text: Digest
    language: str
    signed: Sealed
    drawn: Sealed | None
    at: datetime


class Checked(StrEnum):
    """What a reviewer said of a proof."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Proof:
    """Something that was handed in, and what was said of it."""

    step: Code
    said: Sealed
    exhibits: tuple[ExhibitId, ...]
    at: datetime
    checked: Checked = Checked.WAITING
    checked_at: datetime | None = None
    reasons: Sealed | None = None


@dataclass(frozen=True, slots=True)
class WayBack:
    """A way back as it stands."""

    id: WayBackId
    sanction: SanctionId
    decision: DecisionId
    case: CaseId
    respondent: PersonId
    pack: PackRef
    way: Code
    opened_at: datetime
    waits: tuple[Wait, ...]
    """Those that are not over yet."""
    stage: Stage = Stage.OPEN
    done: frozenset[Code] = frozenset()
    tries: tuple[Try, ...] = ()
    pledges: tuple[Pledge, ...] = ()
    proofs: tuple[Proof, ...] = ()
    ended_at: datetime | None = None
    ends_at: datetime | None = None
    """When the sanction ends, where it was made lighter and goes on."""
    lifted: bool = False
    """Whether the sanction was over with it."""
    strike_expires_at: datetime | None = None
    closed: Closed | None = None

    def last_try(self, step: Code) -> Try | None:
        """The latest try at an exam."""
        return next((each for each in reversed(self.tries) if each.step == step), None)

    def open_try(self, step: Code) -> Try | None:
        """The try that waits for its answers."""
        last = self.last_try(step)
        return last if last is not None and last.waits else None

    def last_proof(self, step: Code) -> Proof | None:
        """What was handed in last for a step."""
        return next((each for each in reversed(self.proofs) if each.step == step), None)

    def pledge(self, step: Code) -> Pledge | None:
        """The signed promise of a step."""
        return next((each for each in self.pledges if each.step == step), None)

    @property
    def to_check(self) -> tuple[Proof, ...]:
        """What waits for a reviewer; nothing once it leads nowhere."""
        if self.stage is not Stage.OPEN:
            return ()
        return tuple(each for each in self.proofs if each.checked is Checked.WAITING)

    @property
    def next_look(self) -> datetime | None:
        """When time alone changes something; None where it does not."""
        return min((w.until for w in self.waits), default=None) if self.is_open else None

    @property
    def is_open(self) -> bool:
        """Whether something can still be done on it."""
        return self.stage is Stage.OPEN


def opened(step: WayBackOpened) -> WayBack:
    """The way back as it begins."""
    return WayBack(
        id=step.way_back,
        sanction=step.sanction,
        decision=step.decision,
        case=step.case,
        respondent=step.respondent,
        pack=step.pack,
        way=step.way,
        opened_at=step.at,
        waits=step.waits,
    )


def after(way: WayBack, step: WayBackStep) -> WayBack:
    """The way back as it stands after one more step."""
    match step:
        case WayBackOpened():
            raise ValueError(f"way back {way.id} was opened twice")
        case WaitingOver():
            left = tuple(each for each in way.waits if each.step != step.step)
            return replace(way, waits=left, done=way.done | {step.step})
        case QuizBegun() | QuizPassed() | QuizFailed():
            return _after_quiz(way, step)
        case PledgeSigned():
            pledge = Pledge(step.step, step.text, step.language, step.signed, step.drawn, step.at)
            done = way.done | {step.step}
            return replace(way, pledges=(*way.pledges, pledge), done=done)
        case ProofHandedIn():
            proof = Proof(step.step, step.said, step.exhibits, step.at)
            return replace(way, proofs=(*way.proofs, proof))
        case ProofAccepted():
            judged = _judged(way, step, Checked.ACCEPTED)
            return replace(judged, done=way.done | {step.step})
        case ProofRefused():
            return _judged(way, step, Checked.REFUSED)
        case WayBackFulfilled():
            return replace(
                way,
                stage=Stage.FULFILLED,
                ended_at=step.at,
                lifted=step.lifted,
                ends_at=step.ends_at,
                strike_expires_at=step.strike_expires_at,
            )
        case WayBackClosed():
            return replace(way, stage=Stage.CLOSED, ended_at=step.at, closed=step.because)
        case _:
            assert_never(step)


def fold(steps: Iterable[WayBackStep]) -> WayBack:
    """The standing after a whole stream; ValueError if it does not begin with its opening."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, WayBackOpened):
        raise ValueError("a way back begins with way_back.opened")
    way = opened(first)
    for step in rest:
        way = after(way, step)
    return way


def _after_quiz(way: WayBack, step: QuizBegun | QuizPassed | QuizFailed) -> WayBack:
    if isinstance(step, QuizBegun):
        begun = Try(
            step=step.step,
            quiz=step.quiz,
            edition=step.edition,
            seed=step.seed,
            questions=step.questions,
            begun_at=step.at,
        )
        return replace(way, tries=(*way.tries, begun))
    again_at = step.again_at if isinstance(step, QuizFailed) else None
    tries = tuple(
        replace(each, right=step.right, missed=step.missed, ended_at=step.at, again_at=again_at)
        if each is way.last_try(step.step)
        else each
        for each in way.tries
    )
    done = way.done | {step.step} if isinstance(step, QuizPassed) else way.done
    return replace(way, tries=tries, done=done)


def _judged(way: WayBack, step: ProofAccepted | ProofRefused, checked: Checked) -> WayBack:
    last = way.last_proof(step.step)
    proofs = tuple(
        replace(each, checked=checked, checked_at=step.at, reasons=step.reasons)
        if each is last
        else each
        for each in way.proofs
    )
    return replace(way, proofs=proofs)
