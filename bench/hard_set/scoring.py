"""Counting what was read wrongly, wherever on the picture it stands.

Lines that were drawn and lines that were read are grouped by their places: what overlaps belongs
together. Within a group the text is compared by edit distance, after NFKC and without spaces, so
that neither the order of a page nor the cutting of a line into two counts. What was read where
nothing was drawn counts in full; so does what was drawn and not read. Emoji and the stars of a
rating may be read or not. The small signs of a status bar and lines cut through by an edge are
neither wanted nor wrong.
"""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from bench.hard_set.drawing import Item, Kind, is_emoji

from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture, in_order

SHARED = 0.4
"""Lines belong together where they share so much of the smaller one."""


@dataclass(frozen=True, slots=True)
class Score:
    """Wrong characters of how many, and the groups in which they are."""

    wrong: int
    of: int
    where: tuple[tuple[str, str], ...]


def plain(text: str) -> str:
    """What is compared: without spaces, stars and emoji, full and half width alike."""
    letters = (c for c in unicodedata.normalize("NFKC", text) if not (is_emoji(c) or c in "★☆"))
    return "".join("".join(letters).split())


def score(items: Sequence[Item], read: ReadPicture) -> Score:
    """Compare what was drawn with what was read."""
    drawn = [(item, _drawn_at(item, read)) for item in items]
    seen = [(line, line.box) for line in read.lines]
    wrong, of, where = 0, 0, []
    for left, right in _groups([box for _, box in drawn], [box for _, box in seen]):
        truth = [drawn[n] for n in left]
        if any(item.kind is Kind.SMALL for item, _ in truth):
            continue
        wanted = _joined([(item.text, box) for item, box in truth])
        got = _joined([(seen[n][0].text, seen[n][1]) for n in right])
        away = distance(wanted, got)
        wrong, of = wrong + away, of + len(wanted)
        if away:
            where.append((wanted, got))
    return Score(wrong, of, tuple(where))


def _drawn_at(item: Item, read: ReadPicture) -> Box:
    """Where a line should be read: on the screen, where it was set upright."""
    if not read.photographed or item.upright is None:
        return Box(*item.box)
    left, top, right, low = item.upright
    return Box(left * read.width, top * read.height, right * read.width, low * read.height)


def _joined(lines: list[tuple[str, Box]]) -> str:
    """Their text, row by row."""
    return plain("".join(each.text for each in in_order([ReadLine(t, b, 1) for t, b in lines])))


def _groups(drawn: list[Box], seen: list[Box]) -> list[tuple[list[int], list[int]]]:
    """Which drawn and which read lines belong together; alone ones make a group each."""
    groups: list[tuple[list[int], list[int]]] = [([n], []) for n in range(len(drawn))]
    for number, box in enumerate(seen):
        meets = [g for g in groups if any(_together(drawn[n], box) for n in g[0])]
        merged = ([n for g in meets for n in g[0]], [*(n for g in meets for n in g[1]), number])
        groups = [g for g in groups if g not in meets] + [merged]
    return groups


def _together(one: Box, other: Box) -> bool:
    smaller = min(one.width * one.height, other.width * other.height)
    return smaller > 0 and one.common(other) / smaller >= SHARED


def distance(one: str, other: str) -> int:
    """How many characters must be put in, left out or changed (Levenshtein)."""
    before = list(range(len(other) + 1))
    for row, char in enumerate(one, start=1):
        now = [row]
        for column, char2 in enumerate(other, start=1):
            change = before[column - 1] + (char != char2)
            now.append(min(before[column] + 1, now[-1] + 1, change))
        before = now
    return before[-1]
