"""What is read in the words of a review, and what answers change."""

import time
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.house import shipped_packs

from gongdao.domain.disputes.eligibility import Facts, Verdict, answered, judge
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.policy.eligibility import EligibilityPolicy


@cache
def policy() -> EligibilityPolicy:
    """The shipped one."""
    found = shipped_packs().versions("house")[0].eligibility
    assert found is not None
    return found


def judged(text: str, **answers: bool) -> Verdict:
    return judge(text, Facts(answers), policy())


def grounds(text: str, **answers: bool) -> set[str]:
    return {each.code for each in judged(text, **answers).grounds}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("快递员把我的件扔在雨里，韵达太差", {"irrelevant"}),
        ("哈哈哈哈哈哈哈哈哈", {"irrelevant"}),
        ("zxcvb qwrtp sdfgh", {"irrelevant"}),
        ("客服是个傻逼", {"abuse"}),
        ("客服是个傻*逼", {"abuse"}),
        ("老板坐过牢，是个强奸犯", {"abuse"}),
        ("店主真名王某，家住幸福路18号", {"abuse"}),
        ("还没拆，先给个差评", {"not_received"}),
        ("至今没收到货", {"not_received"}),
        ("至今沒收到貨", {"not_received"}),
        ("大家去搜“云上茶行”，我家店便宜一半", {"competitor"}),
        ("给我返50块，不然天天差评", {"extortion"}),
        ("Send me $50 and I'll change it to five stars", {"extortion"}),
        ("傻逼客服，给我打两百，不然天天差评", {"abuse", "extortion"}),
        ("没拆封，返三十我就改好评", {"not_received", "extortion"}),
    ],
)
def test_each_ground_is_read(text: str, expected: set[str]) -> None:
    assert grounds(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "颜色不喜欢，不值这个价",
        "快递很快，就是衣服掉色",
        "好一个“真皮”，三天就掉皮，呵呵",
        "客服骂我是傻逼，太气人了",
        "客服一直打电话让我改好评，说给我返20块红包，烦",
        "没用几次就坏了",
        "说好的赠品没收到，面膜也不好用",
        "我要求退款，商家同意了，质量是真差",
        "The fabric is thin and it shrank after one wash",
    ],
)
def test_opinions_and_other_peoples_words_are_no_ground(text: str) -> None:
    verdict = judged(text)
    assert verdict.opinion, verdict.grounds
    assert verdict.grounds == ()


def test_passages_are_marked_where_they_stand() -> None:
    text = "\u200b我說：客服就是\u200d個ＳＢ，還沒用過"
    marks = {text[m.start : m.end] for each in judged(text).grounds for m in each.spans}
    assert "ＳＢ" in marks


def test_irony_is_said_and_stays_an_opinion() -> None:
    verdict = judged("呵呵，这质量真是“绝”了，洗一次缩成童装")
    assert verdict.sarcastic
    assert verdict.opinion


def test_answers_raise_and_lower_a_ground() -> None:
    text = "不太满意"
    assert judged(text).opinion
    assert grounds(text, chat_demand=True) == {"extortion"}
    threat = "给我返50块，不然天天差评"
    sure, less = (judged(threat, fair_refund=a).weighed[-1].sure for a in (False, True))
    assert sure > less
    assert answered(Facts({"says_not": True, "delivered": True}), policy()).grounds[0].code == (
        "not_received"
    )


def test_an_opinion_is_surer_where_the_goods_were_used() -> None:
    assert judged("就这样吧").sure < judged("洗了两次就掉色").sure <= 90


def test_what_is_found_says_what_it_needs() -> None:
    found = judged("给我返50块，不然天天差评").grounds[0]
    assert found.needs[0].kind == "communication"
    assert found.needs[0].must


@pytest.mark.parametrize("text", ["", " \n", "\u200b\u200d\u2060"])
def test_nothing_is_no_review(text: str) -> None:
    with pytest.raises(BadInput, match=r"eligibility\.empty"):
        judged(text)


def test_too_much_is_no_review() -> None:
    with pytest.raises(BadInput, match=r"eligibility\.too_long"):
        judged("差" * 8001)


_BITS = st.sampled_from(
    [
        "给我返50",
        "不然",
        "差评",
        "没收到",
        "还没用",
        "\u200b",
        "\u200d",
        "\u0301",
        "傻",
        "*",
        "逼",
        "去",
        "家店",
        "，",
        "。",
        "\n",
        "“",
        "ﬀ",
        "😀",
        "ａ",
        "不",
        "返现",
        " ",
        "快递",
        "the ",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_BITS | st.characters(exclude_categories=["Cs"]), max_size=40).map("".join))
def test_marks_lie_in_the_text_and_shares_are_shares(text: str) -> None:
    verdict = judged("差" + text)
    assert verdict.opinion == (not verdict.grounds)
    for each in verdict.weighed:
        assert 1 <= each.sure <= 99
        assert all(0 <= mark.start < mark.end <= len(text) + 1 for mark in each.spans)


@pytest.mark.parametrize("bit", ["\u200b差", "不给", "返我赔我", "去搜“", "大家都去", "aaaa ", "1"])
def test_the_longest_text_is_judged_quickly(bit: str) -> None:
    text = (bit * 8000)[:8000]
    began = time.process_time()
    judged(text)
    assert time.process_time() - began < 3
