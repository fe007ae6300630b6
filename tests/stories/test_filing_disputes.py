"""Filing: the platform's way, a statement out of facts and chain, the packet, and the proof."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO

import pytest
from PIL import Image
from tests.stories.files_of import sent
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused
from tests.stories.test_chains_of_disputes import brought, not_received, sight
from tests.stories.test_looks import picture

from gongdao.domain.disputes.events import DisputeKind, Instance
from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.filing_packets import FilingPacket
from gongdao.domain.flows.looking import Choice
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused
from gongdao.domain.kernel.events import Role

__all__ = ["sight"]
ZH = "zh-hans"


def files(packet: FilingPacket) -> Mapping[str, bytes]:
    return {each.name: each.content for each in packet.files}


def test_not_received_on_jd_is_filed_with_what_the_courier_shows(sight: Stage) -> None:
    dispute, boss = not_received(sight)
    track = brought(sight, dispute, boss, "track.png")
    stories = sight.app.disputes
    view = stories.filing.open(dispute, boss, ZH)
    assert view.way.entry[0].text.zh == "商家后台 → 维权管理"
    assert all(quote.claimed for quote in view.way.entry)
    assert "review.once_more" in [each.code for each in view.templates]
    draft = stories.filing.draft(dispute, "review.not_received", boss, ZH)
    assert "评价称“等了一个星期，根本没收到货，骗子店。”" in draft.text
    assert "于2026年2月23日 10:41在［签收地点］签收" in draft.text
    assert "见证据1的物流轨迹" in draft.text
    assert ("签收日期和几点几分", 1) in [(each.label, each.exhibit) for each in draft.filled]
    assert "［签收地点］" in draft.left
    text = draft.text.split("\n")[0]
    stories.filing.keep(dispute, text, draft.template, boss)
    stories.exhibits.frame(dispute, track, Choice(passages=(Box(50, 200, 450, 400),)), boss)
    packet = stories.filing_packets.packet(dispute, None, boss)
    made = files(packet)
    assert list(made) == ["statement.txt", "01-exhibit-1.jpg", "list.txt"]
    assert made["statement.txt"].decode() == text
    red = Image.open(BytesIO(made["01-exhibit-1.jpg"])).convert("RGB").getpixel((8, 60))
    assert isinstance(red, tuple)
    assert red[0] > 150 > red[1]
    (proof,) = stories.exhibits.attach(dispute, [sent(sight)], Said(), boss)
    stories.filing.filed(dispute, Instance.PLATFORM, "JD-778", proof, boss)
    now = stories.disputing.held(dispute, boss)[0].now
    assert now.stage is DisputeStage.FILED
    assert now.last is not None
    assert (now.last.exhibits, now.last.proof) == ((track,), proof)
    assert now.last.reference is not None
    assert now.last.statement is not None
    assert sight.records.opened(now.last.reference) == "JD-778"
    with refused("dispute.waits", Refused):
        stories.filing.filed(dispute, Instance.SECOND, "", None, boss)


def test_dianping_says_that_limits_are_unknown_and_the_visit_stands_in_the_draft(
    sight: Stage,
) -> None:
    ours, boss = merchant(sight)
    text = "2月22日晚上去吃的，服务员爱理不理，菜是凉的。"
    shown_on = date(2026, 2, 25)
    dispute = review(sight, ours, boss, "dianping", text=text, shown_on=shown_on)
    brought(sight, dispute, boss, "sign.png")
    filing = sight.app.disputes.filing
    limits = filing.open(dispute, boss, ZH).limits
    assert (limits.form, limits.characters, limits.pictures, limits.pdf) == (None,) * 4
    draft = filing.draft(dispute, "review.no_visit", boss, ZH)
    assert "指向2026年2月22日的消费" in draft.text


def test_a_form_that_takes_little_says_by_how_much_and_cuts_nothing(sight: Stage) -> None:
    ours, boss = merchant(sight)
    dispute = review(sight, ours, boss, "wechat", of=DisputeKind.PAYMENT, text="钱扣了没到账")
    stories = sight.app.disputes
    for shade in range(5):
        token = sent(sight, picture(shade, "")[0], f"{shade}.png")
        stories.exhibits.attach(dispute, [token], Said(), boss)
    long = "2026年2月20日 10:00，订单已发货，见证据1。" * 10
    stories.filing.keep(dispute, long, None, boss)
    looked = stories.filing.open(dispute, boss, ZH).looked
    assert looked is not None
    assert looked.over == len(long) - 200
    with refused("filing.too_long", Refused, most=200, over=len(long) - 200):
        stories.filing_packets.packet(dispute, None, boss)
    stories.filing.keep(dispute, long[:190], None, boss)
    with refused("filing.too_many_pictures", Refused, most=4, chosen=5):
        stories.filing_packets.packet(dispute, None, boss)
    some = [each.id for each in stories.exhibits.of(dispute, boss)][3::-1]
    packet = stories.filing_packets.packet(dispute, some, boss)
    pictures = [each for each in packet.files if each.name.endswith(".jpg")]
    assert [each.name for each in pictures] == [f"0{n}-exhibit-{5 - n}.jpg" for n in range(1, 5)]
    assert all(len(each.content) <= 2_000_000 for each in pictures)


def test_the_linter_reads_the_statement(sight: Stage) -> None:
    ours, boss = merchant(sight)
    dispute = review(sight, ours, boss)
    filing = sight.app.disputes.filing
    looked = filing.look(dispute, "你们平台瞎了吗，见证据9。", boss, ZH)
    codes = {each.code for each in looked.report.findings}
    assert "exhibit.numbered" in codes
    assert looked.over == 0
    with refused("filing.statement", BadInput, most=8000):
        filing.keep(dispute, "  ", None, boss)


def test_strangers_and_staff_find_no_filing(sight: Stage) -> None:
    ours, boss = merchant(sight)
    dispute = review(sight, ours, boss)
    staff = sight.hire("ana", Role.REVIEWER, Role.OPERATOR)
    stories = sight.app.disputes
    for caller in (staff, sight.account("li_si")):
        for door in (
            lambda c: stories.filing.open(dispute, c, ZH),
            lambda c: stories.filing.draft(dispute, "review.not_received", c, ZH),
            lambda c: stories.filing.look(dispute, "x", c, ZH),
            lambda c: stories.filing.keep(dispute, "x", None, c),
            lambda c: stories.filing.filed(dispute, Instance.PLATFORM, "", None, c),
            lambda c: stories.filing_packets.packet(dispute, None, c),
            lambda c: stories.chaining.of(dispute, c),
        ):
            with refused("not_found", NotFound):
                door(caller)


def test_a_picture_is_made_small_enough_or_refused(sight: Stage) -> None:
    tools = sight.app.looking.tools
    view = picture(2, "")[0]
    fitted = tools.fitted(view, "jpeg", 9000)
    assert len(fitted) <= 9000
    assert Image.open(BytesIO(fitted)).format == "JPEG"
    with pytest.raises(ValueError, match="does_not_fit"):
        tools.fitted(view, "png", 40)
    pdf = tools.paged([view, view])
    assert pdf.startswith(b"%PDF")
    assert pdf == tools.paged([view, view])
