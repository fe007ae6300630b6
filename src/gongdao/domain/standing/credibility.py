"""How far a reporter's word is believed: a fold over decided reports that fade, and its interval.

    weight   = weight of what was found × 2^(-age / half-life) × share where it counts in part
    (r, s)   = sums of the weights for and against
    figure   = the end of Wilson's interval of r out of r + s that lies nearest to one half,
               and one half while the interval holds it

Nothing is kept: the figure is counted anew from the decisions that stand, so that a decision that
is overturned needs no repair. The mean that a person is shown is that of the Beta distribution with
one report for and one against before all others (Jøsang and Ismail, 2002).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from math import sqrt

from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.policy.standing import CredibilityPolicy

NEUTRAL = 0.5
"""Of newcomers, of whoever reports without an account, and of whoever there is too little about."""


class Found(StrEnum):
    """What became of a decided report."""

    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"
    MANIFESTLY_UNFOUNDED = "manifestly_unfounded"
    """By a reviewer's mark, with reasons."""
    MALICIOUS = "malicious"
    """By a reviewer's mark, with reasons."""
    OVERTURNED = "overturned"
    """The decision fell: it says nothing of the report, for or against."""


@dataclass(frozen=True, slots=True)
class Decided:
    """One case that somebody reported and that was decided: one voice, however many reports."""

    reporter: PersonId
    case: CaseId
    decision: DecisionId
    category: str
    decided_at: datetime
    found: Found
    joined: bool = False
    """Whether another had opened the case."""


@dataclass(frozen=True, slots=True)
class Tally:
    """What speaks for a reporter, and what against; each in reports that have not faded."""

    good: float = 0.0
    bad: float = 0.0

    @property
    def weight(self) -> float:
        """In how many reports it rests."""
        return self.good + self.bad

    @property
    def mean(self) -> float:
        """The mean of the Beta distribution: one half where nothing is known, never 0 or 1."""
        return (self.good + 1) / (self.weight + 2)


def tally(
    policy: CredibilityPolicy, decided: Iterable[Decided], now: datetime, category: str = ""
) -> Tally:
    """What speaks for and against one reporter, in one category or in all alike."""
    good = bad = 0.0
    for each in decided:
        weight = _fresh(policy, each, now)
        if category and each.category != category:
            weight *= policy.elsewhere
        if each.found is Found.UPHELD:
            good += weight * policy.upheld * (policy.joined if each.joined else 1)
        else:
            bad += weight * _against(policy, each.found)
    return Tally(good, bad)


def wilson(good: float, weight: float, z: float) -> tuple[float, float]:
    """Wilson's interval for a share of `good` in `weight`; everything where there is nothing."""
    if weight <= 0:
        return 0.0, 1.0
    share, square = good / weight, z * z
    middle = (share + square / (2 * weight)) / (1 + square / weight)
    half = z * sqrt(share * (1 - share) / weight + square / (4 * weight * weight))
    half /= 1 + square / weight
    return max(0.0, middle - half), min(1.0, middle + half)


def believed(policy: CredibilityPolicy, found: Tally) -> float:
    """The figure by which cases are put in order: neutral unless the record says otherwise."""
    low, high = wilson(found.good, found.weight, policy.z)
    return min(max(NEUTRAL, low), high)


def figure(
    policy: CredibilityPolicy, decided: Iterable[Decided], now: datetime, category: str
) -> float:
    """The figure of one reporter in one category."""
    return believed(policy, tally(policy, decided, now, category))


def best(figures: Iterable[float]) -> float:
    """
    The figure of a case: of those who reported it, the one who is believed most.

    Not a sum. However many agree, a case comes no further forward than one credible reporter brings
    it; and whoever joins never puts it back.
    """
    return max(figures, default=NEUTRAL)


def _fresh(policy: CredibilityPolicy, each: Decided, now: datetime) -> float:
    age = max(now - each.decided_at, now - now)
    return float(0.5 ** (age / policy.fades()))


def _against(policy: CredibilityPolicy, found: Found) -> float:
    match found:
        case Found.NOT_UPHELD:
            return policy.not_upheld
        case Found.MANIFESTLY_UNFOUNDED:
            return policy.manifestly_unfounded
        case Found.MALICIOUS:
            return policy.malicious
        case _:
            return 0.0
