"""The Chinese working calendar as plain data, and when a limit counted on it ends.

How limits are counted (docs/decisions/0004-working-calendar.md says why):

* Days are days in China. The day on which the clock starts is day 0 and is not counted.
* `n d` and `n wd` end with the last second of their last day, 23:59:59; that second still counts.
* A limit in calendar days that would end on a day off ends on the next working day (`roll`).
* Hours run on the wall clock, through nights and holidays, and never roll.
* A day that was paused for any part of it is not counted: the doubt goes to whoever is bound.
* Pauses that overlap count once. A cap holds for all pauses of one reason together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.ids import Code
from gongdao.domain.kernel.spans import Span, Unit

_DAY = timedelta(days=1)
_SECOND = timedelta(seconds=1)
_SATURDAY = 5
_REMIND_AT = time(9)
_FOREVER = datetime.max.replace(tzinfo=CHINA)


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a clock stands still, from `begins_at` until just before `ends_at`."""

    begins_at: datetime
    ends_at: datetime | None = None
    """None while it lasts."""
    reason: Code = ""
    cap: Span | None = None
    """The most that all pauses of this reason and cap may hold one clock, together."""


@dataclass(frozen=True, slots=True)
class Due:
    """When a limit ends, and by which calendar we say so."""

    at: datetime
    """In China's time. The whole of this second is still in time: ask `passed`."""
    provisional: bool
    """True if it rests on days whose year had not been published."""
    calendar: str


class _Stretch(NamedTuple):
    """From `begins` until just before `ends`, both in China's time."""

    begins: datetime
    ends: datetime


class _Hold(NamedTuple):
    """The stretches in which a clock stands still, apart and in order."""

    stretches: tuple[_Stretch, ...]
    doubtful: bool
    """True if a cap was counted on days that are not published."""

    def over(self, day: date) -> _Stretch | None:
        """The stretch that touches a day, if any does."""
        opens, closes = _midnight(day), _midnight(day + _DAY)
        return next((s for s in self.stretches if s.begins < closes and s.ends > opens), None)


@dataclass(frozen=True, slots=True)
class WorkingCalendar:
    """Which days are worked, as published; beyond that, Monday to Friday."""

    version: str
    known_from: date
    known_through: date
    holidays: frozenset[date]
    """Mondays to Fridays that are off."""
    working_weekends: frozenset[date]
    """Saturdays and Sundays that are worked (调休)."""

    def knows(self, day: date) -> bool:
        """Whether that day's year was published; else `is_working` is only likely."""
        return self.known_from <= day <= self.known_through

    def is_working(self, day: date) -> bool:
        """Whether the day is worked, make-up weekends included."""
        if day.weekday() >= _SATURDAY:
            return day in self.working_weekends
        return day not in self.holidays

    def due(
        self, start: datetime, span: Span, pauses: Sequence[Pause] = (), *, roll: bool = True
    ) -> Due:
        """When a limit ends that began at `start`; Refused while an open pause has no cap."""
        began = in_china(start)
        if span.unit is Unit.HOURS:
            hold = self._hold(began, pauses)
            return Due(_run_out(began, span.amount, hold), hold.doubtful, self.version)
        first = began.date() + _DAY
        hold = self._hold(_midnight(first), pauses)
        counted = self._count(began.date(), span, hold)
        must_be_worked = roll or span.unit is Unit.WORKING_DAYS
        last = self._next_free(counted, hold) if must_be_worked else counted
        looked_at = (first, last) if span.unit is Unit.WORKING_DAYS else (counted, last)
        guessed = must_be_worked and not all(self.knows(day) for day in looked_at)
        return Due(_midnight(last + _DAY) - _SECOND, guessed or hold.doubtful, self.version)

    def lapses_at(self, start: datetime, span: Span, pauses: Sequence[Pause]) -> datetime | None:
        """When the pauses given, all of one reason, have used their cap up; None for never.

        `start` and `span` are the clock's own: day 0 costs nothing, so it uses nothing up.
        """
        cap = next((pause.cap for pause in pauses if pause.cap is not None), None)
        if cap is None:
            return None
        return self._cap_ends(_union(pauses, _counts_from(in_china(start), span.unit)), cap)

    def ahead(self, due_at: datetime, by: Span) -> datetime:
        """The moment to remind somebody: so many hours before, or at 9:00 so many days before."""
        local = in_china(due_at)
        if by.unit is Unit.HOURS:
            return _later(local, -timedelta(hours=by.amount))
        day, left = local.date(), by.amount
        while left:
            day -= _DAY
            left -= by.unit is Unit.DAYS or self.is_working(day)
        return datetime.combine(day, _REMIND_AT, CHINA)

    def _count(self, day: date, span: Span, hold: _Hold) -> date:
        """The last of the days that count, the first being the day after `day`."""
        left = span.amount
        while left:
            day += _DAY
            left -= (span.unit is Unit.DAYS or self.is_working(day)) and not _held(day, hold)
        return day

    def _next_free(self, day: date, hold: _Hold) -> date:
        """That day, or else the next one that is worked and not paused."""
        while not self.is_working(day) or _held(day, hold):
            day += _DAY
        return day

    def _hold(self, since: datetime, pauses: Sequence[Pause]) -> _Hold:
        """All pauses as one, each reason cut where its cap is used up."""
        stretches: list[_Stretch] = []
        doubtful = False
        for reason, cap in dict.fromkeys((pause.reason, pause.cap) for pause in pauses):
            alike = [p for p in pauses if (p.reason, p.cap) == (reason, cap)]
            held = _union(alike, since)
            ends = self._cap_ends(held, cap) if cap else None
            if ends is not None:
                held = [_Stretch(s.begins, min(s.ends, ends)) for s in held if s.begins < ends]
            if cap and cap.unit is Unit.WORKING_DAYS and held:
                doubtful |= not (self.knows(held[0].begins.date()) and self._knows_all_of(held[-1]))
            stretches += held
        return _Hold(tuple(_merged(stretches)), doubtful)

    def _knows_all_of(self, stretch: _Stretch) -> bool:
        return self.knows((stretch.ends - _SECOND).date())

    def _cap_ends(self, stretches: Sequence[_Stretch], cap: Span) -> datetime | None:
        """Just after the last moment that a cap still covers; None if it isn't used up."""
        if not stretches:
            return None
        if cap.amount == 0:
            return stretches[0].begins
        if cap.unit is Unit.HOURS:
            return _hours_used_up(stretches, timedelta(hours=cap.amount))
        left = cap.amount
        for day in _days_of(stretches):
            left -= cap.unit is Unit.DAYS or self.is_working(day)
            if left == 0:
                return _midnight(day + _DAY)
        return None


def in_china(moment: datetime) -> datetime:
    """The same moment in China's time; BadInput if it doesn't say its offset."""
    if moment.utcoffset() is None:
        raise BadInput(
            "calendar.no_offset",
            hint_noop("{moment} has no offset. Write it like 2026-02-13T09:00:00+08:00."),
            moment=moment.isoformat(),
        )
    return moment.astimezone(CHINA)


def passed(due_at: datetime, now: datetime) -> bool:
    """Whether a limit is over: the second that it ends in still counts."""
    return now >= due_at + _SECOND


def _midnight(day: date) -> datetime:
    """The moment at which a day begins in China."""
    return datetime.combine(day, time(), CHINA)


def _later(moment: datetime, by: timedelta) -> datetime:
    """Wall-clock time passing, counted in UTC so that no summer time of old can bend it."""
    return (moment.astimezone(UTC) + by).astimezone(CHINA)


def _counts_from(began: datetime, unit: Unit) -> datetime:
    """From when on a pause can cost anything: at once for hours, after day 0 for days."""
    return began if unit is Unit.HOURS else _midnight(began.date() + _DAY)


def _union(pauses: Sequence[Pause], since: datetime) -> list[_Stretch]:
    """Pauses as stretches that don't overlap, nothing before `since`."""
    return _merged(
        [
            _Stretch(
                max(in_china(p.begins_at), since),
                _FOREVER if p.ends_at is None else in_china(p.ends_at),
            )
            for p in pauses
        ]
    )


def _merged(stretches: Sequence[_Stretch]) -> list[_Stretch]:
    """The same stretches, in order and apart; empty ones fall out."""
    apart: list[_Stretch] = []
    for one in sorted(s for s in stretches if s.begins < s.ends):
        if apart and one.begins <= apart[-1].ends:
            apart[-1] = _Stretch(apart[-1].begins, max(apart[-1].ends, one.ends))
        else:
            apart.append(one)
    return apart


def _days_of(stretches: Sequence[_Stretch]) -> Iterator[date]:
    """Every day that a stretch touches, once, in order; without end if the last one has none."""
    done = date.min
    for stretch in stretches:
        day = max(stretch.begins.date(), done + _DAY)
        while _midnight(day) < stretch.ends:
            yield day
            done, day = day, day + _DAY


def _hours_used_up(stretches: Sequence[_Stretch], left: timedelta) -> datetime | None:
    """When the stretches together have lasted so long."""
    for stretch in stretches:
        if left <= stretch.ends - stretch.begins:
            return _later(stretch.begins, left)
        left -= stretch.ends - stretch.begins
    return None


def _held(day: date, hold: _Hold) -> bool:
    """Whether a day is paused for any part; Refused if the pause has no end in sight."""
    stretch = hold.over(day)
    if stretch is not None and stretch.ends == _FOREVER:
        raise _no_end()
    return stretch is not None


def _run_out(at: datetime, hours: int, hold: _Hold) -> datetime:
    """When so many hours have run outside the pauses."""
    left = timedelta(hours=hours)
    for stretch in hold.stretches:
        ran = stretch.begins - at
        if left <= ran:
            break
        if stretch.ends == _FOREVER:
            raise _no_end()
        left, at = left - ran, stretch.ends
    return _later(at, left)


def _no_end() -> Refused:
    return Refused(
        "calendar.paused",
        hint_noop("The clock stands still, so there is no due date yet. End the pause first."),
    )
