"""A deadline: what happened to it, and how it stands.

Every limit of the procedure is one of these: until when something must be done, what holds its
clock, whom it reminds and how it ended. Due dates are facts of the stream: they are written down
with the calendar that they were counted on and move only by a step that says so.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from itertools import chain
from typing import ClassVar, assert_never

from gongdao.domain.kernel.calendar import Due, Pause
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, Code, DeadlineId
from gongdao.domain.kernel.spans import Span


class DeadlineKind(StrEnum):
    """What must be done in time."""

    ACCEPTANCE = "acceptance"
    """The operator says whether a report is taken up."""
    ANSWER = "answer"
    """The respondent answers."""
    DECISION = "decision"
    """The operator decides the case."""
    APPEAL_DECISION = "appeal_decision"
    """The operator decides an appeal."""
    RECTIFICATION = "rectification"
    """The respondent puts right what the decision names."""
    OWNER = "owner"
    """The owner of the group says what they did."""
    PROCEEDING = "proceeding"
    """Whoever gave a notice about rights shows that they sued or complained."""
    CHECK = "check"
    """A reviewer looks at a firm's application."""
    RENEWAL = "renewal"
    """A verified firm applies anew."""
    CONTEST = "contest"
    """A firm objects to the loss of its verification."""
    HEARING = "hearing"
    """The operator decides on that."""
    DUTY = "duty"
    """One thing that the tier of a complaint asks for is done."""
    ATTENDANCE = "attendance"
    """Whoever is on duty takes a complaint."""
    DISPUTE_WINDOW = "dispute_window"
    """A dispute is filed with the outside platform."""
    DISPUTE_REPLY = "dispute_reply"
    """A public reply is put below a review."""
    DISPUTE_HANDLING = "dispute_handling"
    """The outside platform answers: a look-out that binds nobody here."""
    DISPUTE_MORE = "dispute_more"
    """More material is sent to it."""
    DISPUTE_SECOND = "dispute_second"
    """A second appeal is filed there."""
    TRAINING = "training"
    """Somebody passes a course for this quarter."""
    BACKUP = "backup"
    """The owner of an account confirms its second address again."""


@dataclass(frozen=True, slots=True)
class RuleRef:
    """Which rule sets the limit."""

    code: Code
    source: str
    """The pack's own words for where the rule comes from: an article's file name or a law."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineSet(Event):
    """A clock began to run."""

    kind: ClassVar[str] = "deadline.set"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    deadline: DeadlineId
    case: CaseId
    """The file that it belongs to: a case, or by its id a firm or a complaint with a tier."""
    of: DeadlineKind
    about: str
    """The id of what the deadline is for: the case, the appeal, the decision."""
    rule: RuleRef
    span: Span
    roll: bool
    remind_before: tuple[Span, ...]
    starts_at: datetime
    """The day in which this lies is day 0 and doesn't count."""
    due_at: datetime
    provisional: bool
    calendar: str
    remind_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePaused(Event):
    """Something holds the clock, from `at` on."""

    kind: ClassVar[str] = "deadline.paused"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reason: Code
    cap: Span | None
    """The most that this reason may hold the clock, all its pauses taken together."""
    lapses_at: datetime | None
    """When the cap will be used up; None if there is no cap."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineResumed(Event):
    """One thing that held the clock does so no more; the clock runs if it was the last one."""

    kind: ClassVar[str] = "deadline.resumed"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reason: Code
    due_at: datetime
    """The new due date; the old one while something else still holds the clock."""
    provisional: bool
    calendar: str
    remind_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRecomputed(Event):
    """A provisional due date was counted again, on a calendar that knows more."""

    kind: ClassVar[str] = "deadline.recomputed"
    personal: ClassVar[Personal] = Personal.NOTHING
    due_at: datetime
    provisional: bool
    calendar: str
    remind_at: tuple[datetime, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineReminded(Event):
    """The time came to remind whoever is bound. One step, even if several moments have passed."""

    kind: ClassVar[str] = "deadline.reminded"
    personal: ClassVar[Personal] = Personal.NOTHING
    which: datetime
    """The latest of the `remind_at` that had come."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMet(Event):
    """What had to be done was done, in time or not."""

    kind: ClassVar[str] = "deadline.met"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMissed(Event):
    """The due date passed and nothing was done."""

    kind: ClassVar[str] = "deadline.missed"
    personal: ClassVar[Personal] = Personal.NOTHING
    due_at: datetime
    provisional: bool
    """True if the due date still rested on an unpublished year: treat it with care."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineCancelled(Event):
    """The deadline binds nobody any more, for example because the case was withdrawn."""

    kind: ClassVar[str] = "deadline.cancelled"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    because: Code


DeadlineStep = (
    DeadlineSet
    | DeadlinePaused
    | DeadlineResumed
    | DeadlineRecomputed
    | DeadlineReminded
    | DeadlineMet
    | DeadlineMissed
    | DeadlineCancelled
)


class DeadlineStage(StrEnum):
    """Where a deadline stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MISSED = "missed"
    """Passed, and still not done: it can yet be met, late."""
    MET = "met"
    CANCELLED = "cancelled"

    @property
    def is_open(self) -> bool:
        """Whether it can still be met, be it late."""
        return self not in {DeadlineStage.MET, DeadlineStage.CANCELLED}


@dataclass(frozen=True, slots=True)
class Halt:
    """One pause of a clock, with the moment at which its cap ends it."""

    pause: Pause
    lapses_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether it still holds the clock."""
        return self.pause.ends_at is None

    def end(self, now: datetime) -> "Halt":
        """Ended now, or when its cap ended it."""
        ends_at = now if self.lapses_at is None else min(now, self.lapses_at)
        return Halt(replace(self.pause, ends_at=ends_at), self.lapses_at)


@dataclass(frozen=True, slots=True)
class Deadline:
    """A deadline as it stands."""

    id: DeadlineId
    case: CaseId
    kind: DeadlineKind
    about: str
    rule: RuleRef
    span: Span
    roll: bool
    remind_before: tuple[Span, ...]
    starts_at: datetime
    due_at: datetime
    """While the clock stands still: the due date as it was before the pause."""
    provisional: bool
    calendar: str
    remind_at: tuple[datetime, ...]
    """Reminders still to come, earliest first."""
    halts: tuple[Halt, ...] = ()
    stage: DeadlineStage = DeadlineStage.RUNNING
    late: bool = False
    """True once it was missed or met too late."""
    ended_at: datetime | None = None
    """When it was met or cancelled."""

    @property
    def pauses(self) -> tuple[Pause, ...]:
        """Every pause so far, earliest first."""
        return tuple(halt.pause for halt in self.halts)

    @property
    def due(self) -> Due:
        """The due date with all that is known of it."""
        return Due(self.due_at, self.provisional, self.calendar)


def begun(step: DeadlineSet) -> Deadline:
    """The deadline as it is set."""
    return Deadline(
        id=step.deadline,
        case=step.case,
        kind=step.of,
        about=step.about,
        rule=step.rule,
        span=step.span,
        roll=step.roll,
        remind_before=step.remind_before,
        starts_at=step.starts_at,
        due_at=step.due_at,
        provisional=step.provisional,
        calendar=step.calendar,
        remind_at=step.remind_at,
    )


def after(deadline: Deadline, step: DeadlineStep) -> Deadline:
    """The deadline as it stands after one more step."""
    match step:
        case DeadlineSet():
            raise ValueError(f"deadline {deadline.id} was set twice")
        case DeadlinePaused():
            pause = Pause(step.at, None, step.reason, step.cap)
            halts = (*deadline.halts, Halt(pause, step.lapses_at))
            return replace(deadline, halts=halts, stage=DeadlineStage.PAUSED)
        case DeadlineResumed():
            halts = tuple(_ended(halt, step) for halt in deadline.halts)
            held = any(halt.is_open for halt in halts)
            stage = DeadlineStage.PAUSED if held else DeadlineStage.RUNNING
            return replace(_moved(deadline, step), halts=halts, stage=stage)
        case DeadlineRecomputed():
            return _moved(deadline, step)
        case DeadlineReminded():
            to_come = tuple(moment for moment in deadline.remind_at if moment > step.which)
            return replace(deadline, remind_at=to_come)
        case DeadlineMissed():
            return replace(deadline, stage=DeadlineStage.MISSED, late=True)
        case DeadlineMet() | DeadlineCancelled():
            return _closed(deadline, step)
        case _:
            assert_never(step)


def fold(steps: Iterable[DeadlineStep]) -> Deadline:
    """How a deadline stands after these steps; ValueError if the first doesn't set it."""
    rest = iter(steps)
    first = next(rest, None)
    if isinstance(first, DeadlineSet):
        return reduce(after, rest, begun(first))
    raise ValueError("a deadline begins with deadline.set")


def next_look(deadline: Deadline) -> datetime | None:
    """When the clock must be looked at again; None once there is nothing to come.

    That is the next reminder, the end of the second in which it falls due, or the moment at which
    a cap ends a pause.
    """
    match deadline.stage:
        case DeadlineStage.RUNNING:
            over = deadline.due_at + timedelta(seconds=1)
            return min(chain(deadline.remind_at, (over,)))
        case DeadlineStage.PAUSED:
            lapses = (halt.lapses_at for halt in deadline.halts if halt.is_open)
            return min((moment for moment in lapses if moment is not None), default=None)
        case DeadlineStage.MISSED | DeadlineStage.MET | DeadlineStage.CANCELLED:
            return None
        case _:
            assert_never(deadline.stage)


def _ended(halt: Halt, step: DeadlineResumed) -> Halt:
    """The pause, ended if it is the one that the step names."""
    names_it = halt.is_open and halt.pause.reason == step.reason
    return halt.end(step.at) if names_it else halt


def _closed(deadline: Deadline, step: DeadlineMet | DeadlineCancelled) -> Deadline:
    """The deadline, done with."""
    if isinstance(step, DeadlineMet):
        return replace(deadline, stage=DeadlineStage.MET, late=step.late, ended_at=step.at)
    return replace(deadline, stage=DeadlineStage.CANCELLED, ended_at=step.at)


def _moved(deadline: Deadline, step: DeadlineResumed | DeadlineRecomputed) -> Deadline:
    """The deadline with the due date that the step gives it."""
    return replace(
        deadline,
        due_at=step.due_at,
        provisional=step.provisional,
        calendar=step.calendar,
        remind_at=step.remind_at,
    )
