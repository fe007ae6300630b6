"""What holds for every limit, whatever its start, length and pauses."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.kernel.published import calendar_of_2026

from gongdao.domain.kernel.calendar import Pause, in_china
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.spans import Span, Unit

CALENDAR = calendar_of_2026()
CAP = Span.parse("20wd")

# Around the long holidays of 2025 and 2026, and across the end of what is published.
moments = st.builds(
    datetime.combine,
    st.dates(date(2025, 9, 1), date(2027, 2, 1)),
    st.times() | st.just(time()),
    st.just(CHINA),
)
units = st.sampled_from(Unit)
spans = st.builds(Span, st.integers(0, 90), units)
lengths = st.timedeltas(timedelta(0), timedelta(days=25))
reasons = st.sampled_from(["notarisation", "inspection"])


@st.composite
def pauses(draw: st.DrawFn, cap: Span | None = None) -> Pause:
    begins = draw(moments)
    return Pause(begins, begins + draw(lengths), draw(reasons), cap)


some_pauses = st.lists(pauses(), max_size=4)


@given(moments, st.integers(0, 90), st.integers(0, 30), units, some_pauses)
def test_a_longer_limit_never_ends_earlier(
    start: datetime, amount: int, more: int, unit: Unit, held: list[Pause]
) -> None:
    shorter = CALENDAR.due(start, Span(amount, unit), held)
    longer = CALENDAR.due(start, Span(amount + more, unit), held)

    assert shorter.at <= longer.at


@given(moments, lengths, spans, some_pauses)
def test_a_later_start_never_ends_earlier(
    start: datetime, later: timedelta, span: Span, held: list[Pause]
) -> None:
    assert CALENDAR.due(start, span, held).at <= CALENDAR.due(start + later, span, held).at


@given(start=moments, span=spans, held=some_pauses, more=pauses() | pauses(CAP), roll=st.booleans())
def test_one_more_pause_never_ends_it_earlier(
    start: datetime, span: Span, held: list[Pause], more: Pause, *, roll: bool
) -> None:
    without = CALENDAR.due(start, span, held, roll=roll)
    with_it = CALENDAR.due(start, span, [*held, more], roll=roll)

    assert without.at <= with_it.at


@given(moments, spans, pauses(), st.floats(0, 1), st.floats(0, 1))
def test_pauses_are_a_union_and_not_a_sum(
    start: datetime, span: Span, whole: Pause, left: float, right: float
) -> None:
    """Covering a pause twice, by two parts that overlap and in any order, changes nothing."""
    assert whole.ends_at is not None
    length = whole.ends_at - whole.begins_at
    first = Pause(whole.begins_at, whole.begins_at + length * max(left, right), "inspection")
    second = Pause(whole.begins_at + length * min(left, right), whole.ends_at, "notarisation")

    once = CALENDAR.due(start, span, [whole])
    assert CALENDAR.due(start, span, [second, first]).at == once.at
    assert CALENDAR.due(start, span, [first, whole, second]).at == once.at


@given(moments, st.integers(0, 90), some_pauses)
def test_working_days_end_on_a_working_day_that_was_not_paused(
    start: datetime, amount: int, held: list[Pause]
) -> None:
    ends = CALENDAR.due(start, Span(amount, Unit.WORKING_DAYS), held).at

    assert CALENDAR.is_working(ends.date())
    assert (ends.hour, ends.minute, ends.second, ends.microsecond) == (23, 59, 59, 0)
    if amount:
        assert ends.date() > start.date()


@given(moments, st.integers(0, 90))
def test_so_many_working_days_lie_between_start_and_end(start: datetime, amount: int) -> None:
    ends = CALENDAR.due(start, Span(amount, Unit.WORKING_DAYS)).at.date()
    days = [start.date() + timedelta(days=n + 1) for n in range((ends - start.date()).days)]

    assert sum(CALENDAR.is_working(day) for day in days) == (amount or len(days[-1:]))


@given(moments, st.integers(0, 200), some_pauses)
def test_hours_outside_the_pauses_add_up_to_the_limit(
    start: datetime, amount: int, held: list[Pause]
) -> None:
    ends = CALENDAR.due(start, Span(amount, Unit.HOURS), held).at
    edges = {start, ends}
    for each in held:
        assert each.ends_at is not None
        edges |= {m for m in (each.begins_at, each.ends_at) if start < m < ends}
    marks = sorted(edges)
    ran = timedelta(0)
    for begins, stops in pairwise(marks):
        if not any(p.begins_at <= begins and stops <= (p.ends_at or stops) for p in held):
            ran += stops - begins

    assert ran == timedelta(hours=amount)


@given(moments, st.integers(1, 60), st.lists(pauses(CAP), max_size=4))
def test_a_cap_bounds_what_one_reason_can_cost(
    start: datetime, amount: int, held: list[Pause]
) -> None:
    alike = [p for p in held if p.reason == "notarisation"]
    ends = CALENDAR.due(start, Span(amount, Unit.WORKING_DAYS), alike).at

    assert ends <= CALENDAR.due(start, Span(amount + CAP.amount, Unit.WORKING_DAYS)).at


@given(moments, st.integers(0, 400))
def test_a_date_is_firm_exactly_while_all_its_days_are_published(
    start: datetime, amount: int
) -> None:
    due = CALENDAR.due(start, Span(amount, Unit.WORKING_DAYS))
    published = start.date() < CALENDAR.known_through and due.at.date() <= CALENDAR.known_through

    assert due.provisional is (not published and due.at.date() > CALENDAR.known_through)


@settings(max_examples=50)
@given(moments, spans, some_pauses)
def test_the_offset_that_a_moment_is_written_in_changes_nothing(
    start: datetime, span: Span, held: list[Pause]
) -> None:
    shifted = [
        Pause(p.begins_at.astimezone(UTC), p.ends_at and p.ends_at.astimezone(UTC), p.reason)
        for p in held
    ]

    assert CALENDAR.due(start.astimezone(UTC), span, shifted) == CALENDAR.due(start, span, held)
    assert in_china(start.astimezone(UTC)).date() == start.date()
