"""
The words of a text, by a list of them and without a segmenter, and what classes they belong to.

A word that was never seen in training is then judged by others of like meaning.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Codes

LONGEST = 4
FIRST, LAST = 0x4E00, 0xA000
"""Words are of these characters alone, the last left out."""
BITS = 15
"""A character's share of a key: its place from `FIRST` on, counted from one."""


@dataclass(frozen=True, slots=True)
class Words:
    """A list of words in the order of their keys, and each one's classes of meaning."""

    keys: NDArray[np.int64]
    """`BITS` a character: see `find`."""
    starts: NDArray[np.int64]
    """Where each word's classes begin; one more than there are words."""
    classes: NDArray[np.uint16]
    width: int
    """How many classes there are."""
    digest: str
    """Of the list: a model fits no other."""

    def find(self, codes: Codes) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """The longest words that lie within no other found before: their ranks and places."""
        inside = (codes >= FIRST) & (codes < LAST)
        signs = np.where(inside, codes.astype(np.int64) - FIRST + 1, 0)
        ranks = np.full(len(codes), -1, np.int64)
        ends = np.zeros(len(codes), np.int64)
        key = np.zeros(len(codes) + 1, np.int64)
        for length in range(1, min(LONGEST, len(codes)) + 1):
            key = (key[:-1] << BITS) | signs[length - 1 :]
            rank = np.minimum(np.searchsorted(self.keys, key), len(self.keys) - 1)
            known = np.flatnonzero((self.keys[rank] == key) & inside[: len(key)])
            ranks[known] = rank[known]
            ends[known] = known + length
        before = np.maximum.accumulate(np.concatenate(([0], ends)))[:-1]
        places = np.flatnonzero((ranks >= 0) & (ends > before))
        return ranks[places], places

    def meanings(self, ranks: NDArray[np.int64]) -> tuple[NDArray[np.uint16], NDArray[np.float64]]:
        """The classes of some words, one after the other, and how much each of them counts."""
        many = self.starts[ranks + 1] - self.starts[ranks]
        first = np.repeat(self.starts[ranks] - (np.cumsum(many) - many), many)
        of = self.classes[first + np.arange(int(many.sum()))]
        return of, np.repeat(1 / np.sqrt(np.maximum(many, 1)), many)

    def folded(self, of_classes: NDArray[np.float64]) -> NDArray[np.float64]:
        """A weight for each word from weights of classes, so that reading needs words alone."""
        of, share = self.meanings(np.arange(len(self.keys)))
        word = np.repeat(np.arange(len(self.keys)), np.diff(self.starts))
        return np.bincount(word, of_classes[of] * share, len(self.keys)).astype(np.float64)
