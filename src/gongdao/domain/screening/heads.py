"""What was learned: a weight for each hash, a head for each category, and honest scores."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.folding import Folded
from gongdao.domain.screening.grams import Reader, hashes
from gongdao.domain.screening.model import Category
from gongdao.domain.screening.words import Words

WINDOW = 400
"""Characters that are judged together; a longer text is judged by the worst of its windows."""
MOST_WINDOWS = 100
TYPICAL = 60
"""Different runs of a text of usual length."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """From a sum of weights to a share: rising steps, with straight lines between."""

    sums: tuple[float, ...]
    shares: tuple[float, ...]

    def share(self, total: float) -> float:
        """How many of a hundred texts with such a sum were rightly flagged, as a share."""
        return float(np.interp(total, self.sums, self.shares))


@dataclass(frozen=True, slots=True)
class Head:
    """What was learned of one category."""

    category: Category
    weights: NDArray[np.int16]
    scale: float
    bias: float
    length: float
    """A text's sum is divided by its length, as a share of the typical one, to this power."""
    calibration: Calibration
    words: Words | None = None
    """The list of words that it reads beside runs of characters; None: no words."""
    of_words: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))
    """A weight for each word of that list."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What one head says of a text, and the passage that weighs most."""

    category: Category
    share: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Model:
    """A trained model."""

    version: str
    reader: Reader
    heads: tuple[Head, ...]

    def hear(self, text: str) -> tuple[Heard, ...]:
        """Each head's word on a text, with its weightiest passage in the original."""
        read = self.reader.read(text)
        windows = [
            Folded(read.codes[at : at + WINDOW], read.at[at : at + WINDOW])
            for at in range(0, max(len(read.codes), 1), WINDOW)
        ][:MOST_WINDOWS]
        found = []
        for head in self.heads:
            said = [_window(head, each) for each in windows if len(each.codes)]
            if said:
                found.append(max(said, key=lambda each: each.share))
        return tuple(found)


def total(head: Head, read: Folded) -> float:
    """The sum of a text's weights."""
    different = np.unique(hashes(read.codes)[0])
    whole = int(head.weights[different].astype(np.int64).sum())
    if head.words:
        ranks = np.unique(head.words.find(read.codes)[0])
        whole += int(head.of_words[ranks].astype(np.int64).sum())
    return float(whole * head.scale * (TYPICAL / max(len(different), 1)) ** head.length + head.bias)


def _window(head: Head, read: Folded) -> Heard:
    share = head.calibration.share(total(head, read))
    found, places = hashes(read.codes)
    at_each = np.bincount(places, head.weights[found].astype(np.float64), len(read.codes))
    if head.words:
        ranks, at = head.words.find(read.codes)
        at_each[at] += head.of_words[ranks]
    start, end = _heaviest(at_each - at_each.mean())
    left, right = read.span(start, end)
    return Heard(head.category, share, left, right)


def _heaviest(values: NDArray[np.float64]) -> tuple[int, int]:
    """The passage with the largest sum (Kadane)."""
    best, best_start, best_end = -np.inf, 0, len(values)
    running, start = 0.0, 0
    for place, value in enumerate(values.tolist()):
        if running <= 0:
            running, start = 0.0, place
        running += value
        if running > best:
            best, best_start, best_end = running, start, place + 1
    return best_start, best_end
