from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as some

from gongdao.domain.evidence.chats import messages_of, text_of_page

EXPORTED = """\
消息记录（此消息记录为文本格式，不支持重新导入）
2026-11-03 21:03:15 阿杰(12345678)
在吗？
钱什么时候还

2026-11-03 21:05:02 老陈（三楼）
明天，上午 10:00 前
"""
COPIED = """\
阿杰 2026/11/3 21:03
在吗？

老陈 2026年11月3日 下午 9:05
明天
"""
BRACKETED = """\
[2026-11-03 21:03] 阿杰: 在吗？
[2026-11-03 21:05] 老陈: 明天
说到做到
"""
DATED = """\
—— 2026年11月3日 星期二 ——
阿杰 21:03
在吗？
老陈 21:05
明天
"""


@pytest.mark.parametrize("text", [EXPORTED, COPIED, BRACKETED, DATED])
def test_speaker_and_time_are_found_however_they_stand(text: str) -> None:
    said = [each for each in messages_of(text) if each.speaker]
    assert [each.speaker[:2] for each in said] == ["阿杰", "老陈"]
    assert [each.day for each in said] == [date(2026, 11, 3)] * 2
    clocks = [each.clock.replace(second=0) for each in said if each.clock]
    assert clocks == [time(21, 3), time(21, 5)]
    assert said[0].text.startswith("在吗？")


def test_words_that_belong_to_nobody_are_kept_and_rows_stay_together() -> None:
    first, second, third = messages_of(EXPORTED)
    assert (first.speaker, first.line) == ("", 1)
    assert second.text == "在吗？\n钱什么时候还"
    assert third.text == "明天，上午 10:00 前"
    assert second.at == datetime(2026, 11, 3, 21, 3, 15)  # noqa: DTZ001 - it says no zone


def test_a_paste_without_times_needs_a_speaker_that_comes_back() -> None:
    said = messages_of("阿杰：在吗\n老陈：在\n阿杰：钱呢\n老陈：明天\n注意：不要转账")
    assert [each.speaker for each in said] == ["阿杰", "老陈", "阿杰", "老陈"]
    assert said[-1].text == "明天\n注意：不要转账"
    assert [each.speaker for each in messages_of("标题：说明\n正文")] == [""]


def test_a_saved_page_is_read_and_nothing_in_it_runs() -> None:
    page = (
        "<html><head><title>x</title><script>alert(1)</script></head><body>"
        "<div class=m><span>阿杰</span> <span>2026-11-03 21:03</span></div>"
        "<div>你好<br>在吗 &amp; 急</div>"
        "<div>老陈 2026-11-03 21:04</div><p><img src=http://x/y.png></p></body></html>"
    )
    text = text_of_page(page)
    assert "alert" not in text
    assert [(m.speaker, m.text) for m in messages_of(text)] == [
        ("阿杰", "你好\n在吗 & 急"),
        ("老陈", "[图片]"),
    ]


@given(some.text(alphabet="阿杰:： 2026-11-03 21:[]\n你", max_size=200))
def test_no_text_breaks_it_and_no_words_are_lost(text: str) -> None:
    said = "".join(m.speaker + m.text for m in messages_of(text))
    kept = set("你") & set(text)
    assert kept <= set(said)


@given(some.text(alphabet="<>/divscript a=\"'&;x", max_size=120))
def test_no_page_breaks_it(page: str) -> None:
    text_of_page(page)
