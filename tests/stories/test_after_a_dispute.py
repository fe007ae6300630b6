"""After a dispute: the public reply, the file for a lawyer, papers for authorities."""

from datetime import datetime

import pytest
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused

from gongdao.domain.disputes.events import DisputeFiled, DisputeKind, GroundsChosen, Instance
from gongdao.domain.flows.public_replies import Known, private_in
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound

OPINION = "颜色不喜欢，不值这个价。"
PUT_UP = "感谢您写下感受，没有让您满意，我们很抱歉。如果还需要帮助，请在平台内联系我们的客服。"


def test_an_opinion_is_answered_in_public_and_what_was_put_up_is_kept(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, text=OPINION, order="2026110100001", other_side="小雨点")
    held, by = stage.app.disputes.disputing.held(dispute, boss)
    with stage.records.work():  # a mere opinion: no ground holds, so it is answered instead
        stage.app.disputes.disputing.add(
            held, GroundsChosen(at=stage.clock(), by=by, found=(), chosen=())
        )
    stage.app.disputes.working.drop(dispute, "只是意见，改为公开回复。", boss)
    replies = stage.app.disputes.afterwards.replies
    assert [each.code for each in replies.patterns("zh")] == ["opinion", "facts", "demand"]
    empty = replies.draft(dispute, "opinion", {}, "zh", boss)
    assert len(empty.gaps) == 2
    assert not empty.ready
    with refused("reply.gaps", n=2):
        replies.published(dispute, empty.text, boss)
    given = {"issue": "颜色与图片的差别", "done": "我们已经换上实物照片"}
    draft = replies.draft(dispute, "opinion", given, "zh", boss)
    assert draft.ready
    assert draft.findings == ()
    assert "颜色与图片的差别" in draft.text
    assert draft.most is None  # nobody has said how long a reply may be there
    replies.published(dispute, draft.text, boss)
    kept = stage.app.disputes.disputing.held(dispute, boss)[0].now.reply
    assert kept is not None
    assert stage.records.opened(kept) == draft.text


@pytest.mark.parametrize(
    "passage",
    [
        "订单 2026110100001",
        "小雨点您好",
        "13800138000",
        "王女士您好",
        "人民路12号3单元",
        "券码8812345",
    ],
)
def test_a_reply_that_gives_somebody_away_is_not_recorded(stage: Stage, passage: str) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, text=OPINION, order="2026110100001", other_side="小雨点")
    replies = stage.app.disputes.afterwards.replies
    told = f"{passage}，{PUT_UP}"
    (found,) = replies.look(dispute, told, "zh", boss).private
    assert told[found.start : found.end] == found.text
    with refused("reply.personal_data", n=1):
        replies.published(dispute, told, boss)
    replies.published(dispute, PUT_UP, boss)


def test_dates_and_prices_are_no_numbers_of_anybody(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, text=OPINION)
    replies = stage.app.disputes.afterwards.replies
    told = "2026-11-02 下午 3:15 已退款 128.50 元，第 3 批货 10000 件都已检查。"
    assert replies.look(dispute, told, "zh", boss).private == ()
    policy = replies.policy().reply
    assert private_in("A 7", Known(numbers=("A 7",)), policy, stage.clock().date())


def test_a_reply_that_threatens_is_pointed_out(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, text=OPINION)
    look = stage.app.disputes.afterwards.replies.look(
        dispute, "你给我等着瞧，我们知道你住在哪。", "zh", boss
    )
    assert {each.kind.value for each in look.findings} == {"threat"}
    assert look.ready  # advice alone


def test_the_file_for_a_lawyer_says_what_is_held_and_what_is_missing(stage: Stage) -> None:
    ours, boss = merchant(stage)
    stories = stage.app.disputes
    shop = stories.organising.add_shop(ours, "taobao", "旗舰店", boss)
    dispute = review(stage, ours, boss, shop=shop, order="A1", url="https://example.test/r/1")
    held, by = stories.disputing.held(dispute, boss)
    stage.clock.pass_(minutes=5)
    with stage.records.work():
        sealed = stage.records.texts.seal("TB-77", held.now.party)
        filed = DisputeFiled(
            at=stage.clock(), by=by, instance=Instance.PLATFORM, reference=sealed,
            statement=None, exhibits=(), proof=None,
        )  # fmt: skip
        stories.disputing.add(held, filed)
    file = stories.afterwards.legal_file(dispute, "zh", boss)
    missing = {each.code: each.missing for each in file.elements if not each.held}
    assert set(missing) == {"who", "harm", "cause", "fault", "protected"}
    assert all(missing.values())
    (told,) = (each for each in file.elements if each.code == "notified")
    assert "TB-77" in told.held[0].text
    assert told.source == "民法典 第一千一百九十五条"
    assert "不是法律意见" in file.no_advice
    assert [each.text for each in file.chronology] == ["发现或收到", "提交：平台 · TB-77"]
    assert file.held == len(file.elements) - len(missing)
    assert "no legal advice" in stories.afterwards.legal_file(dispute, "en", boss).no_advice


@pytest.mark.parametrize(
    ("day", "codes", "said", "unsaid"),
    [
        (14, {"market_complaint_20", "market_report_20"}, "45个工作日", "60日"),
        (15, {"market_complaint_121", "market_report_121"}, "60日", "45个工作日"),
    ],
)
def test_12315_has_other_papers_since_the_15th_of_april(
    stage: Stage, day: int, codes: set[str], said: str, unsaid: str
) -> None:
    ours, boss = merchant(stage)
    dispute = review(
        stage, ours, boss, of=DisputeKind.PAYMENT, platform="wechat", text="扣了两次款。"
    )
    stage.clock.go_to(datetime(2026, 4, day, 12, tzinfo=CHINA))
    after = stage.app.disputes.afterwards
    offered = after.offered(dispute, "zh", boss)
    assert {o.paper.code for o in offered if o.paper.route == "market"} == codes
    told = "".join(remark for each in offered for remark in each.remarks)
    assert said in told
    assert unsaid not in told
    other = {"market_complaint_20", "market_complaint_121"} - codes
    with refused("not_found", NotFound):
        after.paper(dispute, other.pop(), "zh", boss)


def test_a_paper_is_filled_in_as_far_as_the_file_goes(stage: Stage) -> None:
    ours, boss = merchant(stage)
    dispute = review(stage, ours, boss, reference="R-9")
    after = stage.app.disputes.afterwards
    paper = after.paper(dispute, "cyberspace_report", "zh", boss)
    rows = dict(paper.rows)
    assert rows["信息所在位置"].endswith("R-9")
    assert rows["联系方式"] == "［电话］ ［通讯地址］"
    assert "返50块" in "".join(paper.facts)
    english = after.paper(dispute, "market_report_20", "en", boss)
    assert "SAMR Order No. 20" in english.remarks[0]
    stranger = stage.account("li_si")
    for ask in (after.legal_file, after.offered):
        with refused("not_found", NotFound):
            ask(dispute, "zh", stranger)
    with refused("not_found", NotFound):
        after.replies.published(dispute, PUT_UP, stranger)
