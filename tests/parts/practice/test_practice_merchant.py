"""The practice merchant is set up: a dispute for each next step, and days between its events."""

from datetime import timedelta

from tests.stories.stage import Stage, stage_on_fakes

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.disputes.model import DisputeStage
from gongdao.practice.merchant import Merchant


def played(stage: Stage) -> Merchant:
    """The merchant of this house, after its days until now."""
    end = stage.clock()
    merchant = Merchant(stage.app, stage.account("lao_ban"))
    for hours, do in merchant.steps():
        stage.clock.now = end - timedelta(hours=hours)
        do()
    stage.clock.now = end
    return merchant


def test_there_is_a_dispute_for_each_next_step() -> None:
    stage = stage_on_fakes()
    merchant = played(stage)
    now = {name: stage.records.disputes.get(of).now for name, of in merchant.opened.items()}
    assert {name: each.stage for name, each in now.items()} == {
        "taobao": DisputeStage.REJECTED,
        "dianping": DisputeStage.MORE_ASKED,
        "weibo": DisputeStage.PREPARING,
        "jd": DisputeStage.FILED,
        "wechat": DisputeStage.PREPARING,
    }
    assert {now["weibo"].kind, now["wechat"].kind} == {DisputeKind.SANCTION}
    assert all(asked.until and asked.until > stage.clock() for asked in now["dianping"].asked)


def test_its_events_lie_in_their_order_and_hours_apart() -> None:
    stage = stage_on_fakes()
    merchant = played(stage)
    hours = [hours for hours, _ in merchant.steps()]
    assert hours == sorted(hours, reverse=True)
    for dispute in merchant.opened.values():
        view = stage.app.disputes.files.open(dispute, merchant.owner)
        times = [entry.at for entry in view.timeline]
        assert times == sorted(times) or times == sorted(times, reverse=True)
        assert len({f"{at:%d %H:%M}" for at in times}) == len(times)
        assert view.now.facts.noticed_at < min(times)
