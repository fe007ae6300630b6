"""How appeals are heard: opinion, forecast, question, second opinion, two people, new evidence."""

import pytest
from tests.stories.behind_the_back import column, database_refuses, slip_in, sql
from tests.stories.files_of import PDF, PNG, brought
from tests.stories.stage import GROUNDS, REASONS, Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.appeals.model import Filing, ForecastBasis, Weighed
from gongdao.domain.appeals.opinions import Leaning
from gongdao.domain.flows.hearing_views import HearingView
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId, ExhibitId
from gongdao.domain.notices.model import Reader
from gongdao.domain.triage.model import Spread

FORETOLD = Weighed(
    complete=83,
    missing=("pledge",),
    tone=("blame",),
    basis=ForecastBasis.CLAIMED,
    low=41,
    high=67,
)
OPINION = "我初步认为证据能说明上下文，倾向撤销。"
SAID = "第一段，含 {braces} 和 “引号”。\n\n　　第二段：结论是 ——撤销；50 % 与 ﷼ 也照写。"


class House:
    """A house in which ana has decided and li_si has appealed."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.ana = stage.hire("ana", Role.REVIEWER)
        self.staff = [stage.hire(name, Role.REVIEWER) for name in ("bo", "di", "ed")]
        self.cy = stage.hire("cy", Role.SENIOR_REVIEWER)
        self.op = stage.hire("op", Role.OPERATOR)
        self.li_si = stage.account("li_si")
        self.decision = stage.decided(self.ana)
        self.case = stage.case_of(self.decision).id
        stage.clock.pass_(hours=1)

    def appealed(self, *brings: str) -> AppealId:
        """File what was weighed before."""
        filing = Filing(brings=tuple(map(ExhibitId, brings)))
        return self.stage.app.appealing.file(self.decision, GROUNDS, self.li_si, filing, FORETOLD)

    def hears(self, appeal: AppealId) -> Caller:
        """Who hears it."""
        return self.stage.reviewer_of(appeal, *self.staff, self.cy)

    def others(self, *but: Caller) -> list[Caller]:
        """Reviewers who took no part yet."""
        return [each for each in self.staff if each not in but]

    def marked(self) -> None:
        """The operator marks li_si."""
        self.stage.app.around_appeals.high_profile.mark(
            "li_si", "粉丝很多的公众人物账号。", self.op
        )

    def pane(self, appeal: AppealId, caller: Caller) -> HearingView:
        """What somebody on the staff sees of it."""
        return self.stage.app.around_appeals.hearings.open(appeal, caller)


def test_from_the_first_opinion_to_an_outcome_of_two_people(stage: Stage) -> None:
    house = House(stage)
    house.marked()
    appeal = house.appealed()
    hears = house.hears(appeal)
    second, third = house.others(hears)[:2]
    nothing_is_foretold_before_an_opinion(house, appeal, hears, second)
    a_question_stops_the_clock(house, appeal, hears)
    a_colleague_writes_without_the_first_opinion(house, appeal, hears, second)
    nothing_happens_before_a_second_person(house, appeal, hears, second, third)

    assert stage.measures(house.case) == [("warning", "lifted")]
    assert SAID in stage.last_letter(house.case, "appeal_overturned")
    assert SAID in stage.last_letter(house.case, "appeal_overturned", "en")
    for notice in stage.notices(house.case):
        for language in ("zh", "en"):
            letter = stage.records.opened(notice.letter(language).body)
            assert "内部备注" not in letter
            assert "倾向" not in letter
    assert {hears.person, second.person, third.person} <= stage.case(house.case).took_part


def nothing_is_foretold_before_an_opinion(
    house: House, appeal: AppealId, hears: Caller, second: Caller
) -> None:
    hearings = house.stage.app.around_appeals.hearings
    shown = house.pane(appeal, hears)
    assert (shown.foretold, shown.hidden, shown.tone) == (None, True, ("blame",))
    assert sorted(shown.can) == [
        "appeal_note",
        "ask_appellant",
        "ask_second",
        "hear_appeal",
        "opinion",
    ]
    hearings.write_opinion(appeal, Leaning.OVERTURN, OPINION, hears)
    shown = house.pane(appeal, hears)
    assert (shown.foretold, shown.hidden) == (FORETOLD, False)
    assert house.pane(appeal, second).foretold is None
    assert house.pane(appeal, second).opinions == ()
    with refused("appeal.opinion_written"):
        hearings.write_opinion(appeal, Leaning.UPHOLD, OPINION, hears)
    hearings.note(appeal, "内部备注：请核对截图的时间。", hears)
    assert house.pane(appeal, second).notes == ()


def a_question_stops_the_clock(house: House, appeal: AppealId, hears: Caller) -> None:
    stage, asking = house.stage, house.stage.app.around_appeals.asking
    before = house.pane(appeal, hears).clock
    assert asking.ask(appeal, "请说明截图是哪一天、几点几分保存的。", hears) is not None
    (clock,) = stage.app.files.open(house.case, house.li_si).clocks
    assert (clock.kind, clock.paused) == ("appeal_decision", True)
    with refused("appeal.answer_awaited"):
        stage.app.reviewing.uphold(appeal, REASONS, hears)
    assert "请说明截图是哪一天" in stage.last_letter(house.case, "appeal_question")
    assert stage.app.files.open(house.case, house.li_si).can == ("answer_question",)
    with refused("not_found", NotFound):
        asking.answer(appeal, "截图是三月一日保存的，请看。", hears)
    stage.tick(days=4)
    asking.answer(appeal, "截图是三月一日九点十分在我的手机上保存的。", house.li_si)
    shown = house.pane(appeal, hears)
    assert before is not None
    assert shown.clock is not None
    assert (shown.clock.paused, shown.questions[0].lapsed) == (False, False)
    assert shown.clock.due_at > before.due_at


def a_colleague_writes_without_the_first_opinion(
    house: House, appeal: AppealId, hears: Caller, second: Caller
) -> None:
    hearings = house.stage.app.around_appeals.hearings
    assert second.person is not None
    hearings.ask_second(appeal, second.person, "请只看截图的完整性，谢谢。", hears)
    assert house.pane(appeal, second).asked_of_me
    (line,) = house.stage.app.desk.queue(second, QueueName.APPEALS).lines
    assert (line.id, line.waits_for, line.my_move) == (house.case, "second_opinion", True)
    assert hearings.next(second) == house.case
    assert house.pane(appeal, second).opinions == ()
    hearings.write_opinion(appeal, Leaning.UPHOLD, "截图不完整，我倾向维持。", second)
    assert [o.first for o in house.pane(appeal, second).opinions] == [True, False]
    assert second.person in house.stage.case(house.case).took_part


def nothing_happens_before_a_second_person(
    house: House, appeal: AppealId, hears: Caller, second: Caller, third: Caller
) -> None:
    stage, reviewing = house.stage, house.stage.app.reviewing
    assert reviewing.overturn(appeal, SAID, hears) is False
    assert stage.measures(house.case) == [("warning", "in_force")]
    assert "appeal_overturned" not in stage.told(house.case)
    assert house.pane(appeal, third).two_people == ("marked",)
    (line,) = stage.app.desk.queue(third, QueueName.WAITING).lines
    assert line.waits_for == "second_person"
    for nobody, code in ((hears, "own_outcome"), (second, "not_independent")):
        with refused(f"appeal.{code}"):
            reviewing.confirm(appeal, REASONS, nobody)
    with refused("appeal.outcome_held"):
        reviewing.overturn(appeal, REASONS, hears)
    assert stage.app.around_appeals.hearings.next(third) == house.case
    running = stage.app.files.open(house.case, house.li_si).clocks
    assert [(c.kind, c.paused) for c in running] == [("appeal_decision", False)]
    reviewing.confirm(appeal, "我看过全部材料，同意。", third)


def test_a_question_without_an_answer_lets_the_clock_run_on_by_itself(fakes: Stage) -> None:
    house = House(fakes)
    asking = fakes.app.around_appeals.asking
    appeal = house.appealed()
    hears = house.hears(appeal)
    until = asking.ask(appeal, "请说明截图是哪一天保存的。", hears)
    assert until is not None
    fakes.clock.go_to(until)
    fakes.tick(hours=1)
    shown = house.pane(appeal, hears)
    assert shown.clock is not None
    assert (shown.clock.paused, shown.waits_for, shown.questions[0].lapsed) == (False, "", True)
    assert fakes.told(house.case, Reader.RESPONDENT)[-1] == "appeal_question_lapsed"
    # The cap counts for all questions together: the next one holds no clock, and is still asked.
    assert asking.ask(appeal, "那么这张截图是谁保存的？请说明。", hears) is None
    assert fakes.told(house.case, Reader.RESPONDENT)[-1] == "appeal_question_running"
    asking.answer(appeal, "是我本人保存的，在三月一日上午。", house.li_si)
    fakes.app.reviewing.uphold(appeal, REASONS, hears)


def test_a_second_person_who_refuses_gives_it_back(fakes: Stage) -> None:
    house = House(fakes)
    house.marked()
    appeal = house.appealed()
    hears = house.hears(appeal)
    second, third = house.others(hears)[:2]
    assert not fakes.app.reviewing.overturn(appeal, SAID, hears)
    fakes.app.reviewing.refuse(appeal, "理由没有回应第二张截图。", second)
    shown = house.pane(appeal, hears)
    assert (shown.waits_for, shown.verdicts[0].confirmed) == ("", False)
    assert "hear_appeal" in shown.can
    assert not fakes.app.reviewing.overturn(appeal, REASONS, hears)
    with refused("appeal.not_independent"):
        fakes.app.reviewing.confirm(appeal, REASONS, second)
    fakes.app.reviewing.confirm(appeal, REASONS, third)
    assert REASONS in fakes.last_letter(house.case, "appeal_overturned")


def test_upholding_a_light_penalty_needs_one_person_and_a_mark_can_go(fakes: Stage) -> None:
    house, story = House(fakes), fakes.app.around_appeals.high_profile
    house.marked()
    with refused("profile.marked"):
        house.marked()
    with refused("not_found", NotFound):
        story.mark("li_si", REASONS, house.cy)
    assert [one.account for one in story.marks(house.op)] == ["li_si"]
    appeal = house.appealed()
    assert fakes.app.reviewing.uphold(appeal, REASONS, house.hears(appeal))
    story.clear("li_si", "账号已经注销，不再需要。", house.op)
    assert story.marks(house.op) == []
    assert story.why(fakes.case(house.case)) == ()
    with refused("profile.not_marked"):
        story.clear("li_si", REASONS, house.op)
    app = Caller(None, frozenset({Role.APP}))
    told = Spread(fakes.clock(), views=2_000_000)
    fakes.app.reweighing.spread(house.case, told, app)
    assert story.why(fakes.case(house.case)) == ("reach",)


def closed_at_the_last_level(house: House) -> None:
    """Both levels have upheld it."""
    for _ in range(2):
        appeal = house.appealed()
        house.stage.app.reviewing.uphold(appeal, REASONS, house.hears(appeal))


def test_new_evidence_opens_the_last_level_once_more(stage: Stage) -> None:
    house = House(stage)
    old = brought(stage, house.case, house.li_si)
    closed_at_the_last_level(house)
    assert "再申诉一次" in stage.last_letter(house.case, "appeal_upheld")
    stage.clock.pass_(hours=1)
    again = brought(stage, house.case, house.li_si, PNG)  # the same file is not new
    final = stage.app.around_appeals.hearings.final(house.decision, house.li_si)
    assert final is not None
    assert final.ground == "same_facts"
    for brings in ((), (old,), (again,)):
        with refused("appeal.final", ground="same_facts"):
            house.appealed(*brings)
    assert stage.app.files.open(house.case, house.li_si).can == ()
    stranger = brought(stage, house.case, house.ana, PDF, "a.pdf")
    with refused("appeal.final", ground="same_facts"):
        house.appealed(stranger)
    new = brought(stage, house.case, house.li_si, PDF + b"\n", "时间线.pdf")
    assert stage.app.files.open(house.case, house.li_si).can == ("appeal",)
    senior = stage.hire("su", Role.SENIOR_REVIEWER)
    third = house.appealed(new)
    held = stage.records.appeals.get(third).now
    assert (held.level, held.round, held.opened_by) == (2, 2, (new,))
    assert held.reviewer == senior.person  # cy heard the level before
    view = house.pane(third, senior)
    assert (view.opened_by, view.further) == ((new,), "nothing")
    assert new in {each.id for each in view.exhibits}
    stage.app.reviewing.uphold(third, REASONS, senior)
    brought(stage, house.case, house.li_si, PDF + b"\n\n", "更多.pdf")
    with refused("appeal.final", ground="reopened"):
        house.appealed(new)


def test_after_its_time_not_even_new_evidence_opens_it(fakes: Stage) -> None:
    house = House(fakes)
    closed_at_the_last_level(house)
    fakes.clock.pass_(days=200)
    new = brought(fakes, house.case, house.li_si, PDF, "时间线.pdf")
    with refused("appeal.final", ground="window"):
        house.appealed(new)


@pytest.mark.django_db
def test_the_database_holds_that_two_different_people_acted(postgres: Stage) -> None:
    house = House(postgres)
    house.marked()
    appeal = house.appealed()
    hears = house.hears(appeal)
    second, third = house.others(hears)[:2]
    with database_refuses("appeal_opinion_by_its_reviewer"):
        slip_in(appeal, "appeal.opinion_written", "reviewer", second.person)
    assert not postgres.app.reviewing.overturn(appeal, SAID, hears)
    with database_refuses("appeal_two_people"):
        slip_in(appeal, "appeal.overturned", "reviewer", hears.person)
    for person in (hears.person, house.ana.person, house.li_si.person):
        with database_refuses("appeal_adviser_independent"):
            slip_in(appeal, "appeal.outcome_confirmed", "reviewer", person)
    slip_in(appeal, "appeal.outcome_refused", "reviewer", second.person)
    assert column("select count(*) from took_part where person = %s", second.person) == [1]
    with database_refuses("appeal_adviser_independent"):
        slip_in(appeal, "appeal.outcome_confirmed", "reviewer", second.person)
    slip_in(appeal, "appeal.outcome_confirmed", "reviewer", third.person)
    slip_in(appeal, "appeal.overturned", "reviewer", hears.person)
    with database_refuses("appeal_reopened_by_evidence"):
        slip_in(postgres.records.new_id(), "appeal.filed", "respondent", None, '{"round": 2}')
    with database_refuses("appeal_once_per_level"):
        sql(
            """insert into appeal_row (id, version, decision, "case", level, side, appellant, stage,
                filed_at, round, waits_for, two_people)
            select gen_random_uuid(), 1, decision, "case", level, side, appellant, stage, filed_at,
                round, '', false from appeal_row"""
        )
