"""A decision can be looked at before it is made: the same letter, the same refusals, no trace."""

import pytest
from tests.stories.stage import INSULT, Stage, declined, refused, violation

from gongdao.domain.decisions.model import Measure
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.kernel.errors import GongdaoError, NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.domain.policy.model import Penalty, Scope

CLOSURE = Measure(Penalty.CLOSURE, Scope.ACCOUNT)


def test_a_draft_reads_like_the_decision_and_keeps_nothing(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    before = (stage.case(receipt.case), stage.told(receipt.case), stage.strikes("li_si"))
    draft = stage.app.deciding.draft(receipt.case, violation(), ana)
    assert (stage.case(receipt.case), stage.told(receipt.case), stage.strikes("li_si")) == before
    with refused("not_found", NotFound):
        stage.decision(draft.grounds.decision)

    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    kept = stage.app.files.open(receipt.case, ana).decisions[0]
    assert kept.id == decision
    assert kept.statement_zh is not None
    assert kept.statement_zh.sections == draft.zh.sections
    assert kept.statement_en is not None
    assert kept.statement_en.sections == draft.en.sections


@pytest.mark.parametrize(
    ("ruling", "code"),
    [
        (violation("no.such"), "decision.unknown_clause"),
        (violation(measure=CLOSURE), "decision.ladder_skipped"),
        (declined("no such ground"), "decision.unknown_ground"),
    ],
)
def test_a_draft_is_refused_for_what_the_decision_would_be(
    stage: Stage, ruling: Ruling, code: str
) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    case = (stage.report() if ruling.ground else stage.accepted(ana)).case
    for act in (stage.app.deciding.draft, stage.app.deciding.decide):
        with refused(code, Refused):
            act(case, ruling, ana)


def test_a_draft_is_nobody_elses_to_ask_for(stage: Stage) -> None:
    ana, ou = stage.hire("ana", Role.REVIEWER), stage.hire("ou", Role.AUDITOR)
    receipt = stage.accepted(ana)
    for caller in (ou, stage.account("li_si")):
        with pytest.raises(GongdaoError) as said:
            stage.app.deciding.draft(receipt.case, violation("no.such"), caller)
        assert said.value.code == "not_found"


def test_the_record_counts_what_still_counts(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    first = stage.decided(ana)
    last = stage.decided(ana)
    record = stage.app.deciding.record
    assert record(stage.case_of(last)) == {INSULT: 2}
    appeal = stage.appealed(first)
    stage.app.reviewing.overturn(appeal, "原决定认定的事实不成立，予以撤销。", bo)
    assert record(stage.case_of(last)) == {INSULT: 1}
    stage.tick(days=200)
    assert record(stage.case_of(last)) == {}
