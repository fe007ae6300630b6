"""Many reports of one subject are one case: each is kept and answered, and seen by no other."""

from tests.fakes.people import MemoryOutbox
from tests.stories.stage import REASONS, Stage, no_violation, refused, stage_on_fakes, violation

from gongdao.domain.flows.casefile import Arrived
from gongdao.domain.flows.telling import AT_ONCE, REST, Telling
from gongdao.domain.flows.telling_the_rest import PIECE, TellingTheRest
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.events import Role

POST = "post-900"


def mine(stage: Stage, code: str) -> list[str]:
    """The statements that the holder of a code is shown."""
    view, _ = stage.app.files.by_code(code)
    return [report.statement for report in view.reports]


def test_reports_of_one_subject_are_one_case_with_a_receipt_each(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    first = stage.report(subject_ref=POST, statement="第一位举报人这样说。")
    second = stage.report(subject_ref=POST, statement="第二位举报人那样说。")
    other = stage.report(subject_ref="post-901")
    assert first.case == second.case != other.case
    assert first.code != second.code

    assert mine(stage, first.code) == ["第一位举报人这样说。"]
    assert mine(stage, second.code) == ["第二位举报人那样说。"]
    desk = stage.app.files.open(first.case, ana)
    assert len(desk.reports) == 2
    assert desk.arrived == Arrived(counted=2, apart=0, flood=False)

    stage.app.investigating.accept(first.case, "内容清楚，予以受理并调查。", ana)
    stage.app.deciding.decide(first.case, violation(), ana)
    assert stage.told(first.case).count("decision_to_reporter_violation") == 2
    later = stage.report(subject_ref=POST)
    assert later.case != first.case


def test_a_reporter_sees_nothing_of_the_other_reporters(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.hire("bo", Role.REVIEWER)
    one = stage.report(subject_ref=POST, statement="第一位举报人这样说。")
    stage.clock.pass_(hours=2)
    two = stage.report(subject_ref=POST, statement="第二位举报人那样说。")
    stage.app.investigating.accept(one.case, "内容清楚，予以受理并调查。", ana)
    decision = stage.app.deciding.decide(one.case, no_violation(), ana)
    _, first = stage.app.files.by_code(one.code)
    stage.app.appealing.file(decision, "请再看一次他前后的发言，谢谢。", first)

    theirs, _ = stage.app.files.by_code(two.code)
    assert theirs.appeals == ()
    assert theirs.arrived is None
    kinds = [entry.kind for entry in theirs.timeline]
    assert kinds == ["case.opened", "case.accepted", "case.decided", "case.reporter_told"]
    assert theirs.timeline[0].at > stage.app.files.by_code(one.code)[0].timeline[0].at
    assert "第一位" not in repr(theirs)


def test_who_withdraws_leaves_the_others_their_case(stage: Stage) -> None:
    one, two = stage.report(subject_ref=POST), stage.report(subject_ref=POST)
    for receipt, stands in ((one, CaseStage.RECEIVED), (two, CaseStage.WITHDRAWN)):
        _, caller = stage.app.files.by_code(receipt.code)
        stage.app.reporting.withdraw(receipt.case, "已经解决了。", caller)
        assert stage.case(one.case).stage is stands
        with refused("withdrawal.already"):
            stage.app.reporting.withdraw(receipt.case, "已经解决了。", caller)
    told = [n for n in stage.told(one.case) if n.startswith("withdrawal")]
    assert sorted(told) == ["withdrawal_confirmed", "withdrawal_goes_on"]
    assert stage.report(subject_ref=POST).case != one.case


def test_the_same_report_again_counts_once(stage: Stage) -> None:
    zhang = stage.account("zhang_san")
    first = stage.report(zhang, subject_ref=POST)
    stage.clock.pass_(hours=1)
    again = stage.report(zhang, subject_ref=POST)
    case = stage.case(first.case)
    assert (again.case, case.counted, case.apart, case.flood) == (first.case, 1, 1, False)
    assert case.reporters == (zhang.person,)


def test_a_campaign_is_kept_counted_apart_and_said(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    for number in range(30):
        receipt = stage.report(subject_ref=POST, statement="大家一起来举报这个人。")
        stage.clock.pass_(seconds=number)
    case = stage.case(receipt.case)
    assert case.flood
    assert case.counted + case.apart == 30
    assert case.apart >= 10
    view = stage.app.files.open(receipt.case, ana)
    assert view.arrived == Arrived(case.counted, case.apart, flood=True)


def test_an_outcry_in_many_words_from_accounts_known_here_is_no_flood() -> None:
    stage = stage_on_fakes()
    for number in range(30):
        reporter = stage.account(f"neighbour-{number}")
        receipt = stage.report(reporter, subject_ref=POST, statement=f"第 {number} 个人看到的。")
    case = stage.case(receipt.case)
    assert (case.counted, case.apart, case.flood) == (30, 0, False)


def test_two_accounts_named_for_one_post_are_two_cases(stage: Stage) -> None:
    one = stage.report(subject_ref=POST, account="li_si")
    assert stage.report(subject_ref=POST, account="wang_wu").case != one.case
    assert stage.report(subject_ref=POST, account=None).case == one.case


def test_nobody_joins_a_case_against_themselves(stage: Stage) -> None:
    stage.report(subject_ref=POST, account="li_si")
    with refused("report.about_oneself"):
        stage.report(stage.account("li_si"), subject_ref=POST, account=None)


def test_many_reporters_are_told_in_pieces_and_nobody_twice() -> None:
    stage = stage_on_fakes()
    ana = stage.hire("ana", Role.REVIEWER)
    people = AT_ONCE + PIECE + 5
    for _ in range(people):
        receipt = stage.report(subject_ref=POST)
    stage.app.investigating.accept(receipt.case, REASONS, ana)
    assert stage.told(receipt.case).count("report_accepted") == AT_ONCE

    handler = TellingTheRest(stage.records, Telling(stage.records))
    assert isinstance(stage.records.outbox, MemoryOutbox)
    for _ in range(3):  # each piece promises the next; what is repeated tells nobody again
        for payload in list(stage.records.outbox.promised(REST).values()):
            handler(payload)
    accepted = [n.to for n in stage.notices(receipt.case) if n.template == "report_accepted"]
    assert len(accepted) == len(set(accepted)) == people


def test_a_crowd_is_one_line_of_the_timeline(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    first = stage.report(subject_ref=POST)
    for _ in range(3):
        stage.report(subject_ref=POST)
    stage.app.investigating.accept(first.case, "内容清楚，予以受理并调查。", ana)
    for _ in range(2):
        stage.report(subject_ref=POST)
    desk = stage.app.files.open(first.case, ana)
    joinings = [e for e in desk.timeline if e.kind == "case.reports_joined"]
    assert [e.kind for e in desk.timeline].count("case.reports_joined") == 2
    assert [report.reporter for report in desk.reports] == [1, 2, 3, 4, 5, 6]
    history = stage.records.cases.history(first.case)
    assert joinings[-1].leaf == history[-1].leaf
