"""Whether texts or scores have changed: the latest days beside the weeks before."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.kernel.events import Actor
from gongdao.domain.policy.screening import Category, DriftPolicy
from gongdao.domain.screening.shadowing import DriftBegan, DriftEnded, Shift, Window

_SURE = 2.576
"""Deviations beyond which a difference comes by chance once in a hundred times."""
_HALF = 0.5
"""Added to each tenth, so that an empty one is no division by zero."""


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

    def calm(self, policy: DriftPolicy) -> bool:
        """Whether it lies so far below the bounds that it is over, and does not flicker."""
        apart = abs(self.now.flagged / self.now.n - self.before.flagged / self.before.n)
        low = self.index < policy.calm * policy.index and apart < policy.calm * policy.points
        return self.says is Shift.STEADY and low


def drifts(
    now: Sequence[Window], before: Sequence[Window], policy: DriftPolicy
) -> tuple[Drift, ...]:
    """Hold each category's windows against each other."""
    earlier = {each.category: each for each in before}
    return tuple(
        _drift(each, earlier[each.category], policy) for each in now if each.category in earlier
    )


def turns(
    told: frozenset[Category],
    found: Sequence[Drift],
    policy: DriftPolicy,
    by: Actor,
    now: datetime,
) -> tuple[list[DriftBegan], list[DriftEnded]]:
    """What people were not told yet: what began to differ, and what is as before again."""
    began = [
        DriftBegan(at=now, by=by, category=each.category, says=each.says)
        for each in found
        if each.alarms and each.category not in told
    ]
    ended = [
        DriftEnded(at=now, by=by, category=each.category)
        for each in found
        if each.category in told and each.calm(policy)
    ]
    return began, ended


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
