"""When limits end: the published fixtures, the edges of a day, pauses and caps."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from tests.parts.kernel.published import calendar_of_2026

from gongdao.domain.kernel.calendar import Pause, in_china, passed
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused
from gongdao.domain.kernel.spans import Span

CALENDAR = calendar_of_2026()
NOTARISATION = Span.parse("20wd")


def at(written: str) -> datetime:
    """A moment in China, written `2026-02-13 09:00`."""
    return datetime.fromisoformat(written).replace(tzinfo=CHINA)


def due(start: str, span: str, *pauses: Pause, roll: bool = True) -> str:
    """The due date as people read it."""
    found = CALENDAR.due(at(start), Span.parse(span), pauses, roll=roll)
    return f"{found.at:%Y-%m-%d %H:%M:%S}"


def day(start: str, span: str, *pauses: Pause, roll: bool = True) -> str:
    """The last day of the limit; that it is whole is checked on the way."""
    found = due(start, span, *pauses, roll=roll)
    assert found.endswith(" 23:59:59")
    return found[:10]


def pause(begins: str, ends: str | None, reason: str = "proof", cap: Span | None = None) -> Pause:
    return Pause(at(begins), None if ends is None else at(ends), reason, cap)


@pytest.mark.parametrize(
    ("start", "span", "last_day"),
    [
        ("2026-02-13", "5wd", "2026-02-27"),
        ("2026-02-13", "7wd", "2026-03-02"),
        ("2026-02-13", "15wd", "2026-03-12"),
        ("2026-02-13", "20wd", "2026-03-19"),
        ("2026-02-13", "45wd", "2026-04-24"),
        ("2026-02-13", "15d", "2026-02-28"),
        ("2026-02-13", "60d", "2026-04-14"),
        ("2026-04-30", "5wd", "2026-05-11"),
        ("2026-04-30", "7wd", "2026-05-13"),
        ("2026-04-30", "15wd", "2026-05-25"),
        ("2026-04-30", "20wd", "2026-06-01"),
        ("2026-04-30", "45wd", "2026-07-07"),
        ("2026-09-30", "5wd", "2026-10-13"),
        ("2026-09-30", "7wd", "2026-10-15"),
        ("2026-09-30", "15wd", "2026-10-27"),
        ("2026-09-30", "20wd", "2026-11-03"),
        ("2026-09-30", "45wd", "2026-12-08"),
    ],
)
def test_limits_around_the_long_holidays_of_2026(start: str, span: str, last_day: str) -> None:
    assert day(f"{start} 10:00", span) == last_day
    assert not CALENDAR.due(at(f"{start} 10:00"), Span.parse(span)).provisional


@pytest.mark.parametrize(
    "weekend", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_a_make_up_weekend_is_worked(weekend: str) -> None:
    worked = date.fromisoformat(weekend)

    assert worked.weekday() >= 5
    assert CALENDAR.is_working(worked)
    assert day(f"{worked - timedelta(days=1)} 10:00", "1wd") == weekend


def test_2026_has_no_other_make_up_weekends() -> None:
    assert len([d for d in CALENDAR.working_weekends if d.year == 2026]) == 6


@pytest.mark.parametrize(
    ("start", "span", "last_day"),
    [
        ("2026-11-02 00:00:00", "1wd", "2026-11-03"),  # Monday's first moment is still Monday
        ("2026-11-02 23:59:59", "1wd", "2026-11-03"),
        ("2026-11-07 12:00:00", "1wd", "2026-11-09"),  # Saturday is day 0, Sunday doesn't count
        ("2026-11-06 12:00:00", "1d", "2026-11-09"),  # ends on Saturday, rolls to Monday
        ("2026-11-02 12:00:00", "0d", "2026-11-02"),
        ("2026-11-07 12:00:00", "0wd", "2026-11-09"),
    ],
)
def test_day_0_is_not_counted(start: str, span: str, last_day: str) -> None:
    assert day(start, span) == last_day


def test_the_day_is_a_day_in_china_whatever_offset_the_moment_has() -> None:
    """16:00 UTC is midnight in China: a second later in UTC is a day later here."""
    before = CALENDAR.due(datetime(2026, 11, 2, 15, 59, 59, tzinfo=UTC), Span.parse("1wd"))
    after = CALENDAR.due(datetime(2026, 11, 2, 16, 0, 0, tzinfo=UTC), Span.parse("1wd"))
    west = datetime(2026, 11, 2, 11, 0, 0, tzinfo=timezone(timedelta(hours=-5)))

    assert before.at.date() == date(2026, 11, 3)
    assert after.at.date() == date(2026, 11, 4)
    assert CALENDAR.due(west, Span.parse("1wd")) == after
    assert after.at.utcoffset() == timedelta(hours=8)


def test_a_moment_without_an_offset_is_refused() -> None:
    with pytest.raises(BadInput) as refusal:
        CALENDAR.due(datetime(2026, 11, 2, 9, 0), Span.parse("1wd"))  # noqa: DTZ001

    assert refusal.value.code == "calendar.no_offset"
    assert "2026-11-02T09:00:00" in refusal.value.hint


def test_calendar_days_end_on_a_working_day_only_where_the_rule_says_so() -> None:
    assert day("2026-09-26 10:00", "7d") == "2026-10-08"
    assert day("2026-09-26 10:00", "7d", roll=False) == "2026-10-03"


def test_hours_run_through_nights_and_holidays_and_never_roll() -> None:
    assert due("2026-09-30 22:15", "48h") == "2026-10-02 22:15:00"


def test_the_second_in_which_it_ends_is_still_in_time() -> None:
    ends = CALENDAR.due(at("2026-11-02 10:00"), Span.parse("1wd")).at

    assert not passed(ends, at("2026-11-03 23:59:59.999999"))
    assert passed(ends, at("2026-11-04 00:00"))


def test_a_limit_that_reaches_into_an_unpublished_year_is_provisional() -> None:
    start = at("2026-11-21 10:00")

    inside = CALENDAR.due(start, Span.parse("15wd"))
    beyond = CALENDAR.due(start, Span.parse("45wd"))

    assert not inside.provisional
    assert beyond.provisional
    assert beyond.at.date() == date(2027, 1, 22)
    assert beyond.calendar == CALENDAR.version


@pytest.mark.parametrize(
    ("start", "span", "roll", "provisional"),
    [
        ("2026-12-30 10:00", "1wd", True, False),
        ("2026-12-31 10:00", "1wd", True, True),
        ("2026-12-21 10:00", "10d", True, False),
        ("2026-12-22 10:00", "10d", True, True),
        ("2026-12-22 10:00", "10d", False, False),  # nothing asks which days are worked
        ("2026-12-31 10:00", "48h", True, False),
        ("2003-12-20 10:00", "5wd", True, True),
    ],
)
def test_only_what_rests_on_unpublished_days_is_provisional(
    start: str, span: str, *, roll: bool, provisional: bool
) -> None:
    assert CALENDAR.due(at(start), Span.parse(span), roll=roll).provisional is provisional


def test_a_working_day_touched_by_a_pause_is_not_counted() -> None:
    untouched = day("2026-11-02 10:00", "5wd")

    assert untouched == "2026-11-09"
    assert day("2026-11-02 10:00", "5wd", pause("2026-11-04 09:00", "2026-11-04 09:01")) == (
        "2026-11-10"
    )
    assert day("2026-11-02 10:00", "5wd", pause("2026-11-03 17:00", "2026-11-05 09:00")) == (
        "2026-11-12"
    )


@pytest.mark.parametrize(
    "costless",
    [
        pause("2026-11-07 00:00", "2026-11-09 00:00"),  # a whole weekend, to its last moment
        pause("2026-11-02 10:00", "2026-11-02 18:00"),  # day 0, which doesn't count anyway
        pause("2026-10-01 10:00", "2026-10-02 10:00"),  # before the clock began
        pause("2026-11-10 00:00", None),  # after it ended
        pause("2026-11-04 10:00", "2026-11-04 10:00"),  # no time at all
    ],
)
def test_a_pause_outside_what_counts_costs_nothing(costless: Pause) -> None:
    assert day("2026-11-02 10:00", "5wd", costless) == "2026-11-09"


def test_pauses_that_overlap_count_once() -> None:
    outer = pause("2026-11-03 10:00", "2026-11-06 10:00")
    inner = pause("2026-11-04 10:00", "2026-11-05 10:00", "translation")
    across = pause("2026-11-05 10:00", "2026-11-10 10:00", "translation")

    assert day("2026-11-02 10:00", "5wd", outer) == "2026-11-13"
    assert day("2026-11-02 10:00", "5wd", outer, inner) == "2026-11-13"
    assert day("2026-11-02 10:00", "5wd", inner, across, outer) == "2026-11-17"


def test_paused_hours_are_added_exactly() -> None:
    first = pause("2026-11-02 12:00", "2026-11-02 12:30")
    second = pause("2026-11-02 12:15", "2026-11-03 12:15")

    assert due("2026-11-02 10:00", "48h", first) == "2026-11-04 10:30:00"
    assert due("2026-11-02 10:00", "48h", first, second) == "2026-11-05 10:15:00"


def test_calendar_days_skip_paused_days_and_roll_past_a_paused_end() -> None:
    weekend_and_monday = pause("2026-11-07 10:00", "2026-11-09 10:00")

    assert day("2026-11-02 10:00", "5d", weekend_and_monday) == "2026-11-10"
    assert day("2026-11-02 10:00", "4d", pause("2026-11-03 10:00", "2026-11-03 11:00")) == (
        "2026-11-09"
    )


def test_an_open_pause_without_a_cap_leaves_no_due_date() -> None:
    with pytest.raises(Refused, match=r"calendar\.paused"):
        due("2026-11-02 10:00", "5wd", pause("2026-11-04 10:00", None))
    with pytest.raises(Refused, match=r"calendar\.paused"):
        due("2026-11-02 10:00", "48h", pause("2026-11-04 09:59", None))

    assert due("2026-11-02 10:00", "48h", pause("2026-11-04 10:00", None)).startswith("2026-11-04")


def test_notarisation_holds_a_clock_for_at_most_20_working_days() -> None:
    long = pause("2026-03-02 10:00", "2026-06-30 10:00", "notarisation", NOTARISATION)
    still_open = pause("2026-03-02 10:00", None, "notarisation", NOTARISATION)

    assert day("2026-03-02 10:00", "15wd") == "2026-03-23"
    assert day("2026-03-02 10:00", "15wd", long) == day("2026-03-02 10:00", "35wd")
    assert day("2026-03-02 10:00", "15wd", still_open) == day("2026-03-02 10:00", "35wd")


def test_a_cap_holds_for_all_pauses_of_its_reason_together() -> None:
    ten_days = pause("2026-03-03 10:00", "2026-03-16 18:00", "notarisation", NOTARISATION)
    the_rest = pause("2026-03-20 10:00", "2026-06-30 10:00", "notarisation", NOTARISATION)
    for_another_reason = replace(the_rest, reason="inspection")

    capped = day("2026-03-02 10:00", "15wd", ten_days, the_rest)
    assert capped == day("2026-03-02 10:00", "35wd")
    assert day("2026-03-02 10:00", "15wd", ten_days, for_another_reason) == "2026-05-08"


def test_a_cap_in_hours_and_one_in_days_cut_where_they_are_used_up() -> None:
    in_hours = pause("2026-11-02 12:00", None, "mail", Span.parse("6h"))
    in_days = pause("2026-11-03 12:00", None, "mail", Span.parse("2d"))

    assert due("2026-11-02 10:00", "48h", in_hours) == "2026-11-04 16:00:00"
    assert day("2026-11-02 10:00", "5wd", in_days) == "2026-11-11"
    assert due(
        "2026-11-02 10:00", "48h", pause("2026-11-03 12:00", None, cap=Span.parse("0h"))
    ) == ("2026-11-04 10:00:00")


def test_a_cap_counted_on_unpublished_days_makes_the_date_provisional() -> None:
    held = pause("2026-12-15 10:00", None, "notarisation", NOTARISATION)

    assert CALENDAR.due(at("2026-12-14 10:00"), Span.parse("72h"), [held]).provisional
    assert not CALENDAR.due(at("2026-12-14 10:00"), Span.parse("72h")).provisional


def test_when_a_cap_will_be_used_up() -> None:
    held = pause("2026-03-02 10:00", None, "notarisation", NOTARISATION)
    uncapped = pause("2026-03-02 10:00", None)

    lapses = CALENDAR.lapses_at(at("2026-03-02 10:00"), Span.parse("15wd"), [held])
    assert lapses == at("2026-03-31 00:00")
    assert CALENDAR.lapses_at(at("2026-03-02 10:00"), Span.parse("15wd"), [uncapped]) is None
    assert CALENDAR.lapses_at(at("2026-03-02 10:00"), Span.parse("48h"), [held]) == (
        at("2026-03-28 00:00")
    )


def test_reminders_come_in_the_morning_or_so_many_hours_before() -> None:
    ends = at("2026-10-13 23:59:59")

    assert CALENDAR.ahead(ends, Span.parse("1d")) == at("2026-10-12 09:00")
    assert CALENDAR.ahead(ends, Span.parse("2wd")) == at("2026-10-10 09:00")
    assert CALENDAR.ahead(ends, Span.parse("3wd")) == at("2026-10-09 09:00")
    assert CALENDAR.ahead(ends, Span.parse("4wd")) == at("2026-10-08 09:00")
    assert CALENDAR.ahead(ends, Span.parse("5wd")) == at("2026-09-30 09:00")
    assert CALENDAR.ahead(ends, Span.parse("12h")) == at("2026-10-13 11:59:59")


def test_in_china_keeps_the_moment() -> None:
    moment = datetime(2026, 11, 2, 16, 30, tzinfo=UTC)

    assert in_china(moment) == moment
    assert in_china(moment).date() == date(2026, 11, 3)
