"""Following up: extortion on Taobao rejected and won at second appeal; the board; the robots."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.fakes.people import MemoryOutbox
from tests.fakes.robots import SECRET, RobotService, robot_service
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused

from gongdao.adapters.webhook_post import HttpPost
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.board import Asked
from gongdao.domain.disputes.events import (
    DisputeKind,
    DisputeOpened,
    Ending,
    FoundGround,
    GroundsChosen,
    Instance,
    Outcome,
)
from gongdao.domain.disputes.model import DisputeStage, NextStep
from gongdao.domain.disputes.robots import RobotKind
from gongdao.domain.disputes.rules import file_dispute
from gongdao.domain.flows.dispute_reminders import ROBOT
from gongdao.domain.flows.following import Called
from gongdao.domain.flows.robot_desk import Ringing
from gongdao.domain.kernel.errors import BadInput, NotFound, PeerFailed, Refused
from gongdao.domain.kernel.ids import CaseId, DisputeId, ExhibitId

REJECTION = "您好，经核实，您提供的凭证不足，无法证明买家存在敲诈行为，本次申诉不通过。"


def judged(stage: Stage, dispute: DisputeId, boss: Caller, *grounds: str) -> None:
    """Somebody chose grounds."""
    disputing = stage.app.disputes.disputing
    with stage.records.work():
        held, by = disputing.held(dispute, boss)
        found = tuple(FoundGround(each, 80) for each in grounds)
        chosen = GroundsChosen(at=stage.clock(), by=by, found=found, chosen=grounds)
        disputing.add(held, chosen)


def filed(stage: Stage, dispute: DisputeId, boss: Caller, *exhibits: ExhibitId) -> None:
    """It was filed with the platform."""
    disputing = stage.app.disputes.disputing
    with stage.records.work():
        held, by = disputing.held(dispute, boss)
        now = stage.clock()
        disputing.add(
            held, file_dispute(held.now, Instance.PLATFORM, None, exhibits, None, by, now)
        )


def test_extortion_on_taobao_is_won_at_second_appeal(stage: Stage) -> None:
    ours, boss = merchant(stage)
    following = stage.app.disputes.following
    dispute = review(stage, ours, boss)
    with refused("dispute.not_filed", Refused):
        following.answered(dispute, Outcome.REJECTED, REJECTION, boss)
    judged(stage, dispute, boss, "extortion")
    filed(stage, dispute, boss)
    stage.clock.pass_(hours=20)
    following.more_asked(dispute, "请提供完整聊天记录", stage.clock() + timedelta(days=1), boss)
    with refused("dispute.until_passed", BadInput):
        following.more_asked(dispute, "再要", stage.clock(), boss)
    stage.clock.pass_(hours=2)
    following.more_sent(dispute, "已上传", (), boss)
    call = Called(called_at=stage.clock(), whom="商家客服", said="请求加急", minutes=6)
    following.called(dispute, call, boss)
    stage.clock.pass_(hours=20)
    came = following.answered(dispute, Outcome.REJECTED, REJECTION, boss)
    assert came.reason == "evidence_missing"
    assert came.read[0].code == "evidence_missing"
    assert 0 < came.read[0].sure < 100
    view = stage.app.disputes.follow_views.one(dispute, boss)
    assert view.reason is not None
    assert view.reason.again
    second = view.ways[0]
    assert (second.rule.instance, second.claimed) == ("second", True)
    assert second.says is not None
    for again in (Instance.SECOND, Instance.PLATFORM):
        with refused("dispute.nothing_new", Refused):
            following.further(dispute, again, (), "", boss)
    judged(stage, dispute, boss, "extortion", "abuse")
    following.further(dispute, Instance.SECOND, (), "TB-2", boss)
    assert stage.records.disputes.get(dispute).now.stage is DisputeStage.FILED
    following.answered(dispute, Outcome.UPHELD, "评价已屏蔽", boss)
    now = stage.records.disputes.get(dispute).now
    assert (now.stage, now.ending) == (DisputeStage.ENDED, Ending.UPHELD)
    assert [each.outcome for each in now.filings] == [Outcome.REJECTED, Outcome.UPHELD]
    assert list(stage.records.deadlines.running(CaseId(dispute))) == []


def test_only_a_person_ends_what_lapsed_and_strangers_find_nothing(stage: Stage) -> None:
    ours, boss = merchant(stage)
    following = stage.app.disputes.following
    dispute = review(stage, ours, boss, platform="weibo")
    other = stage.account("bie_ren")
    for act in (
        lambda: following.check_off(dispute, other),
        lambda: following.ended(dispute, Ending.LAPSED, "", other),
        lambda: stage.app.disputes.follow_views.one(dispute, other),
        lambda: stage.app.disputes.follow_views.board(Asked(organisation=ours), other),
        lambda: stage.app.disputes.robots.of(ours, other),
    ):
        with refused("not_found", NotFound):
            act()
    stage.tick(days=4)
    with refused("dispute.ending", BadInput):
        following.ended(dispute, Ending.UPHELD, "", boss)
    following.ended(dispute, Ending.LAPSED, "假期没看到", boss)
    assert stage.records.disputes.get(dispute).now.ending is Ending.LAPSED


def test_the_board_has_the_least_time_left_first_and_keeps_what_was_looked_at(
    stage: Stage,
) -> None:
    ours, boss = merchant(stage)
    late = review(stage, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    soon = review(stage, ours, boss, platform="weibo", of=DisputeKind.SANCTION)
    unknown = review(stage, ours, boss, platform="jd")
    views = stage.app.disputes.follow_views
    column = views.board(Asked(organisation=ours), boss).board[NextStep.JUDGE]
    assert [line.dispute for line in column.lines] == [soon, late, unknown]
    assert column.lines[2].due_at is None
    one = views.board(Asked(organisation=ours, each=1), boss).board[NextStep.JUDGE]
    assert (len(one.lines), one.total) == (1, 3)
    some = views.board(Asked(organisation=ours, platform="jd"), boss).board
    assert [line.dispute for line in some[NextStep.JUDGE].lines] == [unknown]
    mine = views.board(Asked(organisation=ours, assignee=boss.person), boss).board
    assert mine[NextStep.JUDGE].total == 0
    for _ in range(2):
        stage.app.disputes.following.check_off(unknown, boss)
    kinds = [each.event.kind for each in stage.records.disputes.history(unknown)]
    assert kinds.count("dispute.checked") == 1
    line = views.board(Asked(organisation=ours, platform="jd"), boss).board[NextStep.JUDGE].lines[0]
    assert line.checked_on is not None


def test_what_came_in_by_another_way_gets_its_clocks(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, platform="wechat", of=DisputeKind.SANCTION)
    (opened,) = [each.event for each in stage.records.disputes.history(dispute)]
    with stage.records.work():
        other = DisputeId(stage.records.new_id())
        assert isinstance(opened, DisputeOpened)
        stage.records.disputes.add(other, [replace(opened, dispute=other)], after=0)
    assert stage.tick() > 0
    assert len(stage.records.deadlines.running(CaseId(other))) == 1
    with stage.records.work():
        assert stage.records.follow_ups.behind(10) == []


@pytest.fixture
def service(stage: Stage) -> Iterator[RobotService]:
    with robot_service(round(stage.clock().timestamp() * 1000)) as listening:
        yield listening


def ring(stage: Stage, payload: dict[str, str], *, last: bool = False) -> None:
    """What the worker does with a job of the topic."""
    Ringing(stage.records, HttpPost())(payload, last=last)


def test_both_robots_say_the_number_and_the_time_and_nothing_of_anybody(
    stage: Stage, service: RobotService, monkeypatch: pytest.MonkeyPatch
) -> None:
    posted: list[dict[str, str]] = []
    kind = type(stage.records.outbox)
    post = kind.post

    def noted(self: MemoryOutbox, topic: str, key: str, payload: dict[str, str]) -> None:
        if topic == ROBOT:
            posted.append(dict(payload))
        post(self, topic, key, payload)

    monkeypatch.setattr(kind, "post", noted)
    ours, boss = merchant(stage)
    desk = stage.app.disputes.robots
    wecom = desk.add(ours, RobotKind.WECOM, service.url("wecom"), "", boss, nearby=True)
    desk.add(ours, RobotKind.DINGTALK, service.url("dingtalk"), SECRET, boss, nearby=True)
    for each in posted:
        ring(stage, each)
    assert len(service.texts) == 2
    posted.clear()
    dispute = review(stage, ours, boss, platform="weibo", of=DisputeKind.SANCTION)
    stage.tick(days=2, hours=1)
    assert len(posted) == 2
    service.now_ms = round(stage.clock().timestamp() * 1000)
    service.broken = 1
    with pytest.raises(PeerFailed):
        ring(stage, posted[0])
    for each in posted:
        ring(stage, each)
    said = service.texts[2:]
    assert len(said) == 2
    for text in said:
        assert dispute.replace("-", "")[-8:].upper() in text
        assert "返50块" not in text
    assert [robot.error for robot in desk.of(ours, boss)] == [None, None]
    desk.remove(ours, wecom, boss)
    ring(stage, posted[0])
    assert len(service.texts) == 4, "what was removed is sent nothing"


@pytest.mark.parametrize(
    "url",
    [
        "http://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
        "https://qyapi.weixin.qq.com.example.org/cgi-bin/webhook/send?key=a",
        "https://qyapi.weixin.qq.com/cgi-bin/user/get?key=a",
        "https://x@qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a",
        "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=a&key=b",
        "http://127.0.0.1:80/cgi-bin/webhook/send?key=a",
        "http://169.254.169.254/cgi-bin/webhook/send?key=a",
    ],
)
def test_no_other_address_is_posted_to(fakes: Stage, url: str) -> None:
    ours, boss = merchant(fakes)
    with refused("robot.bad_address", BadInput):
        fakes.app.disputes.robots.add(ours, RobotKind.WECOM, url, "", boss)


def test_a_secret_is_needed_and_a_refusal_is_kept(fakes: Stage) -> None:
    ours, boss = merchant(fakes)
    desk = fakes.app.disputes.robots
    with robot_service(round(fakes.clock().timestamp() * 1000)) as service:
        url = service.url("dingtalk")
        with refused("robot.no_secret", BadInput):
            desk.add(ours, RobotKind.DINGTALK, url, "", boss, nearby=True)
        robot = desk.add(ours, RobotKind.DINGTALK, url, "SECwrong", boss, nearby=True)
        trial = {"robot": robot, "language": "zh", "what": "trial", "organisation": ours}
        ring(fakes, trial)
        assert service.texts == []
    assert [each.error for each in desk.of(ours, boss)] == ["robot.refused"]
