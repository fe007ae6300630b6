"""Cases that may be about the same matter: proposed with the reason, and never joined silently."""

import pytest
from tests.stories.stage import Stage, no_violation, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.alike import AlikeView, Why
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.intake.likeness import likeness
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId

STATEMENT = "他在我的帖子下面连着骂了三天，请处理。"
NEARLY = "他在我的帖子下面连着骂了三天，请你们处理！"
ELSE = "此人冒充官方客服，骗走了两百元。"


@pytest.fixture
def ana(stage: Stage) -> Caller:
    return stage.hire("ana", Role.REVIEWER)


def proposed(stage: Stage, case: CaseId, who: Caller) -> list[tuple[CaseId, bool]]:
    return [(each.case, each.same) for each in stage.app.alike.of(case, who)]


def test_the_same_account_is_proposed_the_most_alike_first(stage: Stage, ana: Caller) -> None:
    first = stage.report(statement=STATEMENT)
    other = stage.report(statement=ELSE)
    nearly = stage.report(statement=NEARLY)
    stage.report(statement=STATEMENT, account="wang_wu")
    stage.report(statement=STATEMENT, account=None)
    found = stage.app.alike.of(first.case, ana)
    assert [each.case for each in found] == [nearly.case, other.case]
    assert found[0].wording > 60
    assert found[1].wording < 20
    assert {each.why for each in found} == {(Why.ACCOUNT,)}
    assert [each.subject_ref for each in found] == ["post-83", "post-82"]


def test_what_was_found_is_remembered_by_both_and_not_proposed_again(
    stage: Stage, ana: Caller
) -> None:
    one, other = stage.report(statement=STATEMENT).case, stage.report(statement=NEARLY).case
    compare = stage.app.alike.compare
    compare(one, other, same=True, caller=ana)
    assert proposed(stage, one, ana) == [(other, True)]
    assert proposed(stage, other, ana) == [(one, True)]
    compare(other, one, same=True, caller=ana)
    assert stage.records.cases.get(one).version == 2, "said twice, kept once"

    compare(other, one, same=False, caller=ana)
    assert proposed(stage, one, ana) == proposed(stage, other, ana) == []
    compare(one, other, same=True, caller=ana)
    assert proposed(stage, other, ana) == [(one, True)]


def test_what_is_the_same_still_stands_there_once_it_is_decided(stage: Stage, ana: Caller) -> None:
    one, other = stage.accepted(ana).case, stage.report().case
    stage.app.alike.compare(one, other, same=True, caller=ana)
    stage.app.deciding.decide(one, no_violation(), ana)
    assert [(e.case, e.why, e.stage) for e in stage.app.alike.of(other, ana)] == [
        (one, (Why.FOUND,), "decided")
    ]
    with refused("alike.closed"):
        stage.app.alike.compare(other, one, same=False, caller=ana)
    with refused("alike.itself"):
        stage.app.alike.compare(other, other, same=True, caller=ana)
    third = stage.report().case
    assert proposed(stage, one, ana) == [(other, True)], "a closed case is proposed nothing new"
    assert one not in {each.case for each in stage.app.alike.of(third, ana)}, "it is decided"


def test_it_is_the_affair_of_staff_without_a_part_in_either(stage: Stage, ana: Caller) -> None:
    one, other = stage.report(ana), stage.report()
    bo, ou = stage.hire("bo", Role.REVIEWER), stage.hire("ou", Role.AUDITOR)
    for nobody in (Caller(None), stage.account("li_si"), stage.account("wang_wu"), ana):
        with refused("not_found", NotFound):
            stage.app.alike.of(one.case, nobody)
    for nobody in (Caller(None), stage.account("li_si"), stage.account("wang_wu")):
        with refused("not_found", NotFound):
            stage.app.alike.compare(one.case, other.case, same=True, caller=nobody)
    for case, beside in ((one.case, other.case), (other.case, one.case)):
        with refused("access.own_case"):
            stage.app.alike.compare(case, beside, same=True, caller=ana)
    with refused("not_found", NotFound):
        stage.app.alike.compare(one.case, other.case, same=True, caller=ou)
    assert proposed(stage, one.case, ou) == proposed(stage, one.case, bo) != []
    stage.app.alike.compare(one.case, other.case, same=True, caller=bo)

    def kinds(view: CaseView) -> set[str]:
        return {entry.kind for entry in view.timeline}

    assert "case.compared" in kinds(stage.app.files.open(one.case, bo))
    assert "case.compared" not in kinds(stage.sees(one))
    assert "case.compared" not in kinds(stage.app.files.open(other.case, stage.account("li_si")))
    assert stage.case(one.case).took_part >= {bo.person}


def test_cases_of_one_group_are_proposed(stage: Stage, ana: Caller) -> None:
    app = Caller(None, frozenset({Role.APP}))
    stage.app.owning.name("g-1", ["chen_liu"], "跑步群", 80, app)
    one = stage.report(group="g-1", account="li_si").case
    other = stage.report(group="g-1", account="wang_wu").case
    stage.report(group="g-2", account="zhao_qi")
    found: list[AlikeView] = stage.app.alike.of(one, ana)
    assert [(each.case, each.why) for each in found] == [(other, (Why.GROUP,))]


def test_likeness_is_of_letters_and_digits_alone() -> None:
    assert likeness(STATEMENT, "他在我的帖子下面，连着骂了三天请处理") == 1
    assert likeness("ＡＢＣ１", "abc1") == 1
    assert likeness(STATEMENT, ELSE) == 0
    assert likeness("", "…") == likeness("", STATEMENT) == 0
    assert 0 < likeness("abcd", "abce") < 1
    assert likeness("好", "好！") == 1
