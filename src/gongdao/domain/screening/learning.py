"""
Training: logistic regression whose features are weighed by naive Bayes, then calibrated.

Everything is counted in one order and nothing is drawn, so that the same data give the same file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Folded
from gongdao.domain.screening.grams import BITS, rows
from gongdao.domain.screening.heads import TYPICAL, Calibration, Head
from gongdao.domain.screening.model import Category

Floats = NDArray[np.float64]
_RARE = 2
"""A run that stands in fewer texts is not learned: it could give a single text away."""
_SIZE = 1 << BITS
_FLAT = 1e-10
_LARGEST = 32_767


@dataclass(frozen=True, slots=True)
class Settings:
    """How is learned."""

    ridge: float = 10.0
    bayes: float = 1.0
    """The power of the naive Bayes weight; 0: none."""
    length: float = 0.0
    steps: int = 60
    most_bayes: float = 3.0
    held_out: int = 10
    """One of so many texts is kept for the calibration."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text as it is read, whether it is of the category, and how much it counts."""

    read: Folded
    true: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Matrix:
    """Texts by their hashes: which hash, in which row."""

    hashes: NDArray[np.int32]
    row: NDArray[np.int64]
    height: int
    width: int
    factor: Floats

    def times(self, weights: Floats) -> Floats:
        """Each text's sum."""
        found: Floats = np.bincount(self.row, weights[self.hashes], self.height) * self.factor
        return found

    def back(self, errors: Floats) -> Floats:
        """Each hash's sum over the texts."""
        weighed = (errors * self.factor)[self.row]
        return np.bincount(self.hashes, weighed, self.width).astype(np.float64)


def learn(
    category: Category, examples: Sequence[Example], settings: Settings, name: Callable[[int], str]
) -> Head:
    """Learn one head; `name` gives an example's text, by which it falls into a part for good."""
    held = np.array([_held(name(place), settings.held_out) for place in range(len(examples))])
    true = np.array([each.true for each in examples], np.float64)
    weight = np.array([each.weight for each in examples])
    learned = [each for each, out in zip(examples, held, strict=True) if not out]
    weights, bias = _fit(learned, settings)
    scale = float(np.abs(weights).max()) / _LARGEST or 1.0
    small = np.rint(weights / scale).astype(np.int16)
    raw = Head(category, small, scale, bias, settings.length, Calibration((0.0, 1.0), (0.0, 1.0)))
    out = [each.read for each, kept in zip(examples, held, strict=True) if kept]
    totals = sums(raw, out)
    shares = isotonic(totals, true[held], weight[held])
    return Head(category, small, scale, bias, settings.length, shares)


def sums(head: Head, texts: Sequence[Folded]) -> Floats:
    """Each text's sum of weights."""
    found, starts = rows(texts)
    row = np.repeat(np.arange(len(texts)), np.diff(starts))
    exact = np.bincount(row, head.weights[found].astype(np.float64), len(texts)) * head.scale
    return exact * (TYPICAL / np.maximum(np.diff(starts), 1)) ** head.length + head.bias


def isotonic(totals: Floats, true: Floats, weight: Floats) -> Calibration:
    """Pool neighbours until shares rise; ends are drawn in by one text each (Laplace)."""
    order = np.argsort(totals, kind="stable")
    blocks: list[list[float]] = []
    for place in order.tolist():
        blocks.append([totals[place] * weight[place], true[place] * weight[place], weight[place]])
        while len(blocks) > 1 and blocks[-2][1] * blocks[-1][2] >= blocks[-1][1] * blocks[-2][2]:
            last = blocks.pop()
            blocks[-1] = [one + other for one, other in zip(blocks[-1], last, strict=True)]
    points = [(middle / n, (yes + 0.5) / (n + 1)) for middle, yes, n in blocks]
    xs = [round(each, 5) for each, _ in points]
    ys = np.maximum.accumulate([round(each, 5) for _, each in points]).tolist()
    return Calibration(tuple(xs), tuple(ys))


def _held(text: str, part: int) -> bool:
    return sha256(text.encode("utf-8", "replace")).digest()[0] % part == 0


def _fit(examples: Sequence[Example], settings: Settings) -> tuple[Floats, float]:
    found, starts = rows([each.read for each in examples])
    counts = np.bincount(found, minlength=_SIZE)
    kept = np.flatnonzero(counts >= _RARE)
    place = np.full(_SIZE, -1, np.int32)
    place[kept] = np.arange(len(kept), dtype=np.int32)
    row = np.repeat(np.arange(len(examples)), np.diff(starts))
    short = place[found]
    known = short >= 0
    factor = (TYPICAL / np.maximum(np.diff(starts), 1)) ** settings.length
    matrix = Matrix(short[known], row[known], len(examples), len(kept), factor)
    true = np.array([each.true for each in examples], np.float64)
    weight = np.array([each.weight for each in examples])
    scale = _bayes(matrix, true, weight, settings)

    def loss(point: Floats) -> tuple[float, Floats]:
        z = matrix.times(point[:-1] * scale) + point[-1]
        error = weight * (1 / (1 + np.exp(-z)) - true)
        value = (
            weight @ (np.logaddexp(0, z) - true * z) + settings.ridge / 2 * point[:-1] @ point[:-1]
        )
        slope = matrix.back(error) * scale + settings.ridge * point[:-1]
        return float(value), np.append(slope, error.sum())

    found_point = minimum(loss, np.zeros(len(kept) + 1), settings.steps)
    weights = np.zeros(_SIZE)
    weights[kept] = found_point[:-1] * scale
    return weights, float(found_point[-1])


def _bayes(matrix: Matrix, true: Floats, weight: Floats, settings: Settings) -> Floats:
    flat = Matrix(matrix.hashes, matrix.row, matrix.height, matrix.width, np.ones(matrix.height))
    yes, no = flat.back(true * weight) + 1, flat.back((1 - true) * weight) + 1
    ratio = np.log(yes / yes.sum()) - np.log(no / no.sum())
    scale: Floats = np.minimum(np.abs(ratio), settings.most_bayes) ** settings.bayes
    return scale


def minimum(
    loss: Callable[[Floats], tuple[float, Floats]], start: Floats, steps: int, memory: int = 8
) -> Floats:
    """Where a smooth function is smallest (L-BFGS with a backtracking step)."""
    point, (value, slope) = start, loss(start)
    moved: list[Floats] = []
    turned: list[Floats] = []
    for _ in range(steps):
        way = _direction(slope, moved, turned)
        size, steep = 1.0, float(slope @ way)
        for _ in range(20):
            following = point - size * way
            value_after, slope_after = loss(following)
            if value_after <= value - 1e-4 * size * steep:
                break
            size /= 2
        step, turn = following - point, slope_after - slope
        if step @ turn > _FLAT:
            moved, turned = [*moved[1 - memory :], step], [*turned[1 - memory :], turn]
        done = abs(value - value_after) < 1e-6 * abs(value)
        point, value, slope = following, value_after, slope_after
        if done:
            break
    return point


def _direction(slope: Floats, moved: Sequence[Floats], turned: Sequence[Floats]) -> Floats:
    way = slope.copy()
    shares = []
    for step, turn in zip(reversed(moved), reversed(turned), strict=True):
        share = (step @ way) / (turn @ step)
        shares.append(share)
        way -= share * turn
    if moved:
        way *= (moved[-1] @ turned[-1]) / (turned[-1] @ turned[-1])
    else:
        way /= max(float(np.sqrt(slope @ slope)), 1e-9)
    for step, turn, share in zip(moved, turned, reversed(shares), strict=True):
        way += step * (share - (turn @ way) / (turn @ step))
    return way
