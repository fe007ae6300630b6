"""Who may do what while an appeal is heard: each refusal by its code, over every standing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from gongdao.domain.appeals import hearing, rules
from gongdao.domain.appeals.model import Appeal, AppealStage, AppealStep, Side, after
from gongdao.domain.appeals.opinions import Leaning
from gongdao.domain.appeals.rules import Reopening, UnderAppeal
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, ExhibitId, PersonId, Sealed
from gongdao.domain.policy.basics import Basis
from gongdao.domain.policy.hearing import TwoPeople
from gongdao.domain.policy.model import Penalty

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEXT = Sealed("text")
HEARS, SECOND, THIRD = PersonId("hears"), PersonId("second"), PersonId("third")
DECIDED, APPEALS = PersonId("decided"), PersonId("appeals")
PARTS = frozenset({DECIDED})
BY = {person: Actor(Role.REVIEWER, person) for person in (HEARS, SECOND, THIRD, DECIDED)}
HER = Actor(Role.RESPONDENT, APPEALS)
UPHOLD, CHANGE, OVERTURN = Leaning

PLAIN = Appeal(
    id=AppealId("a"),
    decision=DecisionId("d"),
    case=CaseId("c"),
    level=1,
    side=Side.RESPONDENT,
    appellant=APPEALS,
    grounds=TEXT,
    filed_at=NOW,
    stage=AppealStage.UNDER_REVIEW,
    reviewer=HEARS,
)
ENDED = replace(PLAIN, stage=AppealStage.UPHELD)


def then(appeal: Appeal, *steps: AppealStep | None) -> Appeal:
    """The appeal after these."""
    for step in steps:
        assert step is not None
        appeal = after(appeal, step)
    return appeal


def opinion(appeal: Appeal, by: PersonId = HEARS, leaning: Leaning = UPHOLD) -> AppealStep:
    return hearing.write_opinion(appeal, leaning, TEXT, BY[by], NOW)


def asked(appeal: Appeal, by: PersonId = HEARS) -> AppealStep:
    return hearing.ask(appeal, TEXT, NOW + timedelta(days=1), BY[by], NOW)


def wanted(appeal: Appeal, of: PersonId = SECOND) -> AppealStep:
    return hearing.ask_second(appeal, of, TEXT, PARTS, BY[HEARS], NOW)


def given(appeal: Appeal, by: PersonId = SECOND) -> AppealStep:
    return hearing.give_second(appeal, OVERTURN, TEXT, PARTS, BY[by], NOW)


def held(appeal: Appeal, by: PersonId = HEARS, ending: Leaning = UPHOLD) -> AppealStep:
    return hearing.hold(appeal, ending, TEXT, None, ("marked",), BY[by], NOW)


def confirmed(appeal: Appeal, by: Actor = BY[SECOND], *, senior: bool = False) -> AppealStep:
    return hearing.confirm(appeal, TEXT, PARTS, by, NOW, senior=senior)[1]


WRITTEN = then(PLAIN, opinion(PLAIN))
ASKED = then(PLAIN, asked(PLAIN))
LAPSED = then(ASKED, hearing.lapse(ASKED, NOW))
WANTED = then(PLAIN, wanted(PLAIN))
HELD = then(PLAIN, held(PLAIN))
REVIEW = replace(PLAIN, side=Side.REPORTER)

REFUSED: dict[str, tuple[str, Callable[[], object]]] = {
    "an opinion of somebody else": ("not_yours", lambda: opinion(PLAIN, SECOND)),
    "a second first opinion": ("opinion_written", lambda: opinion(WRITTEN)),
    "an opinion once it is over": ("not_under_review", lambda: opinion(ENDED)),
    "a change where nothing was taken": (
        "nothing_to_change",
        lambda: opinion(REVIEW, leaning=CHANGE),
    ),
    "a note of a stranger": ("not_yours", lambda: hearing.note(PLAIN, TEXT, BY[THIRD], NOW)),
    "a question of somebody else": ("not_yours", lambda: asked(PLAIN, SECOND)),
    "a question beside another": ("question_open", lambda: asked(ASKED)),
    "a question once the outcome is written": ("outcome_held", lambda: asked(HELD)),
    "an answer to nothing": ("nothing_asked", lambda: hearing.answer(PLAIN, TEXT, HER, NOW)),
    "an answer once it is over": (
        "nothing_asked",
        lambda: hearing.answer(replace(ASKED, stage=AppealStage.OVERTURNED), TEXT, HER, NOW),
    ),
    "an outcome against whoever is being asked": (
        "answer_awaited",
        lambda: rules.uphold(ASKED, TEXT, BY[HEARS], NOW),
    ),
    "a milder one, too": ("answer_awaited", lambda: rules.change(ASKED, TEXT, BY[HEARS], NOW)),
    "a second opinion of a decider": ("not_independent", lambda: wanted(PLAIN, DECIDED)),
    "of the appellant": ("not_independent", lambda: wanted(PLAIN, APPEALS)),
    "of the reviewer": ("not_independent", lambda: wanted(PLAIN, HEARS)),
    "two second opinions at once": ("opinion_awaited", lambda: wanted(WANTED, THIRD)),
    "one that nobody asked for": ("opinion_not_asked", lambda: given(PLAIN)),
    "one by another than was asked": ("opinion_not_asked", lambda: given(WANTED, THIRD)),
    "one behind the outcome": ("opinion_not_asked", lambda: given(then(WANTED, held(WANTED)))),
    "an outcome of somebody else": ("not_yours", lambda: held(PLAIN, SECOND)),
    "another outcome beside the one held": ("outcome_held", lambda: held(HELD)),
    "ending what is held, alone": (
        "outcome_held",
        lambda: rules.overturn(HELD, TEXT, BY[HEARS], NOW),
    ),
    "confirming nothing": ("nothing_held", lambda: confirmed(PLAIN)),
    "confirming one's own": ("own_outcome", lambda: confirmed(HELD, BY[HEARS])),
    "confirming after deciding the case": ("not_independent", lambda: confirmed(HELD, BY[DECIDED])),
    "confirming as a machine": ("needs_a_person", lambda: confirmed(HELD, SYSTEM)),
    "confirming without the level's rank": (
        "needs_a_senior",
        lambda: confirmed(HELD, senior=True),
    ),
    "refusing one's own": (
        "own_outcome",
        lambda: hearing.refuse(HELD, TEXT, PARTS, BY[HEARS], NOW, senior=False),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_each_refusal_has_its_code(what: str) -> None:
    code, step = REFUSED[what]
    with pytest.raises(Refused) as said:
        step()
    assert said.value.code == f"appeal.{code}"


def test_what_an_appeal_waits_for_at_every_turn() -> None:
    answered = then(ASKED, hearing.answer(ASKED, TEXT, HER, NOW))
    late = then(LAPSED, hearing.answer(LAPSED, TEXT, HER, NOW))
    advised = then(WANTED, given(WANTED))
    stood_for = then(HELD, confirmed(HELD))
    assert [
        one.waits_for
        for one in (PLAIN, ASKED, answered, LAPSED, late, WANTED, advised, HELD, stood_for)
    ] == ["", "appellant", "", "", "", "second_opinion", "", "second_person", ""]
    assert hearing.lapse(answered, NOW) is None
    assert (late.hearing.questions[0].lapsed, late.hearing.questions[0].answer) == (True, TEXT)
    # In favour of whoever is being asked one need not wait for the answer.
    assert rules.overturn(ASKED, TEXT, BY[HEARS], NOW).kind == "appeal.overturned"
    assert stood_for.hearing.two_people


def test_nothing_is_foreseen_before_ones_own_opinion() -> None:
    both = then(WANTED, given(WANTED))
    assert [hearing.may_foresee(both, who) for who in (HEARS, SECOND, THIRD, None)] == [
        False,
        True,
        False,
        False,
    ]
    assert hearing.may_foresee(WRITTEN, HEARS)
    assert not hearing.may_foresee(WRITTEN, SECOND)
    assert hearing.may_foresee(ENDED, THIRD)


@pytest.mark.parametrize(
    ("once_more", "ground"),
    [
        (None, "levels"),
        (Reopening(NOW + timedelta(days=1)), "same_facts"),
        (Reopening(NOW - timedelta(days=1), (ExhibitId("new"),)), "window"),
        (Reopening(NOW + timedelta(days=1), (ExhibitId("new"),), used=True), "reopened"),
        (Reopening(NOW + timedelta(days=1), (ExhibitId("new"),)), ""),
    ],
)
def test_final_names_its_ground(once_more: Reopening | None, ground: str) -> None:
    about = UnderAppeal(
        decision=DecisionId("d"),
        case=CaseId("c"),
        respondent=APPEALS,
        reporters=(),
        violation=True,
        overturned=False,
        level=2,
        closes_at=None,
        reopening=once_more,
    )
    if not ground:
        assert rules.check_reopening(about, NOW) == ("new",)
        return
    with pytest.raises(Refused) as said:
        rules.check_reopening(about, NOW)
    assert (said.value.code, said.value.facts["ground"]) == ("appeal.final", ground)


def test_the_pack_says_which_endings_and_penalties_need_two() -> None:
    rule = TwoPeople(
        endings=("overturn",),
        penalties=("closure",),
        source="house",
        as_of=NOW.date(),
        basis=Basis.HOUSE,
    )
    cases = [("overturn", None), ("uphold", "closure"), ("uphold", "warning"), ("change", None)]
    assert [rule.needs(*case) for case in cases] == [True, True, False, False]
    assert {"closure"} <= {penalty.value for penalty in Penalty}
