"""The priority formula: what it counts, that waiting wins in the end, and that turns are shared."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.parts.house_pack.shipped import pack, policy

from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.policy.grades import Effects
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.policy.weights import PLAIN, REPETITION_MOST, Scale, Turns, Weights
from gongdao.domain.standing.credibility import Decided, Found, figure
from gongdao.domain.triage.model import FactorKind, Facts, Spread, Spreading
from gongdao.domain.triage.rules import LARGEST, overtaken_for, reach, told, turn_of, weigh

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
CATEGORIES = [category.code for category in policy().categories]


def house() -> Weights:
    """What the repository's own pack says."""
    found = policy().triage
    assert found is not None
    return found


numbers = st.none() | st.integers(0, LARGEST)
moments = st.timedeltas(timedelta(0), timedelta(days=365)).map(lambda later: NOON + later)
spreads = st.builds(Spread, at=moments, views=numbers, shares=numbers, members=numbers)
facts = st.builds(
    Facts,
    category=st.sampled_from(CATEGORIES),
    opened_at=moments,
    spread=st.none() | st.builds(Spreading, now=spreads, before=st.none() | spreads),
    credibility=st.floats(0, 1),
    repetition=st.integers(0, 100),
)


@given(early=facts, later=facts, waited=st.timedeltas(timedelta(0), timedelta(days=900)))
def test_waiting_wins_in_the_end_and_the_bound_says_when(
    early: Facts, later: Facts, waited: timedelta
) -> None:
    first, second = weigh(house(), early), weigh(house(), later)
    if later.opened_at - early.opened_at > overtaken_for(house()):
        assert first.rank < second.rank
    # Whoever is in front by rank is in front at every later moment by the number that is shown.
    now = max(early.opened_at, later.opened_at) + waited
    if first.rank <= second.rank:
        assert first.points(now) >= second.points(now) - 1  # whole points are shown


def test_the_bound_is_reached_by_the_heaviest_case_against_the_lightest() -> None:
    bound = overtaken_for(house())
    assert bound == timedelta(days=6, hours=22, minutes=30)
    light = weigh(house(), Facts("other", NOON, credibility=0))
    gone = Spreading(Spread(NOON, LARGEST), Spread(NOON - timedelta(hours=1), 0))
    at = NOON + bound
    heavy = weigh(house(), Facts("threat", at, gone, credibility=1, repetition=REPETITION_MOST))
    assert heavy.rank == light.rank


@given(facts)
def test_every_factor_is_named_once_and_the_points_are_their_sum(fact: Facts) -> None:
    priority = weigh(house(), fact)
    now = fact.opened_at + timedelta(hours=7)
    kinds = [factor.kind for factor in (*priority.factors, priority.waited(now))]
    assert kinds == list(FactorKind)
    total = sum(factor.points for factor in priority.factors) + 14
    assert priority.points(now) == total
    assert all(abs(f.points) <= f.most for f in priority.factors if f.most is not None)


def test_danger_to_life_stands_in_front_of_anything_that_went_around_the_world() -> None:
    everywhere = Spreading(Spread(NOON, LARGEST), Spread(NOON - timedelta(hours=1), 0))
    fraud = weigh(house(), Facts("fraud", NOON - timedelta(hours=24), everywhere, credibility=1))
    assert weigh(house(), Facts("threat", NOON)).rank < fraud.rank


def test_a_grade_moves_a_case_less_than_one_report_of_somebody_credible() -> None:
    """Of whoever was right ten times of ten; and no pack can say more."""
    house_says = pack().standing
    assert house_says is not None
    right = [
        Decided(PersonId("p"), CaseId(f"c{n}"), DecisionId(f"d{n}"), "abuse", NOON, Found.UPHELD)
        for n in range(10)
    ]
    believed = figure(house_says.credibility, right, NOON, "abuse")
    credible = weigh(house(), Facts("abuse", NOON, credibility=believed))
    for percent in (*(rule.effects.priority or 0 for rule in house_says.grades.rules), 999):
        moved = weigh(house(), Facts("abuse", NOON, repetition=percent))
        assert credible.rank < moved.rank <= weigh(house(), Facts("abuse", NOON)).rank
    with pytest.raises(ValidationError, match="priority"):
        Effects(priority=REPETITION_MOST + 1)


def test_credibility_is_neutral_until_standing_is_counted() -> None:
    credible = weigh(house(), Facts("abuse", NOON)).factors[3]
    assert (credible.kind, credible.points) == (FactorKind.CREDIBILITY, 0)


def test_a_pack_without_weights_goes_by_age_alone() -> None:
    assert weigh(PLAIN, Facts("threat", NOON)).rank == NOON
    assert overtaken_for(PLAIN) == timedelta(0)


def test_growth_is_measured_an_hour_and_over_ten_minutes_at_least() -> None:
    first = told(None, Spread(NOON, views=100))
    second = told(first, Spread(NOON + timedelta(hours=2), views=100, shares=4))
    assert reach(house().reach, second) == 300
    growing = weigh(house(), Facts("abuse", NOON, second)).factors[2]
    assert (growing.kind, growing.value) == (FactorKind.GROWTH, 100)
    again = told(second, Spread(NOON + timedelta(hours=2, minutes=1), views=900))
    assert again.before == first.now


def test_numbers_that_fall_do_not_count_as_growth() -> None:
    falling = Spreading(Spread(NOON, 5), Spread(NOON - timedelta(hours=1), 500))
    assert weigh(house(), Facts("abuse", NOON, falling)).factors[2].points == 0


@pytest.mark.parametrize(
    "wrong", [Spread(NOON), Spread(NOON, views=-1), Spread(NOON, members=LARGEST + 1)]
)
def test_numbers_that_cannot_be_are_refused(wrong: Spread) -> None:
    with pytest.raises(BadInput, match=r"triage\.bad_spread"):
        told(None, wrong)


shares = st.dictionaries(st.sampled_from(SubjectKind), st.integers(1, 6), max_size=7)


@given(sure=shares, in_front=st.integers(0, 9), begin=st.integers(0, 10**6))
def test_each_class_is_sure_of_its_turns_in_every_round(
    sure: dict[SubjectKind, int], in_front: int, begin: int
) -> None:
    turns = Turns(in_front=in_front or (0 if sure else 1), sure=sure)
    length = turns.in_front + sum(sure.values())
    # Wherever one begins to count.
    order = [turn_of(turns, begin + number) for number in range(length)]
    assert {kind: order.count(kind) for kind in sure} == sure
    assert order.count(None) == turns.in_front


def test_a_class_never_waits_long_for_its_turn() -> None:
    turns = house().turns
    order = [turn_of(turns, number) for number in range(40)]
    for kind, number in turns.sure.items():
        at = [place for place, whose in enumerate(order) if whose is kind]
        assert max(b - a for a, b in pairwise(at)) <= 20 // number + 4


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 10**9))
def test_a_scale_never_gives_more_than_its_most(per: int, most: int, views: int) -> None:
    weights = house().model_copy(update={"spread": Scale(per_tenfold=per, most=most)})
    spread = Spreading(Spread(NOON, views))
    assert 0 <= weigh(weights, Facts("abuse", NOON, spread)).factors[1].points <= most
