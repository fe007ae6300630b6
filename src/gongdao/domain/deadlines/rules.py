"""What may happen to a deadline and when: pure functions that return events or refuse."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineCancelled,
    DeadlineKind,
    DeadlineMet,
    DeadlineMissed,
    DeadlinePaused,
    DeadlineRecomputed,
    DeadlineReminded,
    DeadlineResumed,
    DeadlineSet,
    DeadlineStage,
    DeadlineStep,
    Halt,
    RuleRef,
    after,
)
from gongdao.domain.kernel.calendar import Due, Pause, WorkingCalendar, passed
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import CaseId, Code, DeadlineId
from gongdao.domain.kernel.spans import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What is to be done, for which thing, and how long the rule gives for it."""

    case: CaseId
    kind: DeadlineKind
    about: str
    """The id of what the deadline is for: the case, the appeal, the decision."""
    rule: RuleRef
    span: Span
    remind_before: tuple[Span, ...] = ()
    roll: bool = True
    """Whether a limit in calendar days that ends on a day off ends on the next working day."""


def set_deadline(
    new_id: DeadlineId,
    term: Term,
    starts_at: datetime,
    calendar: WorkingCalendar,
    *,
    by: Actor,
    now: datetime,
    due_at: datetime | None = None,
) -> DeadlineSet:
    """Start a clock. The calendar's version is pinned: later editions don't move the date.

    Where somebody named the moment it is `due_at`, and the span only says how long that is.
    """
    due = calendar.due(starts_at, term.span, roll=term.roll)
    due = due if due_at is None else Due(due_at, provisional=False, calendar=due.calendar)
    return DeadlineSet(
        at=now,
        by=by,
        deadline=new_id,
        case=term.case,
        of=term.kind,
        about=term.about,
        rule=term.rule,
        span=term.span,
        roll=term.roll,
        remind_before=term.remind_before,
        starts_at=starts_at,
        due_at=due.at,
        provisional=due.provisional,
        calendar=due.calendar,
        remind_at=_reminders(due, term.remind_before, calendar, now),
    )


def pause(
    deadline: Deadline,
    reason: Code,
    cap: Span | None,
    calendar: WorkingCalendar,
    *,
    by: Actor,
    now: datetime,
) -> DeadlinePaused:
    """Hold the clock. Several reasons may hold it at once; time that they share counts once."""
    _check_ticking(deadline)
    if deadline.stage is DeadlineStage.RUNNING and passed(deadline.due_at, now):
        raise Refused(
            "deadline.over",
            hint_noop("It fell due on {due}; a clock that has run out cannot be held."),
            due=deadline.due_at,
        )
    if any(halt.is_open and halt.pause.reason == reason for halt in deadline.halts):
        raise Refused(
            "deadline.already_paused",
            hint_noop("The clock is already held for this reason. End that pause first."),
        )
    alike = [p for p in deadline.pauses if (p.reason, p.cap) == (reason, cap)]
    held = [*alike, Pause(now, None, reason, cap)]
    lapses_at = calendar.lapses_at(deadline.starts_at, deadline.span, held)
    if lapses_at is not None and lapses_at <= now:
        raise Refused(
            "deadline.cap_used",
            hint_noop("This reason may hold the clock for {cap} in all, and that is used up."),
            cap=str(cap),
        )
    return DeadlinePaused(at=now, by=by, reason=reason, cap=cap, lapses_at=lapses_at)


def resume(
    deadline: Deadline,
    reason: Code,
    calendar: WorkingCalendar,
    *,
    by: Actor,
    now: datetime,
) -> DeadlineResumed:
    """End the pause of one reason. The due date never becomes earlier than people were told."""
    ending = next((h for h in deadline.halts if h.is_open and h.pause.reason == reason), None)
    if ending is None or not deadline.stage.is_open:
        raise Refused("deadline.not_paused", hint_noop("Nothing holds the clock for this reason."))
    others = [halt for halt in deadline.halts if halt is not ending]
    due, remind_at = deadline.due, deadline.remind_at
    if not any(halt.is_open for halt in others):
        pauses = [*(halt.pause for halt in others), ending.end(now).pause]
        due = calendar.due(deadline.starts_at, deadline.span, pauses, roll=deadline.roll)
        due = replace(due, at=max(due.at, deadline.due_at))
        remind_at = _reminders(due, deadline.remind_before, calendar, now)
    return DeadlineResumed(
        at=now,
        by=by,
        reason=reason,
        due_at=due.at,
        provisional=due.provisional,
        calendar=due.calendar,
        remind_at=remind_at,
    )


def recompute(
    deadline: Deadline, calendar: WorkingCalendar, *, now: datetime
) -> DeadlineRecomputed | None:
    """Count a provisional due date again; None where the calendar at hand changes nothing.

    A firm date never moves. A provisional one may become earlier, but not so early that it would
    be over already: then the date that people were told stands.
    """
    running = deadline.stage is DeadlineStage.RUNNING
    if not running or not deadline.provisional or deadline.calendar == calendar.version:
        return None
    due = calendar.due(deadline.starts_at, deadline.span, deadline.pauses, roll=deadline.roll)
    if passed(due.at, now):
        due = replace(due, at=max(due.at, deadline.due_at))
    return DeadlineRecomputed(
        at=now,
        by=SYSTEM,
        due_at=due.at,
        provisional=due.provisional,
        calendar=due.calendar,
        remind_at=_reminders(due, deadline.remind_before, calendar, now),
    )


def remind(deadline: Deadline, *, now: datetime) -> DeadlineReminded:
    """Remind whoever is bound; once, however many moments have passed unnoticed."""
    come = [moment for moment in deadline.remind_at if moment <= now]
    if deadline.stage is not DeadlineStage.RUNNING or not come:
        raise Refused("deadline.no_reminder", hint_noop("No reminder is due now."))
    return DeadlineReminded(at=now, by=SYSTEM, which=max(come))


def meet(deadline: Deadline, *, by: Actor, now: datetime) -> DeadlineMet:
    """Record that it was done, in time or late. While the clock stands still nothing is late."""
    _check_open(deadline)
    match deadline.stage:
        case DeadlineStage.RUNNING:
            late = passed(deadline.due_at, now)
        case stage:
            late = stage is DeadlineStage.MISSED
    return DeadlineMet(at=now, by=by, late=late)


def miss(deadline: Deadline, *, now: datetime) -> DeadlineMissed:
    """Record that it was not done in time: only while the clock runs, only once it is over."""
    _check_ticking(deadline)
    if deadline.stage is DeadlineStage.PAUSED:
        raise Refused("deadline.paused", hint_noop("The clock stands still, so it can't run out."))
    if not passed(deadline.due_at, now):
        raise Refused(
            "deadline.not_over", hint_noop("There is time until {due}."), due=deadline.due_at
        )
    return DeadlineMissed(
        at=now, by=SYSTEM, due_at=deadline.due_at, provisional=deadline.provisional
    )


def cancel(deadline: Deadline, because: Code, *, by: Actor, now: datetime) -> DeadlineCancelled:
    """Free everybody from a deadline that has lost its purpose."""
    _check_open(deadline)
    return DeadlineCancelled(at=now, by=by, because=because)


def tick(
    deadline: Deadline, calendar: WorkingCalendar, *, now: datetime
) -> tuple[DeadlineStep, ...]:
    """Everything that the passing of time alone brings; nothing before `next_look`."""
    steps: list[DeadlineStep] = []
    if deadline.stage is DeadlineStage.PAUSED:
        for reason in _lapsed(deadline.halts, now):
            steps.append(resume(deadline, reason, calendar, by=SYSTEM, now=now))
            deadline = after(deadline, steps[-1])
    if deadline.stage is DeadlineStage.RUNNING:
        if passed(deadline.due_at, now):
            steps.append(miss(deadline, now=now))
        elif any(moment <= now for moment in deadline.remind_at):
            steps.append(remind(deadline, now=now))
    return tuple(steps)


def _lapsed(halts: Iterable[Halt], now: datetime) -> list[Code]:
    """The reasons whose cap is used up by now."""
    return [
        halt.pause.reason
        for halt in halts
        if halt.is_open and halt.lapses_at is not None and halt.lapses_at <= now
    ]


def _reminders(
    due: Due, before: Sequence[Span], calendar: WorkingCalendar, now: datetime
) -> tuple[datetime, ...]:
    """When to remind, earliest first; what lies in the past already is left out."""
    moments = {calendar.ahead(due.at, span) for span in before}
    return tuple(sorted(moment for moment in moments if now < moment <= due.at))


def _check_open(deadline: Deadline) -> None:
    """Refuse what comes after it was met or cancelled."""
    if not deadline.stage.is_open:
        raise Refused("deadline.closed", hint_noop("This deadline was already met or cancelled."))


def _check_ticking(deadline: Deadline) -> None:
    """Refuse what needs a clock that has not run out."""
    _check_open(deadline)
    if deadline.stage is DeadlineStage.MISSED:
        raise Refused("deadline.missed", hint_noop("This deadline was missed already."))
