"""The published calendar, and an operator's table laid over it."""

from datetime import date, datetime
from pathlib import Path

import chinese_calendar
import pytest
from tests.parts.kernel.published import calendar_of_2026

from gongdao.adapters.calendars import (
    load_calendar,
    parse_overrides,
    published_calendar,
    read_overrides,
    with_overrides,
)
from gongdao.domain.kernel.calendar import WorkingCalendar
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.spans import Span

BASE = calendar_of_2026()
PUBLISHED = published_calendar()
HEADER = "date,day,name,source\n"
YEAR_2027 = (
    HEADER
    + "2027,published,2027年,notice\n"
    + "2027-01-01,off,元旦,notice\n"
    + "2027-10-01,off,国庆节,notice\n"
    + "2027-10-09,working,调休,notice\n"
)


def laid_over(text: str) -> WorkingCalendar:
    return with_overrides(BASE, parse_overrides(text, "table.csv"))


def problem(text: str) -> str:
    with pytest.raises(BadInput) as refusal:
        laid_over(text)
    assert refusal.value.code == "calendar.invalid"
    assert "table.csv" in refusal.value.hint
    return str(refusal.value.facts["problems"])


def test_the_published_calendar_agrees_with_the_package_on_every_day() -> None:
    span = range(PUBLISHED.known_from.toordinal(), PUBLISHED.known_through.toordinal() + 1)
    days = [date.fromordinal(n) for n in span]

    assert len(days) > 8000
    differing = [d for d in days if PUBLISHED.is_working(d) != chinese_calendar.is_workday(d)]
    assert differing == []


def test_it_is_known_exactly_as_far_as_the_package_answers() -> None:
    assert PUBLISHED.version.startswith("chinesecalendar-")
    assert chinese_calendar.is_workday(PUBLISHED.known_through) in {True, False}
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(PUBLISHED.known_through.year + 1, 1, 1))
    with pytest.raises(NotImplementedError):
        chinese_calendar.is_workday(date(PUBLISHED.known_from.year - 1, 12, 31))


def test_a_table_makes_a_provisional_date_firm() -> None:
    start, span = datetime(2026, 11, 21, 10, tzinfo=CHINA), Span.parse("45wd")
    merged = laid_over(YEAR_2027)

    assert BASE.due(start, span).provisional
    due = merged.due(start, span)
    assert not due.provisional
    assert due.at.date() == date(2027, 1, 25)
    assert due.calendar == merged.version != BASE.version
    assert merged.known_through == date(2027, 12, 31)
    assert merged.is_working(date(2027, 10, 9))
    assert not merged.is_working(date(2027, 10, 1))


def test_a_table_can_correct_a_published_day() -> None:
    merged = laid_over(
        HEADER + "2026-10-10,off,corrected,notice\n2026-10-07,working,corrected,notice\n"
    )

    assert not merged.is_working(date(2026, 10, 10))
    assert merged.is_working(date(2026, 10, 7))
    assert merged.known_through == BASE.known_through


def test_the_version_tells_tables_apart_but_not_their_wording() -> None:
    other_words = YEAR_2027.replace("国庆节", "National Day").replace("notice", "order")
    other_days = YEAR_2027.replace("2027-10-09", "2027-10-10")
    versions = {laid_over(text).version for text in (YEAR_2027, other_words, other_days)}

    assert len(versions) == 2
    assert all(version.startswith(f"{BASE.version}+") for version in versions)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ("2026-13-01,off,x,s", "line 2: '2026-13-01' is not in the calendar"),
        ("2026/10/08,off,x,s", "line 2: '2026/10/08' is not a date: write it like 2027-01-31"),
        ("2026-10-08,holiday,x,s", "line 2: 'holiday' is not a kind of day"),
        ("2026-10-08,off,x,", "line 2: the source is missing"),
        ("2026-10-08,off", "line 2: it has 2 columns where 4 are needed"),
        ("2026-10-08,off,x,s\n2026-10-08,working,x,s", "line 3: 2026-10-08 stands in line 2"),
        ("2026-10-08,working,x,s", "line 2: 2026-10-08 is a Thursday and worked anyway"),
        ("2027-05-04,off,x,s", "line 2: 2027-05-04 lies in a year that is not published"),
        ("2027-01,published,x,s", "line 2: '2027-01' is not a year"),
        ("2028,published,x,s", "2028 is published but 2027 is not"),
        ("2027,published,x,s", "2027 is declared published, yet 2027-01-01 is missing"),
        ('2026-10-08,"off,x,s', "line 2: unexpected end of data"),
    ],
)
def test_what_cannot_be_right_is_refused_with_its_line(rows: str, said: str) -> None:
    assert said in problem(f"{HEADER}{rows}\n")


def test_every_wrong_line_is_named_at_once() -> None:
    said = problem(HEADER + "x,off,a,s\n\n2026-10-08,off,a,s\n2026-02-30,off,a,s\n")

    assert "line 2: " in said
    assert "line 5: " in said
    assert "line 4" not in said
    assert "and 30 more" in problem(HEADER + "x,off,a,s\n" * 50)


@pytest.mark.parametrize("text", ["", "day,date,name,source\n", "2027-01-01,off,元旦,notice\n"])
def test_a_table_without_its_header_is_refused(text: str) -> None:
    assert problem(text) == "line 1: the header must read date,day,name,source"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_table_is_read_as_excel_saves_it(tmp_path: Path, encoding: str) -> None:
    table = tmp_path / "2027.csv"
    table.write_bytes(YEAR_2027.replace("\n", "\r\n").encode(encoding))

    assert load_calendar(table) == with_overrides(PUBLISHED, read_overrides(table))
    assert read_overrides(table).digest == parse_overrides(YEAR_2027, "table.csv").digest
    assert read_overrides(table).days[0].name == "元旦"


def test_without_a_table_the_published_calendar_is_used() -> None:
    assert load_calendar() == PUBLISHED


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    binary = tmp_path / "2027.xlsx"
    binary.write_bytes(b"PK\x03\x04\xff\xff\xff")

    for table in (tmp_path / "missing.csv", tmp_path, binary):
        with pytest.raises(BadInput) as refusal:
            load_calendar(table)
        assert refusal.value.code == "calendar.unreadable"
        assert str(table) in refusal.value.hint
