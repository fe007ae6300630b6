"""The right holder's period against a second way of counting, whatever the days and pauses."""

from datetime import date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.kernel.published import calendar_of_2026

from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import DeadlineKind, RuleRef, after, begun
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.kernel.ids import CaseId, DeadlineId
from gongdao.domain.kernel.spans import Span

CALENDAR, CAP = calendar_of_2026(), Span.parse("20wd")
DAY = timedelta(days=1)
TERM = Term(
    case=CaseId("n"),
    kind=DeadlineKind.PROCEEDING,
    about="n",
    rule=RuleRef("house.intellectual_property", "电子商务法第43条"),
    span=Span.parse("15d"),
)
arrivals = st.datetimes(datetime(2026, 1, 2), datetime(2026, 9, 30))  # noqa: DTZ001 – made China's below


def ends(arrived: date, paused: frozenset[date]) -> date:
    """Day by day: fifteen that nothing held, and the last one not off."""
    day, left = arrived, 15
    while left or not CALENDAR.is_working(day) or day in paused:
        day += DAY
        left -= left > 0 and day not in paused
    return day


def at_the_cap(start: date, end: date) -> frozenset[date]:
    """The days that a pause holds, through the twentieth working one."""
    held, worked, day = set(), 0, start
    while day <= end and worked < CAP.amount:
        held.add(day)
        worked += CALENDAR.is_working(day)
        day += DAY
    return frozenset(held)


@settings(max_examples=50, deadline=None)
@given(arrivals, st.integers(1, 13), st.integers(1, 60))
def test_a_pause_gives_back_its_days_and_no_more_than_the_cap(
    arrived: datetime, later: int, length: int
) -> None:
    arrived = arrived.replace(tzinfo=CHINA)
    step = rules.set_deadline(DeadlineId("d"), TERM, arrived, CALENDAR, by=SYSTEM, now=arrived)
    clock = begun(step)
    assert clock.due_at.date() == ends(arrived.date(), frozenset())
    assert clock.due_at.time() == time(23, 59, 59)
    assert not passed(clock.due_at, clock.due_at)
    assert passed(clock.due_at, clock.due_at + timedelta(seconds=1))

    begins = datetime.combine(arrived.date() + later * DAY, time(12), CHINA)
    over = begins + length * DAY
    paused = rules.pause(clock, "notarisation", CAP, CALENDAR, by=SYSTEM, now=begins)
    clock = after(clock, paused)
    assert paused.lapses_at is not None
    until = min(over, paused.lapses_at)
    clock = after(clock, rules.resume(clock, "notarisation", CALENDAR, by=SYSTEM, now=until))
    held = at_the_cap(begins.date(), over.date())
    assert clock.due_at.date() == max(ends(arrived.date(), held), ends(arrived.date(), frozenset()))
