"""
Reading a text with a lexicon: several readings of the same text, each with its gate.

Sound and order alone would find something everywhere: such a hit counts only where no matched
character lies within an ordinary word, or where it holds Latin letters.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.alphabet import BARRIER, Alphabet
from gongdao.domain.screening.folding import Folded, mid_word, stops_between
from gongdao.domain.screening.lexicon import Lexicon
from gongdao.domain.screening.model import How
from gongdao.domain.screening.patterns import Pattern, as_written, by_sound
from gongdao.domain.screening.ports import Engine, Matcher
from gongdao.domain.screening.readings import (
    LETTER,
    bare,
    joined,
    pictured,
    run_end,
    thinned,
    with_latin,
)

MOST_OF_ENTRY = 50
"""So many places of one entry are told: a flood of one word hides no other word behind it."""
MOST_SPOTS = 20_000
"""A text with more hits than this has been looked at enough."""
_PAIR = 2
_TURNED = re.compile("[\u202d\u202e]")
"""Signs after which a text is shown from right to left: then any order of characters is read."""


def _none(_entry: int) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry at a place of the original text."""

    entry: int
    start: int
    end: int
    how: How


@dataclass(frozen=True, slots=True)
class Spotter:
    """A lexicon that is ready to read with."""

    lexicon: Lexicon
    alphabet: Alphabet
    written: Sequence[Sequence[tuple[How, int]]]
    spoken: Sequence[Sequence[tuple[How, int]]]
    by_signs: Matcher
    by_sounds: Matcher

    def spots(self, text: str, without: Callable[[int], bool] = _none) -> Iterator[Spot]:
        """Every entry that the text holds in any of its readings; at most `MOST_SPOTS`.

        Those `without` which is read are passed over, and so leave no less room for others.
        """
        if not self.lexicon.entries:
            return
        places: dict[int, set[int]] = {}
        enough: set[int] = set()
        told = 0
        for spot in self._all(text, enough):
            if spot.entry not in places:
                places[spot.entry] = set()
                if without(spot.entry):
                    enough.add(spot.entry)
            known = places[spot.entry]
            if spot.entry in enough or spot.start in known:
                continue
            known.add(spot.start)
            if len(known) >= MOST_OF_ENTRY:
                enough.add(spot.entry)
            yield spot
            told += 1
            if told >= MOST_SPOTS:
                return

    def _all(self, text: str, enough: AbstractSet[int]) -> Iterator[Spot]:
        folded = self.alphabet.folding.fold(text)
        if not len(folded.codes):
            return
        plain = folded.text
        within = self.alphabet.in_words(folded.codes)
        gate = np.zeros_like(within) if _TURNED.search(text) else within
        for start, end, number in self.by_signs.find(plain):
            for how, entry in self.written[number]:
                if entry not in enough and _counts(how, plain, start, end, gate):
                    yield from self._placed(text, folded, (start, end), how, entry)
        yield from self._split(folded)
        yield from self._thinned(text, folded)
        yield from self._pictured(text)
        yield from self._heard(text, folded, plain, within, enough)

    def _placed(
        self, text: str, folded: Folded, span: tuple[int, int], how: How, entry: int
    ) -> Iterator[Spot]:
        start, end = folded.span(*span)
        if end - start > span[1] - span[0]:
            if stops_between(text, start, end) and not _all_apart(folded, *span):
                return
            how = How.INVISIBLE if how is How.PLAIN else how
        yield Spot(entry, start, end, how)

    def _split(self, folded: Folded) -> Iterator[Spot]:
        read, made = joined(folded, self.alphabet)
        for start, end, entry in self._plainly(read):
            if read is not None and made[start:end].any():
                left, right = read.span(start, end)
                yield Spot(entry, left, right + int(made[end - 1]), How.SPLIT)

    def _thinned(self, text: str, folded: Folded) -> Iterator[Spot]:
        read, made = thinned(folded, self.alphabet)
        for start, end, entry in self._plainly(read):
            if read is None or not made[start + 1 : end].any():
                continue
            left, right = read.span(start, end)
            if not stops_between(text, left, right):
                yield Spot(entry, left, right, How.INVISIBLE)

    def _pictured(self, text: str) -> Iterator[Spot]:
        read, made = pictured(text, self.alphabet.folding)
        for start, end, entry in self._plainly(read):
            if read is not None and made[start:end].any():
                left, right = read.span(start, end)
                if not stops_between(text, left, right):
                    yield Spot(entry, left, right, How.PICTURE)

    def _plainly(self, read: Folded | None) -> Iterator[tuple[int, int, int]]:
        """From where to where, and which entry, as it is written in the list."""
        for start, end, number in self.by_signs.find(read.text) if read else ():
            for how, entry in self.written[number]:
                if how is How.PLAIN:
                    yield start, end, entry

    def _heard(
        self,
        text: str,
        folded: Folded,
        plain: str,
        within: NDArray[np.bool_],
        enough: AbstractSet[int],
    ) -> Iterator[Spot]:
        heard = self.alphabet.heard[folded.codes]
        latin = LETTER.search(plain) is not None
        if not latin:
            heard[within] = BARRIER
        spoken = with_latin(heard, plain, self.alphabet.sounds) if latin else bare(heard)
        for start, end, number in self.by_sounds.find(spoken.text):
            if all(entry in enough for _, entry in self.spoken[number]):
                continue
            left, right = spoken.span(start, end)
            right = run_end(spoken, plain, end, right)
            if latin and within[left:right].any() and not LETTER.search(plain, left, right):
                continue
            for how, entry in self.spoken[number]:
                if plain[left:right] != self.lexicon.entries[entry].text:
                    yield from self._placed(text, folded, (left, right), how, entry)


def spotter(lexicon: Lexicon, alphabet: Alphabet, engine: Engine) -> Spotter:
    """Make a lexicon ready to read with."""
    signs, written = _grouped(as_written(lexicon.entries, alphabet.sounds))
    tones, spoken = _grouped(by_sound(lexicon.entries, alphabet.sounds))
    return Spotter(lexicon, alphabet, written, spoken, engine(signs), engine(tones))


def _grouped(
    patterns: Iterator[Pattern],
) -> tuple[list[str], list[list[tuple[How, int]]]]:
    grouped: dict[str, list[tuple[How, int]]] = {}
    for text, how, entry in patterns:
        grouped.setdefault(text, []).append((how, entry))
    return list(grouped), list(grouped.values())


def _counts(how: How, plain: str, start: int, end: int, within: NDArray[np.bool_]) -> bool:
    """Whether a hit passes the gate of its kind."""
    if mid_word(plain, start, end):
        return False
    if how is How.MIRRORED or (how is How.SWAPPED and end - start == _PAIR):
        return not within[start:end].any()
    return True


def _all_apart(folded: Folded, start: int, end: int) -> bool:
    """Whether something stands between each two characters, as who hides a word writes it.

    Of two characters alone, it has to stand before them and behind them, too.
    """
    if end - start == _PAIR:
        start, end = max(start - 1, 0), end + 1
    at = folded.at[start:end]
    return len(at) > _PAIR and bool((np.diff(at) > 1).all())
