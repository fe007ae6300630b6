"""Two models on the same texts: how well each tells them apart, and whether one is surely better.

Nothing is drawn by chance: intervals are computed (DeLong, Wilson, a grouped jackknife).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.kernel.intervals import Z, wilson
from gongdao.domain.policy.screening import Category

Floats = NDArray[np.float64]
FEW = 20
"""Under so many texts of either kind, nothing is said."""
_BINS = 10
_GROUPS = 20


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure, and between which values the true one lies with 95 %."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Told:
    """How well both models tell the texts of one category in one set apart."""

    name: str
    category: Category
    n: int
    true: int
    old_auc: Interval | None
    new_auc: Interval | None
    """None: too few to tell."""
    old_error: Interval | None
    new_error: Interval | None
    """Expected calibration error."""
    with_lists: bool = False
    """Only one of the two has learned of it: so both were read together with the lists of words."""


@dataclass(frozen=True, slots=True)
class Flagged:
    """How many harmless texts of a set both hold up."""

    name: str
    n: int
    old: int
    new: int
    differ: int
    """Texts that one holds up and the other does not."""

    @property
    def old_share(self) -> Interval:
        """Of the old model."""
        return Interval(self.old / max(self.n, 1), *wilson(self.old, self.n))

    @property
    def new_share(self) -> Interval:
        """Of the new one."""
        return Interval(self.new / max(self.n, 1), *wilson(self.new, self.n))


class Verdict(StrEnum):
    """What both sets of figures bear."""

    BETTER = "better"
    """Something is surely better, and nothing surely worse."""
    WORSE = "worse"
    """Something is surely worse."""
    UNTOLD = "untold"
    """The intervals overlap, or nothing shows what it would miss."""


def told(
    name: str,
    category: Category,
    true: Sequence[bool],
    old: Sequence[float],
    new: Sequence[float],
    *,
    with_lists: bool = False,
) -> Told:
    """Compare two models' scores of the same texts."""
    facts = np.array(true, np.bool_)
    enough = min(int(facts.sum()), int((~facts).sum())) >= FEW
    scores = [np.array(each, np.float64) for each in (old, new)]
    aucs = [auc(each, facts) if enough else None for each in scores]
    errors = [calibration_error(each, facts) if enough else None for each in scores]
    return Told(
        name, category, len(facts), int(facts.sum()), aucs[0], aucs[1], errors[0], errors[1],
        with_lists,
    )  # fmt: skip


def verdict(told_apart: Sequence[Told], flagged: Sequence[Flagged]) -> Verdict:
    """
    Whether the new model is better: never where intervals overlap.

    One that holds up fewer harmless texts need not be: it may find nothing at all. So without texts
    that both tell apart, none is called better.
    """
    better = worse = False
    tried = any(each.new_auc for each in told_apart)
    for each in told_apart:
        if each.old_auc and each.new_auc:
            better |= each.new_auc.low > each.old_auc.high
            worse |= each.new_auc.high < each.old_auc.low
    for one in flagged:
        if one.n >= FEW:
            better |= one.new_share.high < one.old_share.low
            worse |= one.new_share.low > one.old_share.high
    if worse:
        return Verdict.WORSE
    return Verdict.BETTER if better and tried else Verdict.UNTOLD


def auc(scores: Floats, true: NDArray[np.bool_]) -> Interval:
    """How often a true text scores higher than another, with its interval (DeLong)."""
    yes, no = scores[true], scores[~true]
    above, below = np.sort(no), np.sort(yes)
    of_yes = _beaten(yes, above)
    of_no = 1 - _beaten(no, below)
    value = float(of_yes.mean())
    spread = of_yes.var(ddof=1) / len(yes) + of_no.var(ddof=1) / len(no)
    half = Z * math.sqrt(spread)
    return Interval(value, max(0.0, value - half), min(1.0, value + half))


def calibration_error(scores: Floats, true: NDArray[np.bool_]) -> Interval:
    """How far scores lie from the shares that came, on average over ten tenths."""
    value = _error(scores, true)
    group = np.arange(len(scores)) % _GROUPS
    without = np.array([_error(scores[group != g], true[group != g]) for g in range(_GROUPS)])
    spread = (_GROUPS - 1) / _GROUPS * ((without - without.mean()) ** 2).sum()
    half = Z * math.sqrt(float(spread))
    return Interval(value, max(0.0, value - half), min(1.0, value + half))


def _beaten(scores: Floats, others: Floats) -> Floats:
    """Which share of sorted others each score beats; a draw counts half."""
    left = np.searchsorted(others, scores, "left")
    right = np.searchsorted(others, scores, "right")
    share: Floats = (left + right) / (2 * len(others))
    return share


def _error(scores: Floats, true: NDArray[np.bool_]) -> float:
    tenth = np.minimum((scores * _BINS).astype(np.int64), _BINS - 1)
    n = np.bincount(tenth, minlength=_BINS)
    said = np.bincount(tenth, scores, _BINS)
    came = np.bincount(tenth, true.astype(np.float64), _BINS)
    return float(np.abs(said - came).sum() / max(n.sum(), 1))
