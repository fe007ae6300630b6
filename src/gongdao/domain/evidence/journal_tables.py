"""
Journals as tables: reading what somebody kept elsewhere, and writing what they keep here.

A table is read whole or not at all: every line that cannot be taken is named with what to do, and
nothing is kept meanwhile. Columns are found by their headings. A column that has no place of its
own is added to the text with its heading, so that nothing of it is lost.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.evidence import journal_rules as rules
from gongdao.domain.evidence.journal import When
from gongdao.domain.evidence.journal_rules import Checked, Note
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.kernel.tables import (
    BrokenTable,
    cell_at,
    decoded,
    guarded,
    lines_of,
    plain_heading,
)
from gongdao.domain.policy.journal import JournalPolicy

TOLD = 50
"""Lines with something wrong that are named; of more the number is said."""
COLUMNS = ("when", "kind", "text", "files", "recorded_at", "entry", "corrects", "struck_at",
           "struck_because", "leaf")  # fmt: skip
"""Headings of a table that we write."""
_NAMES: Mapping[str, Sequence[str]] = {
    "when": (
        "when", "time", "date", "datetime", "happened", "happened_at", "date and time",
        "时间", "日期", "发生时间", "操作时间", "发货时间", "日期时间", "何时",
    ),
    "kind": ("kind", "type", "category", "类别", "类型", "种类", "分类"),
    "text": (
        "text", "what", "content", "note", "notes", "description", "details", "remark",
        "内容", "说明", "事项", "描述", "记录", "经过", "备注",
    ),
}  # fmt: skip
_OURS = {name for name in COLUMNS if name not in _NAMES}


@dataclass(frozen=True, slots=True)
class Row:
    """A line that can be taken."""

    line: int
    """Where it begins, counted from 1 as an editor counts."""
    checked: Checked


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that cannot, and what to do."""

    line: int
    problem: GongdaoError


@dataclass(frozen=True, slots=True)
class Table:
    """What was read."""

    rows: tuple[Row, ...]
    wrong: tuple[Wrong, ...]
    """The first of them; see `TOLD`."""
    wrong_in_all: int
    into_text: tuple[str, ...]
    """Headings of columns that are added to the text."""
    left_out: tuple[str, ...]
    """Headings of columns that only we write: what they say is made anew."""


def decode(content: bytes) -> str:
    """The characters of a file; BadInput where it is no table of text."""
    text = decoded(content)
    if text is None:
        raise BadInput(
            "journal.bad_encoding",
            hint_noop("The file is no table of text. Save it as CSV in UTF-8, then send it again."),
        )
    return text


def check_size(content: bytes, policy: JournalPolicy) -> None:
    """BadInput for a table that is too large to be looked at, or empty."""
    if not content.strip():
        raise BadInput("file.empty", hint_noop("The file is empty. Choose it again."))
    check_length(len(content), policy)


def check_length(size: int, policy: JournalPolicy) -> None:
    """BadInput for a table that is too large, by its size alone."""
    if size > policy.limits.table_bytes_max:
        raise BadInput(
            "journal.table_too_large",
            hint_noop("A table may have {most} MB. Send it in several parts."),
            most=max(1, policy.limits.table_bytes_max // 1024**2),
        )


def read(content: bytes, policy: JournalPolicy, sort: str, now: datetime) -> Table:
    """Read a table; BadInput where it is none at all. `sort` is for lines that name no kind."""
    check_size(content, policy)
    lines = _lines(decode(content))
    _, headings = next(lines, (0, []))
    places = _places(headings)
    reader = _Reader(policy, sort, now, headings, places)
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            reader.take(line, cells)
    if not reader.rows and not reader.count:
        raise BadInput("journal.table_empty", hint_noop("Below the headings there is no line."))
    named = [name for name in headings if name.strip()]
    return Table(
        rows=tuple(reader.rows),
        wrong=tuple(reader.wrong),
        wrong_in_all=reader.count,
        into_text=tuple(h for n, h in enumerate(headings) if h in named and n in reader.others),
        left_out=tuple(h for h in named if plain_heading(h) in _OURS),
    )


@dataclass(slots=True)
class _Reader:
    """Takes line by line."""

    policy: JournalPolicy
    sort: str
    now: datetime
    headings: Sequence[str]
    places: Mapping[str, int]
    rows: list[Row]
    wrong: list[Wrong]
    count: int
    others: list[int]

    def __init__(
        self,
        policy: JournalPolicy,
        sort: str,
        now: datetime,
        headings: Sequence[str],
        places: Mapping[str, int],
    ) -> None:
        self.policy, self.sort, self.now = policy, sort, now
        self.headings, self.places = headings, places
        self.rows, self.wrong, self.count = [], [], 0
        taken = set(places.values())
        self.others = [
            n for n, h in enumerate(headings) if n not in taken and plain_heading(h) not in _OURS
        ]

    def take(self, line: int, cells: Sequence[str]) -> None:
        """One more line."""
        most = self.policy.limits.rows_max
        if len(self.rows) + self.count >= most:
            raise BadInput(
                "journal.too_many_rows",
                hint_noop("A table may have {most} lines. Send it in several parts."),
                most=most,
            )
        try:
            self.rows.append(Row(line, self._checked(cells)))
        except GongdaoError as problem:
            self.count += 1
            if len(self.wrong) < TOLD:
                self.wrong.append(Wrong(line, problem))

    def _checked(self, cells: Sequence[str]) -> Checked:
        if any(cell.strip() for cell in cells[len(self.headings) :]):
            raise BadInput(
                "journal.row_too_wide",
                hint_noop(
                    "The line has more cells than there are headings. Put texts with commas into "
                    "quotation marks."
                ),
            )
        told = {name: cell_at(cells, n) for name, n in self.places.items()}
        if not told["when"]:
            raise BadInput("journal.no_moment", hint_noop("Say when it happened."))
        kind = self.policy.named(told["kind"]) if told.get("kind") else None
        if told.get("kind") and kind is None:
            raise BadInput(
                "journal.unknown_kind_in_table",
                hint_noop("There is no kind “{kind}”. Write one of: {known}."),
                kind=told["kind"][:40],
                known=", ".join(f"{k.title.zh}/{k.code}" for k in self.policy.kinds),
            )
        others = [(self.headings[n].strip(), cell_at(cells, n)) for n in self.others]
        more = [f"{head}: {cell}" if head else cell for head, cell in others if cell]
        text = "\n".join(filter(None, [told.get("text", ""), *more]))
        if not text:
            raise BadInput("journal.no_text", hint_noop("Write what happened: the line says none."))
        sort = kind.code if kind else self.sort
        return rules.check_note(self.policy, Note(sort, told["when"], text), 0, self.now)


def write(lines: Iterable[Sequence[str]]) -> bytes:
    """A table with our headings, as spreadsheets read it: UTF-8 with its mark, no formulas."""
    text = _Written()
    table = csv.writer(text)
    table.writerow(COLUMNS)
    for line in lines:
        table.writerow([guarded(cell) for cell in line])
    return b"\xef\xbb\xbf" + "".join(text).encode()


class _Written(list[str]):
    """What a table is written to, piece by piece."""

    write = list.append


def written(happened: When) -> str:
    """A moment as it stands in a table, and is read again."""
    at = happened.at.astimezone(CHINA)
    return f"{at:%Y-%m-%d}" if happened.day_only else at.isoformat(timespec="seconds")


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table with where each begins; BadInput where a quotation never ends."""
    try:
        yield from lines_of(text)
    except BrokenTable as broken:
        raise BadInput(
            "journal.broken_table",
            hint_noop(
                "The table breaks off at line {line}: a quotation mark there has no partner, or "
                "stands where none may stand."
            ),
            line=broken.line,
        ) from None


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Which column is which; BadInput where there is none that says when."""
    plain = [plain_heading(heading) for heading in headings]
    found = {}
    for name, names in _NAMES.items():
        by_rank = [plain.index(each) for each in names if each in plain]
        if by_rank:
            found[name] = by_rank[0]
    if "when" not in found:
        raise BadInput(
            "journal.no_headings",
            hint_noop(
                "The first line must name the columns, one of them 时间 or when. Here it has: "
                "{there}."
            ),
            there=", ".join(h.strip()[:20] for h in headings[:8] if h.strip()) or "—",
        )
    return found
