"""One's own reports that were right speak for one's account, while their decisions stand."""

import pytest
from tests.stories.stage import Stage, no_violation, violation
from tests.stories.test_grades_of_accounts import Fallen, fallen

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.grade_views import Explaining
from gongdao.domain.kernel.ids import DecisionId
from gongdao.domain.policy.grades import Act, GradeCode
from gongdao.domain.standing.grades import Deed


@pytest.fixture
def on(fakes: Stage) -> Fallen:
    return fallen(fakes)


def reported(on: Fallen, ruling: Ruling | None = None, account: str = "wang_wu") -> DecisionId:
    """li_si reports what another wrote; it is decided."""
    return on.stage.decided(on.ana, ruling, caller=on.li_si, account=account)


def right(on: Fallen) -> list[Deed]:
    return [each for each in on.now().stands.deeds if each.act is Act.REPORT]


def test_a_report_that_was_right_makes_what_was_before_it_lighter(on: Fallen) -> None:
    before = on.now().stands.points
    on.stage.clock.pass_(minutes=1)
    reported(on, no_violation())
    assert right(on) == []
    decision = reported(on)
    (deed,) = right(on)
    assert deed.about == on.stage.case_of(decision).id
    assert on.now().stands.points == pytest.approx(before * 0.97, rel=1e-4)

    ana, bo, cai = on.ana, on.bo, on.cai
    appeal = on.stage.appealed(decision, on.stage.account("wang_wu"))
    by = on.stage.reviewer_of(appeal, ana, bo, cai)
    on.stage.app.reviewing.overturn(appeal, "这是引用，不构成辱骂。", by)
    assert right(on) == []
    assert on.now().stands.points == pytest.approx(before, rel=1e-4)
    assert on.now().in_effect is GradeCode.C  # heavier again, and nobody told: no restriction


def test_whoever_joins_what_another_reported_gains_nothing(on: Fallen) -> None:
    stage = on.stage
    stage.clock.pass_(minutes=1)
    same = {"subject_ref": "post-7", "account": "wang_wu"}
    first = stage.accepted(on.ana, stage.account("zhang_san"), **same)
    stage.clock.pass_(minutes=1)
    assert stage.report(on.li_si, **same).case == first.case
    stage.app.deciding.decide(first.case, violation(), on.ana)
    assert right(on) == []


def test_a_grade_that_is_better_by_it_is_told_at_once(on: Fallen) -> None:
    stage = on.stage
    stage.tick(hours=49)
    moment = on.account().next_look
    assert moment is not None
    stage.clock.pass_(hours=(moment - stage.clock()).total_seconds() / 3600 - 2)
    assert on.now().in_effect is GradeCode.D
    reported(on)
    assert (on.now().in_effect, on.account().told) == (GradeCode.C, GradeCode.C)
    assert on.told()[-1] == "standing_rose_deed"
    letter = stage.last_letter(on.account().id, "standing_rose_deed")
    assert "有利于您的记录" in letter


def test_nobody_else_reads_that_and_when_an_account_reported(on: Fallen) -> None:
    on.stage.clock.pass_(minutes=1)
    decision, explaining = reported(on), Explaining(on.stage.records)
    case = on.stage.case_of(on.decisions[0]).id

    assert [deed.act for deed in explaining.own(on.li_si, "zh").deeds] == ["report"]
    beside = explaining.beside(case, on.cai, "zh")
    assert beside is not None
    for view in (
        beside,
        explaining.of_account("li_si", on.cai, "zh"),
        explaining.to_hear(on.account().id, on.cai, "zh"),
        explaining.own(Caller(on.li_si.person, only_case=case), "zh"),
    ):
        assert view.deeds == ()
        assert view.points == pytest.approx(on.now().stands.points)
    assert decision not in {item.decision for item in beside.items}
