from datetime import time

import pytest
from tests.parts.evidence.read_pictures import line, recorded, screen

from gongdao.domain.evidence.clock_shown import Place, clock_shown


@pytest.mark.parametrize(
    ("name", "place", "at"),
    [
        ("bill_split", Place.STATUS_BAR, time(10, 2)),
        ("lock_screen", Place.LOCK_SCREEN, time(19, 4)),
        ("shade", Place.SHADE, time(22, 38)),
        ("photographed_chat", Place.STATUS_BAR, time(3, 38)),
    ],
)
def test_the_devices_time_is_found_where_devices_put_it(name: str, place: Place, at: time) -> None:
    shown = clock_shown(recorded(name))
    assert shown is not None
    assert (shown.place, shown.at) == (place, at)


def test_a_chat_without_a_status_bar_shows_no_clock_though_times_stand_in_it() -> None:
    assert clock_shown(recorded("chat_without_bar")) is None


@pytest.mark.parametrize(
    "first",
    [
        line("21:03", 480, 30),  # a chat's own time, in the middle
        line("今晚 20:30 开会", 40, 30),  # a sentence
        line("2026-11-03 21:03", 40, 30),
        line("20:30:15", 40, 30),
        line("¥12.30", 40, 30),
        line("9:41", 40, 30, height=200),  # large, but no date beside it
    ],
)
def test_another_time_at_the_top_is_not_taken_for_the_clock(first: object) -> None:
    assert clock_shown(screen(first, line("订单详情", 400, 120))) is None  # type: ignore[arg-type]


def test_a_time_below_a_row_of_text_is_no_status_bar() -> None:
    assert clock_shown(screen(line("商品评价", 400, 4), line("21:03", 40, 70))) is None


@pytest.mark.parametrize(
    ("bar", "at"),
    [
        ("9:41", time(9, 41)),
        ("中国移动 21:03", time(21, 3)),
        ("3504:38", time(4, 38)),  # the battery's charge and the time, read as one
        ("21：03 5G", time(21, 3)),
    ],
)
def test_what_stands_in_status_bars_is_read_past(bar: str, at: time) -> None:
    shown = clock_shown(screen(line(bar, 40, 12, height=40), line("微信", 480, 110)))
    assert shown is not None
    assert shown.at == at
