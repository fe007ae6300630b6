"""Reviewers take what comes next: in order, one each, never their own, and nothing is lost."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.stories.stage import REASONS, Stage, declined, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.policy.book import PackBook
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.triage.model import Able, FactorKind, Spread

APP = Caller(None, frozenset({Role.APP}))


def reported(stage: Stage, category: str = "abuse", **changes: Any) -> CaseId:
    """A case of another subject each time."""
    number = stage.records.new_id()
    return stage.report(
        category=category, subject_ref=f"post-{number}", account=f"acc-{number}", **changes
    ).case


def pulled(stage: Stage, by: Caller) -> list[CaseId]:
    """Everything that a reviewer is given until nothing is left."""
    found = []
    while (case := stage.app.pulling.next(by)) is not None:
        found.append(case)
    return found


class TestWhatComesNext:
    def test_danger_first_then_harm_then_age(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        old = reported(stage, "other")
        stage.clock.pass_(minutes=10)
        mild, bad, danger = (reported(stage, c) for c in ("other", "fraud", "threat"))
        assert pulled(stage, ana) == [danger, bad, old, mild]

    def test_what_waited_long_enough_comes_before_danger(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        old = reported(stage, "other")
        stage.clock.pass_(days=8)
        danger = reported(stage, "threat")
        assert pulled(stage, ana) == [old, danger]

    def test_what_spreads_moves_up_at_once(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        first, second = reported(stage), reported(stage)
        stage.app.reweighing.spread(second, Spread(stage.clock(), views=2_000_000), APP)
        found = stage.app.pulling.standing(second, ana)
        assert found is not None
        assert (found.reach, found.factors[1].points) == (2_000_000, 36)
        assert pulled(stage, ana) == [second, first]

    def test_each_class_gets_its_share_while_another_floods_us(self, stage: Stage) -> None:
        staff = [stage.hire(f"r{n}", Role.REVIEWER) for n in range(3)]
        stage.clock.pass_(minutes=-30)
        for _ in range(24):
            reported(stage, "threat")
        stage.clock.pass_(minutes=30)
        order = reported(stage, "other", subject_kind=SubjectKind.ORDER)
        found = [stage.app.pulling.next(staff[n % 3]) for n in range(20)]
        assert order in found
        assert len(set(found)) == 20

    def test_nothing_waits_while_the_respondent_has_the_word(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        case = stage.accepted(ana).case
        assert stage.app.pulling.next(ana) == case
        stage.app.investigating.request_answer(case, "请说明这句话的背景和对象。", ana)
        assert stage.app.pulling.next(ana) is None
        stage.app.investigating.answer(
            case, "我是在引用别人的话，不是骂他。", stage.account("li_si")
        )
        assert stage.app.pulling.next(ana) == case

    def test_a_decided_case_is_in_no_queue_and_comes_back_when_reopened(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        who = stage.account("zhang_san")
        case = stage.report(who).case
        decision = stage.app.deciding.decide(case, declined(), ana)
        assert pulled(stage, bo) == []
        appeal = stage.appealed(decision, who)
        stage.app.reviewing.overturn(appeal, REASONS, bo)
        cy = stage.hire("cy", Role.REVIEWER)
        # Whoever decided it or heard the review is not given it again.
        assert [pulled(stage, each) for each in (ana, bo, cy)] == [[], [], [case]]

    def test_a_withdrawn_case_is_in_no_queue(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        who = stage.account("zhang_san")
        case = stage.report(who).case
        stage.app.reporting.withdraw(case, "", who)
        assert pulled(stage, ana) == []


class TestHolding:
    def test_nobody_else_is_given_or_may_touch_what_somebody_holds(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        case = reported(stage)
        assert stage.app.pulling.next(ana) == case
        assert stage.app.pulling.next(bo) is None
        with refused("triage.held_by_another"):
            stage.app.pulling.take(case, bo)
        with refused("triage.held_by_another"):
            stage.app.investigating.accept(case, REASONS, bo)
        with refused("triage.not_held"):
            stage.app.pulling.release(case, bo)
        stage.app.investigating.accept(case, REASONS, ana)
        with refused("triage.held_by_another"):
            stage.app.deciding.decide(case, violation(), bo)
        stage.app.deciding.decide(case, violation(), ana)

    def test_a_sign_of_life_keeps_it_and_silence_gives_it_back(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        case = reported(stage)
        stage.app.pulling.next(ana)
        stage.clock.pass_(minutes=29)
        assert stage.app.pulling.keep(case, ana) == stage.clock() + timedelta(minutes=30)
        stage.clock.pass_(minutes=29)
        assert stage.app.pulling.next(bo) is None
        stage.clock.pass_(minutes=1)
        assert stage.app.pulling.next(bo) == case
        with refused("triage.not_held"):
            stage.app.pulling.keep(case, ana)

    def test_what_is_given_back_is_the_next_ones(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        case = reported(stage)
        stage.app.pulling.next(ana)
        stage.app.pulling.release(case, ana)
        assert stage.app.pulling.next(bo) == case

    def test_nobody_holds_more_than_the_pack_says(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        for _ in range(11):
            reported(stage)
        for _ in range(10):
            assert stage.app.pulling.next(ana)
        with refused("triage.hands_full", held=10):
            stage.app.pulling.next(ana)


class TestWhoMayNot:
    def test_the_queue_is_for_reviewers(self, stage: Stage) -> None:
        for role in (Role.OPERATOR, Role.AUDITOR, Role.POLICY_KEEPER, Role.REPORTER):
            with refused("not_found", NotFound):
                stage.app.pulling.next(stage.hire(f"x{role}", role))

    def test_nobody_is_given_a_case_of_their_own(self, stage: Stage) -> None:
        zhang = replace(stage.account("zhang_san"), roles=frozenset({Role.REVIEWER}))
        li = replace(stage.account("li_si"), roles=frozenset({Role.REVIEWER}))
        stage.report(stage.account("zhang_san"))
        assert [stage.app.pulling.next(zhang), stage.app.pulling.next(li)] == [None, None]

    def test_a_declared_conflict_keeps_a_case_or_an_account_away_for_good(
        self, stage: Stage
    ) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        first = reported(stage)
        assert stage.app.pulling.next(ana) == first
        stage.app.pulling.release(first, ana, conflict=True)
        assert stage.app.pulling.next(ana) is None
        with refused("triage.conflict"):
            stage.app.pulling.take(first, ana)
        assert stage.app.pulling.next(bo) == first
        stage.app.pulling.declare_conflict("li_si", bo)
        stage.report()
        assert stage.app.pulling.next(bo) is None

    def test_skills_and_languages_narrow_what_one_is_given(self, stage: Stage) -> None:
        ana, bo, cy = (stage.hire(name, Role.REVIEWER) for name in ("ana", "bo", "cy"))
        fraud, plain = reported(stage, "fraud"), reported(stage, "other")
        english = reported(stage, "other", language="en")
        stage.app.pulling.declare_able(Able(skills=()), ana)
        stage.app.pulling.declare_able(Able(languages=("en",)), bo)
        assert pulled(stage, bo) == [english]
        assert pulled(stage, ana) == [plain]
        stage.app.pulling.declare_able(Able(("money",), ("zh-hans",)), cy)
        assert pulled(stage, cy) == [fraud]


class TestHandingOn:
    def test_a_case_is_handed_over_with_a_reason_that_stands_in_the_record(
        self, stage: Stage
    ) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        case = reported(stage)
        stage.app.pulling.next(ana)
        assert [n for _, n in stage.app.pulling.colleagues(case, ana)] == ["bo"]
        assert bo.person is not None
        stage.app.pulling.hand_over(case, bo.person, "我认识当事人的同事，请你接手。", ana)
        last = stage.app.files.open(case, bo).timeline[-1]
        assert (last.kind, last.text) == ("case.handed_over", "我认识当事人的同事，请你接手。")
        stage.clock.pass_(hours=23)
        found = stage.app.pulling.standing(case, bo)
        assert found is not None
        assert found.mine
        assert stage.app.pulling.next(ana) is None
        stage.clock.pass_(hours=2)
        assert stage.app.pulling.next(ana) == case

    def test_it_is_not_handed_to_somebody_who_must_not_have_it(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        case = reported(stage)
        assert bo.person is not None
        stage.app.pulling.release(case, bo, conflict=True)
        stage.app.pulling.next(ana)
        with refused("triage.conflict"):
            stage.app.pulling.hand_over(case, bo.person, "请你接手这个案件，谢谢。", ana)

    def test_an_escalated_case_is_for_senior_reviewers_alone(self, stage: Stage) -> None:
        ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
        sen = stage.hire("sen", Role.SENIOR_REVIEWER)
        case = reported(stage, "other")
        stage.app.pulling.next(ana)
        reported(stage, "threat")
        stage.app.pulling.escalate(case, "牵涉多个账号，需要高级审核员判断。", ana)
        assert case not in pulled(stage, bo)
        with refused("triage.cannot_take"):
            stage.app.pulling.take(case, bo)
        assert stage.app.pulling.next(sen) == case

    def test_neither_side_sees_how_staff_share_their_work(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        receipt = stage.report()
        stage.app.pulling.escalate(receipt.case, "牵涉多个账号，需要高级审核员判断。", ana)
        seen = stage.sees(receipt)
        theirs = stage.app.files.open(receipt.case, stage.account("li_si"))
        for view in (seen, theirs):
            assert "case.escalated" not in [entry.kind for entry in view.timeline]


class TestWeights:
    def test_staff_see_every_part_of_the_number(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        case = reported(stage, "threat")
        stage.clock.pass_(hours=3)
        standing = stage.app.pulling.standing(case, ana)
        assert standing is not None
        assert [factor.kind for factor in standing.factors] == list(FactorKind)
        assert sum(factor.points for factor in standing.factors) == standing.points == 266

    def test_danger_has_the_shortest_clock(self, stage: Stage) -> None:
        danger, plain = reported(stage, "threat"), reported(stage)
        due = [stage.records.deadlines.running(case)[0].now.due_at for case in (danger, plain)]
        assert due[0] - stage.clock() == timedelta(hours=2)
        assert due[0] < due[1]

    def test_what_if_changes_nothing_and_a_new_pack_moves_the_open_cases(
        self, stage: Stage
    ) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        keeper = stage.hire("kim", Role.POLICY_KEEPER)
        fraud, other = reported(stage, "fraud"), reported(stage, "other")
        weights = stage.app.reweighing.weighing.by(PackRef("house", "2026-11-01"))
        changed = weights.model_copy(update={"harm": {"other": 90}})
        with refused("not_found", NotFound):
            stage.app.reweighing.what_if(changed, ana, 100)
        found = stage.app.reweighing.what_if(changed, keeper, 100)
        assert (found.cases, found.moved) == (2, 2)
        assert [(m.case, m.before, m.after) for m in found.moves] == [(other, 2, 1), (fraud, 1, 2)]
        assert [w.case for w in stage.records.queues.open(9)] == [fraud, other]
        later = stage.with_(packs=with_weights(stage.records.packs, changed))
        assert later.app.reweighing.catch_up(100) == 2
        assert later.app.reweighing.catch_up(100) == 0
        assert [w.case for w in later.records.queues.open(9)] == [other, fraud]

    def test_only_the_operators_app_tells_how_far_something_went(self, stage: Stage) -> None:
        ana, case = stage.hire("ana", Role.REVIEWER), reported(stage)
        with refused("not_found", NotFound):
            stage.app.reweighing.spread(case, Spread(stage.clock(), views=1), ana)


def with_weights(packs: PackBook, weights: object) -> PackBook:
    """The same packs with a newer house pack that weighs otherwise."""
    old = packs.at(PackRef("house", "2026-11-01"))
    assert old.cases is not None
    since = old.in_force.model_copy(update={"from_": old.in_force.from_ + timedelta(days=1)})
    cases = old.cases.model_copy(update={"triage": weights})
    new = old.model_copy(update={"version": "2026-11-02", "in_force": since, "cases": cases})
    return PackBook.of([*packs.packs.values(), new])


def test_the_desk_lists_what_comes_first_and_what_is_in_ones_hands(stage: Stage) -> None:
    ana = stage.hire("ana", Role.REVIEWER)
    mild, bad = reported(stage, "other"), reported(stage, "fraud")
    desk = stage.app.desk
    assert [line.id for line in desk.queue(ana, QueueName.PRIORITY).lines] == [bad, mild]
    assert desk.queue(ana, QueueName.MINE).lines == ()
    stage.app.pulling.take(mild, ana)
    assert [line.id for line in desk.queue(ana, QueueName.MINE).lines] == [mild]
