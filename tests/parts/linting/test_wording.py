"""What is pointed out in a statement, and what is let be."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.parts.linting.shipped import found, marks, pack, policy

from gongdao.domain.flows import wording
from gongdao.domain.kernel.errors import BadInput, NotFound
from gongdao.domain.linting.model import Language, Setting
from gongdao.domain.linting.rules import language_of

ZERO_WIDTH = "\u200b"


def test_a_hostile_draft_is_marked_passage_by_passage() -> None:
    text = "你们根本不懂规则！昨天下午我把王小姐的电话13912345678发到群里，大家都这么发。"
    assert marks(text) == [
        "antagonistic: 你们根本不懂",
        "vague_time: 昨天下午",
        "personal_data: 13912345678",
        "evasive: 大家都这么发",
    ]


def test_the_same_draft_calmed_has_no_mark() -> None:
    text = (
        "2026年11月3日15:42，我用 iPhone 13 把一位顾客的电话发到群里。"
        "这样做不对，消息已在15:50撤回。今后发消息前，我会先遮住别人的联系方式。请说明处罚依据的是哪一条。"
    )
    assert marks(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "他说“你们根本不懂规则”。",
        "The buyer wrote: 'you people have no clue'.",
        "He told me that your system made a mistake, and I wrote it down.",
        "我并不认为这是系统误判。",
        "I don't think that this is a false positive.",
        "我认为系统误判，画面里的商标是我的，注册证见证据1。",
        "证据一直都在，图一张都没有少。",
    ],
)
def test_other_peoples_words_denials_and_grounds_raise_nothing(text: str) -> None:
    assert marks(text, Setting(exhibits=frozenset({1}))) == []


def test_passages_are_exact_in_the_text_as_it_was_written() -> None:
    for text in (
        f"前言。  你{ZERO_WIDTH}们{ZERO_WIDTH}根本不懂规则",
        "ＹＯＵ　ＰＥＯＰＬＥ　ＨＡＶＥ　ＮＯ　ＣＬＵＥ",
        "é" * 50 + " you   people\thave no clue",
        "😀😀 You People Have No Clue 😀",
    ):
        (only,) = found(text)
        passage = text[only.start : only.end]
        assert passage.replace(ZERO_WIDTH, "")[:2] in {"你们", "ＹＯ", "yo", "Yo"}
        assert passage[-1] in "懂Ｅe"


def test_exhibits_that_are_not_there_are_named() -> None:
    there = Setting(exhibits=frozenset({1, 12}))
    text = "见证据1、附件十二和证据13，Exhibit 2 too."
    assert marks(text, there) == ["absent_exhibit: 证据13", "absent_exhibit: Exhibit 2"]
    assert marks("如附件所示。", there) == []
    assert marks("如附件所示。", Setting(exhibits=frozenset())) == ["absent_exhibit: 如附件"]
    assert marks("见证据9。") == []


def test_ones_own_data_is_not_marked() -> None:
    assert marks("我的手机号是13912345678。") == []
    assert marks("收款人：陈晓明。") == ["personal_data: 陈晓明"]
    assert marks("收款人：陈晓明。", Setting(own=("陈晓明",))) == []


def test_times_are_asked_for_only_where_they_are_required() -> None:
    assert marks("昨天下午我发了一条消息。") == ["vague_time: 昨天下午"]
    assert marks("昨天下午我发了一条消息。", Setting(times=False)) == []


def test_what_is_missing_is_said_once_and_where() -> None:
    text = "我的账号被盗。账号被盗后，11月3日20:15发出了广告。我承认当时没有检查，是我的疏忽。"
    assert marks(text) == ["missing_device: 账号被盗", "missing_plan: 我承认当"]
    mended = text + "我一直用华为手机，今后会打开登录保护。"
    assert marks(mended) == []


def test_reasons_come_in_the_language_that_is_asked_for() -> None:
    (one,) = found("闭嘴。")
    (other,) = found("闭嘴。", words=Language.ENGLISH)
    assert one.reason.startswith("这是侮辱")
    assert other.reason.startswith("This is an insult")
    assert one.weight == 3


def test_the_language_is_that_of_most_of_the_text() -> None:
    assert language_of("我用 iPhone 13 登录") is Language.CHINESE
    assert language_of("My shop is called 好味道") is Language.ENGLISH
    assert language_of("123") is Language.CHINESE


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "lint.empty"), (" \n\t", "lint.empty"), ("字" * 10_001, "lint.too_long"),
     ("好" + chr(0xD800), "text.broken")],
)  # fmt: skip
def test_what_is_no_statement_is_said_so(text: str, code: str) -> None:
    with pytest.raises(BadInput) as problem:
        found(text)
    assert problem.value.code == code


def test_a_pack_that_says_nothing_of_it_is_named() -> None:
    with pytest.raises(NotFound, match=r"lint\.no_rules"):
        wording.rules_of(pack().model_copy(update={"linting": None}))


@pytest.mark.parametrize(
    "storm",
    [ZERO_WIDTH * 10_000, "'a" * 5_000, '"' * 9_999, "“「" * 5_000, "我承认" * 3_333,
     "1-" * 5_000, "a\u0301" * 5_000, "。" * 10_000, "我" * 10_000, "you " * 2_500],
    ids=["zero width", "apostrophes", "quotes", "brackets", "cues", "dates", "accents", "ends",
         "one letter", "one word"],
)  # fmt: skip
def test_storms_are_read_to_their_end(storm: str) -> None:
    assert len(storm) <= policy().most
    assert all(0 <= each.start < each.end <= len(storm) for each in found(storm))


@settings(max_examples=60, deadline=None)
@given(
    st.text(
        alphabet="你们不懂我承认年月日123点分证据“”'\"\u200b \n，。Yyou'recluelessⅣ㎏ﬁ",
        max_size=120,
    )
)
def test_every_finding_lies_within_the_text_and_kinds_do_not_overlap(text: str) -> None:
    if not text.strip():
        return
    reach: dict[str, int] = {}
    for each in found(text, Setting(exhibits=frozenset())):
        assert 0 <= each.start < each.end <= len(text)
        assert each.start >= reach.get(each.kind, 0)
        reach[each.kind] = each.end
