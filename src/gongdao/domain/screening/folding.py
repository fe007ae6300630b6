"""
A text made comparable, with the way back to every character of the original.

Every step works on arrays of code points, so that a megabyte takes a fifth of a second or less:
width, case and traditional characters through one table; then separators, emoji, marks and whatever
is invisible are left out, and the place of each remaining character in the original is kept.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Codes = NDArray[np.uint32]
Places = NDArray[np.int64]

_SIZE = 0x110000
_GONE = 0
"""What a left-out character is folded to."""
_LONG = 1
"""What folds to several characters: those are spelt out in a way of their own."""
_SPELT_MOST = 4
"""A sign that stands for more is left as it is: no word that anybody hides is written with it."""
_STEADY = (
    (0x3400, 0xA000),
    (0xAC00, 0xD7B0),
    (0xE000, 0xF900),
    (0x20000, 0xE0000),
    (0xE01F0, _SIZE),
)
"""Ranges that folding leaves alone, so that the table is made quickly."""
_LEFT_OUT = frozenset({"Mn", "Me", "Cf", "Cc", "Zs", "Zl", "Zp", "So", "Sk", "Pc", "Pd", "Po", "Sm",
                       "Ps", "Pe", "Pi", "Pf", "Sc", "Cs", "Cn"})  # fmt: skip
_STOPS = frozenset("。！？!?;；\n")


@dataclass(frozen=True, slots=True)
class Tables:
    """What characters are to each other; read once by an adapter."""

    simplified: Mapping[str, str]
    alike: Mapping[str, str]
    """Signs that look like a small letter or like a character, and that one."""
    sounds: Mapping[str, str]
    """A character's syllable, without its tone."""
    splits: Mapping[str, str]
    """Two characters written for one, and that one."""
    word_pairs: NDArray[np.uint8]
    """One bit for each pair of characters that stands within a word: see `in_words`."""


@dataclass(frozen=True, slots=True)
class Folded:
    """A text in another form. `at[i]` is the place in the original of its character i."""

    codes: Codes
    at: Places

    @property
    def text(self) -> str:
        """The form as text."""
        return self.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")

    def span(self, start: int, end: int) -> tuple[int, int]:
        """From where to where a passage of this form stands in the original."""
        return int(self.at[start]), int(self.at[end - 1]) + 1


@dataclass(frozen=True, slots=True)
class Folding:
    """The table of single characters, and what becomes several."""

    table: Codes
    long: Mapping[int, str]

    def fold(self, text: str) -> Folded:
        """Half width, small, simplified, nothing between the characters."""
        codes = _codes(text)
        at = np.arange(len(codes))
        folded = self.table[codes]
        if self.long and (folded == _LONG).any():
            folded, at = self._spelt(codes, folded)
        keep = folded != _GONE
        return Folded(folded[keep], at[keep])

    def _spelt(self, codes: Codes, folded: Codes) -> tuple[Codes, Places]:
        """Put several characters where one stood: they share its place."""
        places = np.flatnonzero(folded == _LONG)
        different, which = np.unique(codes[places], return_inverse=True)
        written = [_codes(self.long[each]) for each in different.tolist()]
        sizes = np.array([len(each) for each in written])
        lengths = np.ones(len(codes), np.int64)
        lengths[places] = sizes[which]
        at = np.repeat(np.arange(len(codes)), lengths)
        spelt = folded[at]
        # A row for each sign, as long as the longest: a text of a million of them costs no loop.
        rows = np.zeros((len(written), int(sizes.max())), np.uint32)
        for row, each in zip(rows, written, strict=True):
            row[: len(each)] = each
        kept = np.arange(rows.shape[1]) < sizes[:, None]
        spelt[spelt == _LONG] = rows[which][kept[which]]
        return spelt, at


def folding(simplified: Mapping[str, str]) -> Folding:
    """Make the table; some hundredths of a second."""
    table = np.arange(_SIZE, dtype=np.uint32)
    long: dict[int, str] = {}
    steady = iter((*_STEADY, (_SIZE, _SIZE)))
    code = 0
    for low, high in steady:
        for each in range(code, low):
            written = _folded(chr(each), simplified)
            if len(written) == 1:
                table[each] = ord(written)
            elif len(written) <= _SPELT_MOST:
                table[each] = _LONG if written else _GONE
                if written:
                    long[each] = written
        code = high
    table[0xE000:0xF900] = _GONE
    for one, other in simplified.items():
        table[ord(one)] = ord(other)
    return Folding(table, long)


def stops_between(text: str, start: int, end: int) -> bool:
    """Whether a sentence ends within a passage: then its characters hardly belong together."""
    return any(char in _STOPS for char in text[start:end])


def mid_word(plain: str, start: int, end: int) -> bool:
    """Whether a passage begins or ends in the middle of a Latin word."""
    before = start > 0 and _latin(plain[start]) and _latin(plain[start - 1])
    return before or (end < len(plain) and _latin(plain[end - 1]) and _latin(plain[end]))


def _latin(char: str) -> bool:
    return "a" <= char <= "z"


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")


def _folded(char: str, simplified: Mapping[str, str]) -> str:
    wide = unicodedata.normalize("NFKC", char).casefold()
    bare = unicodedata.normalize("NFD", wide) if not "\u3040" <= wide <= "\u3100" else wide
    kept = (one for one in bare if unicodedata.category(one) not in _LEFT_OUT)
    return "".join(simplified.get(one, one) for one in kept)
