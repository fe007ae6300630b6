"""An appeal over the phone: taken down, read back, confirmed, and heard by somebody else."""

from datetime import timedelta

import pytest
from tests.stories.stage import Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.dictation import PARTS
from gongdao.domain.appeals.model import Channel
from gongdao.domain.flows.phoning import Phoning
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import DecisionId, DictationId

SAID = ("昨天晚上八点十二分我在评论里引用了别人骂我的原话。", "", "以后引用别人的话我会加上引号。")
FULL_WIDTH = {ord("0") + n: 0xFF10 + n for n in range(10)}
"""Digits as Chinese keyboards write them."""


def phoning(stage: Stage) -> Phoning:
    return stage.app.around_appeals.phoning


def code_of(stage: Stage, decision: DecisionId) -> str:
    """The appeal code of li_si's letter."""
    case = stage.case_of(decision)
    assert case.respondent is not None
    with stage.records.work():
        return stage.records.codes.issue(case.id, case.respondent)


def read_back(stage: Stage, decision: DecisionId, taker: Caller) -> tuple[DictationId, str]:
    """A call that was taken down and read back, and its confirmation code."""
    p = phoning(stage)
    call = p.take(code_of(stage, decision), taker)
    p.write(call, SAID, taker)
    p.read_back(call, PARTS, taker)
    return call, p.at_desk(call, taker).code


def test_a_call_becomes_an_appeal_once_its_maker_confirms_it(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    decision = stage.decided(ana)
    p, case = phoning(stage), stage.case_of(decision).id
    _, li_si = stage.app.files.by_code(code_of(stage, decision))
    called_at = stage.clock()
    call = p.take(code_of(stage, decision), bo)
    with refused("dictation.empty"):
        p.read_back(call, PARTS, bo)
    p.write(call, SAID, bo)
    # The call drops here: what was said is there for its maker, and for any colleague.
    assert p.of_case(case, li_si)[0].parts == SAID
    cy = stage.hire("cy", Role.REVIEWER)
    with refused("dictation.not_read_back"):
        p.read_back(call, ("facts", "change"), cy)
    assert p.at_desk(call, bo).code == ""
    p.read_back(call, PARTS, bo)
    code = p.at_desk(call, bo).code
    assert len(code) == 6
    assert p.at_desk(call, cy).code == ""
    assert p.of_case(case, li_si)[0].code == ""
    assert stage.records.appeals.of_decision(decision) == []

    stage.clock.pass_(hours=10)
    wide = code[3:].translate(FULL_WIDTH)
    appeal = p.confirm(call, f" {code[:3]} {wide}", li_si)
    filed = stage.records.appeals.get(appeal).now
    assert filed.filing.channel is Channel.PHONE
    assert filed.filing.asked_at == called_at
    assert filed.reviewer == cy.person, "whoever took it down does not hear it"
    assert stage.records.opened(filed.grounds).startswith("事实：昨天晚上")
    assert p.of_case(case, li_si) == []
    with refused("dictation.confirmed_already"):
        p.confirm(call, code, li_si)


def test_the_window_counts_from_the_call_if_it_is_confirmed_in_time(fakes: Stage) -> None:
    ana, bo = fakes.hire("ana", Role.REVIEWER), fakes.hire("bo", Role.OPERATOR)
    decision, late = fakes.decided(ana), fakes.decided(ana, account="zhao_liu")
    closes = fakes.decision(decision).appeal_closes
    assert closes is not None
    fakes.clock.go_to(closes - timedelta(hours=1))
    call, code = read_back(fakes, decision, bo)
    over, over_code = read_back(fakes, late, bo)
    fakes.clock.pass_(hours=48)
    _, li_si = fakes.app.files.by_code(code_of(fakes, decision))
    with refused("appeal.too_late"):
        fakes.appealed(decision)
    p = phoning(fakes)
    assert fakes.records.appeals.get(p.confirm(call, code, li_si)).now.level == 1

    fakes.clock.pass_(hours=25)
    _, zhao = fakes.app.files.by_code(code_of(fakes, late))
    with refused("dictation.over"):
        p.confirm(over, over_code, zhao)
    assert [each.stage for each in p.of_case(fakes.case_of(late).id, zhao)] == ["over"]
    with refused("dictation.nothing_to_appeal"):
        p.take(code_of(fakes, late), bo)


def test_wrong_codes_are_counted_and_a_second_call_needs_somebody_else(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    decision = stage.decided(ana)
    call, code = read_back(stage, decision, bo)
    p = phoning(stage)
    with refused("dictation.same_taker"):
        p.confirm_called(call, code, bo)
    with refused("dictation.way_closed"):
        p.confirm_spoken(call, bo)
    wrong = "0" * 6 if code != "0" * 6 else "1" * 6
    _, li_si = stage.app.files.by_code(code_of(stage, decision))
    for left in (4, 3, 2, 1, 0):
        with refused("dictation.wrong_code", left=left):
            p.confirm(call, wrong, li_si)
    with refused("dictation.locked"):
        p.confirm(call, code, li_si)
    again, fresh = read_back(stage, decision, bo)
    cy = stage.hire("cy", Role.OPERATOR)
    assert p.confirm_called(again, fresh, cy)


def test_only_the_code_opens_it_and_strangers_find_nothing(fakes: Stage) -> None:
    ana, bo = fakes.hire("ana", Role.REVIEWER), fakes.hire("bo", Role.REVIEWER)
    decision = fakes.decided(ana)
    p = phoning(fakes)
    with pytest.raises(NotFound):
        p.take("7K3M-AAAA-BBBB-CCCC-DDDD", bo)
    for stranger in (fakes.account("wang_wu"), fakes.hire("au", Role.AUDITOR), Caller(None)):
        with pytest.raises(NotFound):
            p.take(code_of(fakes, decision), stranger)
    call, code = read_back(fakes, decision, bo)
    receipt = fakes.report(account="wang_wu")
    _, reporter = fakes.app.files.by_code(receipt.code)
    for stranger in (fakes.account("wang_wu"), reporter):
        with pytest.raises(NotFound):
            p.confirm(call, code, stranger)
        with pytest.raises(NotFound):
            p.at_desk(call, stranger)
    with refused("dictation.nothing_to_appeal"):
        p.take(receipt.code, bo)
