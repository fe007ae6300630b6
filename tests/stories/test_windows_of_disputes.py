"""A window of an outside platform can't pass unseen: clocks, reminders, misses."""

from datetime import datetime, timedelta

import pytest
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, stage_on_fakes

from gongdao.domain.deadlines.model import Deadline, DeadlineStage
from gongdao.domain.disputes.events import DisputeKind, Instance
from gongdao.domain.disputes.rules import file_dispute
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId, DisputeId, InvitationId
from gongdao.domain.organisations.model import MemberJoined, MemberRole

BEFORE_THE_HOLIDAY = datetime(2026, 2, 13, 18, tzinfo=CHINA)
"""The Friday before the Spring Festival of 2026, which lasts from the 15th to the 23rd."""


def clocks(stage: Stage, dispute: DisputeId) -> dict[str, Deadline]:
    """The clocks of a dispute that are open, by their kind."""
    return {d.now.kind.value: d.now for d in stage.records.deadlines.running(CaseId(dispute))}


def told(stage: Stage, dispute: DisputeId) -> list[tuple[str, str]]:
    """What people were told, and who."""
    names = {stage.account(name).person: name for name in ("lao_ban", "xiao_li")}
    return [(n.template, names[n.to]) for n in stage.notices(CaseId(dispute))]


def test_the_window_and_the_handling_follow_the_platforms_pack(stage: Stage) -> None:
    ours, boss = merchant(stage)
    began = stage.clock()
    dispute = review(stage, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    (window,) = clocks(stage, dispute).values()
    assert (window.kind.value, str(window.span)) == ("dispute_window", "7d")
    assert window.rule.code == "wechat.appeal.window"
    assert window.due_at.date() == (began.astimezone(CHINA) + timedelta(days=7)).date()
    disputing = stage.app.disputes.disputing
    with stage.records.work():
        held, by = disputing.held(dispute, boss)
        filed = file_dispute(held.now, Instance.PLATFORM, None, (), None, by, stage.clock())
        disputing.add(held, filed)
    (handling,) = clocks(stage, dispute).values()
    assert (handling.kind.value, str(handling.span)) == ("dispute_handling", "3wd")
    assert stage.records.deadlines.get(window.id).now.stage is DeadlineStage.MET


def test_no_window_is_invented_where_the_pack_names_none(stage: Stage) -> None:
    ours, boss = merchant(stage)
    assert clocks(stage, review(stage, ours, boss, platform="jd")) == {}


@pytest.fixture
def eve() -> Stage:
    return stage_on_fakes(BEFORE_THE_HOLIDAY)


def test_a_window_over_the_spring_festival_cannot_pass_unseen(eve: Stage) -> None:
    ours, boss = merchant(eve)
    dispute = review(eve, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    (window,) = clocks(eve, dispute).values()
    ends = datetime(2026, 2, 20, 23, 59, 59, tzinfo=CHINA)
    assert window.due_at == ends, "it ends within the holiday: the platform's window does not roll"
    eve.tick(days=3, hours=14)
    assert told(eve, dispute) == []
    for later in (timedelta(hours=2), timedelta(days=2, hours=14), timedelta(hours=22)):
        eve.tick(days=later.days, seconds=later.seconds)
    eve.tick(hours=3)
    assert told(eve, dispute) == [
        ("dispute_reminder", "lao_ban"),
        ("dispute_reminder", "lao_ban"),
        ("dispute_reminder", "lao_ban"),
        ("dispute_missed", "lao_ban"),
    ]
    (missed,) = clocks(eve, dispute).values()
    assert missed.stage is DeadlineStage.MISSED
    assert eve.records.disputes.get(dispute).now.is_open, "only a person ends it"


def test_the_calendar_feed_of_a_member_has_it_and_a_strangers_does_not(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    (window,) = clocks(stage, dispute).values()
    dating, stranger = stage.app.around_appeals.dating, stage.account("bie_ren")
    feed, other = (
        dating.feed(dating.make(who).rsplit("/", 1)[1].removesuffix(".ics"))
        for who in (boss, stranger)
    )
    assert f"deadline-{window.id}@gongdao" in feed.replace("\r\n ", "")
    assert "外部纠纷" in feed.replace("\r\n ", "")
    assert str(window.id) not in other.replace("\r\n ", "")


def test_whoever_is_on_duty_and_somebody_else_are_told(stage: Stage) -> None:
    ours, boss = merchant(stage)
    second = stage.account("xiao_li").person
    assert second is not None
    code, by = InvitationId(stage.records.new_id()), Actor(Role.MEMBER, boss.person)
    now, role = stage.clock(), MemberRole.AGENT
    joined = MemberJoined(at=now, by=by, invitation=code, person=second, role=role)
    with stage.records.work():
        stage.records.organisations.add(ours, [joined], after=1)
    dispute = review(stage, ours, boss, platform="weibo", of=DisputeKind.SANCTION)
    (window,) = clocks(stage, dispute).values()
    stage.tick(seconds=(window.due_at - stage.clock()).total_seconds() - 3600)
    assert told(stage, dispute) == [
        ("dispute_reminder", "lao_ban"),
        ("dispute_reminder_others", "xiao_li"),
    ]
    letter = stage.last_letter(CaseId(dispute), "dispute_reminder_others")
    assert "返50块" not in letter
