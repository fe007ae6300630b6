"""What the passing of time does: reminders, missed answers, pauses, dates not yet published."""

from dataclasses import replace
from datetime import date, datetime

from tests.parts.kernel.published import calendar_of_2026
from tests.stories.stage import GROUNDS, Stage, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.casefile import ClockView
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Role
from gongdao.domain.notices.model import Reader


def asked(stage: Stage, ana: Caller) -> Receipt:
    """A case whose respondent was asked on a Monday at nine."""
    receipt = stage.accepted(ana)
    stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    return receipt


def decision_clock(stage: Stage, receipt: Receipt) -> ClockView:
    """Until when the case must be decided, as its reporter sees it."""
    return next(clock for clock in stage.sees(receipt).clocks if clock.kind == "decision")


def test_a_missed_answer_climbs_the_ladder_and_the_statement_says_so(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = asked(stage, ana)
    with refused("case.answer_awaited"):
        stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.tick(hours=48) == 1
    assert stage.told(receipt.case, Reader.RESPONDENT) == ["answer_requested", "answer_reminder"]
    stage.tick(seconds=1)
    assert stage.told(receipt.case, Reader.RESPONDENT)[-1] == "answer_missed"
    assert stage.tick() == 0

    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.measures(receipt.case) == [("restriction", "in_force")]
    letter = stage.last_letter(receipt.case, "decision_to_respondent")
    assert "在规定的时间内没有收到您的说明。按规则，处罚上调 1 级。" in letter
    english = stage.last_letter(receipt.case, "decision_to_respondent", "en")
    assert (
        stage.records.statement_words(stage.case(receipt.case).pack, "en").answer_missed.format(
            rungs=1
        )
        in english
    )


def test_a_decided_case_awaits_no_answer_and_is_not_overdue(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = asked(stage, ana)
    stage.tick(hours=49)
    assert len(stage.records.deadlines.running(receipt.case)) == 2
    assert stage.app.desk.counts(ana).overdue == 1
    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.records.deadlines.running(receipt.case) == []
    assert stage.app.desk.counts(ana).overdue == 0


def test_an_answer_that_comes_late_is_read_and_the_statement_still_says_what_it_cost(
    stage: Stage,
) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = asked(stage, ana)
    stage.tick(hours=49)
    stage.app.investigating.answer(receipt.case, GROUNDS, stage.account("li_si"))
    stage.app.deciding.decide(receipt.case, violation(), ana)
    letter = stage.last_letter(receipt.case, "decision_to_respondent")
    assert stage.measures(receipt.case) == [("restriction", "in_force")]
    assert "您提交了说明，我们已经考虑。" in letter
    assert "处罚上调 1 级" in letter


def test_the_respondent_is_reminded_twice_and_an_answer_ends_the_clock(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = asked(stage, ana)
    stage.tick(hours=23)
    assert "answer_reminder" not in stage.told(receipt.case)
    stage.tick(hours=1)
    stage.tick(hours=20)
    assert stage.told(receipt.case).count("answer_reminder") == 2
    stage.app.investigating.answer(receipt.case, GROUNDS, stage.account("li_si"))
    stage.tick(hours=10)
    assert "answer_missed" not in stage.told(receipt.case)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.measures(receipt.case) == [("warning", "in_force")]


def test_a_decision_that_is_late_is_said_and_stands_at_the_desk(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    due = decision_clock(stage, receipt).due_at
    assert due == datetime(2026, 3, 11, 23, 59, 59, tzinfo=CHINA)
    stage.tick(days=11)
    assert "2026-03-11 23:59" in stage.last_letter(receipt.case, "deadline_delayed")
    overdue = stage.app.desk.queue(ana, QueueName.OVERDUE)
    assert [line.id for line in overdue.lines] == [receipt.case]
    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.app.desk.queue(ana, QueueName.OVERDUE).lines == ()


def test_a_report_nobody_looked_at_is_not_forgotten(stage: Stage) -> None:
    receipt = stage.report()
    stage.tick(days=2)
    assert stage.told(receipt.case) == ["report_received", "deadline_delayed"]


def test_notarisation_holds_the_clock(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.clock.pass_(days=1)
    stage.app.investigating.pause(receipt.case, "notarisation", ana)
    assert decision_clock(stage, receipt).paused
    with refused("deadline.already_paused"):
        stage.app.investigating.pause(receipt.case, "notarisation", ana)
    with refused("deadline.unknown_reason"):
        stage.app.investigating.pause(receipt.case, "a_holiday", ana)
    with refused("deadline.not_paused"):
        stage.app.investigating.resume(receipt.case, "expert_opinion", ana)
    stage.tick(days=14)
    stage.app.investigating.resume(receipt.case, "notarisation", ana)
    clock = decision_clock(stage, receipt)
    assert not clock.paused
    # Tuesday the 3rd to Tuesday the 17th do not count: seven working days from the 18th on.
    assert clock.due_at == datetime(2026, 3, 26, 23, 59, 59, tzinfo=CHINA)
    assert "deadline_delayed" not in stage.told(receipt.case)


def test_a_pause_ends_by_itself_after_twenty_working_days(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.clock.pass_(days=1)
    stage.app.investigating.pause(receipt.case, "notarisation", ana)
    stage.tick(days=60)
    clock = decision_clock(stage, receipt)
    # Twenty working days from the 3rd of March end on the 30th; seven more, with Qingming off.
    assert (clock.paused, clock.missed) == (False, True)
    assert clock.due_at == datetime(2026, 4, 9, 23, 59, 59, tzinfo=CHINA)
    with refused("deadline.missed"):
        stage.app.investigating.pause(receipt.case, "notarisation", ana)


def test_a_date_in_an_unpublished_year_is_provisional_and_becomes_firm(stage: Stage) -> None:
    stage.clock.go_to(datetime(2026, 12, 28, 10, 0, tzinfo=CHINA))
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    before = decision_clock(stage, receipt)
    assert (before.provisional, before.due_at.date()) == (True, date(2027, 1, 6))
    assert "2027 年的放假安排尚未公布" in stage.last_letter(receipt.case, "report_accepted")

    known = calendar_of_2026()
    published = replace(
        known,
        version="with 2027",
        known_through=date(2027, 12, 31),
        holidays=known.holidays | {date(2027, 1, 1)},
    )
    later = stage.with_(calendar=published)
    later.tick()
    after = decision_clock(later, receipt)
    assert (after.provisional, after.calendar) == (False, "with 2027")
    assert after.due_at == datetime(2027, 1, 7, 23, 59, 59, tzinfo=CHINA)


def test_a_rectification_is_met_or_missed(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    clause = "marketing.false_claim"
    first = stage.accepted(ana, category="marketing", account="shop_1")
    second = stage.accepted(ana, category="marketing", account="shop_2")
    for receipt in (first, second):
        stage.app.deciding.decide(receipt.case, violation(clause), ana)
    assert stage.measures(first.case) == [("rectification", "in_force")]
    stage.app.investigating.rectify(first.case, "广告已经撤下并更正。", stage.account("shop_1"))
    with refused("case.nothing_to_rectify"):
        stage.app.investigating.rectify(first.case, "广告已经撤下并更正。", stage.account("shop_1"))
    stage.tick(days=30)
    assert "escalated" not in stage.told(first.case)
    assert "escalated" in stage.told(second.case, Reader.RESPONDENT)
