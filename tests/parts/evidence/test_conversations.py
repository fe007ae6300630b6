from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongdao.domain.evidence.conversations import Conversation, Doubt, conversation_of


def chat(text: str) -> Conversation:
    found = conversation_of(text)
    assert found is not None
    return found


def doubts(found: Conversation) -> dict[Doubt, tuple[int, ...]]:
    return {each.doubt: each.messages for each in found.doubts}


def test_what_is_in_doubt_is_named_and_the_words_stay() -> None:
    found = chat(
        "聊天记录如下\n"
        "阿杰 2026-11-03 21:05\n在吗\n"
        "老陈 2026-11-03 21:03\n在\n"
        "11月4日 08:00 小李\n这句没认出来\n"
        "阿杰 21:09\n好"
    )
    assert found.speakers == ("阿杰", "老陈")
    assert doubts(found) == {
        Doubt.NOBODY: (0,), Doubt.BACKWARDS: (2,), Doubt.HEAD_LIKE: (2,),
    }  # fmt: skip
    assert found.messages[2].text == "在\n11月4日 08:00 小李\n这句没认出来"


def test_a_chat_without_times_or_days_says_so() -> None:
    assert doubts(chat("阿杰：在吗\n老陈：在\n阿杰：钱呢\n老陈：明天")) == {
        Doubt.NO_TIME: (0, 1, 2, 3)
    }
    assert doubts(chat("阿杰 21:03\n在吗\n老陈 21:05\n在")) == {Doubt.NO_DAY: (0, 1)}


def test_speakers_that_stand_alone_in_a_line_are_found_where_they_come_back() -> None:
    found = chat("阿杰:\n在吗\n\n老陈:\n明天\n\n阿杰:\n好\n老陈:\n嗯")
    assert [(m.speaker, m.text) for m in found.messages][:2] == [("阿杰", "在吗"), ("老陈", "明天")]


@pytest.mark.parametrize(
    "text",
    [
        '时间,发送人,内容\n2026-11-03 21:03:15,阿杰,"在吗,\n急"\n2026-11-03 21:05,老陈,明天\n',
        "StrTime\tNickName\tStrContent\n2026-11-03 21:03\t阿杰\t在吗,急\n2026-11-4 8:00\t老陈\t好",
        "CreateTime,Sender,content\n1793711000,阿杰,在吗\n1793711060,老陈,明天",
    ],
)
def test_a_table_is_a_chat_where_its_columns_say_so(text: str) -> None:
    found = chat(text)
    assert [m.speaker for m in found.messages] == ["阿杰", "老陈"]
    assert found.messages[0].day == date(2026, 11, 3)
    assert found.messages[0].text.startswith("在吗")
    assert found.doubts == ()


def test_a_row_that_says_no_time_keeps_all_of_its_words() -> None:
    found = chat("时间,昵称,消息\n昨天,阿杰,在吗\n2026-11-03 08:00,老陈,在\n只有一格\n")
    assert found.messages[0].text == "昨天 在吗"
    assert found.messages[1].at == datetime(2026, 11, 3, 8)  # noqa: DTZ001 - it says no zone
    assert found.messages[2].text == "只有一格"
    assert doubts(found) == {Doubt.NO_TIME: (0,), Doubt.NOBODY: (2,)}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "标题：说明\n这是一份合同。\n甲方应当在三日内付款。",
        "日期,金额\n2026-11-03,128.00\n2026-11-04,12.00",
        "2026-11-03 21:03 值班\n" + "正文一行\n" * 30 + "注：以上",
    ],
)
def test_what_is_no_chat_is_none(text: str) -> None:
    assert conversation_of(text) is None


@given(some.text(alphabet='阿杰,;\t"2026-11-03 21:时间发送人内容\n你', max_size=160))
def test_no_text_breaks_it(text: str) -> None:
    found = conversation_of("时间,发送人,内容\n" + text)
    for each in found.messages if found else ():
        assert each.clock is None or isinstance(each.clock, time)
