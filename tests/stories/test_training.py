"""Courses: time counted honestly, exams, certificates, a firm's two hours, and quarterly duties."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.stories.files_of import sent
from tests.stories.merchants import colleague, merchant
from tests.stories.stage import Stage, refused, stage_on_fakes, violation
from tests.stories.test_duty import entries

from gongdao.adapters.packet_paper.certificate import laid_out
from gongdao.adapters.packet_paper.words import In
from gongdao.bootstrap.training_stories import TrainingStories
from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.decisions.model import SanctionState
from gongdao.domain.firms.rules import Application
from gongdao.domain.flows.studying import ExamOutcome, Opened
from gongdao.domain.flows.training_desk import TeamView
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.quiz import Paper
from gongdao.domain.training.certificates import CertificateState
from gongdao.domain.training.duties import Counted

NUMBER = "91110000600037341L"


def learning(stage: Stage) -> TrainingStories:
    return stage.app.training


def read(stage: Stage, who: Caller, course: str, minutes: float = 1) -> None:
    """Read every section with a page that says every thirty seconds that somebody is there."""
    for section in stage.records.courses.get(course).sections:
        opened = Opened(course, section.code, stage.clock())
        for _ in range(int(minutes * 2)):
            stage.clock.pass_(seconds=30)
            learning(stage).studying.count(opened, 30, who)
        learning(stage).studying.turn(opened, 0, who)


def examined(stage: Stage, who: Caller, course: str, *, well: bool = True) -> ExamOutcome:
    """Take the exam, with every answer right or every answer wrong."""
    study, exam = learning(stage).studying, stage.records.courses.get(course).exam
    paper = study.begin_exam(course, who)
    assert study.open_paper(course, who) == paper
    learner = study.mine(who)
    assert learner is not None
    begun = learner.courses[course].open_try
    assert begun is not None
    first = stage.records.exams.mark(
        exam.quiz, begun.seed, paper.codes, dict.fromkeys(paper.codes, "1")
    )
    rights = {each.asked.code: each.right for each in first.answers}
    wrong = {code: "2" if right == "1" else "1" for code, right in rights.items()}
    return study.answer(course, rights if well else wrong, who)


STEP = "exam.community_basics"


def answers_to(stage: Stage, paper: Paper, *, well: bool = True) -> dict[str, str]:
    """Every answer right, or every one wrong, told from the words of the banks in memory."""
    found = {}
    for question in paper.questions:
        right = next(o.code for o in question.options if o.words.en == "yes")
        found[question.code] = right if well else "2" if right == "1" else "1"
    return found


def test_a_course_is_read_examined_and_certified(stage: Stage) -> None:
    who = stage.account("li_si")
    with refused("training.not_read", n=5):
        learning(stage).studying.begin_exam("reporting_well", who)
    read(stage, who, "reporting_well")
    outcome = examined(stage, who, "reporting_well")
    assert outcome.certificate is not None
    number = outcome.certificate.number
    certify = learning(stage).certifying
    mine = certify.open(number, who)
    assert (mine.state, mine.share, len(mine.leaf)) == (CertificateState.VALID, "", 64)
    with refused("not_found", NotFound):
        certify.open(number, stage.account("zhang_san"))
    assert certify.check(number.lower().replace("-", " ")).name == ""
    certify.name(number, " 李  四 ", who)
    with refused("training.named"):
        certify.name(number, "王五", who)
    share = certify.open(number, who).share
    assert certify.check(number, share).name == "李 四"
    assert certify.check(number).name == ""
    leaf = laid_out(mine, "https://example.org", In("zh"))["sections"][0]["blocks"][0]["rows"][3]
    assert leaf[1].replace(" ", "") == mine.leaf
    assert max(map(len, leaf[1].split())) <= 16  # one that cannot be broken runs out of its cell
    for wrong in ("0000-0000-0000", "x", number + "1"):
        with refused("not_found", NotFound):
            certify.check(wrong)
    with refused("not_found", NotFound):
        certify.check(number, "ABC")
    stage.clock.pass_(days=366)
    assert certify.check(number).state is CertificateState.EXPIRED


def test_a_closed_laptop_adds_nothing_and_two_tabs_count_once(stage: Stage) -> None:
    who, study = stage.account("li_si"), learning(stage).studying
    opened = Opened("merchants", "packing", stage.clock())
    other = Opened("community_rules", "ladder", stage.clock())
    stage.clock.pass_(seconds=30)
    assert study.count(opened, 30, who).seconds == 30
    assert study.count(other, 30, who).seconds == 0
    stage.clock.pass_(hours=3)
    assert study.count(opened, 0, who).seconds == 0
    assert study.count(opened, 10_800, who).seconds == 90
    stage.clock.pass_(hours=1)
    assert study.turn(opened, None, who) is not None  # no script, and open for an hour
    learner = study.mine(who)
    assert learner is not None
    assert learner.seconds("merchants") == 120
    late = Opened("merchants", "answering", stage.clock())
    stage.clock.pass_(seconds=40)
    study.turn(late, None, who)
    again = study.mine(who)
    assert again is not None
    assert again.seconds("merchants", "answering") == 40


def test_after_three_failed_tries_a_person_is_asked(stage: Stage) -> None:
    ana, who = stage.hire("ana", Role.REVIEWER), stage.account("li_si")
    read(stage, who, "group_owners")
    study, desk = learning(stage).studying, learning(stage).desk
    for n in range(3):
        with refused("training.tries_left"):
            study.ask_help("group_owners", "请看看。", who)
        outcome = examined(stage, who, "group_owners", well=False)
        assert outcome.certificate is None
        if n < 2:
            with refused("quiz.too_soon"):
                study.begin_exam("group_owners", who)
        stage.clock.pass_(hours=2)
    with refused("training.ask_a_person"):
        study.begin_exam("group_owners", who)
    study.ask_help("group_owners", "第三题我还是不明白。", who)
    with refused("training.asked"):
        study.ask_help("group_owners", "再问一次。", who)
    (asking,) = desk.board(ana).asking
    assert (asking.failed, asking.said) == (3, "第三题我还是不明白。")
    with refused("not_found", NotFound):
        desk.allow(asking.learner, "group_owners", "可以。", who)
    desk.allow(asking.learner, "group_owners", "已经一起看过错题。", ana)
    assert not desk.board(ana).asking
    assert examined(stage, who, "group_owners").certificate is not None


def test_a_firm_does_its_two_hours_and_exam() -> None:
    stage = stage_on_fakes()
    ana, shop = stage.hire("ana", Role.REVIEWER), stage.account("li_si")
    firms = stage.app.around_appeals.firms
    given = Application("北京示例有限公司", NUMBER, "王五", "王 五", agreed=True)
    firm = firms.apply(given, sent(stage), "zh", shop)
    firms.decide(firm, "材料齐全。", ana, accept=True)
    assert firms.needs(firms.open(firm, ana)).missing == ("hours", "exam")
    read(stage, shop, "merchants", minutes=12)
    assert examined(stage, shop, "merchants").certificate is not None
    now = firms.open(firm, ana)
    assert (firms.needs(now).minutes, firms.needs(now).missing) == (72, ("hours",))
    assert not now.lane
    read(stage, shop, "reporting_well", minutes=7)
    read(stage, shop, "community_rules", minutes=3)
    assert firms.trained(firms.open(firm, ana)).minutes >= 120
    assert firms.open(firm, ana).lane
    (mine,) = learning(stage).certifying.mine(shop)
    chief = stage.hire("chief", Role.SENIOR_REVIEWER)
    with refused("not_found", NotFound):
        learning(stage).certifying.withdraw(mine.certificate.number, "替考。", ana)
    learning(stage).certifying.withdraw(mine.certificate.number, "经核实由他人替考。", chief)
    assert not firms.open(firm, ana).lane
    assert firms.needs(firms.open(firm, ana)).missing == ("exam",)
    assert "替考" in stage.last_letter(CaseId(mine.certificate.id), "certificate_withdrawn")


def test_a_light_violation_comes_back_by_passing_the_course(stage: Stage) -> None:
    ana, li_si = stage.hire("ana", Role.REVIEWER), stage.account("li_si")
    read(stage, li_si, "community_rules")
    for _ in range(2):
        decision = stage.decided(ana, violation("abuse.insult"))
    (sanction,) = stage.records.sanctions.of_decision(decision)
    before = sanction.now.ends_at
    way = stage.records.ways_back.of_sanction(sanction.now.id)
    assert way is not None
    assert way.now.is_open
    failed = examined(stage, li_si, "community_rules", well=False)
    assert failed.certificate is None
    assert stage.records.ways_back.get(way.now.id).now.is_open
    stage.clock.pass_(hours=2)
    examined(stage, li_si, "community_rules")
    gone = stage.records.ways_back.get(way.now.id).now
    assert gone.stage.value == "fulfilled"
    after = stage.records.sanctions.get(sanction.now.id).now
    assert after.state is not SanctionState.IN_FORCE or after.ends_at != before


def test_a_person_has_one_line_of_tries_on_a_course_and_on_ways_back(stage: Stage) -> None:
    ana, li_si = stage.hire("ana", Role.REVIEWER), stage.account("li_si")
    read(stage, li_si, "community_rules", minutes=0)
    cases = [stage.decided(ana, violation("abuse.insult"), subject_ref=f"p-{n}") for n in range(2)]
    way = stage.records.ways_back.of_case(stage.case_of(cases[1]).id)[0].now.id
    back, study = stage.app.around_appeals.ways_back, learning(stage).studying
    paper = back.begin_quiz(way, STEP, li_si)
    assert study.begin_exam("community_rules", li_si) == paper
    wrong = answers_to(stage, paper, well=False)
    assert not back.answer_quiz(way, STEP, wrong, li_si).passed
    with refused("quiz.not_begun"):  # what was explained there is over here as well
        study.answer("community_rules", wrong, li_si)
    with refused("quiz.too_soon"):
        study.begin_exam("community_rules", li_si)
    stage.clock.pass_(hours=2)
    again = study.begin_exam("community_rules", li_si)
    assert back.begin_quiz(way, STEP, li_si) == again
    assert back.answer_quiz(way, STEP, answers_to(stage, again), li_si).passed
    (certificate,) = learning(stage).certifying.mine(li_si)
    assert certificate.certificate.course == "community_rules"
    assert not stage.records.ways_back.get(way).now.is_open


def test_every_quarter_is_set_reminded_across_a_holiday_and_late_only_once() -> None:
    stage = stage_on_fakes(datetime(2026, 9, 14, 1, tzinfo=UTC))
    ana = stage.hire("ana", Role.REVIEWER)
    chief = stage.hire("chief", Role.SENIOR_REVIEWER)
    stage.tick()
    board = learning(stage).desk.board(ana)
    reviewers = next(team for team in board.teams if team.code == "reviewers")
    assert (board.quarter, reviewers.bound, reviewers.share) == ("2026q3", 2, None)
    assert (reviewers.open, reviewers.counted) == ((), None)  # of two, one late is the other
    led = next(t for t in learning(stage).desk.board(chief).teams if t.code == "reviewers")
    assert {each.name for each in led.open} == {"ana", "chief"}
    duty = next(CaseId(each.duty.id) for each in led.open if each.name == "ana")
    due = led.open[0].duty.due_at
    # Twenty working days from 14 September pass over the week of the National Day.
    assert due - stage.clock() > timedelta(days=30)
    assert stage.told(duty, Reader.LEARNER) == ["training_due"]
    stage.tick(days=1)
    assert stage.told(duty) == ["training_due"]
    read(stage, chief, "reviewers")
    examined(stage, chief, "reviewers")
    stage.tick(days=28)
    assert stage.told(duty) == ["training_due", "training_reminder"]
    quarter = [t.bound for t in learning(stage).desk.board(chief).teams if t.code == "reviewers"]
    assert quarter == [2]  # October brought the same anew


def test_a_duty_stands_in_ones_own_calendar_until_it_is_done(stage: Stage) -> None:
    ana, bo = stage.hire("ana", Role.REVIEWER), stage.hire("bo", Role.REVIEWER)
    learning(stage).schedule.catch_up(10)
    dating = stage.app.around_appeals.dating
    mine, other = (dating.make(who) for who in (ana, bo))
    ((uid, entry),) = entries(stage, mine).items()
    assert (entry["STATUS"], "本季度考试截止" in entry["SUMMARY"]) == ("CONFIRMED", True)
    assert uid not in entries(stage, other)
    read(stage, ana, "reviewers", minutes=0)
    examined(stage, ana, "reviewers")
    assert entries(stage, mine)[uid]["STATUS"] == "CANCELLED"


def reviewers(stage: Stage, caller: Caller) -> TeamView:
    """The team of reviewers, as somebody of the staff sees it."""
    return next(t for t in learning(stage).desk.board(caller).teams if t.code == "reviewers")


def test_a_quarter_that_begins_with_the_holiday_is_missed_once_and_its_lead_sees_whose() -> None:
    stage = stage_on_fakes(datetime(2026, 10, 1, 1, tzinfo=UTC))
    ana = stage.hire("ana", Role.REVIEWER)
    chief = stage.hire("chief", Role.SENIOR_REVIEWER)
    stage.tick()
    duty = next(each.duty for each in reviewers(stage, chief).open if each.name == "ana")
    # Its twenty working days begin after the holiday, and one of them is a Saturday.
    assert duty.due_at.astimezone(CHINA).date() == date(2026, 11, 3)
    while stage.clock() <= duty.due_at + timedelta(days=3):
        stage.tick(days=1)
    told = ["training_due", "training_reminder", "training_reminder", "training_missed"]
    assert stage.told(CaseId(duty.id), Reader.LEARNER) == told
    assert "2026" in stage.last_letter(CaseId(duty.id), "training_missed")
    assert {each.name for each in reviewers(stage, chief).open if each.duty.missed} == {
        "ana",
        "chief",
    }
    assert reviewers(stage, chief).counted == Counted(2, 0, 2)
    assert (reviewers(stage, ana).counted, reviewers(stage, ana).open) == (None, ())
    read(stage, ana, "reviewers")
    examined(stage, ana, "reviewers")  # late is better than not at all
    assert reviewers(stage, chief).counted == Counted(2, 1, 1)
    assert [each.name for each in reviewers(stage, chief).open] == ["chief"]
    assert stage.told(CaseId(duty.id)) == told


def test_an_organisation_sees_how_its_members_did_and_never_who() -> None:
    stage = stage_on_fakes()
    ours, boss = merchant(stage)
    teams = learning(stage).teams

    def seen(course: str) -> tuple[int, int | None, int | None]:
        found = next(each for each in teams.of(ours, boss).courses if each.code == course)
        return found.n, found.share, found.at_first

    staff = [colleague(stage, ours, boss, f"staff_{n}") for n in range(20)]
    outside = stage.account("somebody_else")
    for who in [*staff[:19], outside]:
        read(stage, who, "merchants", minutes=0)
    for who in [outside, *staff[1:19]]:
        examined(stage, who, "merchants")
    examined(stage, staff[0], "merchants", well=False)
    assert seen("merchants") == (19, None, None)
    read(stage, staff[19], "merchants", minutes=0)
    examined(stage, staff[19], "merchants", well=False)
    stage.clock.pass_(hours=2)
    examined(stage, staff[19], "merchants")
    assert seen("merchants") == (20, 95, 90)
    stage.clock.pass_(hours=2)
    examined(stage, staff[0], "merchants")
    assert seen("merchants") == (20, 95, 90)  # all of them passed, which is not said of all
    assert seen("reviewers") == (0, None, None)
    with refused("organisation.role"):
        teams.of(ours, staff[0])
    for stranger in (outside, NOBODY):
        with refused("not_found", NotFound):
            teams.of(ours, stranger)
    by_course = {each.code: each for each in learning(stage).desk.board(auditor(stage)).courses}
    assert by_course["merchants"].n == 21


def auditor(stage: Stage) -> Caller:
    """Somebody who looks on."""
    return stage.hire("audrey", Role.AUDITOR)


@pytest.mark.parametrize("caller", [NOBODY, Caller(None, frozenset({Role.APP}))])
def test_nobody_learns_for_a_program(stage: Stage, caller: Caller) -> None:
    with refused("not_found", NotFound):
        learning(stage).studying.begin_exam("merchants", caller)
    with refused("not_found", NotFound):
        learning(stage).desk.board(caller)
