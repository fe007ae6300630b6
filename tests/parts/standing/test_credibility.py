"""Credibility: neutral at first, cautious, fading; a ring is one voice; the honest are not hit."""

import random
from datetime import UTC, datetime, timedelta
from math import log

import numpy as np
import pytest
from bench._agreement import UNSAID, dawid_skene
from bench._reporters import HONEST, KINDS, Kind, fate, fates, panel, share, year_of
from hypothesis import given
from hypothesis import strategies as st
from tests.parts.house_pack.shipped import pack

from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.policy.standing import StandingPolicy
from gongdao.domain.policy.weights import Weights
from gongdao.domain.standing.credibility import (
    NEUTRAL,
    Decided,
    Found,
    Tally,
    best,
    figure,
    tally,
    wilson,
)
from gongdao.domain.triage.model import Facts
from gongdao.domain.triage.rules import weigh

NOW = datetime(2026, 11, 22, 4, 0, tzinfo=UTC)
Z = 1.959964


def house() -> StandingPolicy:
    found = pack().standing
    assert found is not None
    return found


def weights() -> Weights:
    cases = pack().cases
    assert cases is not None
    assert cases.triage is not None
    return cases.triage


def decided(
    found: Found, days: float = 0, category: str = "abuse", *, joined: bool = False
) -> Decided:
    at = NOW - timedelta(days=days)
    return Decided(PersonId("p"), CaseId("c"), DecisionId("d"), category, at, found, joined)


@pytest.mark.parametrize(
    ("good", "of", "low", "high"),
    [(6, 6, 0.610, 1), (10, 10, 0.722, 1), (90, 100, 0.826, 0.945), (0, 10, 0, 0.278)],
)
def test_wilsons_interval_as_published(good: int, of: int, low: float, high: float) -> None:
    assert wilson(good, of, Z) == pytest.approx((low, high), abs=6e-4)


def test_the_mean_of_a_beta_distribution_as_published() -> None:
    """E = (r + 1) / (r + s + 2): one half where nothing is known, never 0 and never 1."""
    assert Tally().mean == 0.5
    assert Tally(8, 2).mean == pytest.approx(9 / 12)
    assert 0 < Tally(0, 1000).mean < Tally(1000, 0).mean < 1


def discourse_bonus(agreed: float, disagreed: float) -> float:
    """Discourse's accuracy bonus, by its published formula (reimplemented from its description)."""
    number = agreed + disagreed
    if number <= 5:
        return 0.0
    right = agreed / number
    axis = (right - 0.7) / 0.3 if right >= 0.7 else -(0.7 - right) / 0.7
    return round(axis * log(number, 4) * 5, 2)


@pytest.mark.parametrize(
    ("agreed", "disagreed", "bonus"),
    [
        (5, 0, 0), (6, 0, 6.46), (10, 0, 8.30), (7, 3, 0), (64, 0, 15.0), (0, 6, -6.46),
        (0, 10, -8.30), (5, 5, -2.37), (50, 50, -4.75), (90, 10, 11.07), (200, 56, 5.42),
    ],
)  # fmt: skip
def test_it_agrees_with_a_published_formula_and_is_more_cautious(
    agreed: int, disagreed: int, bonus: float
) -> None:
    """Where Discourse takes weight away for disagreement alone, a mark is needed here."""
    assert discourse_bonus(agreed, disagreed) == pytest.approx(bonus, abs=0.006)
    rule = house().credibility.model_copy(update={"malicious": 1.0})
    marks = [decided(Found.UPHELD)] * agreed + [decided(Found.MALICIOUS)] * disagreed
    value = figure(rule, marks, NOW, "abuse")
    far = abs(agreed / (agreed + disagreed) - 0.5) > 0.25
    if bonus > 0:
        assert value > NEUTRAL
    elif bonus < 0 and far:
        assert value < NEUTRAL
    plain = [decided(Found.UPHELD)] * agreed + [decided(Found.NOT_UPHELD)] * disagreed
    assert figure(rule, plain, NOW, "abuse") >= NEUTRAL


def test_too_little_is_neutral_and_time_heals() -> None:
    rule = house().credibility
    assert figure(rule, [], NOW, "abuse") == NEUTRAL
    assert figure(rule, [decided(Found.UPHELD)] * 3, NOW, "abuse") == NEUTRAL
    assert figure(rule, [decided(Found.UPHELD)] * 5, NOW, "abuse") > NEUTRAL
    bad = [decided(Found.MANIFESTLY_UNFOUNDED)] * 6
    worse = [figure(rule, bad, NOW + timedelta(days=days), "abuse") for days in (0, 60, 3600)]
    assert worse[0] < worse[1] < worse[2] == NEUTRAL


def test_other_categories_count_in_part_and_a_fallen_decision_not_at_all() -> None:
    rule = house().credibility
    elsewhere = [decided(Found.UPHELD, category="fraud")] * 8
    assert tally(rule, elsewhere, NOW, "abuse").good == 8 * rule.elsewhere
    assert tally(rule, elsewhere, NOW).good == 8
    assert tally(rule, [decided(Found.OVERTURNED)] * 9, NOW) == Tally()
    assert tally(rule, [decided(Found.UPHELD, joined=True)], NOW).good == rule.joined


def test_a_decision_from_the_future_counts_once() -> None:
    """A clock that was set back makes nobody more believed than ever."""
    assert tally(house().credibility, [decided(Found.UPHELD, days=-900)], NOW).good == 1


history = st.lists(st.tuples(st.sampled_from(Found), st.floats(0, 900), st.booleans()), max_size=30)


@given(ring=st.lists(history, min_size=1, max_size=50), joins=st.randoms())
def test_a_ring_is_no_more_than_one_credible_report(
    ring: list[list[tuple[Found, float, bool]]], joins: random.Random
) -> None:
    """Whatever they did before, in whatever order they come, and however often."""
    rule, most = house().credibility, weights()
    figures = [
        figure(rule, [decided(f, days, joined=j) for f, days, j in past], NOW, "abuse")
        for past in ring
    ]
    coming = figures * 2
    joins.shuffle(coming)
    held = coming[0]
    for value in coming[1:]:
        held = best((held, value))
    together = weigh(most, Facts("abuse", NOW, None, held))
    one = max((weigh(most, Facts("abuse", NOW, None, v)).base for v in figures), default=0)
    alone = weigh(most, Facts("abuse", NOW, None, 1.0)).base
    assert together.base == one <= alone
    nobody = weigh(most, Facts("abuse", NOW)).base
    assert together.base - nobody <= most.credibility_most


def test_simulated_honest_reporters_are_not_silenced() -> None:
    """Fewer than one of a hundred: of the majority, of a group judged wrongly, and of newcomers."""
    policy, rule = house(), weights()
    found = fates(policy, rule.credibility_most, rule.minutes_per_point, seed=11)
    for name in HONEST:
        assert share(each.proposed for each in found[name]) <= 0.01
        assert share(each.latest_minutes > 60 for each in found[name]) <= 0.01
    assert share(each.proposed for each in found["wolves"]) >= 0.9
    assert {kind.name for kind in KINDS} == set(found)


def test_even_the_least_believed_wait_no_longer_than_the_pack_says() -> None:
    policy, rule = house(), weights()
    wolf = Kind("wolf", 1, (60, 60), 0.0, 0.0, 0.0, 1.0)
    year = year_of(wolf, 0, random.Random(1))
    worst = fate(policy, rule.credibility_most, rule.minutes_per_point, year)
    assert 0 < worst.latest_minutes <= rule.credibility_most * rule.minutes_per_point


def test_reviewers_confusion_is_found_without_the_truth() -> None:
    """Dawid and Skene on a known simulation: who turns true reports down is seen, and no reporter
    is to blame."""
    seen = panel(seed=3)
    found = seen.estimated()
    assert np.abs(found.confusion - seen.confusion).max() < 0.08
    assert found.confusion[5, 1, 0] == pytest.approx(0.35, abs=0.06)
    right = (found.classes.argmax(axis=1) == seen.truth).mean()
    said = seen.labels != UNSAID
    yes = np.where(said, seen.labels, 0).sum(axis=1)
    majority = (yes * 2 > said.sum(axis=1)).astype(int)
    assert right >= (majority == seen.truth).mean()
    assert right > 0.97


@pytest.mark.parametrize("wrong", [[[2]], [[-2]], [0, 1], []])
def test_labels_that_cannot_be_are_refused(wrong: list[object]) -> None:
    with pytest.raises(ValueError, match="labels must be"):
        dawid_skene(np.array(wrong, dtype=np.int64), 2)
