"""The fold of a grade: what it must never do, whatever happened."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError
from tests.parts.house_pack.shipped import pack

from gongdao.domain.policy.grades import Act, GradeCode, GradePolicy
from gongdao.domain.policy.model import Penalty
from gongdao.domain.standing.grades import (
    Deed,
    Fact,
    Known,
    Out,
    Violation,
    better_at,
    stands,
)

DAY = timedelta(days=1)
BEGIN = datetime(2026, 1, 5, tzinfo=UTC)


def house() -> GradePolicy:
    standing = pack().standing
    assert standing is not None
    return standing.grades


POLICY = house()


def broke(n: int, day: float, penalty: Penalty = Penalty.RESTRICTION) -> Violation:
    at = BEGIN + timedelta(days=day)
    return Violation(f"s-{n}", f"d-{n}", f"c-{n}", "abuse.insult", penalty, at, at + 365 * DAY)  # type: ignore[arg-type]


def known(*facts: Fact, since: datetime | None = BEGIN) -> Known:
    return Known(facts, since)


days = st.floats(0, 700, allow_nan=False)
violations = st.builds(
    lambda n, day, penalty, earned: replace(broke(n, day, penalty), earned_back=earned),
    st.integers(0, 10**6),
    days,
    st.sampled_from(list(Penalty)),
    st.booleans(),
)
deeds = st.builds(
    lambda act, day: Deed(act, BEGIN + timedelta(days=day), "w"),
    st.sampled_from([Act.EXAM, Act.PLEDGE, Act.REPORT]),
    days,
)
lives = st.lists(violations, max_size=6), st.lists(deeds, max_size=4)


@given(*lives, violations, days)
def test_what_was_overturned_is_as_if_it_never_had_been(
    did: list[Violation], good: list[Deed], one: Violation, day: float
) -> None:
    now = BEGIN + timedelta(days=day)
    without = stands(known(*did, *good), POLICY, now)
    for out in (Out.OVERTURNED, Out.EXCLUDED):
        gone = stands(known(*did, replace(one, out=out), *good), POLICY, now)
        assert (gone.grade, gone.points) == (without.grade, without.points)
        assert (gone.deeds, gone.clean_since) == (without.deeds, without.clean_since)


@given(*lives, violations, days)
def test_one_more_violation_never_makes_it_better(
    did: list[Violation], good: list[Deed], one: Violation, day: float
) -> None:
    now = BEGIN + timedelta(days=day)
    before = stands(known(*did, *good), POLICY, now)
    after = stands(known(*did, one, *good), POLICY, now)
    assert after.grade.depth >= before.grade.depth
    assert after.points >= before.points - 1e-9


@given(*lives, st.floats(0, 900), st.floats(0, 900))
def test_time_alone_never_makes_it_worse(
    did: list[Violation], good: list[Deed], day: float, later: float
) -> None:
    now = BEGIN + timedelta(days=700 + day)
    then = now + timedelta(days=later)
    before, after = (
        stands(known(*did, *good), POLICY, now),
        stands(known(*did, *good), POLICY, then),
    )
    assert after.grade.depth <= before.grade.depth
    assert after.points <= before.points + 1e-9


@given(*lives, deeds, st.floats(0, 900))
def test_what_speaks_for_it_never_makes_it_worse(
    did: list[Violation], good: list[Deed], one: Deed, day: float
) -> None:
    now = BEGIN + timedelta(days=day)
    before = stands(known(*did, *good), POLICY, now)
    after = stands(known(*did, *good, one), POLICY, now)
    assert after.grade.depth <= before.grade.depth
    assert after.points <= before.points + 1e-9


def test_whoever_is_new_is_restricted_in_nothing_and_settles_by_time() -> None:
    fresh = known()
    assert stands(fresh, POLICY, BEGIN).grade is GradeCode.B
    assert stands(known(since=None), POLICY, BEGIN).grade is GradeCode.B
    assert not POLICY.rule(GradeCode.B).effects.restrict
    assert better_at(fresh, POLICY, BEGIN) == BEGIN + POLICY.settled.flat()
    assert stands(fresh, POLICY, BEGIN + POLICY.settled.flat()).grade is GradeCode.A


def test_a_grade_is_left_below_where_it_was_entered() -> None:
    facts = known(*(broke(n, n) for n in range(3)))
    seen = [stands(facts, POLICY, BEGIN + n * DAY) for n in range(3, 400)]
    changes = [(a, b) for a, b in pairwise(seen) if a.grade is not b.grade]
    assert [b.grade.value for _, b in changes] == ["c", "a"]
    left = POLICY.rule(GradeCode.D).back_below
    assert left is not None
    assert changes[0][0].points >= left > changes[0][1].points
    # Between the two lines it stays as it was, from whichever side it comes.
    one = known(broke(0, 0, Penalty.SUSPENSION))
    assert stands(one, POLICY, BEGIN + DAY).points > left
    assert stands(one, POLICY, BEGIN + DAY).grade is GradeCode.C


@pytest.mark.parametrize("penalty", [Penalty.WARNING, Penalty.RESTRICTION, Penalty.SUSPENSION])
def test_one_slip_restricts_nothing_and_heals_within_half_a_year(penalty: Penalty) -> None:
    slip = known(broke(1, 0, penalty))
    assert stands(slip, POLICY, BEGIN).grade not in POLICY.restricting
    assert stands(slip, POLICY, BEGIN + 180 * DAY).grade is GradeCode.A


def test_when_it_gets_better_is_told_to_the_hour() -> None:
    facts = known(*(broke(n, n, Penalty.SUSPENSION) for n in range(3)))
    now = BEGIN + 3 * DAY
    seen = [stands(facts, POLICY, now).grade.value]
    while (moment := better_at(facts, POLICY, now)) is not None:
        hour = timedelta(hours=1)
        assert stands(facts, POLICY, moment - hour).grade is stands(facts, POLICY, now).grade
        now = moment
        seen.append(stands(facts, POLICY, now).grade.value)
    assert seen == ["e", "d", "c", "a"]


def test_a_pledge_counts_once_it_was_kept() -> None:
    signed = Deed(Act.PLEDGE, BEGIN + 5 * DAY, "w")
    kept = stands(known(broke(1, 0), signed), POLICY, BEGIN + 40 * DAY)
    plain = stands(known(broke(1, 0)), POLICY, BEGIN + 40 * DAY)
    broken = stands(known(broke(1, 0), broke(2, 20), signed), POLICY, BEGIN + 40 * DAY)
    assert kept.points < plain.points
    assert Act.PLEDGE not in {deed.act for deed in broken.deeds}


@pytest.mark.parametrize(
    ("at", "value", "said"),
    [
        (("rules", 1, "effects"), {"posts_per_day": 5}, "being new is never a demerit"),
        (("rules", 3, "effects"), {"appeals": "later"}, "appeals"),
        (("rules", 3, "effects"), {"reports_per_day": 3}, "reports_per_day"),
        (("rules", 3, "effects"), {"priority": 31}, "priority"),
        (("rules", 0, "effects"), {"priority": 5}, "being new is never a demerit"),
        (("rules", 4, "effects"), {}, "never restricts less"),
        (("rules", 3, "back_below"), 50, "back_below must be less"),
        (("rules", 2, "from"), 60, "more points than the one above"),
        (("told", "before"), "0h", "more than none"),
        (("weights", "warning"), None, "warning"),
    ],
)
def test_a_pack_cannot_say_what_would_be_unjust(
    at: tuple[Any, ...], value: object, said: str
) -> None:
    plain: Any = POLICY.model_dump(mode="json", by_alias=True)
    here = plain
    for step in at[:-1]:
        here = here[step]
    if value is None:
        del here[at[-1]]
    else:
        here[at[-1]] = value
    with pytest.raises(ValidationError, match=said):
        GradePolicy.model_validate(plain)
