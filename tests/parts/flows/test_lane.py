"""The lane of verified firms: its cap over any sequence, and what it costs the others."""

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.domain.duty import ical
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.policy.weights import Turns
from gongdao.domain.triage.model import Pulled
from gongdao.domain.triage.rules import cost_of_lane, is_lanes_turn, turn_of

START = datetime(2026, 3, 2, 9, tzinfo=UTC)
TURNS = Turns(in_front=8, sure={SubjectKind.ACCOUNT: 8, SubjectKind.REVIEW: 1})


@given(
    share=st.integers(1, 50),
    in_front=st.integers(0, 30),
    sure=st.integers(1, 30),
    first=st.integers(0, 10**9),
    window=st.integers(1, 400),
)
@settings(max_examples=20, deadline=None)
def test_in_any_hundred_pulls_in_a_row_the_lane_has_no_more_than_its_share(
    share: int, in_front: int, sure: int, first: int, window: int
) -> None:
    turns = Turns(in_front=in_front, sure={SubjectKind.ORDER: sure})
    hits = [is_lanes_turn(share, turns, n) for n in range(first, first + window)]
    assert all(sum(hits[at : at + 100]) <= share for at in range(0, max(1, window - 99), 7))


@given(arrivals=st.lists(st.booleans(), min_size=1, max_size=120), share=st.integers(0, 50))
@settings(max_examples=20, deadline=None)
def test_over_any_arrivals_the_others_wait_no_longer_than_the_cap_allows(
    arrivals: list[bool], share: int
) -> None:
    waiting, firms, ahead = 25, 0, 0
    for turn, arrives in enumerate([*arrivals, *[True] * 60]):
        firms += arrives
        if is_lanes_turn(share, TURNS, turn) and firms:
            firms, ahead = firms - 1, ahead + 1
        elif waiting:
            waiting -= 1
        assert ahead <= -(-(turn + 1) * share // 100)
        if not waiting:
            break
    assert not waiting, "nobody is passed over for good"


def test_without_a_share_there_is_no_lane_and_no_class_loses_its_turns() -> None:
    assert not any(is_lanes_turn(0, TURNS, n) for n in range(1000))
    taken = [turn_of(TURNS, n) for n in range(20_000) if is_lanes_turn(10, TURNS, n)]
    assert 0.04 < taken.count(SubjectKind.REVIEW) / len(taken) < 0.08, "one of seventeen, as ever"


def pulled(minute: int, opened: int, rank: int, *, ahead: bool = False) -> Pulled:
    at = [START + timedelta(minutes=each) for each in (minute, opened, rank)]
    return Pulled(at[0], CaseId(f"c{minute}"), at[1], at[2], ahead)


def test_the_cost_is_what_the_same_pulls_would_have_been_without_it() -> None:
    pulls = [pulled(10, 0, 0), pulled(20, 5, 9, ahead=True), pulled(30, 0, 1), pulled(40, 0, 2)]
    cost = cost_of_lane(pulls)
    assert (cost.pulls, cost.ahead, cost.share) == (4, 1, 25.0)
    assert cost.extra == (0.0, 10.0, 10.0)
    assert cost.median == 10.0
    own_place = [pulled(10, 0, 0, ahead=True), pulled(20, 0, 1)]
    assert cost_of_lane(own_place).extra == (0.0,), "it stood in front by its rank anyway"
    assert cost_of_lane([]).median == 0.0


def test_lines_are_folded_between_characters_and_special_ones_escaped() -> None:
    entry = ical.Entry("u@x", START, START, 3, "截止" * 40 + ";,\\\n", "", ical.Status.TENTATIVE)
    text = ical.write("时限", [entry], [timedelta(hours=2)], START)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\\;\\,\\\\\\n" in text.replace("\r\n ", "")
    assert "DTSTART;TZID=Asia/Shanghai:20260302T170000" in text
