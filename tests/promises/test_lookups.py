"""What is promised of finding sanctions, appeals, notices and deadlines again."""

from datetime import timedelta

from tests.promises.makings import deadline, kept_case
from tests.stories.stage import REASONS, Stage, refused

from gongdao.domain.access.model import Caller
from gongdao.domain.deadlines.model import DeadlineRecomputed
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import DecisionId, NoticeId
from gongdao.domain.notices.model import Channel, NoticeDelivered, NoticeFailed


class TestSanctions:
    def test_of_a_person_oldest_first(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        decisions = []
        for _ in range(3):
            decisions.append(stage.decided(ana))
            stage.clock.pass_(minutes=1)
        stage.decided(ana, account="wang_wu")
        li_si = stage.records.parties.by_account("li_si")
        with stage.records.work():
            found = stage.records.sanctions.of_person(li_si)
            assert [sanction.decision for sanction in found] == decisions
            assert stage.records.sanctions.of_person(stage.records.parties.by_account("x1")) == []

    def test_of_a_decision(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        decision = stage.decided(ana)
        with stage.records.work():
            (held,) = stage.records.sanctions.of_decision(decision)
            assert (held.now.decision, held.version) == (decision, 1)
            absent = DecisionId(stage.records.new_id())
            assert stage.records.sanctions.of_decision(absent) == []

    def test_those_whose_time_is_over_soonest_first_and_no_more_than_asked(
        self, stage: Stage
    ) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        for number in range(3):
            stage.decided(ana, account=f"user_{number}")
            stage.decided(ana, account=f"user_{number}")
            stage.clock.pass_(hours=1)
        now = stage.clock() + timedelta(days=10)
        with stage.records.work():
            over = stage.records.sanctions.to_end(now, 10)
            assert len(over) == 3
            ends = [held.now.ends_at for held in over]
            assert ends == sorted(ends, key=str)
            assert stage.records.sanctions.to_end(now, 2) == over[:2]
            assert stage.records.sanctions.to_end(stage.clock(), 10) == []
        stage.tick(days=10)
        with stage.records.work():
            assert stage.records.sanctions.to_end(now, 10) == []


class TestAppeals:
    def test_those_that_wait_oldest_first_and_no_more_than_asked(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        appeals = []
        for _ in range(3):
            appeals.append(stage.appealed(stage.decided(ana)))
            stage.clock.pass_(minutes=1)
        with stage.records.work():
            waiting = stage.records.appeals.waiting(10)
            assert [held.now.id for held in waiting] == appeals
            assert [held.version for held in waiting] == [2, 2, 2]
            assert stage.records.appeals.waiting(1) == waiting[:1]
        stage.hire("bo", Role.REVIEWER)
        stage.tick()
        with stage.records.work():
            assert stage.records.appeals.waiting(10) == []

    def test_of_a_decision_first_level_first(self, stage: Stage) -> None:
        ana, cy = stage.hire("ana", Role.REVIEWER), stage.hire("cy", Role.SENIOR_REVIEWER)
        di = stage.hire("di", Role.SENIOR_REVIEWER)
        decision = stage.decided(ana)
        first = stage.appealed(decision)
        stage.app.reviewing.uphold(first, REASONS, stage.reviewer_of(first, cy, di))
        second = stage.appealed(decision)
        found = stage.records.appeals.of_decision(decision)
        assert [appeal.id for appeal in found] == [first, second]
        assert stage.records.appeals.of_decision(DecisionId(stage.records.new_id())) == []


class TestNotices:
    def test_an_inbox_newest_first_of_one_case_or_all(self, stage: Stage) -> None:
        ana = stage.hire("ana", Role.REVIEWER)
        zhang = stage.account("zhang_san")
        one = stage.accepted(ana, zhang)
        stage.clock.pass_(minutes=1)
        other = stage.report(zhang, subject_ref="post-82")
        assert zhang.person is not None
        inbox = stage.records.notices.inbox
        newest = inbox(zhang.person, 10)
        assert [n.template for n in newest] == [
            "report_received",
            "report_accepted",
            "report_received",
        ]
        assert [n.case for n in newest] == [other.case, one.case, one.case]
        assert inbox(zhang.person, 2) == newest[:2]
        assert inbox(zhang.person, 10, one.case) == newest[1:]
        assert stage.records.notices.of_case(one.case) == newest[:0:-1]

    def test_an_inbox_is_read_on_before_a_notice_of_ones_own(self, stage: Stage) -> None:
        zhang = stage.account("zhang_san").person
        assert zhang is not None
        for _ in range(3):
            stage.report(Caller(zhang))
        inbox = stage.records.notices.inbox
        newest = inbox(zhang, 10)
        assert inbox(zhang, 10, None, newest[0].id) == newest[1:]
        assert inbox(zhang, 1, None, newest[0].id) == newest[1:2]
        assert inbox(zhang, 10, None, newest[2].id) == []
        theirs = stage.notices(stage.report().case)[0].id
        for strange in (theirs, NoticeId(stage.records.new_id())):
            with refused("not_found", NotFound):
                inbox(zhang, 10, None, strange)

    def test_those_whose_mail_fails_newest_first(self, stage: Stage) -> None:
        notices = []
        for _ in range(3):
            receipt = stage.report(contact="a@example.org")
            notices.append(stage.notices(receipt.case)[0].id)
            stage.clock.pass_(minutes=1)
        assert stage.records.notices.undelivered(10) == []
        for notice, final in zip(notices, (True, False, True), strict=True):
            failed = NoticeFailed(
                at=stage.clock(), by=SYSTEM, channel=Channel.EMAIL, error="mail.x", final=final
            )
            with stage.records.work():
                stage.records.notices.add(notice, [failed], after=1)
        assert [n.id for n in stage.records.notices.undelivered(10)] == notices[::-1]
        assert [n.id for n in stage.records.notices.undelivered(1)] == notices[2:]
        sent = NoticeDelivered(at=stage.clock(), by=SYSTEM, channel=Channel.EMAIL)
        with stage.records.work():
            stage.records.notices.add(notices[2], [sent], after=2)
        assert [n.id for n in stage.records.notices.undelivered(10)] == notices[1::-1]


class TestDeadlines:
    def test_running_ones_soonest_first(self, stage: Stage) -> None:
        case = kept_case(stage)
        deadlines = stage.records.deadlines
        hours = (30, 10, 20)
        with stage.records.work():
            for each in hours:
                setting = deadline(stage, case, stage.clock() + timedelta(hours=each))
                deadlines.add(setting.deadline, [setting], after=0)
        found = deadlines.running(case)
        assert [h.now.due_at - stage.clock() for h in found] == [
            timedelta(hours=each) for each in sorted(hours)
        ]
        assert list(deadlines.running_about(case)) == list(found)
        assert list(deadlines.running(kept_case(stage))) == []

    def test_those_to_look_at_are_those_whose_moment_has_come(self, stage: Stage) -> None:
        case = kept_case(stage)
        deadlines = stage.records.deadlines
        due = stage.clock() + timedelta(hours=10)
        with stage.records.work():
            plain = deadline(stage, case, due)
            reminding = deadline(stage, case, due, early=4)
            for setting in (plain, reminding):
                deadlines.add(setting.deadline, [setting], after=0)

        def come(at: timedelta, limit: int = 10) -> list[str]:
            with stage.records.work():
                return [h.now.id for h in deadlines.to_look_at(due + at, limit)]

        assert come(timedelta(hours=-5)) == []
        assert come(timedelta(hours=-4)) == [reminding.deadline]
        assert come(timedelta()) == [reminding.deadline]
        assert come(timedelta(seconds=1)) == [reminding.deadline, plain.deadline]
        assert come(timedelta(seconds=1), 1) == [reminding.deadline]

    def test_provisional_ones_until_they_are_counted_on_this_calendar(self, stage: Stage) -> None:
        case = kept_case(stage)
        deadlines = stage.records.deadlines
        due = stage.clock() + timedelta(days=10)
        setting = deadline(stage, case, due, provisional=True)
        firm = deadline(stage, case, due)
        with stage.records.work():
            for each in (setting, firm):
                deadlines.add(each.deadline, [each], after=0)
            found = deadlines.provisional("a later calendar", 10)
            assert [held.now.id for held in found] == [setting.deadline]
            assert list(deadlines.provisional("a calendar", 10)) == []
            assert list(deadlines.provisional("a later calendar", 0)) == []
            counted = DeadlineRecomputed(
                at=stage.clock(),
                by=SYSTEM,
                due_at=due,
                provisional=False,
                calendar="a later calendar",
                remind_at=(),
            )
            deadlines.add(setting.deadline, [counted], after=1)
            assert list(deadlines.provisional("a later calendar", 10)) == []
