"""The tables of characters in the form in which texts are read."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Folding, Tables, folding
from gongdao.domain.screening.patterns import Sounds, sounds

BARRIER = 1
"""What no pattern holds."""


@dataclass(frozen=True, slots=True)
class Alphabet:
    """The tables in the form in which texts are read."""

    folding: Folding
    sounds: Sounds
    heard: NDArray[np.uint32]
    """Each character's syllable as a sign; `BARRIER` where it has none."""
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
    heard = np.full(0x110000, BARRIER, np.uint32)
    ranks = np.zeros(0x110000, np.uint32)
    for rank, (char, syllable) in enumerate(sorted(tables.sounds.items()), 1):
        heard[ord(char)] = ord(known.signs[syllable])
        ranks[ord(char)] = rank
    parts = np.zeros(0x110000, np.bool_)
    parts[[ord(pair[0]) for pair in tables.splits]] = True
    width = len(tables.sounds) + 1
    return Alphabet(
        folding({**tables.simplified, **tables.alike}), known, heard, tables.splits, parts, ranks,
        tables.word_pairs, width,
    )  # fmt: skip
