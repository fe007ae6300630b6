"""Folding keeps the way back; a word is found behind disguises, but not in ordinary words."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongdao.adapters.screening.engine import engine
from gongdao.bootstrap.screening import letters
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening import lexicon
from gongdao.domain.screening.grams import reader
from gongdao.domain.screening.model import How
from gongdao.domain.screening.spotting import MOST_OF_ENTRY, Spotter, spotter

LIST = """# version: 3
坏蛋先生
加微信 initials=jwx precision=0.7
弄死你
傻子
骂娘
"""


READY = spotter(lexicon.read({"abuse.txt": LIST}, letters().folding), letters(), engine)
READER = reader(letters().folding)


@pytest.fixture(name="spotting")
def _spotting() -> Spotter:
    return READY


def found(spotting: Spotter, text: str) -> list[tuple[str, str]]:
    return [(text[each.start : each.end], each.how.value) for each in spotting.spots(text)]


@pytest.mark.parametrize(
    ("text", "passage", "how"),
    [
        ("快加微信吧", "加微信", How.PLAIN),
        ("快加 微 信吧", "加 微 信", How.INVISIBLE),
        ("快加\u200b微\u200b信吧", "加\u200b微\u200b信", How.INVISIBLE),
        ("快加😀微❤️信吧", "加😀微❤️信", How.INVISIBLE),
        ("他真是壞蛋先生", "壞蛋先生", How.PLAIN),
        ("加V\u0336信 ｊｗｘ", "ｊｗｘ", How.INITIALS),
        ("快加威芯吧", "加威芯", How.SOUND),
        ("jiaweixin领奖", "jiaweixin", How.SOUND),
        ("快加wei信", "加wei信", How.SOUND),
        ("快加w信", "加w信", How.INITIALS),
        ("我要弄你死", "弄你死", How.SWAPPED),
        ("你女良骂女良", "骂女良", How.SPLIT),
        ("快加3微1信吧", "加3微1信", How.INVISIBLE),
        ("坏坏蛋蛋先生", "坏坏蛋蛋先生", How.INVISIBLE),
        ("快ㄐㄧㄚㄨㄟˊㄒㄧㄣˋ吧", "ㄐㄧㄚㄨㄟˊㄒㄧㄣ", How.SOUND),
        ("快jia1wei1xin4吧", "jia1wei1xin", How.SOUND),
        ("快加⠺⠑⠊信", "加⠺⠑⠊信", How.SOUND),
        ("快加🆆🅴🅸信", "加🆆🅴🅸信", How.SOUND),
        ("快加wеi信", "加wеi信", How.SOUND),
        ("快➕微信", "➕微信", How.PICTURE),
        ("生先蛋坏来了", "生先蛋坏", How.MIRRORED),
        ("看\u202e子傻\u202c吧", "子傻", How.SWAPPED),
        ("他\n是\n傻\n子\n呀", "傻\n子", How.INVISIBLE),
    ],
)
def test_a_word_is_found_behind_its_disguise(
    spotting: Spotter, text: str, passage: str, how: How
) -> None:
    assert (passage, how.value) in found(spotting, text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "今天天气真好",
        "他很傻。子女都孝顺",
        "沙子和石头",
        "jwxyz",
        "他很傻\n子女都孝顺",
        "\U0001f1f8\U0001f1e7 🐴上加🐶",
        "a" * 500,
        "\u0301" * 999,
    ],
)
def test_ordinary_words_and_ends_of_sentences_are_left_alone(spotting: Spotter, text: str) -> None:
    assert found(spotting, text) == []


@given(st.text(max_size=60), st.text(max_size=60))
@settings(max_examples=40, deadline=None)
def test_a_word_between_anything_is_found_where_it_stands(before: str, after: str) -> None:
    text = f"{before}坏蛋先生{after}"
    spans = [(each.start, each.end) for each in READY.spots(text)]
    assert (len(before), len(before) + 4) in spans
    assert all(0 <= start < end <= len(text) for start, end in spans)


@given(st.text(max_size=200))
@settings(max_examples=50, deadline=None)
def test_folding_always_knows_the_way_back(text: str) -> None:
    for folded in (letters().folding.fold(text), READER.read(text)):
        places = folded.at.tolist()
        assert len(places) == len(folded.codes)
        assert places == sorted(places)
        assert all(0 <= each < len(text) for each in places)


def test_what_folds_to_several_characters_keeps_its_place() -> None:
    folded = letters().folding.fold("甲㈱ﬁ乙")
    assert folded.text == "甲株fi乙"
    assert folded.at.tolist() == [0, 1, 2, 2, 3]


def test_a_storm_of_hits_ends(spotting: Spotter) -> None:
    assert len(found(spotting, "傻子" * 5000)) == MOST_OF_ENTRY


def test_a_flood_of_one_word_hides_no_other_behind_it(spotting: Spotter) -> None:
    assert ("坏蛋先生", "plain") in found(spotting, "傻子" * 5000 + "，坏蛋先生")


def test_what_is_passed_over_leaves_room_for_the_rest(spotting: Spotter) -> None:
    text, entries = "傻子" * 5000 + "，坏蛋先生", spotting.lexicon.entries
    several = spotting.spots(text, lambda number: entries[number].text == "傻子")
    assert {entries[each.entry].text for each in several} == {"坏蛋先生"}


def test_a_megabyte_of_signs_that_stand_for_several_costs_no_loop(spotting: Spotter) -> None:
    for sign in ("\ufdfa", "㍿"):
        before = process_time()
        assert found(spotting, sign * 250_000 + "加微信") == [("加微信", "plain")]
        assert process_time() - before < 1.5
    assert letters().folding.fold("在㍿里").text == "在株式会社里"


def test_a_megabyte_of_marks_is_read(spotting: Spotter) -> None:
    text = "傻" + "\u200b\u0301" * 500_000 + "子"
    assert [each.how for each in spotting.spots(text)] == [How.INVISIBLE]


def test_a_list_leaves_out_what_would_be_everywhere() -> None:
    read = lexicon.read({"fraud.txt": "傻*\n骗 子\n骗子\n" + "长" * 41}, letters().folding)
    assert [each.text for each in read.entries] == ["骗子"]
    assert [each.why for each in read.left] == ["short", "twice", "long"]
    assert read.version == "fraud.txt@?"


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("politics.txt", "甲乙", "lexicon.no_category"),
        ("abuse.txt", "甲乙 precision=2", "lexicon.bad_line"),
        ("abuse.txt", "甲乙 precision=x", "lexicon.bad_line"),
        ("abuse.txt", "甲乙 colour=red", "lexicon.bad_line"),
    ],
)
def test_a_list_that_cannot_be_read_says_so(name: str, content: str, code: str) -> None:
    with pytest.raises(BadInput) as refused:
        lexicon.read({name: content}, letters().folding)
    assert refused.value.code == code


def test_somebody_elses_list_is_taken_over_and_read_again() -> None:
    words = "# comment\n发票,\n票\n发 票\n办证 办证"
    found = lexicon.imported(words, Category.ADVERTISING, letters().folding)
    assert [(each.line, each.why) for each in found.left] == [(3, "short"), (4, "twice")]
    text = lexicon.written(found.entries, "2026-11-22")
    again = lexicon.read({"advertising-x.txt": text}, letters().folding)
    assert [each.text for each in again.entries] == ["发票", "办证办证"]


def test_an_empty_lexicon_finds_nothing() -> None:
    assert found(spotter(lexicon.Lexicon(), letters(), engine), "傻子") == []
