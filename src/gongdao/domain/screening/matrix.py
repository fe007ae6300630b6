"""Texts as rows of a matrix for training: runs of characters, and what their words mean."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Folded
from gongdao.domain.screening.grams import BITS, rows
from gongdao.domain.screening.heads import TYPICAL
from gongdao.domain.screening.words import Words

Floats = NDArray[np.float64]
SIZE = 1 << BITS
_RARE = 2
"""What stands in fewer texts is not learned: it could give a single text away."""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Which column stands in which row, and how much it counts there."""

    column: NDArray[np.int64]
    row: NDArray[np.int64]
    value: Floats
    height: int
    width: int

    def times(self, weights: Floats) -> Floats:
        """Each text's sum."""
        each = weights[self.column] * self.value
        return np.bincount(self.row, each, self.height).astype(np.float64)

    def back(self, errors: Floats) -> Floats:
        """Each column's sum over the texts."""
        each = errors[self.row] * self.value
        return np.bincount(self.column, each, self.width).astype(np.float64)

    def by_row(self, factor: Floats) -> "Matrix":
        """Each row times its factor."""
        value = self.value * factor[self.row]
        return Matrix(self.column, self.row, value, self.height, self.width)


@dataclass(frozen=True, slots=True)
class Kept:
    """Which columns are learned of: hashes first, then classes of meaning."""

    hashes: NDArray[np.int64]
    classes: NDArray[np.int64]


def matrix(texts: Sequence[Folded], words: Words | None) -> tuple[Matrix, Kept]:
    """The texts as rows; what is rare has no column."""
    hashed, starts = rows(texts)
    row = np.repeat(np.arange(len(texts)), np.diff(starts))
    runs, hashes = _without_rare(
        Matrix(hashed.astype(np.int64), row, np.ones(len(row)), len(texts), SIZE)
    )
    if words is None:
        return runs, Kept(hashes, np.zeros(0, np.int64))
    meant, classes = _without_rare(_meanings(texts, words))
    both = Matrix(
        np.concatenate((runs.column, meant.column + runs.width)),
        np.concatenate((runs.row, meant.row)),
        np.concatenate((runs.value, meant.value)),
        len(texts),
        runs.width + meant.width,
    )
    return both, Kept(hashes, classes)


def factors(texts: Sequence[Folded], length: float) -> Floats:
    """What each text's sum is multiplied by for its length."""
    many = np.diff(rows(texts)[1])
    found: Floats = (TYPICAL / np.maximum(many, 1)) ** length
    return found


def _meanings(texts: Sequence[Folded], words: Words) -> Matrix:
    ranks = [np.unique(words.find(each.codes)[0]) for each in texts]
    columns, rows_of, values = [], [], []
    for row, each in enumerate(ranks):
        of, share = words.meanings(each)
        different, place = np.unique(of, return_inverse=True)
        columns.append(different.astype(np.int64))
        values.append(np.bincount(place, share, len(different)))
        rows_of.append(np.full(len(different), row))
    none = np.zeros(0, np.int64)
    return Matrix(
        np.concatenate([none, *columns]),
        np.concatenate([none, *rows_of]),
        np.concatenate([np.zeros(0), *values]),
        len(texts),
        words.width,
    )


def _without_rare(whole: Matrix) -> tuple[Matrix, NDArray[np.int64]]:
    """The matrix without rare columns, and which ones are left."""
    kept = np.flatnonzero(np.bincount(whole.column, minlength=whole.width) >= _RARE)
    place = np.full(whole.width, -1, np.int64)
    place[kept] = np.arange(len(kept))
    short = place[whole.column]
    known = short >= 0
    left = Matrix(short[known], whole.row[known], whole.value[known], whole.height, len(kept))
    return left, kept
