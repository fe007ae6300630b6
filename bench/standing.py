"""How seldom honest reporters are taken for misusers, and honest accounts restricted.

    ./dev bench standing

All of it is a simulation: bench/_reporters.py and bench/_standing_accounts.py say what was assumed.
It shows what the rules do under those assumptions, and nothing of people.
"""

import random
from datetime import timedelta

from bench import _standing_accounts
from bench._figures import figure, say
from bench._reporters import (
    BEGIN,
    CATEGORY,
    HONEST,
    KINDS,
    Kind,
    fates,
    frontier,
    panel,
    share,
    suspicious,
    year_of,
)

from gongdao import bootstrap
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.policy.weights import Weights
from gongdao.domain.standing.credibility import best
from gongdao.domain.standing.credibility import figure as believed
from gongdao.domain.triage.model import Facts
from gongdao.domain.triage.rules import weigh

SEEDS = range(5)
SELDOM = 0.01
HOUR = 60.0
"""In minutes: whoever's reports wait so much longer than a neutral reporter's is put back."""


def main() -> None:
    """Every figure."""
    house = bootstrap.pack_book().packs
    pack = next(p for ref, p in house.items() if ref.platform == "house" and p.standing)
    policy, cases = pack.standing, pack.cases
    assert policy is not None
    assert cases is not None
    assert cases.triage is not None
    _populations(policy, cases.triage)
    _frontier(policy, cases.triage)
    _ring(policy, cases.triage)
    _reviewers()
    _standing_accounts.main()


def _populations(policy: StandingPolicy, weights: Weights) -> None:
    most, a_point = weights.credibility_most, weights.minutes_per_point
    ours = [fates(policy, most, a_point, seed) for seed in SEEDS]
    other = [fates(suspicious(policy), most, a_point, seed) for seed in SEEDS]
    for kind in KINDS:
        mine = [each for run in ours for each in run[kind.name]]
        theirs = [each for run in other for each in run[kind.name]]
        warned = share(each.proposed for each in mine)
        back = share(each.latest_minutes > HOUR for each in mine)
        naive = share(each.latest_minutes > HOUR for each in theirs)
        honest = kind.name in HONEST
        say(f"{kind.name}: {len(mine)} people, proposed {warned:.3f}, put back {back:.3f}")
        goal, limit = ("≤ 0.01", SELDOM) if honest else ("", 1.0)
        figure(f"standing.{kind.name}.proposed", warned, "", goal, "limit", limit)
        what = "if not being upheld counted"
        goal = "≤ 0.01" if honest else ""
        figure(f"standing.{kind.name}.put_back", back, "", goal, what, naive)


def _ring(policy: StandingPolicy, weights: Weights) -> None:
    """Fifty who agree bring a case no further than one who was always right."""

    def points(value: float) -> int:
        facts = Facts(CATEGORY, BEGIN, None, value)
        return weigh(weights, facts).base - weigh(weights, Facts(CATEGORY, BEGIN)).base

    chance = random.Random(1)
    farmed = Kind("farmed", 50, (40, 60), 0.9, 0.0, 0.0, 0.6)
    # They upheld one another's reports for a year, then fall upon one target together.
    rule, now = policy.credibility, BEGIN + timedelta(days=365)
    ring = [believed(rule, year_of(farmed, n, chance), now, CATEGORY) for n in range(50)]
    always = Kind("always right", 1, (60, 60), 1.0, 0.0, 0.0, 0.0)
    alone = points(believed(rule, year_of(always, 0, chance), now, CATEGORY))
    together = points(best(ring))
    figure("standing.ring.points", together, "points", f"≤ {alone}", "one credible", alone)


def _frontier(policy: StandingPolicy, weights: Weights) -> None:
    """How biased reviewers must be until honest reporters are hit."""
    found = frontier(policy, weights.credibility_most, weights.minutes_per_point, 0)
    for wrong, hit in found:
        say(f"{wrong:.0%} of true reports decided wrongly: a warning proposed for {hit:.1%}")
    held = max((wrong for wrong, hit in found if hit <= SELDOM), default=0.0)
    figure("standing.frontier.wrong", held, "", "≥ 0.15", "as in the minority", 0.15)


def _reviewers() -> None:
    """The reviewer who turns true reports down is found without the truth."""
    for_all = [panel(seed) for seed in SEEDS]
    errors = [float(abs(each.estimated().confusion - each.confusion).max()) for each in for_all]
    figure("standing.reviewers.error", max(errors), "", "≤ 0.08", "limit", 0.08)
    said = [float(each.estimated().confusion[5, 1, 0]) for each in for_all]
    figure("standing.reviewers.biased", sum(said) / len(said), "", "", "as simulated", 0.35)


if __name__ == "__main__":
    main()
