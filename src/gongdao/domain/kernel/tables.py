"""Tables of text as spreadsheets write them: their characters, their lines, and their formulas."""

import csv
import re
from collections.abc import Iterator, Sequence

_BOM = "\N{ZERO WIDTH NO-BREAK SPACE}"
_WIDE = (b"\xff\xfe", b"\xfe\xff")
_FORMULA = tuple("=+-@＝＋－＠\t\r\n'")
"""With these a spreadsheet begins a formula: what is written begins with an apostrophe then."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_DELIMITERS = ",;\t，；"


class BrokenTable(ValueError):
    """A quotation never ends, or begins where none may. `line` is where, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


def decoded(content: bytes) -> str | None:
    """The characters of a file: UTF-8, with a mark at its beginning or without, or GB18030.

    None where it is no text.
    """
    if content.startswith(_WIDE):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return None if "\0" in text else text.removeprefix(_BOM)
    return None


def lines_of(text: str) -> Iterator[tuple[int, list[str]]]:
    """The lines of a table with where each begins; BrokenTable where a quotation never ends."""
    first = text.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    table = csv.reader(_LINE.findall(text), delimiter=delimiter, strict=True)
    before = 0
    try:
        for cells in table:
            yield before + 1, cells
            before = table.line_num
    except csv.Error:
        raise BrokenTable(before + 1) from None


def plain_heading(heading: str) -> str:
    """A heading as it is compared: without marks of what must be filled, in small letters."""
    return re.sub(r"\s+", " ", heading.strip().strip("*:：").strip().casefold())


def cell_at(cells: Sequence[str], number: int) -> str:
    """One cell, without the apostrophe that keeps a spreadsheet from calculating."""
    cell = cells[number].strip() if number < len(cells) else ""
    return cell[1:] if len(cell) > 1 and cell[0] == "'" and cell[1:].startswith(_FORMULA) else cell


def guarded(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
