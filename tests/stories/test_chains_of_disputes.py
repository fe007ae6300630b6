"""The closed chain of a dispute, and words of the other side that contradict the record."""

from datetime import date
from typing import Any

import pytest
from tests.fakes.looks import ToldReader
from tests.parts.evidence.read_pictures import line, screen
from tests.stories.files_of import sent
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused
from tests.stories.test_looks import OwnView, picture

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.contradictions import Kind, Place
from gongdao.domain.disputes.events import SaidDay
from gongdao.domain.evidence.chain import Gap, Proves, Step
from gongdao.domain.evidence.reading import ReadPicture
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.looking import LookAt
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.kernel.ids import DisputeId, ExhibitId

TRACK = screen(
    line("京东快递", 40, 20), line("下单时间 2026-02-20 09:12:00", 40, 60),
    line("订单编号：2026022000017", 40, 120), line("已签收 2026-02-23 10:41:00 本人签收", 40, 180),
)  # fmt: skip
CLOSED_SIGN = screen(
    line("店铺公告", 40, 20), line("因设备检修，2026年2月21日至2026年2月24日暂停营业", 40, 80)
)
PICTURES = {"track.png": (picture(1, "")[0], TRACK), "sign.png": (picture(5, "")[0], CLOSED_SIGN)}


@pytest.fixture
def sight(stage: Stage) -> Stage:
    return stage.with_(examiner=OwnView())


def brought(stage: Stage, dispute: DisputeId, boss: Caller, name: str) -> ExhibitId:
    """A picture of a dispute, looked at."""
    content, read = PICTURES[name]
    token = sent(stage, content, name)
    (exhibit,) = stage.app.disputes.exhibits.attach(dispute, [token], Said("screenshot"), boss)
    told: dict[bytes, ReadPicture] = {content: read}
    LookAt(stage.records, ToldReader(told), stage.app.looking.tools)({"exhibit": exhibit})
    return exhibit


def not_received(stage: Stage, shown_on: date = date(2026, 2, 26)) -> tuple[DisputeId, Caller]:
    ours, boss = merchant(stage)
    text = "等了一个星期，根本没收到货，骗子店。"
    told: dict[str, Any] = {
        "platform": "jd",
        "text": text,
        "order": "2026022000017",
        "shown_on": shown_on,
    }
    return review(stage, ours, boss, **told), boss


def test_not_received_on_jd_is_contradicted_by_the_courier(sight: Stage) -> None:
    dispute, boss = not_received(sight)
    brought(sight, dispute, boss, "track.png")
    chain = sight.app.disputes.chaining.of(dispute, boss)
    (found,) = chain.contradictions
    assert found.kind is Kind.NOT_RECEIVED
    assert (found.theirs.place, found.theirs.words) == (Place.TEXT, "根本没收到货")
    assert (found.record.place, found.record.exhibit) == (Place.EXHIBIT, 1)
    assert found.record.day == date(2026, 2, 23)
    assert "本人签收" in found.record.words
    assert 70 <= found.sure <= 99
    gaps = {each.gap for each in chain.chain.gaps}
    assert {Gap.NO_CONTENT, Gap.NO_COMMUNICATION} <= gaps
    assert Gap.NO_TRANSACTION not in gaps


def test_what_was_so_on_the_day_of_the_review_is_no_contradiction(sight: Stage) -> None:
    dispute, boss = not_received(sight, date(2026, 2, 22))
    brought(sight, dispute, boss, "track.png")
    assert sight.app.disputes.chaining.of(dispute, boss).contradictions == ()


def test_dianping_a_visit_on_a_day_on_which_the_shop_was_closed(sight: Stage) -> None:
    ours, boss = merchant(sight)
    text = "2月22日晚上去吃的，服务员爱理不理，菜是凉的。"
    told: dict[str, Any] = {"platform": "dianping", "text": text, "shown_on": date(2026, 2, 25)}
    dispute = review(sight, ours, boss, **told)
    brought(sight, dispute, boss, "sign.png")
    (found,) = sight.app.disputes.chaining.of(dispute, boss).contradictions
    assert (found.kind, found.theirs.words) == (Kind.CLOSED_DAY, "2月22日")
    assert found.record.day == date(2026, 2, 22)
    assert "暂停营业" in found.record.words


def test_a_member_says_days_that_no_exhibit_shows(sight: Stage) -> None:
    ours, boss = merchant(sight)
    told: dict[str, Any] = {
        "platform": "dianping",
        "text": "昨天去店里，排队半小时。",
        "shown_on": date(2026, 2, 25),
    }
    dispute = review(sight, ours, boss, **told)
    chaining = sight.app.disputes.chaining
    chaining.say_days(dispute, [SaidDay("closed", date(2026, 2, 24))], boss)
    (found,) = chaining.of(dispute, boss).contradictions
    assert (found.kind, found.record.place) == (Kind.CLOSED_DAY, Place.MEMBER)
    with refused("chain.day_to_come", BadInput):
        chaining.say_days(dispute, [SaidDay("closed", date(2099, 1, 1))], boss)
    with refused("not_found", NotFound):
        chaining.say_days(dispute, [], sight.account("li_si"))


def test_what_a_member_says_of_an_exhibit_stands_beside_what_was_found(sight: Stage) -> None:
    dispute, boss = not_received(sight)
    exhibit = brought(sight, dispute, boss, "track.png")
    chaining = sight.app.disputes.chaining
    steps = [(Step.TALKED, date(2026, 2, 24))]
    chaining.explain(dispute, exhibit, [Proves.COMMUNICATION], steps, "电话核实", boss)
    (link,) = chaining.of(dispute, boss).chain.links
    assert link.found is not None
    assert link.by_party is not None
    assert link.by_party.note == "电话核实"
    assert link.counted.proves == {Proves.COMMUNICATION}
