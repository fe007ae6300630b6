"""Whole lives of appeals: levels, reviewers, measures changed, what is refused."""

from datetime import date

import pytest
from tests.stories.stage import GROUNDS, REASONS, Stage, no_violation, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Measure
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, DecisionId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import Penalty, Scope

DAYS_3 = Span.parse("3d")
WARNING = Measure(Penalty.WARNING, Scope.CONTENT)


def reviewers(stage: Stage) -> tuple[Caller, Caller, Caller]:
    """Two reviewers and a senior one."""
    return (
        stage.hire("ana", Role.REVIEWER),
        stage.hire("bo", Role.REVIEWER),
        stage.hire("cy", Role.SENIOR_REVIEWER),
    )


def second_strike(stage: Stage, ana: Caller) -> DecisionId:
    """A decision with a restriction of three days."""
    stage.decided(ana)
    return stage.decided(ana, subject_ref="post-82")


def test_a_second_appeal_goes_to_a_senior_and_a_third_is_refused(stage: Stage) -> None:
    ana, bo, cy = reviewers(stage)
    decision = stage.decided(ana)
    first = stage.appealed(decision)
    with refused("appeal.already_filed"):
        stage.appealed(decision)
    stage.app.reviewing.uphold(first, REASONS, stage.reviewer_of(first, bo, cy))
    case = stage.case_of(decision).id
    assert "第 2 级申诉" in stage.last_letter(case, "appeal_upheld")

    second = stage.appealed(decision)
    senior = stage.reviewer_of(second, bo, cy)
    assert senior == cy
    stage.app.reviewing.uphold(second, REASONS, cy)
    assert "本站的申诉到此为止" in stage.last_letter(case, "appeal_upheld")
    assert "12377" in stage.last_letter(case, "appeal_upheld")
    with refused("appeal.final", ground="same_facts"):
        stage.appealed(decision)
    assert stage.app.files.open(case, stage.account("li_si")).can == ()
    assert stage.case(case).told


def test_the_first_appeal_prefers_whoever_has_less_on_the_table(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    cy = stage.hire("cy", Role.REVIEWER)
    chosen = []
    for number in range(4):
        decision = stage.decided(ana, account=f"user_{number}")
        appeal = stage.appealed(decision, stage.account(f"user_{number}"))
        chosen.append(stage.reviewer_of(appeal, ana, bo, cy))
    assert ana not in chosen
    assert sorted(chosen.count(each) for each in (bo, cy)) == [2, 2]


def test_a_change_to_a_milder_measure(stage: Stage) -> None:
    ana, bo, cy = reviewers(stage)
    decision = second_strike(stage, ana)
    appeal = stage.appealed(decision)
    reviewer = stage.reviewer_of(appeal, bo, cy)
    stage.app.reviewing.change(appeal, WARNING, "初犯不久，警示已经足够。", reviewer)
    case = stage.case_of(decision).id
    assert stage.measures(case) == [("restriction", "lifted"), ("warning", "in_force")]
    assert stage.strikes("li_si") == 2
    letter = stage.last_letter(case, "appeal_changed")
    assert "变更后的处置决定与理由说明" in letter
    assert "警示提醒（这条内容）" in letter
    assert "处罚改轻" in stage.last_letter(case, "appeal_changed_to_reporter")
    assert stage.decision(decision).state == "changed"
    assert len(stage.records.texts.open(stage.decision(decision).statement_zh) or "") > 0


def test_a_changed_decision_can_still_be_overturned_at_the_next_level(stage: Stage) -> None:
    ana, bo, cy = reviewers(stage)
    decision = second_strike(stage, ana)
    first = stage.appealed(decision)
    reviewer = stage.reviewer_of(first, bo, cy)
    stage.app.reviewing.change(first, WARNING, "初犯不久，警示已经足够。", reviewer)
    if reviewer == cy:
        stage.hire("di", Role.SENIOR_REVIEWER)
    second = stage.appealed(decision)
    chosen = stage.records.appeals.get(second).now.reviewer
    senior = Caller(chosen, frozenset({Role.SENIOR_REVIEWER}))
    stage.app.reviewing.overturn(second, REASONS, senior)
    case = stage.case_of(decision).id
    assert stage.measures(case) == [("restriction", "lifted"), ("warning", "lifted")]
    assert stage.strikes("li_si") == 1
    with refused("appeal.already_overturned"):
        stage.appealed(decision)


def test_an_appeal_never_ends_in_a_harder_measure(stage: Stage) -> None:
    ana, bo, cy = reviewers(stage)
    decision = second_strike(stage, ana)
    appeal = stage.appealed(decision)
    reviewer = stage.reviewer_of(appeal, bo, cy)
    change = stage.app.reviewing.change
    restriction = Penalty.RESTRICTION
    for harder in (
        Measure(Penalty.SUSPENSION, Scope.ACCOUNT, Span.parse("1d")),
        Measure(restriction, Scope.POSTING, Span.parse("30d")),
        Measure(restriction, Scope.POSTING, Span.parse("73h")),
        Measure(restriction, Scope.ACCOUNT, DAYS_3),
    ):
        with refused("appeal.not_harder"):
            change(appeal, harder, REASONS, reviewer)
    with refused("appeal.same_measure"):
        change(appeal, Measure(restriction, Scope.POSTING, DAYS_3), REASONS, reviewer)
    with refused("decision.needs_a_duration", penalty="restriction"):
        change(appeal, Measure(restriction, Scope.POSTING), REASONS, reviewer)
    assert stage.measures(stage.case_of(decision).id) == [("restriction", "in_force")]
    change(appeal, Measure(restriction, Scope.POSTING, Span.parse("24h")), REASONS, reviewer)


def test_without_an_independent_reviewer_an_appeal_waits_visibly(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(ana)
    appeal = stage.appealed(decision)
    case = stage.case_of(decision).id
    li_si = stage.account("li_si")
    assert stage.app.files.open(case, li_si).appeals[0].stage == "waiting"
    assert "谁也不能审查自己的决定" in stage.last_letter(case, "appeal_waits_for_reviewer")
    stage.tick(days=1)
    assert stage.records.appeals.get(appeal).now.reviewer is None
    with refused("not_found", NotFound):
        stage.app.appealing.reassign_waiting(ana)

    bo = stage.hire("bo", Role.REVIEWER)
    stage.tick(hours=1)
    assert stage.records.appeals.get(appeal).now.reviewer == bo.person
    assert stage.told(case, Reader.RESPONDENT)[-1] == "appeal_assigned"
    stage.app.reviewing.uphold(appeal, REASONS, bo)


def test_an_operator_can_ask_for_waiting_appeals_to_be_given_out(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    stage.appealed(stage.decided(ana))
    operator = stage.hire("op", Role.OPERATOR)
    assert stage.app.appealing.reassign_waiting(operator) == 0
    stage.hire("bo", Role.REVIEWER)
    assert stage.app.appealing.reassign_waiting(operator) == 1


def test_a_party_of_the_case_never_hears_it_though_they_work_here(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    bo = stage.hire("bo", Role.REVIEWER)
    receipt = stage.report(bo)
    with refused("access.own_case"):
        stage.app.investigating.accept(receipt.case, "看起来属于辱骂，予以受理。", bo)
    stage.app.investigating.accept(receipt.case, "看起来属于辱骂，予以受理。", ana)
    decision = stage.app.deciding.decide(receipt.case, violation(), ana)
    appeal = stage.appealed(decision)
    assert stage.records.appeals.get(appeal).now.stage == "waiting"


def test_only_the_chosen_reviewer_ends_an_appeal_and_once(stage: Stage) -> None:
    ana, bo, cy = reviewers(stage)
    decision = stage.decided(ana)
    appeal = stage.appealed(decision)
    chosen = stage.reviewer_of(appeal, bo, cy)
    other = bo if chosen == cy else cy
    with refused("appeal.not_yours"):
        stage.app.reviewing.uphold(appeal, REASONS, other)
    with refused("appeal.not_yours"):
        stage.app.reviewing.overturn(appeal, REASONS, ana)
    stage.app.reviewing.uphold(appeal, REASONS, chosen)
    with refused("appeal.not_under_review"):
        stage.app.reviewing.overturn(appeal, REASONS, chosen)


def test_a_late_appeal_is_refused_with_the_day_on_which_the_window_closed(stage: Stage) -> None:
    ana, *_ = reviewers(stage)
    decision = stage.decided(ana)
    closes = stage.decision(decision).appeal_closes
    assert closes is not None
    stage.clock.go_to(closes)
    stage.clock.pass_(microseconds=999_999)
    li_si = stage.account("li_si")
    case = stage.case_of(decision).id
    assert stage.app.files.open(case, li_si).can == ("appeal",)
    stage.clock.pass_(microseconds=1)
    assert stage.app.files.open(case, li_si).can == ()
    # 180 days end on Saturday the 29th; the window rolls on to Monday, in people's favour.
    with refused("appeal.too_late", closed=date(2026, 8, 31)):
        stage.appealed(decision)


def test_a_strangers_appeal_finds_nothing(stage: Stage) -> None:
    ana, bo, _ = reviewers(stage)
    decision = stage.decided(ana)
    another = stage.report(account="wang_wu")
    _, holder = stage.app.files.by_code(another.code)
    for stranger in (stage.account("wang_wu"), holder, bo, Caller(None)):
        with pytest.raises(NotFound):
            stage.app.appealing.file(decision, GROUNDS, stranger)
    with refused("not_found", NotFound):
        missing = DecisionId("00000000-0000-7000-8000-000000000000")
        stage.app.appealing.file(missing, GROUNDS, stage.account("li_si"))
    with refused("not_found", NotFound):
        stage.app.reviewing.uphold(AppealId("nonsense"), REASONS, bo)


def test_the_side_that_won_has_nothing_to_appeal_against(stage: Stage) -> None:
    ana, *_ = reviewers(stage)
    decision = stage.decided(ana, no_violation())
    with refused("appeal.not_your_side"):
        stage.appealed(decision)


def test_grounds_are_counted_in_characters(stage: Stage) -> None:
    ana, *_ = reviewers(stage)
    decision = stage.decided(ana)
    li_si = stage.account("li_si")
    with refused("appeal.no_grounds", least=10):
        stage.app.appealing.file(decision, "  我不服！      ", li_si)
    with refused("appeal.grounds_too_long", most=2000, length=2001):
        stage.app.appealing.file(decision, "冤" * 2001, li_si)
    stage.app.appealing.file(decision, "冤" * 2000, li_si)
