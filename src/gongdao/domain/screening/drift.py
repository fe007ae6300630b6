"""Whether texts or scores have changed: the latest days beside the weeks before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.policy.screening import Category, DriftPolicy
from gongdao.domain.screening.shadowing import Window

_SURE = 2.576
"""Deviations beyond which a difference comes by chance once in a hundred times."""
_HALF = 0.5
"""Added to each tenth, so that an empty one is no division by zero."""


class Shift(StrEnum):
    """What can be said."""

    TOO_FEW = "too_few"
    STEADY = "steady"
    SCORES = "scores"
    """Scores lie elsewhere than before."""
    FLAGGED = "flagged"
    """More or fewer texts are flagged than before."""


@dataclass(frozen=True, slots=True)
class Drift:
    """One category: the latest seven days, and the weeks before them."""

    category: Category
    now: Window
    before: Window
    index: float
    """Population stability index of the scores."""
    says: Shift

    @property
    def alarms(self) -> bool:
        """Whether somebody should look."""
        return self.says in {Shift.SCORES, Shift.FLAGGED}


def drifts(
    now: Sequence[Window], before: Sequence[Window], policy: DriftPolicy
) -> tuple[Drift, ...]:
    """Hold each category's windows against each other."""
    earlier = {each.category: each for each in before}
    return tuple(
        _drift(each, earlier[each.category], policy) for each in now if each.category in earlier
    )


def stability(now: Sequence[int], before: Sequence[int]) -> float:
    """The population stability index of two histograms of the same tenths."""
    ones, others = _shares(now), _shares(before)
    return sum((a - b) * math.log(a / b) for a, b in zip(ones, others, strict=True))


def _drift(now: Window, before: Window, policy: DriftPolicy) -> Drift:
    index = stability(now.bins, before.bins)
    if min(now.n, before.n) < policy.least:
        says = Shift.TOO_FEW
    elif index >= policy.index:
        says = Shift.SCORES
    else:
        says = Shift.FLAGGED if _differs(now, before, policy.points) else Shift.STEADY
    return Drift(now.category, now, before, index, says)


def _differs(now: Window, before: Window, points: float) -> bool:
    apart = abs(now.flagged / now.n - before.flagged / before.n)
    share = (now.flagged + before.flagged) / (now.n + before.n)
    spread = math.sqrt(share * (1 - share) * (1 / now.n + 1 / before.n))
    return apart >= points and apart > _SURE * spread


def _shares(bins: Sequence[int]) -> list[float]:
    whole = sum(bins) + _HALF * len(bins)
    return [(each + _HALF) / whole for each in bins]
