"""How likely an appeal is accepted: what it is told from, how it is learned, and its bounds."""

from dataclasses import fields, replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from bench._appeal_simulator import START, simulate
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.domain.appeals.learning import Seen, brier, learn
from gongdao.domain.appeals.likelihood import (
    AtFiling,
    Card,
    Features,
    Model,
    Outcome,
    Point,
    Weight,
    contributions,
    features_of,
    range_of,
    share_at,
    share_of,
    wilson,
)
from gongdao.domain.appeals.model import Side
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.basics import SubjectKind

AT = AtFiling(
    clause="abuse.insult",
    subject=SubjectKind.CONTENT,
    side=Side.RESPONDENT,
    opened_at=START,
    closes_at=START + timedelta(days=100),
    filed_at=START + timedelta(days=25),
    strikes=3,
    refused=1,
    complete=60,
    tone=("antagonistic", "vague_time", "unknown"),
)
WEIGHTS = {"antagonistic": 3, "vague_time": 2}
PLAIN = Features("abuse", SubjectKind.CONTENT, Side.RESPONDENT, 60, 0.75, 2, 1, (1, 1, 1))
CARD = Card(START, START, START, 400, 200, 400, 0, 0.2, 0.25, ())
NUMBERS = st.floats(-4, 4)
FEATURES = st.builds(
    Features,
    st.sampled_from(["abuse", "fraud", "never.seen"]),
    st.sampled_from(SubjectKind),
    st.sampled_from(Side),
    st.integers(0, 100),
    st.floats(0, 1),
    st.integers(0, 9),
    st.integers(0, 9),
    st.tuples(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
)


@st.composite
def models(draw: st.DrawFn) -> Model:
    """Any model that can be learned: completeness never counts against, shares only rise."""
    folds = 3
    rising = st.floats(0, 4)
    names = ("left", "refused", "tone.3", "family.abuse", "subject.group", "side.reporter")
    weights = [Weight("complete", draw(rising), 0.7, tuple(draw(rising) for _ in range(folds)))]
    weights += [
        Weight(name, draw(NUMBERS), 0.3, tuple(draw(NUMBERS) for _ in range(folds)))
        for name in names
    ]
    scores = sorted(draw(st.lists(st.floats(-9, 9), min_size=1, max_size=6)))
    shares = sorted(draw(st.floats(0.001, 0.999)) for _ in scores)
    return Model(
        draw(NUMBERS),
        tuple(draw(NUMBERS) for _ in range(folds)),
        tuple(weights),
        tuple(map(Point, scores, shares)),
        draw(st.integers(50, 500)),
        CARD,
    )


@cache
def learned() -> Model:
    return learn(made_up(400, 3), Seen(400, 7), START)


def made_up(cases: int, seed: int) -> list[Outcome]:
    return [each.outcome for each in simulate(cases, seed)]


def test_features_are_what_was_known_when_it_was_filed() -> None:
    assert features_of(AT, WEIGHTS) == PLAIN


@pytest.mark.parametrize(
    ("change", "wanted"),
    [
        ({"clause": None}, {"family": "none"}),
        ({"closes_at": None}, {"left": 1.0}),
        ({"filed_at": START + timedelta(days=200)}, {"left": 0.0}),
        ({"filed_at": START - timedelta(days=1)}, {"left": 1.0}),
        ({"closes_at": START, "filed_at": START}, {"left": 0.0}),
        ({"strikes": 0}, {"repeated": 0}),
        ({"complete": 130}, {"complete": 100}),
        ({"complete": -5}, {"complete": 0}),
        ({"tone": ()}, {"tone": (0, 0, 0)}),
    ],
)
def test_features_case_by_case(change: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert features_of(replace(AT, **change), WEIGHTS) == replace(PLAIN, **wanted)


def test_nothing_that_comes_later_can_be_handed_in() -> None:
    assert {each.name for each in fields(AtFiling)} == {
        "clause", "subject", "side", "opened_at", "closes_at", "filed_at", "strikes", "refused",
        "complete", "tone",
    }  # fmt: skip


@settings(max_examples=40)
@given(model=models(), features=FEATURES, more=st.integers(0, 100))
def test_more_material_never_makes_it_less_likely(
    model: Model, features: Features, more: int
) -> None:
    fuller = replace(features, complete=max(features.complete, more))
    before, after = range_of(model, features), range_of(model, fuller)
    assert before.low <= after.low
    assert before.high <= after.high
    assert share_of(model, features) <= share_of(model, fuller)


@settings(max_examples=40)
@given(model=models(), features=FEATURES)
def test_the_range_holds_the_likelihood_and_stays_on_the_scale(
    model: Model, features: Features
) -> None:
    found = range_of(model, features)
    assert 0 <= found.low <= share_of(model, features) * 100 <= found.high <= 100
    assert found.low < found.high


@settings(max_examples=40)
@given(share=st.floats(0, 1), cases=st.integers(1, 10_000))
def test_wilsons_interval_narrows_with_cases(share: float, cases: int) -> None:
    low, high = wilson(share, cases)
    assert 0 <= low <= share <= high <= 1
    wider = wilson(share, max(cases // 4, 1))
    assert wider[1] - wider[0] >= high - low - 1e-9


def test_wilsons_interval_is_the_published_one() -> None:
    assert wilson(0.9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)


@settings(max_examples=40)
@given(points=st.lists(st.tuples(NUMBERS, st.floats(0, 1)), min_size=1), at=NUMBERS)
def test_shares_between_points_lie_between_their_shares(
    points: list[tuple[float, float]], at: float
) -> None:
    scores, shares = sorted(p[0] for p in points), sorted(p[1] for p in points)
    found = share_at(map(Point, scores, shares), at)
    assert shares[0] - 1e-9 <= found <= shares[-1] + 1e-9


def test_what_is_learned_is_the_same_each_time_and_better_than_the_base_rate() -> None:
    outcomes = made_up(400, 3)
    model = learned()
    assert learn(outcomes, Seen(400, 7), START) == model
    card = model.card
    assert (card.cases, card.unweighed, card.seen) == (400, 7, 400)
    assert card.accepted == sum(each.accepted for each in outcomes)
    assert sum(tenth.cases for tenth in card.tenths) == 400
    assert card.brier < card.brier_base
    fresh = list(simulate(1000, 4))
    came = [each.outcome.accepted for each in fresh]
    told = [share_of(model, each.outcome.features) for each in fresh]
    assert brier(told, came) < brier([card.accepted / card.cases] * len(came), came) - 0.02


def test_shares_only_rise_with_the_score() -> None:
    points = learned().points
    assert [p.score for p in points] == sorted(p.score for p in points)
    assert [p.share for p in points] == sorted(p.share for p in points)
    assert all(0 < p.share < 1 for p in points)


def test_where_completeness_seemed_to_harm_it_counts_nothing() -> None:
    turned = [
        replace(each, features=replace(each.features, complete=100 - each.features.complete))
        for each in made_up(300, 5)
    ]
    model = learn(turned, Seen(300, 0), START)
    (complete,) = [each for each in model.weights if each.name == "complete"]
    assert complete.weight == 0
    assert set(complete.by_fold) == {0.0}


def test_appeals_of_one_case_alone_can_be_learned_from() -> None:
    one = [replace(each, case=CaseId("one")) for each in made_up(200, 6)]
    model = learn(one, Seen(200, 0), START)
    assert 0 < share_of(model, one[0].features) < 1


def test_reasons_come_by_size_and_say_which_way() -> None:
    found = contributions(learned(), replace(PLAIN, complete=0))
    assert [each.size for each in found] == sorted((e.size for e in found), reverse=True)
    by_name = {each.name: each.points for each in found}
    assert by_name["complete"] < 0
    again = contributions(learned(), replace(PLAIN, complete=100, refused=4))
    assert {each.name: each.points for each in again}["refused"] < 0
    assert set(by_name) == {
        "complete", "left", "repeated", "refused", "tone", "family", "subject", "side",
    }  # fmt: skip
