"""What a source says, as a cell of a table: the words, who says them, and how sure that is."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.comparing import Cell, Quote
from gongdao.domain.policy.pack import RulePack
from gongdao.web import words

_ARTICLE = re.compile(r"\b\d{3}_[0-9a-f]{16}\b")
"""How the packs cite one of the articles that they rest on."""


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


def titles(pack: RulePack) -> Mapping[str, str]:
    """What a pack's sources are called, by the codes under which its figures cite them."""
    return {source.cited.source: source.title.in_(words.language()) for source in pack.sources}


def named(of: str, book: PackBook) -> str:
    """Where a rule comes from, in words, with the titles of the articles that it cites by code."""
    called: dict[str, str] = {}
    for platform in book.platforms():
        called |= titles(book.versions(platform)[0])
    return _ARTICLE.sub(lambda code: called.get(code[0], code[0]), words.source(of))


def quoted(cell: Cell, called: Mapping[str, str]) -> tuple[Said, ...]:
    """All quotes of a cell, the one that we go by first."""
    return tuple(_said(quote, called) for quote in cell)


def _said(quote: Quote, called: Mapping[str, str]) -> Said:
    language = words.language()
    more = [each.in_(language) for each in (quote.why, quote.note) if each]
    return Said(
        label=quote.label.in_(language) if quote.label else "",
        text=quote.text.in_(language),
        source=called.get(quote.source) or words.source(quote.source),
        as_of=quote.as_of,
        claimed=quote.claimed,
        used=quote.used,
        inferred=quote.inferred,
        more=tuple(more),
    )
