from datetime import date, time
from time import process_time

import pytest
from tests.parts.evidence.read_pictures import line, recorded, screen

from gongdao.domain.evidence.read_facts import FactKind, facts_in, facts_of


def test_numbers_and_moments_that_break_over_two_rows_are_put_together() -> None:
    facts = facts_of(recorded("bill_split"))
    numbers = {fact.label: fact.written for fact in facts if fact.kind is FactKind.NUMBER}
    assert numbers["transaction"].startswith("4200082715676623")
    assert (len(numbers["transaction"]), len(numbers["merchant"])) == (28, 24)
    [paid] = [fact for fact in facts if fact.day == date(2026, 7, 14)]
    assert paid.clock == time(7, 16, 14)
    assert 263982 in {fact.fen for fact in facts if fact.kind is FactKind.AMOUNT}


def test_the_row_of_the_next_label_does_not_belong_to_a_number() -> None:
    [number] = facts_of(
        screen(
            line("订单编号", 40, 100),
            line("2026110312345678", 330, 100),
            line("数量", 40, 150),
            line("12345678", 330, 150),
        )
    )
    assert number.written == "2026110312345678"


def test_an_event_number_in_one_line_with_its_label() -> None:
    [number] = facts_of(screen(line("投诉单号：TS20261103001234 复制", 40, 100)))
    assert (number.label, number.written) == ("event", "TS20261103001234")


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("2026-10-03 12:33:41", date(2026, 10, 3), time(12, 33, 41)),
        ("2026年10月3日 下午 3:12", date(2026, 10, 3), time(15, 12)),
        ("2026/1/9", date(2026, 1, 9), None),
        ("晚上 8:05", None, time(20, 5)),
        ("凌晨 0:30", None, time(0, 30)),
    ],
)
def test_moments_as_people_and_apps_write_them(
    text: str, day: date | None, clock: time | None
) -> None:
    [fact] = facts_in(text)
    assert (fact.kind, fact.day, fact.clock) == (FactKind.MOMENT, day, clock)


@pytest.mark.parametrize(
    "text", ["2/3 的人", "3.5 折", "1080×2340", "2026-13-40", "v1.2.3", "25:70"]
)
def test_what_only_looks_like_a_moment_is_none(text: str) -> None:
    assert [fact for fact in facts_in(text) if fact.kind is FactKind.MOMENT] == []


@pytest.mark.parametrize(
    ("text", "fen"),
    [("¥1,234.56", 123456), ("转账 850 元", 85000), ("-2,639.82", 263982), ("3万元", 3_000_000)],
)
def test_amounts_are_counted_in_fen(text: str, fen: int) -> None:
    assert [fact.fen for fact in facts_in(text)] == [fen]


@pytest.mark.parametrize("text", [" " * 50_000, "1" * 5_000 + "元", "¥" + "9" * 5_000])
def test_a_text_made_to_take_long_takes_no_time_and_breaks_nothing(text: str) -> None:
    began = process_time()
    assert facts_in(text) == []
    assert process_time() - began < 1
