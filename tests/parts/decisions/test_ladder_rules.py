"""The ladder is climbed upwards only, and what replaces a rung is weighed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.fakes.house import shipped_packs
from tests.parts.storage.any_event import SPANS

from gongdao.domain.decisions.model import Measure
from gongdao.domain.decisions.rules import check_measure, due_rung, is_harder, measure_of
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.policy.model import TIMED, CasePolicy, Clause, Penalty, Scope


def house() -> CasePolicy:
    """The policy of the shipped house pack."""
    policy = next(p.cases for p in shipped_packs().packs.values() if p.ref.platform == "house")
    assert policy is not None
    return policy


CLAUSES = st.sampled_from(house().clauses)
STRIKES = st.integers(1, 60)
RAISES = st.integers(0, 5)
MEASURES = st.builds(Measure, st.sampled_from(Penalty), st.sampled_from(Scope), st.none() | SPANS)


def place(clause: Clause, strike: int, raise_by: int) -> int:
    """The rung's place on its ladder, from 0."""
    return clause.ladder.index(due_rung(clause, strike, raise_by))


@given(CLAUSES, STRIKES, STRIKES, RAISES, RAISES)
def test_more_strikes_and_more_missed_answers_never_lead_down(
    clause: Clause, strikes: int, more: int, raise_by: int, further: int
) -> None:
    fewer, many = sorted((strikes, more))
    low, high = sorted((raise_by, further))
    assert place(clause, fewer, low) <= place(clause, many, low) <= place(clause, many, high)


@given(CLAUSES, STRIKES)
def test_the_rung_is_the_highest_one_reached(clause: Clause, strike: int) -> None:
    rung = due_rung(clause, strike)
    assert rung.strikes <= strike
    assert not [r for r in clause.ladder if rung.strikes < r.strikes <= strike]


@given(CLAUSES, STRIKES, RAISES)
def test_a_missed_answer_climbs_as_many_rungs_as_said_or_to_the_end(
    clause: Clause, strike: int, raise_by: int
) -> None:
    end = len(clause.ladder) - 1
    assert place(clause, strike, raise_by) == min(place(clause, strike, 0) + raise_by, end)


@given(CLAUSES, STRIKES, RAISES)
def test_what_a_ladder_says_is_a_measure_that_a_person_may_name(
    clause: Clause, strike: int, raise_by: int
) -> None:
    check_measure(measure_of(due_rung(clause, strike, raise_by)))


@given(MEASURES, MEASURES, MEASURES)
def test_harder_is_an_order_of_penalties(one: Measure, two: Measure, three: Measure) -> None:
    assert not is_harder(one, one)
    if one.penalty is not two.penalty:
        assert is_harder(one, two) is not is_harder(two, one)
    if one.penalty.height > two.penalty.height > three.penalty.height:
        assert is_harder(one, three)


@given(MEASURES)
def test_a_measure_is_refused_just_where_a_rung_would_be(measure: Measure) -> None:
    fits = (measure.duration is not None) if measure.penalty in TIMED else True
    if measure.penalty is Penalty.WARNING:
        fits = measure.duration is None
    if fits:
        check_measure(measure)
    else:
        with pytest.raises(Refused, match=r"^decision\."):
            check_measure(measure)
