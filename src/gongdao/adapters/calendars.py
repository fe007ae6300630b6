"""The working calendar as published: the `chinesecalendar` package plus an operator's table.

The package knows the years that the State Council had announced when it was released. A table
adds what came later, or corrects a day. It is CSV with a header, UTF-8 (or GB18030, as Excel in
China saves it), and three kinds of rows:

    date,day,name,source
    2027,published,2027年,https://www.gov.cn/…   every day of 2027 not listed is as the week has it
    2027-01-01,off,元旦,https://www.gov.cn/…     a day off
    2027-02-20,working,调休,https://www.gov.cn/… a day worked

How to write one: docs/how-to/load-next-years-calendar.md.
"""

import csv
import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

from chinese_calendar.constants import holidays, workdays

from gongdao.domain.kernel.calendar import WorkingCalendar
from gongdao.domain.kernel.errors import BadInput, hint_noop

_PACKAGE = "chinesecalendar"
_COLUMNS = ("date", "day", "name", "source")
_HEADER = f"the header must read {','.join(_COLUMNS)}"
_YEAR = re.compile(r"^[0-9]{4}$")
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
_SATURDAY = 5
_ALWAYS_OFF = ((1, 1), (5, 1), (10, 1))
"""New Year, Labour Day and National Day are off in every year (全国年节及纪念日放假办法 art. 2)."""
_SHOWN = 20
"""So many problems are listed; a table with more was probably meant to be something else."""


class DayKind(StrEnum):
    """What a row of the table says of its day or year."""

    WORKING = "working"
    OFF = "off"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Override:
    """One row, with its line in the file and where it comes from."""

    line: int
    day: date
    """For a published year: its first day."""
    kind: DayKind
    name: str
    source: str


@dataclass(frozen=True, slots=True)
class Overrides:
    """A table that was read without a problem."""

    origin: str
    days: tuple[Override, ...]
    years: tuple[int, ...]
    """Years declared as published in whole."""

    @property
    def digest(self) -> str:
        """Eight hex digits that change whenever the table changes what a day or a year is."""
        facts = sorted(f"{row.day} {row.kind}" for row in self.days)
        facts += sorted(f"{year} {DayKind.PUBLISHED}" for year in self.years)
        return sha256("\n".join(facts).encode()).hexdigest()[:8]


def published_calendar() -> WorkingCalendar:
    """The calendar as the installed package knows it, from its first year through its last."""
    return WorkingCalendar(
        version=f"{_PACKAGE}-{version(_PACKAGE)}",
        known_from=date(min(holidays).year, 1, 1),
        known_through=date(max(holidays).year, 12, 31),
        holidays=frozenset(day for day in holidays if not _is_weekend(day)),
        working_weekends=frozenset(day for day in workdays if _is_weekend(day)),
    )


def load_calendar(table: Path | None = None) -> WorkingCalendar:
    """The published calendar with an operator's table laid over it, if there is one.

    BadInput `calendar.unreadable` if the file cannot be opened or decoded, `calendar.invalid`
    with every line that cannot be used.
    """
    base = published_calendar()
    return base if table is None else with_overrides(base, read_overrides(table))


def read_overrides(table: Path) -> Overrides:
    """Read a table from a file."""
    try:
        content = table.read_bytes()
    except OSError as problem:
        raise BadInput(
            "calendar.unreadable",
            hint_noop("The calendar table {file} cannot be opened: {problem}."),
            file=str(table),
            problem=problem.strerror or type(problem).__name__,
        ) from problem
    return parse_overrides(_decoded(content, str(table)), str(table))


def parse_overrides(text: str, origin: str) -> Overrides:
    """Read a table's text; `origin` names it in error messages."""
    rows = csv.reader(text.splitlines(), strict=True)
    problems: list[str] = []
    kept: dict[str, Override] = {}
    try:
        for cells in rows:
            problem = _read(rows.line_num, [cell.strip() for cell in cells], kept)
            problems += [f"line {rows.line_num}: {problem}"] if problem else []
    except csv.Error as broken:
        problems.append(f"line {rows.line_num}: {broken}")
    if rows.line_num == 0:
        problems.append(f"line 1: {_HEADER}")
    if problems:
        raise _invalid(origin, problems)
    days = (row for row in kept.values() if row.kind is not DayKind.PUBLISHED)
    years = (row.day.year for row in kept.values() if row.kind is DayKind.PUBLISHED)
    return Overrides(origin, tuple(sorted(days, key=lambda row: row.day)), tuple(sorted(years)))


def with_overrides(base: WorkingCalendar, table: Overrides) -> WorkingCalendar:
    """The calendar with the table's days in place of its own; its version names both."""
    known_through = _known_through(base, table)
    published = replace(base, known_through=known_through)
    problems = [
        f"line {row.line}: {problem}"
        for row in table.days
        if (problem := _contradiction(published, row)) is not None
    ]
    problems += _missing_holidays(base, table)
    if problems:
        raise _invalid(table.origin, problems)
    off = {row.day for row in table.days if row.kind is DayKind.OFF}
    worked = {row.day for row in table.days if row.kind is DayKind.WORKING}
    return WorkingCalendar(
        version=f"{base.version}+{table.digest}",
        known_from=base.known_from,
        known_through=known_through,
        holidays=(base.holidays - worked) | {day for day in off if not _is_weekend(day)},
        working_weekends=(base.working_weekends - off) | {d for d in worked if _is_weekend(d)},
    )


def _decoded(content: bytes, origin: str) -> str:
    """Text from UTF-8, with or without Excel's mark, or else from GB18030."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(
        "calendar.unreadable",
        hint_noop("The calendar table {file} is not text. Save it as CSV in UTF-8."),
        file=origin,
    )


def _read(line: int, cells: list[str], kept: dict[str, Override]) -> str | None:
    """Keep what one line says; or say what is wrong with it."""
    if line == 1:
        return None if tuple(cell.lower() for cell in cells[:4]) == _COLUMNS else _HEADER
    if not any(cells):
        return None
    try:
        row = _row(line, cells)
    except ValueError as problem:
        return str(problem)
    earlier = kept.setdefault(cells[0], row)
    return None if earlier is row else f"{cells[0]} stands in line {earlier.line} already"


def _row(line: int, cells: list[str]) -> Override:
    """The row that a line states; ValueError says what to write instead."""
    if len(cells) < len(_COLUMNS):
        raise ValueError(f"it has {len(cells)} columns where {len(_COLUMNS)} are needed")
    when, kind, name, source = cells[: len(_COLUMNS)]
    if kind not in set(DayKind):
        raise ValueError(f"{kind!r} is not a kind of day: write working, off or published")
    if not source:
        raise ValueError("the source is missing: say which notice of the State Council it is")
    read = _year if kind == DayKind.PUBLISHED else _day
    return Override(line, read(when), DayKind(kind), name, source)


def _year(written: str) -> date:
    """The first day of a year that was written as such."""
    if not _YEAR.match(written):
        raise ValueError(f"{written!r} is not a year: a published row names one, such as 2027")
    return date(int(written), 1, 1)


def _day(written: str) -> date:
    """A day written as 2027-01-31, and in no other way, so that nothing is guessed."""
    if not _DAY.match(written):
        raise ValueError(f"{written!r} is not a date: write it like 2027-01-31")
    try:
        return date.fromisoformat(written)
    except ValueError:
        raise ValueError(f"{written!r} is not in the calendar: check month and day") from None


def _known_through(base: WorkingCalendar, table: Overrides) -> date:
    """Through which day all is published; years must follow one another without a gap."""
    last = base.known_through.year
    for year in table.years:
        if year > last + 1:
            raise _invalid(table.origin, [f"{year} is published but {last + 1} is not: add it too"])
        last = max(last, year)
    return date(last, 12, 31)


def _missing_holidays(base: WorkingCalendar, table: Overrides) -> list[str]:
    """Signs that a year was declared published before all its days were in the table."""
    off = {row.day for row in table.days if row.kind is DayKind.OFF}
    fixed = [date(year, *day) for year in table.years for day in _ALWAYS_OFF]
    return [
        f"{day.year} is declared published, yet {day} is missing: list every day off of that year"
        for day in fixed
        if not base.knows(day) and not _is_weekend(day) and day not in off
    ]


def _contradiction(published: WorkingCalendar, row: Override) -> str | None:
    """Why a day cannot be what its row says, if that is so."""
    if not published.knows(row.day):
        return (
            f"{row.day} lies in a year that is not published: "
            f"add the row {row.day.year},published,,… once the whole year is in the table"
        )
    plain = not _is_weekend(row.day) and row.day not in published.holidays
    if row.kind is DayKind.WORKING and plain:
        return f"{row.day} is a {row.day:%A} and worked anyway: check the date"
    return None


def _is_weekend(day: date) -> bool:
    return day.weekday() >= _SATURDAY


def _invalid(origin: str, problems: list[str]) -> BadInput:
    """All problems in one error, each with its line."""
    shown = problems[:_SHOWN]
    if len(problems) > len(shown):
        shown.append(f"and {len(problems) - len(shown)} more")
    return BadInput(
        "calendar.invalid",
        hint_noop("Correct the calendar table {file}: {problems}."),
        file=origin,
        problems="; ".join(shown),
    )
