"""The ladder of penalties: it climbs, it forgets after a time, it forgives what was wrong."""

from tests.stories.stage import INSULT, REASONS, Stage, refused, violation

from gongdao.domain.decisions.model import Measure, Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import Penalty, Scope, SubjectKind


def last_measure(stage: Stage, ref: str) -> str:
    """Decide one more insult by li_si; the penalty that it led to."""
    ana = stage.hire(f"ana-{ref}", Role.REVIEWER)
    case = stage.case_of(stage.decided(ana, subject_ref=ref))
    return stage.measures(case.id)[-1][0]


def test_a_repeat_offender_climbs_and_an_old_strike_is_forgotten(stage: Stage) -> None:
    assert last_measure(stage, "post-1") == "warning"
    stage.clock.pass_(days=100)
    assert last_measure(stage, "post-2") == "restriction"
    assert stage.strikes("li_si") == 2
    stage.clock.pass_(days=81)
    assert stage.strikes("li_si") == 1
    assert last_measure(stage, "post-3") == "restriction"
    stage.clock.pass_(days=181)
    assert stage.strikes("li_si") == 0
    assert last_measure(stage, "post-4") == "warning"


def test_each_clause_counts_by_itself_and_each_account_too(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.decided(ana)
    stage.decided(ana, account="Li_Si ", subject_ref="post-82")
    assert stage.strikes("li_si") == 2
    assert stage.strikes("li_si", "abuse.bias") == 0
    other = stage.decided(ana, violation("abuse.bias"))
    assert stage.measures(stage.case_of(other).id) == [("warning", "in_force")]
    assert stage.strikes("wang_wu") == 0


def test_an_overturned_strike_is_forgiven(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    stage.decided(ana)
    wrong = stage.decided(ana, subject_ref="post-82")
    stage.tick(days=4)
    case = stage.case_of(wrong).id
    assert stage.measures(case) == [("restriction", "ended")]
    appeal = stage.appealed(wrong)
    stage.app.reviewing.overturn(appeal, REASONS, bo)
    assert stage.measures(case) == [("restriction", "lifted")]
    assert stage.strikes("li_si") == 1
    assert last_measure(stage, "post-83") == "restriction"


def test_a_sanction_ends_by_itself_and_the_person_is_told(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.decided(ana)
    decision = stage.decided(ana, subject_ref="post-82")
    case = stage.case_of(decision).id
    stage.tick(days=3)
    assert stage.measures(case) == [("restriction", "in_force")]
    stage.tick(days=1)
    assert stage.measures(case) == [("restriction", "ended")]
    assert "限制功能" in stage.last_letter(case, "sanction_ended")
    assert stage.told(case, Reader.RESPONDENT).count("sanction_ended") == 1
    assert stage.tick(days=1) == 0


def test_another_rung_than_the_ladders_needs_written_reasons(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    week = Measure(Penalty.SUSPENSION, Scope.ACCOUNT, Span.parse("7d"))
    decide = stage.app.deciding.decide
    for reasons in (None, "   "):
        with refused("decision.ladder_skipped", due="warning"):
            decide(receipt.case, violation(measure=week, departure=reasons), ana)
    with refused("decision.needs_a_duration"):
        endless = Measure(Penalty.SUSPENSION, Scope.ACCOUNT)
        decide(receipt.case, violation(measure=endless, departure="他威胁了多人。"), ana)
    with refused("decision.warning_has_no_duration"):
        odd = Measure(Penalty.WARNING, Scope.CONTENT, Span.parse("7d"))
        decide(receipt.case, violation(measure=odd, departure="他威胁了多人。"), ana)
    assert stage.measures(receipt.case) == []
    decide(receipt.case, violation(measure=week, departure="他一小时内骂了三十个人。"), ana)
    letter = stage.last_letter(receipt.case, "decision_to_respondent")
    assert "没有采用阶梯规定的“警示提醒（这条内容）”，理由：他一小时内骂了三十个人。" in letter
    assert stage.measures(receipt.case) == [("suspension", "in_force")]


def test_a_violation_by_nobody_known_is_found_and_nobody_is_punished(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana, account=None)
    with refused("case.no_respondent"):
        stage.app.investigating.request_answer(receipt.case, "请您说明当时的情况。", ana)
    stage.app.deciding.decide(receipt.case, violation(), ana)
    assert stage.sees(receipt).outcome == "violation"
    assert stage.told(receipt.case, Reader.RESPONDENT) == []


def test_a_consumer_review_is_not_deleted_and_the_letter_says_so(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(
        ana,
        violation("review.extortion"),
        category="review",
        subject_kind=SubjectKind.REVIEW,
    )
    case = stage.case_of(decision).id
    letter = stage.last_letter(case, "decision_to_respondent")
    assert "消费者的评价没有被删除" in letter


def test_the_proposal_names_the_rung_and_the_strike(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.decided(ana)
    receipt = stage.accepted(ana, subject_ref="post-82")
    case = stage.case(receipt.case)
    clause = stage.records.policy(case.pack).clause(INSULT)
    assert clause is not None
    with stage.records.work():
        measure, strike = stage.app.deciding.proposal(case, clause)
    assert (measure.penalty, measure.duration, strike) == (
        Penalty.RESTRICTION,
        Span.parse("3d"),
        2,
    )


def test_a_measure_without_a_violation_is_refused(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    receipt = stage.accepted(ana)
    ruling = Ruling(
        Outcome.NO_VIOLATION,
        "这句话评论的是文章的数据。",
        "规则把批评观点列为反例。",
        INSULT,
        measure=Measure(Penalty.WARNING, Scope.CONTENT),
    )
    with refused("decision.measure_without_violation"):
        stage.app.deciding.decide(receipt.case, ruling, ana)
