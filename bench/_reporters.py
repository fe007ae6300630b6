"""Simulated reporters: populations of our own making, no data about anybody.

Every report has a truth that the simulation knows. A reviewer decides it, rightly or wrongly, and
may mark what was not upheld. What follows for each reporter is then counted by the rules of the
house's pack, from day to day, exactly as the house counts it.
"""

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import numpy as np
from bench._agreement import UNSAID, Agreement, Labels, Numbers, dawid_skene

from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.policy.standing import CredibilityPolicy, StandingPolicy
from gongdao.domain.standing.credibility import NEUTRAL, Decided, Found, figure
from gongdao.domain.standing.misuse_rules import counted, proposed

BEGIN = datetime(2026, 1, 1, tzinfo=UTC)
CATEGORY = "abuse"


@dataclass(frozen=True, slots=True)
class Kind:
    """One population, and how it fares."""

    name: str
    people: int
    reports: tuple[int, int]
    """From so many to so many each, within a year."""
    founded: float
    """How many of their reports are true."""
    wrong: float
    """How many of their true reports are decided against them: the bias of the reviewers."""
    marked_wrongly: float
    """Of those, how many are also marked manifestly unfounded: the bias again."""
    marked_rightly: float
    """Of reports that are not true: how many are marked."""


KINDS = (
    Kind("majority", 400, (5, 30), 0.75, 0.05, 0.02, 0.02),
    Kind("minority", 200, (5, 30), 0.75, 0.15, 0.10, 0.04),
    Kind("newcomers", 400, (1, 2), 0.60, 0.10, 0.05, 0.05),
    Kind("wolves", 50, (10, 20), 0.0, 0.0, 0.0, 0.8),
    Kind("ring", 50, (4, 8), 0.0, 0.0, 0.0, 0.6),
)
HONEST = ("majority", "minority", "newcomers")


@dataclass(slots=True)
class Fate:
    """What became of one reporter, at any time of the year."""

    proposed: bool = False
    """A warning was proposed to a reviewer."""
    latest_minutes: float = 0.0
    """By how much later than a neutral reporter's their reports were looked at, at the worst."""


def year_of(kind: Kind, number: int, chance: random.Random) -> list[Decided]:
    """One reporter's decided reports, the oldest first."""
    days = sorted(chance.uniform(0, 365) for _ in range(chance.randint(*kind.reports)))
    who = PersonId(f"{kind.name}-{number}")
    return [
        Decided(
            who,
            CaseId(f"{who}-{place}"),
            DecisionId(f"{who}-{place}"),
            CATEGORY,
            BEGIN + timedelta(days=day),
            _found(kind, chance),
        )
        for place, day in enumerate(days)
    ]


def _found(kind: Kind, chance: random.Random) -> Found:
    true = chance.random() < kind.founded
    if true and chance.random() >= kind.wrong:
        return Found.UPHELD
    marked = kind.marked_wrongly if true else kind.marked_rightly
    return Found.MANIFESTLY_UNFOUNDED if chance.random() < marked else Found.NOT_UPHELD


def fate(policy: StandingPolicy, points_most: int, a_point: float, year: Sequence[Decided]) -> Fate:
    """What the house would have made of them, looked at after each decision."""
    found = Fate()
    for place in range(1, len(year) + 1):
        known, now = year[:place], year[place - 1].decided_at
        found.proposed |= proposed(policy.misuse, counted(policy.misuse, known, now))
        value = figure(policy.credibility, known, now, CATEGORY)
        points = round((NEUTRAL - value) * 2 * points_most)
        found.latest_minutes = max(found.latest_minutes, points * a_point)
    return found


def fates(
    policy: StandingPolicy, points_most: int, a_point: float, seed: int
) -> dict[str, list[Fate]]:
    """Every population once."""
    chance = random.Random(seed)
    return {
        kind.name: [
            fate(policy, points_most, a_point, year_of(kind, number, chance))
            for number in range(kind.people)
        ]
        for kind in KINDS
    }


def frontier(
    policy: StandingPolicy, points_most: int, a_point: float, seed: int
) -> list[tuple[float, float]]:
    """How many of an honest group a warning is proposed for, as its reviewers' bias grows.

    Of true reports so many are decided against them, and of those three of ten are marked.
    """
    found = []
    for wrong in (0.15, 0.25, 0.35, 0.50, 0.70):
        chance = random.Random(seed)
        kind = Kind("honest", 300, (5, 30), 0.75, wrong, 0.3, 0.04)
        some = [year_of(kind, number, chance) for number in range(kind.people)]
        hit = share(fate(policy, points_most, a_point, year).proposed for year in some)
        found.append((wrong, hit))
    return found


def share(some: Iterable[bool]) -> float:
    """How many of them."""
    found = list(some)
    return sum(found) / len(found)


def suspicious(policy: StandingPolicy) -> StandingPolicy:
    """The rule that we do not have: whoever is not upheld loses as much as for a mark."""
    rule = policy.credibility
    return policy.model_copy(
        update={
            "credibility": CredibilityPolicy.model_construct(
                **{**rule.__dict__, "not_upheld": rule.manifestly_unfounded}
            )
        }
    )


@dataclass(frozen=True, slots=True)
class Panel:
    """Cases that several reviewers looked at, with the truth."""

    truth: Labels
    labels: Labels
    confusion: Numbers

    def estimated(self) -> Agreement:
        """What can be known of the reviewers without the truth."""
        return dawid_skene(self.labels, 2)


def panel(seed: int, cases: int = 2000, looked: float = 0.6) -> Panel:
    """Six reviewers, one of whom turns true reports down far too often."""
    chance = np.random.default_rng(seed)
    confusion = np.array(
        [[[1 - a, a], [b, 1 - b]] for a, b in
         ((0.05, 0.05), (0.08, 0.06), (0.05, 0.10), (0.10, 0.08), (0.06, 0.07), (0.04, 0.35))]
    )  # fmt: skip
    truth = (chance.random(cases) < 0.7).astype(np.int64)
    says = chance.random((cases, len(confusion))) < confusion[:, :, 1].T[truth]
    seen = chance.random(says.shape) < looked
    return Panel(truth, np.where(seen, says.astype(np.int64), UNSAID), confusion)
