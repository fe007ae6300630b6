"""Whole ways back: earned off, closed by an appeal, checked by a person."""

from datetime import timedelta

from tests.stories.stage import REASONS, Stage, refused, violation

from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Sanction, SanctionState
from gongdao.domain.flows.earning_back import EarningBack, Signature
from gongdao.domain.flows.ways_shown import WayShown, WaysShown
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.notices.model import Reader
from gongdao.domain.ways_back.model import WayBackId

HARASSMENT, SHARE, CLAIM = "abuse.harassment", "inducement.share", "marketing.false_claim"
PROOF = "我在三月三日删掉了那句话，并在原处写明改了什么。"


def ways(stage: Stage) -> EarningBack:
    """The story."""
    return stage.app.around_appeals.ways_back


def shown(stage: Stage, case: CaseId, who: Caller) -> WayShown:
    """The only way back of a case, as it is shown."""
    (found,) = WaysShown(stage.records).of_case(case, who)
    return found


def sanctioned(stage: Stage, clause: str, category: str) -> tuple[Caller, DecisionId, CaseId]:
    """A decision with its first rung, by somebody on the staff."""
    ana = stage.hire("ana", Role.REVIEWER)
    decision = stage.decided(ana, violation(clause), category=category)
    return ana, decision, stage.case_of(decision).id


def id_of(way: WayShown) -> WayBackId:
    """Its id."""
    assert way.way_back is not None
    return way.way_back


def passed(stage: Stage, way: WayBackId, step: str, who: Caller, *, right: bool = True) -> bool:
    """Take an exam, knowing every answer or none."""
    paper = ways(stage).begin_quiz(way, step, who)
    wanted = {
        q.code: next(o.code for o in q.options if (o.words.en == "yes") is right)
        for q in paper.questions
    }
    return ways(stage).answer_quiz(way, step, wanted, who).passed


def test_a_light_inducement_is_lifted_at_once_by_an_exam(stage: Stage) -> None:
    _, _, case = sanctioned(stage, SHARE, "inducement")
    li_si = stage.account("li_si")
    way = shown(stage, case, li_si)
    assert (way.stage, way.done, way.of) == ("open", 0, 1)
    assert "小测验" in stage.last_letter(case, "decision_to_respondent")
    assert passed(stage, id_of(way), "exam.inducement", li_si)
    assert stage.measures(case) == [("restriction", "released")]
    assert stage.told(case, Reader.RESPONDENT)[-1] == "way_back_released"
    assert shown(stage, case, li_si).stage == "fulfilled"
    assert stage.strikes("li_si", SHARE) == 1
    with refused("way_back.over"):
        ways(stage).begin_quiz(id_of(way), "exam.inducement", li_si)
    assert stage.tick(days=30) >= 0
    assert stage.told(case, Reader.RESPONDENT).count("sanction_ended") == 0


def test_harassment_takes_a_pledge_and_its_time(stage: Stage) -> None:
    _, decision, case = sanctioned(stage, HARASSMENT, "abuse")
    li_si, zhang = stage.account("li_si"), stage.account("zhang_san")
    way = id_of(shown(stage, case, li_si))
    with refused("not_found", NotFound):
        ways(stage).sign(way, "pledge.leave_alone", Signature("张三"), "zh", zhang)
    with refused("way_back.no_such_step"):
        ways(stage).begin_quiz(way, "exam.harassment", li_si)
    drawn = [[[10, 20], [400, 600]], [[500, 20], [510, 900]]]
    ways(stage).sign(way, "pledge.leave_alone", Signature("李四", drawn), "zh", li_si)
    with refused("way_back.step_done"):
        ways(stage).sign(way, "pledge.leave_alone", Signature("李四"), "zh", li_si)
    pledge = WaysShown(stage.records).pledge(way, "pledge.leave_alone", li_si)
    assert pledge.written.endswith("\n\n李四")
    assert pledge.strokes == (((10, 20), (400, 600)), ((500, 20), (510, 900)))
    far = shown(stage, case, li_si)
    assert (far.done, far.of, far.stage) == (1, 2, "open")

    stage.tick(days=2, hours=23)
    assert stage.measures(case) == [("restriction", "in_force")]
    stage.tick(hours=1)
    assert stage.measures(case) == [("restriction", "released")]
    assert stage.told(case, Reader.RESPONDENT).count("way_back_released") == 1
    (held,) = held_sanctions(stage, decision)
    assert (held.strike_expires_at - held.imposed_at).days == 180
    stage.tick(days=30)
    assert "sanction_ended" not in stage.told(case)


def held_sanctions(stage: Stage, decision: DecisionId) -> list[Sanction]:
    """The sanctions of a decision."""
    with stage.records.work():
        return [held.now for held in stage.records.sanctions.of_decision(decision)]


def test_a_failed_exam_is_explained_and_waits_an_hour(fakes: Stage) -> None:
    _, _, case = sanctioned(fakes, SHARE, "inducement")
    li_si = fakes.account("li_si")
    way = id_of(shown(fakes, case, li_si))
    with refused("quiz.not_begun"):
        ways(fakes).answer_quiz(way, "exam.inducement", {}, li_si)
    first = ways(fakes).begin_quiz(way, "exam.inducement", li_si)
    assert ways(fakes).begin_quiz(way, "exam.inducement", li_si) == first
    with refused("quiz.unanswered"):
        ways(fakes).answer_quiz(way, "exam.inducement", {first.codes[0]: "1"}, li_si)
    assert not passed(fakes, way, "exam.inducement", li_si, right=False)
    (later,) = shown(fakes, case, li_si).alternatives[0]
    assert (later.state, later.until) == ("later", fakes.clock() + timedelta(hours=1))
    with refused("quiz.too_soon"):
        ways(fakes).begin_quiz(way, "exam.inducement", li_si)
    fakes.clock.pass_(hours=1)
    assert ways(fakes).begin_quiz(way, "exam.inducement", li_si).codes != first.codes
    assert passed(fakes, way, "exam.inducement", li_si)


def test_a_reviewer_checks_a_rectification_and_the_machine_never_does(stage: Stage) -> None:
    ana, _, case = sanctioned(stage, CLAIM, "marketing")
    li_si, bo = stage.account("li_si"), stage.hire("bo", Role.REVIEWER)
    way, step = id_of(shown(stage, case, li_si)), "proof.claims_corrected"
    ways(stage).hand_in(way, step, PROOF, (), li_si)
    assert "rectify" not in stage.app.files.open(case, li_si).can
    stage.tick(days=1)
    assert stage.measures(case) == [("rectification", "in_force")]
    for stranger in (li_si, stage.account("zhang_san"), stage.hire("op", Role.OPERATOR)):
        with refused("not_found", NotFound):
            ways(stage).check(way, step, REASONS, stranger, accept=True)
    (task,) = WaysShown(stage.records).to_check(bo, 10)
    assert (task.way_back, task.said, task.mine) == (way, PROOF, False)
    ways(stage).check(way, step, "截图里还看得到原来的那句话。", bo, accept=False)
    assert "原来的那句话" in stage.last_letter(case, "way_back_proof_refused")
    assert WaysShown(stage.records).to_check(bo, 10) == []
    ways(stage).hand_in(way, step, PROOF, (), li_si)
    assert WaysShown(stage.records).to_check(ana, 10)[0].mine
    ways(stage).check(way, step, REASONS, ana, accept=True)
    assert stage.measures(case) == [("rectification", "released")]
    assert stage.case(case).took_part >= {ana.person, bo.person}
    with refused("way_back.nothing_to_check"):
        ways(stage).check(way, step, REASONS, bo, accept=True)


def test_an_overturned_decision_closes_the_way_back_and_forgives_what_was_earned_off(
    stage: Stage,
) -> None:
    _, decision, case = sanctioned(stage, HARASSMENT, "abuse")
    bo, li_si = stage.hire("bo", Role.REVIEWER), stage.account("li_si")
    way = id_of(shown(stage, case, li_si))
    stage.app.reviewing.overturn(stage.appealed(decision), REASONS, bo)
    assert shown(stage, case, li_si).stage == "closed"
    with refused("way_back.over"):
        ways(stage).sign(way, "pledge.leave_alone", Signature("李四"), "zh", li_si)
    stage.tick(days=4)
    assert stage.measures(case) == [("restriction", "lifted")]

    second = stage.decided(bo, violation(SHARE), category="inducement")
    other = stage.case_of(second).id
    assert passed(stage, id_of(shown(stage, other, li_si)), "exam.inducement", li_si)
    cy = stage.hire("cy", Role.SENIOR_REVIEWER)
    appeal = stage.appealed(second)
    hears = stage.records.appeals.get(appeal).now.reviewer
    stage.app.reviewing.overturn(appeal, REASONS, cy if hears == cy.person else _as(hears))
    assert stage.measures(other) == [("restriction", "lifted")]
    assert stage.strikes("li_si", SHARE) == 0


def _as(person: PersonId | None) -> Caller:
    return Caller(person, frozenset({Role.REVIEWER}))


def test_the_third_time_only_an_appeal_leads_back_and_a_rung_can_be_shortened(
    fakes: Stage,
) -> None:
    ana = fakes.hire("ana", Role.REVIEWER)
    li_si = fakes.account("li_si")
    decisions = [
        fakes.decided(ana, violation(SHARE), category="inducement", subject_ref=f"post-{n}")
        for n in range(3)
    ]
    first, second, third = (fakes.case_of(decision).id for decision in decisions)
    none = shown(fakes, third, li_si)
    assert (none.stage, none.way_back) == ("none", None)
    assert none.why_none is not None
    assert none.why_none.zh in fakes.last_letter(third, "decision_to_respondent")

    way = id_of(shown(fakes, second, li_si))
    ways(fakes).sign(way, "pledge.no_pressure", Signature("Li Si"), "en", li_si)
    assert passed(fakes, way, "exam.inducement", li_si)
    (eased,) = held_sanctions(fakes, decisions[1])
    assert eased.state is SanctionState.IN_FORCE
    assert eased.ends_at == eased.imposed_at + timedelta(hours=24)
    assert fakes.told(second, Reader.RESPONDENT)[-1] == "way_back_eased"
    fakes.tick(days=1)
    assert [way.stage for way in WaysShown(fakes.records).of_case(first, li_si)] == [
        "fulfilled"  # it asked for the same exam
    ]
    assert fakes.measures(second) == [("restriction", "ended")]
