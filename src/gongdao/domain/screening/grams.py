"""
A text as numbers: hashed characters and pairs of them.

Only hashes are kept: the words that a model was trained on do not stand in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Codes, Folded, Folding, Places

LONGEST = 2
"""Characters of the longest run."""
BITS = 20
"""So many bits has a hash: as many weights has a head."""
_BEGIN, _END, _BLANK, _FIGURE = 2, 3, 0x20, 0x30
_REPEATED = 2
"""The third of the same characters in a row, and those after it, say nothing more."""
_STEP, _MIX, _LAST = (np.uint64(each) for each in (
    0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0xBF58476D1CE4E5B9,
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reader:
    """How texts become runs of characters."""

    table: Codes

    def read(self, text: str) -> Folded:
        """The text as the model sees it, with the way back."""
        codes = self.table[np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")]
        at = np.flatnonzero(codes)
        codes = codes[at]
        keep = np.ones(len(codes), np.bool_)
        keep[_REPEATED:] = (codes[2:] != codes[1:-1]) | (codes[2:] != codes[:-2])
        blank = codes == _BLANK
        keep[1:] &= ~(blank[1:] & blank[:-1])
        return Folded(codes[keep], at[keep])


def reader(folding: Folding) -> Reader:
    """The model's own folding: punctuation stays, figures become one, blanks become one."""
    table = np.arange(len(folding.table), dtype=np.uint32)
    letters = folding.table > 1
    table[letters] = folding.table[letters]
    for code, written in folding.long.items():
        table[code] = ord(written[0])
    for code in np.flatnonzero(folding.table[:0x20000] == 0).tolist():
        table[code] = _sign(chr(code))
    table[0xFF01:0xFF5F] = table[0x21:0x7F]
    table[0x30:0x3A] = _FIGURE
    table[0xFF10:0xFF1A] = _FIGURE
    return Reader(table)


def _sign(char: str) -> int:
    if char.isspace():
        return _BLANK
    return ord(char) if char.isprintable() and not "\u0300" <= char <= "\u036f" else 0


def hashes(codes: Codes) -> tuple[NDArray[np.int64], Places]:
    """Each run's hash, and the place of its first character; begin and end of a text count."""
    whole = np.concatenate(([_BEGIN], codes, [_END])).astype(np.uint64)
    found, places = [], []
    mixed = np.zeros(len(whole), np.uint64)
    for length in range(1, LONGEST + 1):
        count = len(whole) - length + 1
        mixed = mixed[:count] * _STEP + whole[length - 1 :] * _MIX + np.uint64(length)
        last = (mixed ^ (mixed >> np.uint64(29))) * _LAST
        found.append((last >> np.uint64(64 - BITS)).astype(np.int64))
        places.append(np.arange(count) - 1)
    return np.concatenate(found), np.clip(np.concatenate(places), 0, max(len(codes) - 1, 0))


def rows(texts: Sequence[Folded]) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
    """The different hashes of each text, one after the other, and where each text begins."""
    found = [np.unique(hashes(each.codes)[0]).astype(np.int32) for each in texts]
    starts = np.cumsum([0, *(len(each) for each in found)])
    return np.concatenate([np.zeros(0, np.int32), *found]), starts
