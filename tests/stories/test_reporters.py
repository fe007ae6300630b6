"""What a reporter can do: take a report back, ask for a review, be refused kindly."""

from tests.stories.stage import (
    GROUNDS,
    REASONS,
    Stage,
    declined,
    no_violation,
    refused,
    violation,
)

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import Penalty, Scope

WARNING = Measure(Penalty.WARNING, Scope.CONTENT)


def holder(stage: Stage, receipt: Receipt) -> Caller:
    """Whoever holds the receipt."""
    return stage.app.files.by_code(receipt.code)[1]


def test_a_declined_report_is_reviewed_reopened_and_decided_by_somebody_else(stage: Stage) -> None:
    ana, bo, cy = (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo", "cy"))
    receipt = stage.report()
    reporter = holder(stage, receipt)
    decision = stage.app.deciding.decide(receipt.case, declined(), ana)
    assert stage.sees(receipt).can == ("ask_review",)
    assert "信息太少" in stage.last_letter(receipt.case, "report_declined")
    assert stage.told(receipt.case, Reader.RESPONDENT) == []

    appeal = stage.app.appealing.file(decision, GROUNDS, reporter)
    reviewer = stage.reviewer_of(appeal, ana, bo, cy)
    assert reviewer != ana
    stage.app.reviewing.overturn(appeal, "说明足够开始调查，应当受理。", reviewer)
    assert stage.sees(receipt).stage == "investigating"
    assert "review_reopened" in stage.told(receipt.case, Reader.REPORTER)

    with refused("decision.same_decider"):
        stage.app.deciding.decide(receipt.case, violation(), ana)
    stage.app.deciding.decide(receipt.case, violation(), cy)
    case = stage.case(receipt.case)
    assert (case.decided_by, case.rounds) == ((ana.person, cy.person), 2)
    assert stage.sees(receipt).outcome == "violation"
    assert stage.told(receipt.case, Reader.REPORTER)[-1] == "decision_to_reporter_violation"
    assert stage.told(receipt.case, Reader.RESPONDENT) == ["decision_to_respondent"]


def test_a_declined_report_that_is_reviewed_and_stands(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.report()
    decision = stage.app.deciding.decide(receipt.case, declined(), ana)
    appeal = stage.app.appealing.file(decision, GROUNDS, holder(stage, receipt))
    stage.app.reviewing.uphold(appeal, REASONS, bo)
    letter = stage.last_letter(receipt.case, "review_upheld")
    assert "第 2 级复核" in letter
    assert "12377" in letter
    assert stage.case(receipt.case).told


def test_a_withdrawal_that_ends_the_case(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.reporting.withdraw(receipt.case, "我们已经和好了。", holder(stage, receipt))
    seen = stage.sees(receipt)
    assert (seen.stage, seen.can, seen.clocks) == ("withdrawn", (), ())
    assert stage.told(receipt.case, Reader.REPORTER)[-1] == "withdrawal_confirmed"
    assert stage.told(receipt.case, Reader.RESPONDENT) == []
    with refused("case.wrong_stage"):
        stage.app.deciding.decide(receipt.case, violation(), ana)


def test_a_respondent_who_was_asked_is_told_that_the_case_ended(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    stage.app.reporting.withdraw(receipt.case, "", holder(stage, receipt))
    assert stage.told(receipt.case, Reader.RESPONDENT)[-1] == "withdrawn_to_respondent"
    assert stage.measures(receipt.case) == []


def test_a_withdrawal_after_which_the_case_goes_on(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, category="privacy")
    reporter = holder(stage, receipt)
    stage.app.reporting.withdraw(receipt.case, "", reporter)
    assert stage.sees(receipt).stage == "investigating"
    assert "别人也可能受害" in stage.last_letter(receipt.case, "withdrawal_goes_on")
    with refused("withdrawal.already"):
        stage.app.reporting.withdraw(receipt.case, "", reporter)
    stage.app.deciding.decide(receipt.case, violation("privacy.leak"), ana)
    assert stage.told(receipt.case, Reader.REPORTER)[-1] == "decision_to_reporter_violation"


def test_a_withdrawal_that_comes_too_late(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    taken_up = stage.accepted(ana, category="inducement")
    assert stage.sees(taken_up).can == ()
    with refused("withdrawal.too_late", stage="investigating"):
        stage.app.reporting.withdraw(taken_up.case, "", holder(stage, taken_up))

    receipt = stage.accepted(ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    with refused("withdrawal.too_late", stage="decided"):
        stage.app.reporting.withdraw(receipt.case, "", holder(stage, receipt))


def test_nobody_but_the_reporter_finds_a_report_to_withdraw(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    for caller in (ana, stage.account("li_si"), stage.account("a stranger")):
        with refused("not_found", NotFound):
            stage.app.reporting.withdraw(receipt.case, "", caller)


def test_no_violation_is_answered_with_reasons_and_may_be_reviewed(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    receipt = stage.accepted(ana)
    with refused("case.wrong_stage"):
        stage.app.deciding.decide(receipt.case, declined(), ana)
    decision = stage.app.deciding.decide(receipt.case, no_violation(), ana)
    assert "批评观点" in stage.last_letter(receipt.case, "decision_to_reporter_no_violation")
    assert stage.told(receipt.case, Reader.RESPONDENT) == []
    with refused("appeal.not_your_side"):
        stage.appealed(decision)
    appeal = stage.app.appealing.file(decision, GROUNDS, holder(stage, receipt))
    with refused("appeal.nothing_to_change"):
        stage.app.reviewing.change(appeal, WARNING, REASONS, bo)
    assert stage.sees(receipt).appeals[0].stage == "under_review"


def test_a_signed_in_reporter_who_leaves_a_contact_is_reached_there(stage: Stage) -> None:
    zhang_san = stage.account("zhang_san")
    assert zhang_san.person is not None
    receipt = stage.report(zhang_san, contact="  zhang@example.org ")
    assert stage.records.parties.address(zhang_san.person) == "zhang@example.org"
    stage.report(zhang_san, subject_ref="post-82")
    assert stage.records.parties.address(zhang_san.person) == "zhang@example.org"
    assert [report.id for report in stage.app.files.open(receipt.case, zhang_san).reports] == [
        receipt.report
    ]
