"""A roster as a table: one line a slot, read whole or not at all."""

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongdao.domain.duty.roster import DAY, Exceptional, Roster, Slot
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.firms import RosterRule

_TIME = re.compile(r"([0-2]?\d):([0-5]\d)")
_DAYS = (
    ("1", "mon", "monday", "周一", "星期一"),
    ("2", "tue", "tuesday", "周二", "星期二"),
    ("3", "wed", "wednesday", "周三", "星期三"),
    ("4", "thu", "thursday", "周四", "星期四"),
    ("5", "fri", "friday", "周五", "星期五"),
    ("6", "sat", "saturday", "周六", "星期六"),
    ("7", "sun", "sunday", "周日", "星期日", "周天"),
)
_NOBODY = {"", "-", "–", "无", "nobody"}
_CELLS = 4
_HEADINGS = {"day", "日期", "星期", "班次日"}


@dataclass(frozen=True, slots=True)
class Table:
    """What a table says."""

    slots: tuple[Slot, ...]
    exceptions: tuple[Exceptional, ...]


def read(content: bytes, rule: RosterRule, names: Mapping[str, PersonId]) -> Table:
    """
    Read `day, from, to, person` lines; BadInput names the first that cannot be read.

    A day is one of the week (`Mon`, `1`, 周一) or a date (`2026-12-31`), which is an exception. A
    slot that ends before it begins goes on past midnight.
    """
    if len(content) > rule.table_bytes_max:
        raise BadInput(
            "roster.too_large",
            hint_noop("The table is larger than {most} bytes."),
            most=rule.table_bytes_max,
        )
    slots: list[Slot] = []
    special: list[Exceptional] = []
    for number, cells in _lines(content):
        found = _line(number, cells, names)
        slots += [each for each in found if isinstance(each, Slot)]
        special += [each for each in found if isinstance(each, Exceptional)]
    if len(slots) + len(special) > rule.slots_max:
        raise BadInput(
            "roster.too_many",
            hint_noop("A roster has at most {most} lines."),
            most=rule.slots_max,
        )
    return Table(tuple(slots), tuple(special))


def write(roster: Roster, names: Mapping[PersonId, str]) -> str:
    """The roster as the table that reads as the same."""
    text = _Written()
    table = csv.writer(text, lineterminator="\n")
    table.writerow(["day", "from", "to", "person"])
    for slot in roster.slots:
        name = names.get(slot.person, "")
        table.writerow([_DAYS[slot.weekday][1], clock(slot.begins), clock(slot.ends), name])
    for each in roster.exceptions:
        name = names.get(each.person, "") if each.person else ""
        table.writerow([each.day.isoformat(), clock(each.begins), clock(each.ends), name])
    return "".join(text)


class _Written(list[str]):
    """What a table is written to, piece by piece."""

    write = list.append


def clock(minutes: int) -> str:
    """Minutes of a day as `09:30`; the day's end is `24:00`."""
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def _lines(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
    try:
        for number, cells in enumerate(csv.reader(text.replace("\x00", "").splitlines()), start=1):
            stripped = [cell.strip() for cell in cells]
            if any(stripped) and not (number == 1 and stripped[0].casefold() in _HEADINGS):
                yield number, stripped
    except csv.Error:
        raise _wrong(1) from None


def _line(number: int, cells: list[str], names: Mapping[str, PersonId]) -> list[Slot | Exceptional]:
    if len(cells) != _CELLS:
        raise _wrong(number)
    when, person = _day(cells[0]), _person(number, cells[3], names)
    begins, ends = _minutes(cells[1]), _minutes(cells[2])
    if when is None or begins is None or ends is None or begins in {ends, DAY}:
        raise _wrong(number)
    return [_made(number, when, lo, hi, more, person) for lo, hi, more in _pieces(begins, ends)]


def _pieces(begins: int, ends: int) -> list[tuple[int, int, int]]:
    if ends > begins:
        return [(begins, ends, 0)]
    return [(begins, DAY, 0), *([(0, ends, 1)] if ends else [])]


def _made(
    number: int, when: int | date, begins: int, ends: int, more: int, person: PersonId | None
) -> Slot | Exceptional:
    if isinstance(when, date):
        day = date.fromordinal(when.toordinal() + more)
        return Exceptional(day, begins, ends, person)
    if person is None:
        raise _wrong(number)
    return Slot((when + more) % 7, begins, ends, person)


def _day(written: str) -> int | date | None:
    wanted = written.casefold()
    for index, known in enumerate(_DAYS):
        if wanted in known:
            return index
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _minutes(written: str) -> int | None:
    found = _TIME.fullmatch(written)
    minutes = int(found[1]) * 60 + int(found[2]) if found else DAY + 1
    return minutes if minutes <= DAY else None


def _person(number: int, name: str, names: Mapping[str, PersonId]) -> PersonId | None:
    if name.casefold() in _NOBODY:
        return None
    found = names.get(name) or names.get(name.casefold())
    if found is None:
        raise BadInput(
            "roster.unknown_person",
            hint_noop("Line {line}: nobody on the staff is called {name}."),
            line=number,
            name=name[:80],
        )
    return found


def _wrong(number: int) -> BadInput:
    return BadInput(
        "roster.bad_line",
        hint_noop("Line {line}: write day, from, to and person, such as Mon,09:00,18:00,Ana."),
        line=number,
    )
