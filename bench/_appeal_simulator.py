"""A SIMULATOR of appeals, not data of anybody: an installation whose true chances are known.

The truth is not of the estimate's own form: completeness counts more for some families than for
others, hostile words weigh more where little was brought, and time matters only near the end. So
the estimate must be calibrated although it cannot be right in every single case.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from gongdao.domain.appeals.likelihood import Features, Outcome
from gongdao.domain.appeals.model import Side
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.basics import SubjectKind

FAMILIES = {
    "abuse": (-0.4, 2.2),
    "fraud": (-1.9, 1.2),
    "privacy": (-0.9, 1.6),
    "marketing": (-0.6, 2.8),
    "identity": (0.4, 3.0),
    "review": (-0.2, 1.8),
    "order": (0.1, 1.0),
    "inducement": (-0.8, 2.0),
}
"""For each family how likely appeals are anyway, and how much completeness helps."""
START = datetime(2026, 1, 5, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Simulated:
    """One made-up appeal with its true chance, which no real installation ever knows."""

    outcome: Outcome
    truth: float


def simulate(cases: int, seed: int) -> Iterator[Simulated]:
    """So many made-up appeals; the same seed gives the same ones."""
    chance = random.Random(seed)
    for number in range(cases):
        features = _features(chance)
        truth = _truth(features)
        outcome = Outcome(
            case=CaseId(f"simulated-{seed}-{number}"),
            features=features,
            accepted=chance.random() < truth,
            decided_at=START + timedelta(minutes=13 * number),
        )
        yield Simulated(outcome, truth)


def _features(chance: random.Random) -> Features:
    complete = chance.choice((100, 100, 100, chance.randrange(101), chance.randrange(40, 101)))
    marked = chance.random() < 0.35
    return Features(
        family=chance.choice(list(FAMILIES)),
        subject=chance.choice(list(SubjectKind)),
        side=Side.REPORTER if chance.random() < 0.25 else Side.RESPONDENT,
        complete=complete,
        left=chance.betavariate(3, 1.2),
        repeated=min(int(chance.expovariate(1.2)), 6),
        refused=min(int(chance.expovariate(2.2)), 4),
        tone=(
            chance.randrange(3) if marked else 0,
            chance.randrange(2) if marked else 0,
            int(marked and chance.random() < 0.4),
        ),
    )


def _truth(features: Features) -> float:
    base, helps = FAMILIES[features.family]
    lacking = 1 - features.complete / 100
    score = base + helps * (1 - lacking) ** 2
    score -= 0.35 * features.repeated + 0.5 * features.refused
    score -= features.tone[2] * (0.6 + 1.2 * lacking) + 0.15 * features.tone[0]
    score -= 0.8 if features.left < 0.1 else 0.0
    score += 0.5 if features.subject is SubjectKind.REVIEW else 0.0
    score -= 0.6 if features.side is Side.REPORTER else 0.0
    return 1 / (1 + math.exp(-score))
