"""Comparisons of rule packs as tables in the terminal."""

import sys
from collections.abc import Mapping
from dataclasses import dataclass, field

from rich.console import Console
from rich.markup import escape
from rich.table import Table as Grid

from gongdao.domain.policy.comparing import ABOUT_WORDS, Cell, Quote, Table
from gongdao.domain.policy.model import Basis


@dataclass(frozen=True, slots=True)
class Language:
    """The words around a table in one language."""

    list_heads: tuple[str, ...]
    nothing: str
    unused: str
    inferred: str
    sources: str
    notes: str
    basis: Mapping[Basis, str]


LANGUAGE: Mapping[str, Language] = {
    "zh": Language(
        list_heads=("平台", "版本", "名称", "生效"),
        nothing="这些规则包没有写到“{about}”。",
        unused="另一说法",
        inferred="推定",
        sources="来源",
        notes="说明",
        basis={
            Basis.CLAIMED: "文章的说法，未经核实",
            Basis.MEASURED: "查到的平台资料",
            Basis.LAW: "法律",
            Basis.HOUSE: "本社区自定",
        },
    ),
    "en": Language(
        list_heads=("Platform", "Version", "Title", "In force"),
        nothing="These packs say nothing about: {about}.",
        unused="also said",
        inferred="inferred",
        sources="Sources",
        notes="Notes",
        basis={
            Basis.CLAIMED: "an article's claim, not verified",
            Basis.MEASURED: "found in the platform's own material",
            Basis.LAW: "law",
            Basis.HOUSE: "this community's own choice",
        },
    ),
}


def say(text: str) -> None:
    """Tell the person, not the program that reads the output."""
    print(text, file=sys.stderr)


@dataclass(slots=True)
class _Below:
    """What is said below a table: numbered sources, and notes under letters."""

    language: str
    numbers: dict[str, int] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)

    def source(self, quote: Quote) -> int:
        """The number of a quote's source, a new one if it is new."""
        basis = LANGUAGE[self.language].basis[quote.basis]
        line = f"{quote.source} · {quote.as_of} · {basis}"
        return self.numbers.setdefault(line, len(self.numbers) + 1)

    def notes(self, quote: Quote) -> list[str]:
        """The letters of why it is used and what is noted."""
        told = (words.in_(self.language) for words in (quote.why, quote.note) if words)
        return [self.letters.setdefault(text, _letter(len(self.letters))) for text in told]


def print_table(console: Console, table: Table, language: str) -> None:
    """Print packs side by side; below, where each statement comes from and how sure it is."""
    below = _Below(language)
    grid = Grid(title=escape(ABOUT_WORDS[table.about].in_(language)), show_lines=True)
    for head in ("", *(column.title.in_(language) for column in table.columns)):
        # Chinese has no blanks to break at: fold, or the rest of a cell is cut off.
        grid.add_column(escape(head), overflow="fold")
    for row in table.rows:
        cells = (_shown(cell, below) for cell in row.cells)
        grid.add_row(escape(row.label.in_(language)), *cells)
    if table.rows:
        console.print(grid)
        _print_below(console, below)


def _print_below(console: Console, below: _Below) -> None:
    words = LANGUAGE[below.language]
    lines = [f"{words.sources}:", *(f"[{number}] {line}" for line, number in below.numbers.items())]
    if below.letters:
        lines += [f"{words.notes}:", *(f"[{letter}] {t}" for t, letter in below.letters.items())]
    for line in (*lines, ""):
        console.print(escape(line), style="dim", highlight=False)


def _shown(cell: Cell, below: _Below) -> str:
    return "\n".join(_quoted(quote, below) for quote in cell) or "—"


def _quoted(quote: Quote, below: _Below) -> str:
    """One statement with its marks, the number of its source and the letters of its notes."""
    words = LANGUAGE[below.language]
    label = f"{quote.label.in_(below.language)}: " if quote.label else ""
    marks = [words.unused] * (not quote.used) + [words.inferred] * quote.inferred
    aside = f" ({', '.join(marks)})" if marks else ""
    refs = ",".join([str(below.source(quote)), *below.notes(quote)])
    line = escape(f"{label}{quote.text.in_(below.language)}{aside}") + escape(f" [{refs}]")
    return line if quote.used else f"[dim]{line}[/]"


def _letter(index: int) -> str:
    """Turn 0, 1, 25, 26 into a, b, z, aa."""
    head, last = divmod(index, 26)
    return (_letter(head - 1) if head else "") + chr(ord("a") + last)
