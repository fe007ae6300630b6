"""Who asks for silence or another review in disguise is understood; all others are let through."""

import pytest
from tests.fakes.house import shipped_packs

from gongdao.domain.flows.talk_words import policy_of, terms_in

POLICY = policy_of(shipped_packs().versions("house")[0])
SILENCE = (
    "不·要·对·外·说", "不 要 说 出 去", "封@口@费", "不\n要\n外\n传", "不要發在网上", "请勿声张",
    "不得向第三方透露协议内容", "不要在抖音上发视频", "请不要在朋友圈发", "别跟任何人说",
    "不会再向任何部门反映", "永不投诉", "不要找媒体", "您就当没发生过", "请把聊天记录删了",
    "不发表不利于本店的言论", "k e e p quiet", "кeep quiet", "sign an N.D.A.", "ＮＤＡ",
    "keep this between the two of us", "you agree not to discuss this", "say nothing about it",
    "please keep this private", "refrain from posting about this", "no bad-mouthing us",
)  # fmt: skip
REVIEW = (
    "删 除 评 价", "删·除·评·价", "删_除_评_价", "删[除]评[价]", "删\n除\n评\n价", "刪除評價",
    "删\u200b除\u200b评\u200b价", "ＤＥＬＥＴＥ the review", "d e l e t e your review", "改成5⭐",
    "改为⭐⭐⭐⭐⭐", "给个五颗星", "您把那个删了我们就退", "差评下架", "重新打分", "晒图返现",
    "一星变五星", "册除评价", "删除评阶", "shan掉评价", "删p", "让评价消失", "更正您的评论",
    "take your review down", "take it down", "pull the review", "delete ur reviews",
    "make the review disappear", "bump it to 5 stars", "edit the 1-star", "review removal",
)  # fmt: skip
HONEST = (
    "我们特别重视您的投诉，会逐项回复。", "我们向您道歉，今后不再发生。",
    "都从仓库发货，不在网上发货。",
    "在评价下书面道歉，并说明包装已经改进。", "我们已把这批商品下架检查。",
    "您怎么评价由您自己决定。",
    "请您放心，我们把您的资料删除了。", "请不要在平台外转账，以免受骗。", "给 5 分钟我们核对一下。",
    "订单不能在平台发起退款，请走售后入口。", "我们不会公开您的手机号和地址。",
    "请提供聊天记录和截图。",
    "您可以随时向12315反映，不受本协议影响。", "我们会更正页面上的价格说明。",
    "We take your review seriously and will reply today.",
    "We will not share your data with anybody.",
    "Not to mention the delay, for which we are sorry.",
    "We apologise in writing below the review.",
)  # fmt: skip


@pytest.mark.parametrize("text", SILENCE + REVIEW)
def test_a_disguise_hides_nothing(text: str) -> None:
    wanted = "silence" if text in SILENCE else "review"
    assert wanted in {rule.topic.value for rule in terms_in([text], POLICY, offer=True)}


@pytest.mark.parametrize("text", HONEST)
def test_what_asks_for_neither_is_let_through(text: str) -> None:
    assert terms_in([text], POLICY, of_value=True, offer=True) == []


def test_what_was_stretched_takes_no_longer() -> None:
    nasty = ("删 " * 4000)[:8000], ("a " * 4000)[:8000], ("不\n" * 4000)[:8000], "把删" * 4000
    for text in nasty:
        terms_in([text], POLICY, offer=True)
