"""A way back, step by step: the fold, what is refused, and when it comes to its end."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.house_pack.shipped import pack
from tests.stories.stage import refused

from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, DecisionId, PackRef, PersonId, SanctionId, Sealed
from gongdao.domain.policy.ways_back import Needs, Way, WaysBackPolicy
from gongdao.domain.ways_back import model, rules
from gongdao.domain.ways_back.model import (
    Closed,
    PledgeSigned,
    ProofAccepted,
    ProofHandedIn,
    QuizPassed,
    Stage,
    Wait,
    WaitingOver,
    WayBack,
    WayBackClosed,
    WayBackFulfilled,
    WayBackId,
    WayBackOpened,
    WayBackStep,
)
from gongdao.domain.ways_back.rules import Ends, Progress

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LI = Actor(Role.RESPONDENT, PersonId("li"))
ANA = Actor(Role.REVIEWER, PersonId("ana"))
HOUSE = PackRef("house", "2026-11-01")


def policy() -> WaysBackPolicy:
    """What ships."""
    found = pack().ways_back
    assert found is not None
    return found


def way(code: str) -> Way:
    """One of its ways."""
    found = policy().way(code)
    assert found is not None
    return found


def begun(code: str, waits: dict[str, timedelta] | None = None) -> WayBack:
    """A way back that has just opened."""
    return model.fold([opening(code, waits or {})])


def opening(code: str, waits: dict[str, timedelta]) -> WayBackOpened:
    """How it opens."""
    return WayBackOpened(
        at=NOW,
        by=ANA,
        way_back=WayBackId("w"),
        sanction=SanctionId("s"),
        decision=DecisionId("d"),
        case=CaseId("c"),
        respondent=PersonId("li"),
        pack=HOUSE,
        way=code,
        waits=tuple(Wait(step, NOW + after) for step, after in waits.items()),
    )


def done(step: str, at: datetime = NOW) -> list[WayBackStep]:
    """What completes a step of the house's pack."""
    kind = step.partition(".")[0]
    seal = Sealed("0" * 64)
    if kind == "exam":
        return [QuizPassed(at=at, by=LI, step=step, right=8, asked=10, missed=())]
    if kind == "pledge":
        text = rules.text_digest(policy().pledges[0], "zh")
        return [
            PledgeSigned(at=at, by=LI, step=step, text=text, language="zh", signed=seal, drawn=None)
        ]
    if kind == "proof":
        return [
            ProofHandedIn(at=at, by=LI, step=step, said=seal, exhibits=()),
            ProofAccepted(at=at, by=ANA, step=step, reasons=seal),
        ]
    return [WaitingOver(at=at, by=SYSTEM, step=step)]


NEEDS: list[tuple[dict[str, object], set[str], tuple[int, int]]] = [
    ({"all": ["a", "b"]}, set(), (0, 2)),
    ({"all": ["a", "b"]}, {"a"}, (1, 2)),
    ({"all": ["a", "b"]}, {"a", "b"}, (2, 2)),
    ({"any": ["a", {"all": ["b", "c"]}]}, set(), (0, 1)),
    ({"any": ["a", {"all": ["b", "c"]}]}, {"b"}, (1, 2)),
    ({"any": ["a", {"all": ["b", "c"]}]}, {"b", "c"}, (2, 2)),
    ({"all": ["a", {"any": ["b", "c"]}]}, {"c"}, (1, 2)),
    ({"all": ["a", {"any": ["b", "c"]}]}, {"a", "c"}, (2, 2)),
]


@pytest.mark.parametrize(("needs", "have", "far"), NEEDS)
def test_progress_counts_the_alternative_that_is_nearest_its_end(
    needs: dict[str, object], have: set[str], far: tuple[int, int]
) -> None:
    assert rules.progress(Needs.model_validate(needs), have) == Progress(*far)


@pytest.mark.parametrize("needs", [{}, {"all": []}, {"all": ["a"], "any": ["b"]}])
def test_needs_say_either_all_or_any(needs: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="either all or any"):
        Needs.model_validate(needs)


STEPS = ("pledge.leave_alone", "exam.harassment", "wait.7d")


@settings(max_examples=40, deadline=None)
@given(order=st.lists(st.sampled_from(STEPS), max_size=6, unique=True))
def test_in_whatever_order_it_is_lifted_exactly_when_everything_is_done(
    order: Sequence[str],
) -> None:
    standing = begun("harassment.second", {"wait.7d": timedelta(days=7)})
    ended: WayBackFulfilled | None = None
    for number, step in enumerate(order, start=1):
        for event in done(step):
            standing = model.after(standing, event)
        ended = rules.fulfil(way("harassment.second"), standing, Ends(None), LI, NOW)
        assert (ended is not None) is (number == len(STEPS))
    assert (ended is not None and ended.lifted) is (set(order) == set(STEPS))


@settings(max_examples=40, deadline=None)
@given(hours=st.integers(min_value=0, max_value=24 * 14))
def test_a_wait_is_over_at_its_moment_and_never_before(hours: int) -> None:
    standing = begun("harassment.first", {"wait.3d": timedelta(days=3)})
    over = rules.waits_over(standing, NOW + timedelta(hours=hours))
    assert [each.step for each in over] == (["wait.3d"] if hours >= 72 else [])


def test_it_shortens_but_never_lengthens() -> None:
    standing = begun("inducement.second")
    for step in ("exam.inducement", "pledge.no_pressure"):
        for event in done(step):
            standing = model.after(standing, event)
    going = way("inducement.second")
    in_3, in_5, in_7 = (NOW + timedelta(days=n) for n in (3, 5, 7))
    shorter = rules.fulfil(going, standing, Ends(in_7, in_3), LI, NOW)
    assert shorter is not None
    assert (shorter.lifted, shorter.ends_at) == (False, in_3)
    as_it_was = rules.fulfil(going, standing, Ends(in_3, in_5), LI, NOW)
    assert as_it_was is not None
    assert as_it_was.ends_at == in_3
    late = rules.fulfil(going, standing, Ends(in_7, in_3), LI, in_5)
    assert late is not None
    assert (late.lifted, late.ends_at) == (True, None)


def test_what_is_over_takes_no_further_step_and_comes_to_no_second_end() -> None:
    standing = begun("inducement.first")
    closed = model.after(standing, WayBackClosed(at=NOW, by=ANA, because=Closed.TAKEN_BACK))
    assert (closed.stage, closed.next_look) == (Stage.CLOSED, None)
    with refused("way_back.over"):
        rules.leads_on(way("inducement.first"), closed, "exam.inducement")
    for event in done("exam.inducement"):
        closed = model.after(closed, event)
    assert rules.fulfil(way("inducement.first"), closed, Ends(None), LI, NOW) is None
    with refused("way_back.no_such_step"):
        rules.leads_on(way("inducement.first"), standing, "pledge.leave_alone")


def test_a_proof_is_checked_by_a_person_and_once() -> None:
    standing = begun("fraud.cleared")
    seal = Sealed("0" * 64)
    handed, accepted = done("proof.judicial")
    with refused("way_back.nothing_to_check"):
        rules.judge(standing, "proof.judicial", seal, ANA, NOW, accept=True)
    standing = model.after(standing, handed)
    with refused("way_back.needs_a_person"):
        rules.judge(standing, "proof.judicial", seal, SYSTEM, NOW, accept=True)
    step = policy().proofs[-1]
    with refused("way_back.being_checked"):
        rules.hand_in(way("fraud.cleared"), standing, step, seal, (), LI, NOW)
    with refused("way_back.needs_a_file"):
        rules.check_files(step, ())
    standing = model.after(standing, accepted)
    assert standing.to_check == ()
    with refused("way_back.step_done"):
        rules.hand_in(way("fraud.cleared"), standing, step, seal, (), LI, NOW)


@pytest.mark.parametrize("strokes", [[[]], [[[1]]], [[[1, 2, 3]]], [[[-1, 0]]], [[[0, 1001]]],
                                     [[[True, 0]]], [[[0, 0]] * 4001]])  # fmt: skip
def test_a_drawing_is_lines_of_points_on_a_square(strokes: list[list[list[int]]]) -> None:
    assert rules.check_strokes(policy(), [[[0, 0], [1000, 1000]]]) == (((0, 0), (1000, 1000)),)
    with refused("pledge.bad_drawing"):
        rules.check_strokes(policy(), strokes)


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\x00b"])
def test_a_pledge_needs_a_name(name: str) -> None:
    assert rules.check_name(policy(), "  李  四 ") == "李 四"
    with refused("pledge.no_name"):
        rules.check_name(policy(), name)
