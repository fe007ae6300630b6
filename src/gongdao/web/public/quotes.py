"""What a source says, as a cell of a table: the words, who says them, and how sure that is."""

from dataclasses import dataclass
from datetime import date

from gongdao.domain.policy.comparing import Cell, Quote
from gongdao.web import words


@dataclass(frozen=True, slots=True)
class Said:
    """One quote in the reader's language."""

    label: str
    text: str
    source: str
    as_of: date
    claimed: bool
    """Somebody's claim, neither measured nor law; whoever shows it says so."""
    used: bool
    """Whether it is the one that we go by where sources disagree."""
    inferred: bool
    more: tuple[str, ...]
    """Why this one is used, and notes."""


def quoted(cell: Cell) -> tuple[Said, ...]:
    """All quotes of a cell, the one that we go by first."""
    return tuple(said_of(quote) for quote in cell)


def said_of(quote: Quote) -> Said:
    """One quote."""
    language = words.language()
    more = [each.in_(language) for each in (quote.why, quote.note) if each]
    return Said(
        label=quote.label.in_(language) if quote.label else "",
        text=quote.text.in_(language),
        source=words.source(quote.source),
        as_of=quote.as_of,
        claimed=quote.claimed,
        used=quote.used,
        inferred=quote.inferred,
        more=tuple(more),
    )
