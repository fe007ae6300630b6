"""Rings of friends: a table of small circles and groups, and what holds whatever the graph is."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Basis
from gongdao.domain.policy.verification import RingPolicy
from gongdao.domain.verification.rings import Ring, Sign, Vouch, rings

DAY = datetime(2026, 3, 2, tzinfo=UTC)
POLICY = RingPolicy(
    within=Span.parse("180d"),
    circle_most=4,
    group_least=3,
    group_cases=1,
    often=2,
    source="house",
    as_of=date(2026, 11, 21),
    basis=Basis.HOUSE,
)


def vouches(written: str, days: int = 0) -> list[Vouch]:
    """`a>b:1` – a vouched for b in case 1."""
    found = []
    for each in written.split():
        people, _, case = each.partition(":")
        friend, _, appellant = people.partition(">")
        at = DAY + timedelta(days=days)
        found.append(Vouch(PersonId(friend), PersonId(appellant), CaseId(case), at))
    return found


def signs(found: Iterable[Ring]) -> dict[str, str]:
    return {ring.sign.value: "".join(sorted(ring.people)) for ring in found}


@pytest.mark.parametrize(
    ("written", "noticed"),
    [
        ("b>a:1 c>a:1 d>a:1", {}),
        ("b>a:1 a>b:2", {"circle": "ab"}),
        ("b>a:1 c>b:2 a>c:3", {"circle": "abc"}),
        ("b>a:1 c>b:2 d>c:3 a>d:4", {"circle": "abcd"}),
        ("b>a:1 c>b:2 d>c:3 e>d:4 a>e:5", {}),  # five people; the pack looks at four
        ("b>a:1 b>x:2 c>a:1 y>a:1", {}),
        ("b>a:1 c>a:1 d>a:1 b>x:2 c>x:2 y>x:2", {}),  # two in common
        ("b>a:1 c>a:1 d>a:1 b>x:2 c>x:2 d>x:2", {"same_group": "bcd"}),
        ("b>a:1 c>a:1 a>x:2 b>x:2 c>x:2", {"same_group": "abc"}),  # the appellant is one of them
        ("b>a:1 b>x:2", {}),
        ("b>a:1 b>x:2 b>y:3", {"often": "b"}),
        ("z>a:1 b>x:2 b>y:3 b>w:4", {}),  # somebody else's friend
        ("a>b:2 b>c:3", {}),  # nobody vouched in this case
    ],
)
def test_a_table_of_small_worlds(written: str, noticed: dict[str, str]) -> None:
    assert signs(rings(CaseId("1"), vouches(written), POLICY)) == noticed


def test_what_is_long_ago_is_not_looked_at() -> None:
    now = vouches("b>a:1")
    assert signs(rings(CaseId("1"), [*now, *vouches("a>b:2", days=-180)], POLICY)) == {
        "circle": "ab"
    }
    assert rings(CaseId("1"), [*now, *vouches("a>b:2", days=-181)], POLICY) == ()


EDGES = st.lists(
    st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef"), st.sampled_from("123"))
    .filter(lambda edge: edge[0] != edge[1])
    .map(lambda e: Vouch(PersonId(e[0]), PersonId(f"{e[1]}"), CaseId(e[2] + e[1]), DAY)),
    max_size=14,
)
"""Vouches of six people; a case has one appellant."""


def circles(known: list[Vouch], case: CaseId) -> bool:
    """Whether a circle of at most four closes in this case: by trying every way, no cleverness."""
    ours = [v for v in known if v.case == case]
    ways = [[v.appellant] for v in ours]
    for _ in range(POLICY.circle_most - 1):
        ways += [[*w, v.appellant] for w in ways for v in known if v.friend == w[-1]]
    reached = {way[-1] for way in ways if 1 < len(way) <= POLICY.circle_most}
    return any(v.friend in reached for v in ours)


@settings(max_examples=60, deadline=None)
@given(EDGES)
def test_a_circle_is_found_where_trying_every_way_finds_one(known: list[Vouch]) -> None:
    for case in {v.case for v in known}:
        found = {ring.sign for ring in rings(case, known, POLICY)}
        assert (Sign.CIRCLE in found) == circles(known, case)


@settings(max_examples=60, deadline=None)
@given(EDGES, st.randoms())
def test_neither_order_nor_repetition_matters_and_more_vouches_hide_nothing(
    known: list[Vouch], chance: Random
) -> None:
    mixed = [*known, *known]
    chance.shuffle(mixed)
    for case in {v.case for v in known}:
        whole = rings(case, known, POLICY)
        assert rings(case, mixed, POLICY) == whole
        fewer = known[:-1]
        if any(v.case == case for v in fewer):
            assert {r.sign for r in rings(case, fewer, POLICY)} <= {r.sign for r in whole}
