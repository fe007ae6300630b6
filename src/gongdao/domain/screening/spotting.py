"""
Reading a text with a lexicon: several readings of the same text, each with its gate.

Sound and order alone would find something everywhere: such a hit counts only where no matched
character lies within an ordinary word, or where it holds Latin letters.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import (
    Folded,
    Folding,
    Tables,
    folding,
    mid_word,
    stops_between,
)
from gongdao.domain.screening.lexicon import Lexicon
from gongdao.domain.screening.model import How
from gongdao.domain.screening.patterns import Pattern, Sounds, as_written, by_sound, sounds
from gongdao.domain.screening.ports import Engine, Matcher

MOST_SPOTS = 2000
"""A text with more hits than this has been looked at enough."""
_BARRIER = 1
"""What no pattern holds."""
_LATIN = re.compile("[a-z]+")
_LONGEST_SYLLABLE = 6
_LONGEST_RUN = 60
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Spot:
    """An entry at a place of the original text."""

    entry: int
    start: int
    end: int
    how: How


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The tables in the form in which texts are read."""

    folding: Folding
    sounds: Sounds
    heard: NDArray[np.uint32]
    """Each character's syllable as a sign; `_BARRIER` where it has none."""
    splits: Mapping[str, str]
    parts: NDArray[np.bool_]
    """Which characters begin a character that was taken apart."""
    ranks: NDArray[np.uint32]
    pairs: NDArray[np.uint8]
    width: int

    def in_words(self, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which characters lie within an ordinary word of several characters."""
        within = np.zeros(len(codes), np.bool_)
        if len(codes) > 1:
            pair = self.pair(codes)
            within[:-1] |= pair
            within[1:] |= pair
        return within

    def pair(self, codes: NDArray[np.uint32]) -> NDArray[np.bool_]:
        """Which characters stand with the next one in an ordinary word."""
        rank = self.ranks[codes].astype(np.int64)
        key = rank[:-1] * self.width + rank[1:]
        found = (self.pairs[key >> 3] >> (key & 7).astype(np.uint8)) & 1
        known: NDArray[np.bool_] = (found > 0) & (rank[:-1] > 0) & (rank[1:] > 0)
        return known


def alphabet(tables: Tables) -> Alphabet:
    """Put the tables into arrays."""
    known = sounds(tables.sounds)
    heard = np.full(0x110000, _BARRIER, np.uint32)
    ranks = np.zeros(0x110000, np.uint32)
    for rank, (char, syllable) in enumerate(sorted(tables.sounds.items()), 1):
        heard[ord(char)] = ord(known.signs[syllable])
        ranks[ord(char)] = rank
    parts = np.zeros(0x110000, np.bool_)
    parts[[ord(pair[0]) for pair in tables.splits]] = True
    width = len(tables.sounds) + 1
    return Alphabet(
        folding(tables.simplified), known, heard, tables.splits, parts, ranks,
        tables.word_pairs, width,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spotter:
    """A lexicon that is ready to read with."""

    lexicon: Lexicon
    alphabet: Alphabet
    written: Sequence[Sequence[tuple[How, int]]]
    spoken: Sequence[Sequence[tuple[How, int]]]
    by_signs: Matcher
    by_sounds: Matcher

    def spots(self, text: str) -> Iterator[Spot]:
        """Every entry that the text holds in any of its readings; at most `MOST_SPOTS`."""
        if not self.lexicon.entries:
            return
        seen: set[tuple[int, int]] = set()
        for spot in self._all(text):
            if (spot.entry, spot.start) not in seen:
                seen.add((spot.entry, spot.start))
                yield spot
                if len(seen) >= MOST_SPOTS:
                    return

    def _all(self, text: str) -> Iterator[Spot]:
        folded = self.alphabet.folding.fold(text)
        if not len(folded.codes):
            return
        plain = folded.text
        within = self.alphabet.in_words(folded.codes)
        for start, end, number in self.by_signs.find(plain):
            for how, entry in self.written[number]:
                if _counts(how, plain, start, end, within):
                    yield from self._placed(text, folded, (start, end), how, entry)
        yield from self._split(folded)
        yield from self._heard(text, folded, plain, within)

    def _placed(
        self, text: str, folded: Folded, span: tuple[int, int], how: How, entry: int
    ) -> Iterator[Spot]:
        start, end = folded.span(*span)
        if end - start > span[1] - span[0]:
            stops = stops_between(text, start, end)
            if stops and not _all_apart(folded, *span):
                return
            how = How.INVISIBLE if how is How.PLAIN else how
        yield Spot(entry, start, end, how)

    def _split(self, folded: Folded) -> Iterator[Spot]:
        joined, made = _joined(folded, self.alphabet)
        if joined is None:
            return
        for start, end, number in self.by_signs.find(joined.text):
            if made[start:end].any():
                for how, entry in self.written[number]:
                    if how is How.PLAIN:
                        left, right = joined.span(start, end)
                        right += int(made[end - 1])
                        yield Spot(entry, left, right, How.SPLIT)

    def _heard(
        self, text: str, folded: Folded, plain: str, within: NDArray[np.bool_]
    ) -> Iterator[Spot]:
        heard = self.alphabet.heard[folded.codes]
        latin = _LATIN.search(plain) is not None
        if not latin:
            heard[within] = _BARRIER
        spoken = _with_latin(heard, plain, self.alphabet.sounds) if latin else _bare(heard)
        for start, end, number in self.by_sounds.find(spoken.text):
            left, right = spoken.span(start, end)
            right = _run_end(spoken, plain, end, right)
            if latin and within[left:right].any() and not _LATIN.search(plain, left, right):
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
    return how is not How.SWAPPED or end - start > _PAIR or not within[start:end].any()


def _all_apart(folded: Folded, start: int, end: int) -> bool:
    """Whether something stands between each two characters, as who hides a word writes it."""
    return end - start > _PAIR and bool((np.diff(folded.at[start:end]) > 1).all())


def _joined(folded: Folded, alphabet: Alphabet) -> tuple[Folded | None, NDArray[np.bool_]]:
    """The text with characters that were taken apart put together, if there are any."""
    codes = folded.codes
    none = np.zeros(0, np.bool_)
    begins = np.flatnonzero(alphabet.parts[codes[:-1]])
    if not len(begins):
        return None, none
    ordinary = alphabet.pair(codes)
    out, made, drop = codes.copy(), np.zeros(len(codes), np.bool_), np.zeros(len(codes), np.bool_)
    for at in begins.tolist():
        whole = alphabet.splits.get(chr(codes[at]) + chr(codes[at + 1]))
        if whole and not ordinary[at] and not drop[at]:
            out[at], made[at], drop[at + 1] = ord(whole), True, True
    if not made.any():
        return None, none
    keep = ~drop
    return Folded(out[keep], folded.at[keep]), made[keep]


def _bare(heard: NDArray[np.uint32]) -> Folded:
    return Folded(heard, np.arange(len(heard)))


def _with_latin(heard: NDArray[np.uint32], plain: str, sounds: Sounds) -> Folded:
    """Latin letters read as syllables where a whole run of them can be."""
    codes: list[NDArray[np.uint32]] = []
    places: list[NDArray[np.int64]] = []
    at = 0
    known = frozenset(sounds.signs)
    for run in _LATIN.finditer(plain):
        syllables = _syllables(run.group(), known)
        if not syllables:
            continue
        start = run.start()
        codes.append(heard[at:start])
        places.append(np.arange(at, start))
        lengths = np.array([0, *(len(each) for each in syllables[:-1])])
        codes.append(np.array([ord(sounds.signs[each]) for each in syllables], np.uint32))
        places.append(start + lengths.cumsum())
        at = run.end()
    codes.append(heard[at:])
    places.append(np.arange(at, len(heard)))
    return Folded(np.concatenate(codes), np.concatenate(places))


def _run_end(spoken: Folded, plain: str, end: int, right: int) -> int:
    """The end of a Latin syllable that ends a hit: its place is where it begins."""
    if not "a" <= plain[right - 1] <= "z":
        return right
    following = int(spoken.at[end]) if end < len(spoken.at) else len(plain)
    while right < following and "a" <= plain[right] <= "z":
        right += 1
    return right


@lru_cache(maxsize=20_000)
def _syllables(run: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """A run of Latin letters as syllables, the longest first; None if it cannot be read so."""
    if len(run) > _LONGEST_RUN:
        return None
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before = best[start]
            if before is not None and run[start:end] in known:
                best[end] = (*before, run[start:end])
                break
    return best[len(run)]
