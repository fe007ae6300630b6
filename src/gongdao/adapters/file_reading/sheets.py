"""Workbooks: the rows of their sheets, with values as they were last saved."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from gongdao.domain.evidence.file_text import MOST_CHARACTERS, Part, Remark

MOST_CELLS = 100_000
MOST_STRINGS = 200_000
_BOOK = "xl/workbook.xml"
_DATE_FORMATS = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
"""The formats of ECMA-376 (18.8.30) that show a number as a day or a time, Chinese ones too."""
_EPOCH = datetime(1899, 12, 30)  # noqa: DTZ001 - a sheet knows no zone
_LAST_DAY = 2_958_465

Attributes = Mapping[str, str]
Walk = Callable[..., None]


class Sheets:
    """The sheets of one workbook, read one after another."""

    def __init__(self, walk: Walk, targets: Callable[[str], dict[str, str]]) -> None:
        self._walk = walk
        self._targets = targets
        self._sheets: list[tuple[str, str, bool]] = []
        self._strings: list[str] = []
        self._dates: list[bool] = []
        self.formulas = self.cells = 0

    def parts(self) -> Iterator[Part]:
        """Each sheet with its name in the first line, cells side by side."""
        self._read_book()
        self._read_strings()
        self._read_styles()
        for number, (name, file, _hidden) in enumerate(self._sheets, start=1):
            sheet = _Sheet(self)
            self._walk(file, sheet.begin, sheet.end, sheet.words)
            yield Part(f"sheet:{number}", "\n".join([name, *sheet.lines()]))
            if self.cells >= MOST_CELLS:
                return

    def remarks(self, read: int) -> list[Remark]:
        """What is to be said of it, once so many sheets were read."""
        remarks = [Remark("sheets", len(self._sheets))]
        hidden = sum(hidden for _name, _file, hidden in self._sheets)
        if hidden:
            remarks.append(Remark("sheets_hidden", hidden))
        if read < len(self._sheets):
            remarks.append(Remark("sheets_cut", read, len(self._sheets)))
        if self.cells >= MOST_CELLS:
            remarks.append(Remark("cells_cut", MOST_CELLS))
        if self.formulas:
            remarks.append(Remark("formulas", self.formulas))
        return remarks

    def value(self, kind: str, style: int, written: str) -> str:
        """A cell as it is shown, as far as that is easily told."""
        if kind == "s":
            return self._strings[int(written)] if int(written) < len(self._strings) else ""
        if kind == "b":
            return {"1": "TRUE", "0": "FALSE"}.get(written, written)
        if kind in {"", "n"} and style < len(self._dates) and self._dates[style]:
            return _moment(written)
        return written

    def _read_book(self) -> None:
        targets = self._targets(_BOOK)

        def begin(tag: str, marks: Attributes) -> None:
            if tag == "sheet" and marks.get("r:id") in targets:
                hidden = marks.get("state", "visible") != "visible"
                self._sheets.append((marks.get("name", ""), targets[marks["r:id"]], hidden))

        self._walk(_BOOK, begin)

    def _read_strings(self) -> None:
        collecting: list[str] = []
        within: list[str] = []

        def begin(tag: str, _marks: Attributes) -> None:
            if tag == "si":
                collecting.clear()
            within.append(tag)

        def words(text: str) -> None:
            if within and within[-1] == "t" and "rPh" not in within:
                collecting.append(text)

        def end(tag: str) -> None:
            within.pop()
            if tag == "si" and len(self._strings) < MOST_STRINGS:
                self._strings.append("".join(collecting))

        self._walk("xl/sharedStrings.xml", begin, end, words)

    def _read_styles(self) -> None:
        """Which styles show a number as a day or a time."""
        own: dict[int, bool] = {}
        inside: list[str] = []

        def begin(tag: str, marks: Attributes) -> None:
            inside.append(tag)
            if tag == "numFmt":
                own[int(marks.get("numFmtId", "0"))] = _is_date(marks.get("formatCode", ""))
            elif tag == "xf" and "cellXfs" in inside:
                number = int(marks.get("numFmtId", "0"))
                self._dates.append(own.get(number, number in _DATE_FORMATS))

        self._walk("xl/styles.xml", begin, lambda _: inside.pop())


class _Sheet:
    """Collects one sheet's rows."""

    def __init__(self, sheets: Sheets) -> None:
        self._sheets = sheets
        self._rows: list[list[str]] = []
        self._cell: dict[str, Any] = {}
        self._tag = ""
        self._characters = 0

    def begin(self, tag: str, marks: Attributes) -> None:
        """A row or a cell begins."""
        self._tag = tag
        if tag == "row":
            self._rows.append([])
        elif tag == "c":
            self._cell = {"t": marks.get("t", ""), "s": int(marks.get("s", "0")), "v": ""}
        elif tag == "f":
            self._sheets.formulas += 1

    def words(self, text: str) -> None:
        """A value, or words that stand in the cell itself."""
        if self._tag in {"v", "t"} and self._cell:
            self._cell["v"] += text

    def end(self, tag: str) -> None:
        """A cell ends."""
        self._tag = ""
        if tag != "c" or not self._cell or not self._rows:
            return
        full = self._sheets.cells >= MOST_CELLS or self._characters > MOST_CHARACTERS
        if not full:
            cell = self._cell
            value = self._sheets.value(cell["t"], cell["s"], cell["v"])
            self._rows[-1].append(" ".join(value.split()))
            self._characters += len(value)
            self._sheets.cells += 1
        self._cell = {}

    def lines(self) -> list[str]:
        """The rows; empty ones are left out."""
        return ["\t".join(row) for row in self._rows if any(row)]


def _is_date(form: str) -> bool:
    """Whether a format of the document's own shows days or times."""
    outside = "".join(form.split('"')[::2])
    bare = outside.split(";", maxsplit=1)[0].lower()
    cleaned = "".join(part.rpartition("]")[2] for part in bare.split("["))
    return any(letter in cleaned for letter in "ydh") or "ss" in cleaned


def _moment(written: str) -> str:
    """A sheet's number of days as a moment; what is none stays as it is."""
    try:
        days = float(written)
    except ValueError:
        return written
    if not 0 <= days <= _LAST_DAY:
        return written
    moment = _EPOCH + timedelta(seconds=round(days * 86_400))
    if days < 1:
        return f"{moment:%H:%M:%S}"
    return f"{moment:%Y-%m-%d}" if days == int(days) else f"{moment:%Y-%m-%d %H:%M:%S}"
