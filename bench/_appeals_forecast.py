"""How well likelihoods fit on a simulated installation whose truth is known, and how quickly."""

import time
from collections.abc import Sequence
from dataclasses import replace

from bench._appeal_simulator import START, Simulated, simulate
from bench._figures import figure, percentile, say

from gongdao.bootstrap import pack_book
from gongdao.domain.appeals.learning import Seen, brier, learn
from gongdao.domain.appeals.likelihood import Model, contributions, range_of, share_of
from gongdao.domain.flows.forecasting import enough

TRAINED_ON = 10_000
FRESH = 20_000
LEAST = 500
TENTHS = 10
POINTS = 5.0
TIMED = 2_000
TRIED = 400


def main() -> None:
    """Learn from simulated appeals, judge on fresh ones. No figure here is of real appeals."""
    say("SIMULATED appeals: no figure below is of real ones")
    past = list(simulate(TRAINED_ON, seed=1))
    began = time.perf_counter()
    model = learn([each.outcome for each in past], Seen(TRAINED_ON, 0), START)
    figure("forecast.learn_s", time.perf_counter() - began, "s", "none set", "a minute", 60.0)
    fresh = list(simulate(FRESH, seed=2))
    shares = [share_of(model, each.outcome.features) for each in fresh]
    _calibration(fresh, shares)
    _brier(fresh, shares, model)
    _small()
    _below_the_minimum()
    _monotone(fresh, model)
    _times(fresh, model)


def _calibration(fresh: Sequence[Simulated], shares: Sequence[float]) -> None:
    """The worst tenth of the scale, and the worst tenth of the cases, with 500 cases or more."""
    by_scale: list[list[int]] = [[] for _ in range(TENTHS)]
    for at, share in enumerate(shares):
        by_scale[min(int(share * TENTHS), TENTHS - 1)].append(at)
    order = sorted(range(len(shares)), key=shares.__getitem__)
    size = len(order) // TENTHS
    by_cases = [order[at * size : (at + 1) * size] for at in range(TENTHS)]
    for name, groups in (("", by_scale), (".of_cases", by_cases)):
        large = [group for group in groups if len(group) >= LEAST]
        came = max(abs(_mean(shares, g) - _accepted(fresh, g)) for g in large) * 100
        true = max(abs(_mean(shares, g) - _truth(fresh, g)) for g in large) * 100
        goal = "≤ 5 in each of 500 cases or more"
        say(f"{len(large)} tenths{name or ' of the scale'} of {LEAST} cases or more")
        figure(f"forecast.calibration_error{name}", came, "points", goal, "the limit", POINTS)
        figure(f"forecast.error_to_truth{name}", true, "points", goal, "the limit", POINTS)


def _mean(shares: Sequence[float], group: Sequence[int]) -> float:
    return sum(shares[at] for at in group) / len(group)


def _accepted(fresh: Sequence[Simulated], group: Sequence[int]) -> float:
    return sum(fresh[at].outcome.accepted for at in group) / len(group)


def _truth(fresh: Sequence[Simulated], group: Sequence[int]) -> float:
    return sum(fresh[at].truth for at in group) / len(group)


def _brier(fresh: Sequence[Simulated], shares: Sequence[float], model: Model) -> None:
    came = [each.outcome.accepted for each in fresh]
    base = model.card.accepted / model.card.cases
    always = brier([base] * len(came), came)
    best = brier([each.truth for each in fresh], came)
    figure("forecast.brier", brier(shares, came), "", "below the base rate", "base rate", always)
    figure("forecast.brier_by_truth", best, "", "none better", "base rate", always)
    figure("forecast.brier_on_card", model.card.brier, "", "as on fresh ones", "fresh ones",
           brier(shares, came))  # fmt: skip


def _small() -> None:
    """As few as are allowed: how often the range holds the true chance of a single appeal."""
    held, tried = 0, 0
    for seed in range(10, 20):
        past = [each.outcome for each in simulate(200, seed)]
        model = learn(past, Seen(200, 0), START)
        for each in simulate(200, seed + 100):
            found = range_of(model, each.outcome.features)
            held += found.low <= each.truth * 100 <= found.high
            tried += 1
    share = held / tried
    figure("forecast.range_holds_truth.200", share, "", "none set", "all of them", 1.0)


def _below_the_minimum() -> None:
    """How many installations with too few decided appeals would tell a likelihood of their own."""
    policy = pack_book().versions("house")[0].forecast
    if policy is None:
        raise SystemExit("the house pack says nothing of prospects")
    least, told = policy.least, 0
    for cases, accepted in ((least.decided - 1, 90), (600, least.each_outcome - 1), (600, 598)):
        past = [each.outcome for each in simulate(cases, 30)]
        forced = [replace(each, accepted=at < accepted) for at, each in enumerate(past)]
        told += enough(learn(forced, Seen(cases, 0), START), least)
    figure("forecast.told_below_minimum", told, "of 3", "0", "those tried", 3)


def _monotone(fresh: Sequence[Simulated], model: Model) -> None:
    falls = 0
    for each in fresh[:TRIED]:
        features = each.outcome.features
        found = [range_of(model, replace(features, complete=c)) for c in range(101)]
        lows, highs = [f.low for f in found], [f.high for f in found]
        falls += lows != sorted(lows) or highs != sorted(highs)
    figure("forecast.falls_as_completeness_grows", falls, "cases", "0", "cases tried", TRIED)


def _times(fresh: Sequence[Simulated], model: Model) -> None:
    took = []
    for each in fresh[:TIMED]:
        began = time.process_time()
        range_of(model, each.outcome.features)
        contributions(model, each.outcome.features)
        took.append((time.process_time() - began) * 1000)
    figure("forecast.ms", percentile(took, 0.95), "ms of one core", "≤ 5", "the limit", 5.0)


if __name__ == "__main__":
    main()
