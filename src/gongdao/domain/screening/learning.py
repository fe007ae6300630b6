"""
Training: logistic regression whose features are weighed by naive Bayes, then calibrated.

Everything is counted in one order and nothing is drawn, so that the same data give the same file.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

import numpy as np

from gongdao.domain.screening.folding import Folded
from gongdao.domain.screening.heads import Calibration, Head, total
from gongdao.domain.screening.matrix import SIZE, Floats, Matrix, factors, matrix
from gongdao.domain.screening.model import Category
from gongdao.domain.screening.words import Words

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
    meanings: float = 0.0
    """How much what words mean counts beside runs of characters; 0: words are not read."""
    held_out: int = 10
    """One of so many texts is kept for the calibration."""


@dataclass(frozen=True, slots=True)
class Example:
    """A text as it is read, whether it is of the category, and how much it counts."""

    read: Folded
    true: bool
    weight: float = 1.0
    stress: float = 1.0
    """How much more it counts in learning than in the calibration."""


def learn(
    category: Category,
    examples: Sequence[Example],
    settings: Settings,
    name: Callable[[int], str],
    words: Words | None = None,
) -> Head:
    """Learn one head; `name` gives an example's text, by which it falls into a part for good."""
    held = np.array([_held(name(place), settings.held_out) for place in range(len(examples))])
    true = np.array([each.true for each in examples], np.float64)
    weight = np.array([each.weight for each in examples])
    learned = [each for each, out in zip(examples, held, strict=True) if not out]
    list_of_words = words if settings.meanings else None
    weights, of_words, bias = _fit(learned, settings, list_of_words)
    scale = max(float(np.abs(each).max(initial=0)) for each in (weights, of_words)) / _LARGEST
    scale = scale or 1.0
    small, small_words = (np.rint(each / scale).astype(np.int16) for each in (weights, of_words))
    flat = Calibration((0.0, 1.0), (0.0, 1.0))
    raw = Head(category, small, scale, bias, settings.length, flat, list_of_words, small_words)
    out = [each.read for each, kept in zip(examples, held, strict=True) if kept]
    return replace(raw, calibration=isotonic(sums(raw, out), true[held], weight[held]))


def sums(head: Head, texts: Sequence[Folded]) -> Floats:
    """Each text's sum of weights."""
    return np.array([total(head, each) for each in texts], np.float64)


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


def _fit(
    examples: Sequence[Example], settings: Settings, words: Words | None
) -> tuple[Floats, Floats, float]:
    """Weights of hashes, weights of words, and the sum of a text that says nothing."""
    texts = [each.read for each in examples]
    plain, kept = matrix(texts, words)
    true = np.array([each.true for each in examples], np.float64)
    weight = np.array([each.weight * each.stress for each in examples])
    scale = _bayes(plain, true, weight, settings)
    scale[len(kept.hashes) :] *= settings.meanings
    rows = plain.by_row(factors(texts, settings.length))

    def loss(point: Floats) -> tuple[float, Floats]:
        z = rows.times(point[:-1] * scale) + point[-1]
        error = weight * (1 / (1 + np.exp(-z)) - true)
        value = (
            weight @ (np.logaddexp(0, z) - true * z) + settings.ridge / 2 * point[:-1] @ point[:-1]
        )
        slope = rows.back(error) * scale + settings.ridge * point[:-1]
        return float(value), np.append(slope, error.sum())

    found = minimum(loss, np.zeros(rows.width + 1), settings.steps)
    learned = found[:-1] * scale
    weights = np.zeros(SIZE)
    weights[kept.hashes] = learned[: len(kept.hashes)]
    if words is None:
        return weights, np.zeros(0), float(found[-1])
    of_classes = np.zeros(words.width)
    of_classes[kept.classes] = learned[len(kept.hashes) :]
    return weights, words.folded(of_classes), float(found[-1])


def _bayes(plain: Matrix, true: Floats, weight: Floats, settings: Settings) -> Floats:
    yes, no = plain.back(true * weight) + 1, plain.back((1 - true) * weight) + 1
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
