"""Verified firms: from the application to the lane, and how the verification is lost."""

from dataclasses import replace
from typing import Any

import pytest
from tests.stories.files_of import sent
from tests.stories.stage import Stage, refused, violation

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.appeals.model import AppealStage
from gongdao.domain.firms.model import FirmId, FirmStage
from gongdao.domain.firms.rules import Application
from gongdao.domain.flows.firming import Firming
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.notices.model import Reader

NUMBER = "91110000600037341L"
APPLICATION = Application("北京示例有限公司", NUMBER, "王五", "王 五", agreed=True)


def firms(stage: Stage) -> Firming:
    return stage.app.around_appeals.firms


def applied(stage: Stage, who: Caller, **changes: Any) -> FirmId:
    given = replace(APPLICATION, **changes)
    return firms(stage).apply(given, sent(stage), "zh", who)


def verified(stage: Stage, who: Caller, by: Caller) -> FirmId:
    firm = applied(stage, who)
    firms(stage).decide(firm, "营业执照和公示信息一致。", by, accept=True)
    return firm


def told(stage: Stage, firm: FirmId) -> list[str]:
    return stage.told(firm, Reader.FIRM)


@pytest.fixture
def shop(stage: Stage) -> Caller:
    return stage.account("li_si")


@pytest.fixture
def ana(stage: Stage) -> Caller:
    return stage.hire("ana", Role.REVIEWER)


def test_a_firm_is_verified_trained_and_let_into_the_lane(
    stage: Stage, shop: Caller, ana: Caller
) -> None:
    for wrong, code in (
        ({"number": NUMBER[:-1] + "X"}, "firm.bad_number"),
        ({"name": " "}, "firm.name_missing"),
    ):
        with refused(code, BadInput):
            applied(stage, shop, **wrong)
    for said, code in (
        ({"signature": "赵六"}, "firm.not_signed"),
        ({"agreed": False}, "firm.not_agreed"),
    ):
        with refused(code):
            applied(stage, shop, **said)
    firm = applied(stage, shop)
    with refused("firm.not_now"):
        applied(stage, shop)
    firms(stage).decide(firm, "材料齐全，信息一致。", ana, accept=True)
    mine = firms(stage).mine(shop)
    assert mine is not None
    assert (mine.stage, mine.lane) == (FirmStage.VERIFIED, False)
    assert stage.records.opened(mine.papers.number) == NUMBER
    assert firms(stage).needs(mine).missing == ("hours", "exam")
    firms(stage).hours(firm, 90, "线下培训签到表", ana)
    firms(stage).exam(firm, "试卷 2026-03，92 分", ana, passed=True)
    assert not firms(stage).open(firm, ana).lane
    firms(stage).hours(firm, 30, "线上课程证书", ana)
    assert firms(stage).open(firm, ana).lane
    firms(stage).deposit(firm, 500_000, "转账凭证 0412", ana)
    with refused("firm.below_zero", fen=500_000):
        firms(stage).deposit(firm, -500_001, "退回", ana)
    assert firms(stage).open(firm, ana).balance_fen == 500_000
    assert told(stage, firm) == ["firm_accepted"]


def test_only_staff_decide_and_nobody_on_their_own(stage: Stage, shop: Caller, ana: Caller) -> None:
    firm = applied(stage, shop)
    own = Caller(shop.person, frozenset({Role.REVIEWER}))
    with refused("firm.own"):
        firms(stage).decide(firm, "很好。", own, accept=True)
    for stranger in (NOBODY, shop, stage.account("zhang_san")):
        with refused("not_found", NotFound):
            firms(stage).open(firm, stranger)
    firms(stage).decide(firm, "执照已过期。", ana, accept=False)
    with refused("firm.not_waiting"):
        firms(stage).decide(firm, "再看。", ana, accept=True)
    assert told(stage, firm) == ["firm_refused"]
    first = verified(stage, shop, ana)
    other = applied(stage, stage.account("zhang_san"))
    assert first == firm
    with refused("firm.number_taken"):
        firms(stage).decide(other, "一致。", ana, accept=True)


def test_repetition_costs_the_verification_and_an_overturned_decision_gives_it_back(
    stage: Stage, shop: Caller, ana: Caller
) -> None:
    senior = stage.hire("chief", Role.SENIOR_REVIEWER)
    firm = verified(stage, shop, ana)
    decisions = [stage.decided(ana, violation()) for _ in range(3)]
    lost = firms(stage).open(firm, ana)
    assert (lost.stage, lost.loss is not None) == (FirmStage.LOST, True)
    assert lost.loss is not None
    statement = stage.records.opened(lost.loss.statement_zh)
    assert "3 次" in statement
    assert "异议" in statement
    appeal = stage.appealed(decisions[-1], shop)
    reviewer = stage.reviewer_of(appeal, senior)
    stage.app.reviewing.overturn(appeal, "上下文表明他是在引用别人的话。", reviewer)
    assert stage.records.appeals.get(appeal).now.stage is AppealStage.OVERTURNED
    assert firms(stage).open(firm, ana).stage is FirmStage.VERIFIED
    assert told(stage, firm) == ["firm_accepted", "firm_lost", "firm_restored"]


def test_a_loss_is_objected_to_and_decided_by_a_senior_reviewer(
    stage: Stage, shop: Caller, ana: Caller
) -> None:
    senior = stage.hire("chief", Role.SENIOR_REVIEWER)
    firm = verified(stage, shop, ana)
    for _ in range(3):
        stage.decided(ana, violation())
    firms(stage).contest("三次都是同一条内容被重复举报。", shop)
    with refused("firm.no_loss"):
        firms(stage).contest("再说一次。", shop)
    with refused("not_found", NotFound):
        firms(stage).hear(firm, "……", ana, restored=True)
    firms(stage).hear(firm, "三次针对同一内容，不构成反复。", senior, restored=True)
    assert firms(stage).open(firm, ana).stage is FirmStage.VERIFIED
    stage.decided(ana, violation())
    assert firms(stage).open(firm, ana).stage is FirmStage.LOST, "a fourth one counts again"


def test_a_verification_ends_by_the_clock_unless_it_is_renewed(
    fakes: Stage,
) -> None:
    shop, ana = fakes.account("li_si"), fakes.hire("ana", Role.REVIEWER)
    firm = verified(fakes, shop, ana)
    fakes.tick(days=340)
    applied(fakes, shop)
    assert firms(fakes).open(firm, ana).stage is FirmStage.VERIFIED, "while it is checked"
    firms(fakes).decide(firm, "仍然一致。", ana, accept=True)
    fakes.tick(days=200)
    assert firms(fakes).open(firm, ana).stage is FirmStage.VERIFIED
    fakes.tick(days=170)
    fakes.tick(seconds=1)
    assert firms(fakes).open(firm, ana).stage is FirmStage.ENDED
    assert told(fakes, firm)[-1] == "firm_ended"


def test_what_is_given_back_after_its_time_ends_at_once(fakes: Stage) -> None:
    shop, ana = fakes.account("li_si"), fakes.hire("ana", Role.REVIEWER)
    senior = fakes.hire("chief", Role.SENIOR_REVIEWER)
    firm = verified(fakes, shop, ana)
    fakes.tick(days=362)
    for _ in range(3):
        fakes.decided(ana, violation())
    firms(fakes).contest("三次都是同一条内容被重复举报。", shop)
    fakes.tick(days=5)
    assert firms(fakes).open(firm, ana).stage is FirmStage.LOST
    firms(fakes).hear(firm, "三次针对同一内容，不构成反复。", senior, restored=True)
    now = firms(fakes).open(firm, ana)
    assert now.stage is FirmStage.ENDED
    assert told(fakes, firm)[-2:] == ["firm_restored", "firm_ended"]
    assert firms(fakes).apply(APPLICATION, sent(fakes), "zh", shop) == firm, "it may apply anew"
