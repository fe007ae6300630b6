import random
from datetime import date, timedelta
from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.parts.evidence.read_pictures import line

from gongdao.domain.evidence.hiding import Ledger, box_of, corners_of, hidden
from gongdao.domain.evidence.personal_data import DataKind, proposals_in
from gongdao.domain.evidence.reading import Box, ReadLine
from gongdao.domain.evidence.resident_ids import is_resident_id

TODAY = date(2026, 11, 21)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def found(text: str, *known: str) -> list[tuple[str, str]]:
    return [(each.kind.value, each.text) for each in proposals_in(text, known, TODAY)]


def resident_id(chance: random.Random) -> str:
    """A made-up one: any county, any day, the right check."""
    born = date(1930, 1, 1) + timedelta(days=chance.randrange(33_000))
    place = chance.choice(["11", "31", "44", "51", "62"]) + f"{chance.randrange(10_000):04}"
    body = f"{place}{born:%Y%m%d}{chance.randrange(1000):03}"
    total = sum(int(d) * w for d, w in zip(body, WEIGHTS, strict=True))
    return body + "10X98765432"[total % 11]


def test_every_resident_id_is_found_and_hardly_any_other_number() -> None:
    chance = random.Random(16)
    ids = [resident_id(chance) for _ in range(1000)]
    assert [each for each in ids if not is_resident_id(each, TODAY)] == []
    others = [str(chance.randrange(10**17, 10**18)) for _ in range(20_000)]
    assert sum(is_resident_id(each, TODAY) for each in others) <= 2
    assert not is_resident_id("110101203001011234", TODAY), "nobody is born tomorrow"


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("电话13800138000找我", "phone", "13800138000"),
        ("打 138 0013 8000", "phone", "138 0013 8000"),
        ("电话13800138000 2026-11-03 12:30", "phone", "13800138000"),
        ("座机 010-62501234 转 8", "phone", "010-62501234"),
        ("我的邮箱是xiao.wang@example.com谢谢", "email", "xiao.wang@example.com"),
        ("车牌粤B·D12345停在门口", "plate", "粤B·D12345"),
        ("银行卡号：6222 0212 3456 7890 123", "bank_card", "6222 0212 3456 7890 123"),
        ("收货人：陈小明", "name", "陈小明"),
        ("王女士说她没有收到", "name", "王"),
    ],
)
def test_each_kind_is_proposed(text: str, kind: str, value: str) -> None:
    if kind == "bank_card":
        text = _with_check(text)
        value = text.split("：")[1]
    assert (kind, value) in found(text)


def _with_check(text: str) -> str:
    """The same card number with a last digit that fits."""
    head = text[:-1]
    digits = [int(c) for c in head if c.isdecimal()]
    total = 0
    for place, digit in enumerate(reversed(digits), start=1):
        value = digit * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return head + str(-total % 10)


def test_an_address_is_found_to_its_door() -> None:
    [(kind, value)] = found("寄到云溪市临江区梧桐路 18 号 3 单元 402，别放驿站")
    assert kind == "address"
    assert value.endswith("18 号 3 单元 402")


@pytest.mark.parametrize(
    "text",
    [
        "订单编号：6222021234567890128",  # passes a card's check, and is an order
        "交易单号 4200008271567662303760853299",
        "今天 20:30 开会",
        "¥1,234.56",
        "2026-11-03 12:33:41",
        "快递单号：13800138000",
    ],
)
def test_what_is_no_personal_data_is_left(text: str) -> None:
    assert found(text) == []


def test_known_names_are_found_wherever_they_stand() -> None:
    text = "群里的haoyun_2031就是他，Haoyun_2031"
    assert [value for _, value in found(text, "haoyun_2031")] == ["haoyun_2031", "Haoyun_2031"]


def test_the_same_value_has_the_same_placeholder_in_all_texts_of_a_case() -> None:
    ledger = Ledger({})
    texts = []
    for text in ("电话13800138000，王女士", "又打138-0013-8000来", "13900139000"):
        clean, ledger = hidden(text, proposals_in(text, (), TODAY), ledger)
        texts.append(clean)
    assert texts == ["电话[电话1]，[姓名1]女士", "又打[电话1]来", "[电话2]"]


@given(some.text(alphabet="王12 38500@a.com粤B号路第\n", max_size=80))
def test_no_text_breaks_it_and_nothing_hidden_survives(text: str) -> None:
    proposals = proposals_in(text, ("王1",), TODAY)
    clean, _ = hidden(text, proposals, Ledger({}))
    rest = text
    for each in proposals:
        assert text[each.start : each.end] == each.text
        rest = rest.replace(each.text, "", 1)
    left = [each.text for each in proposals if len(each.text) > 6 and each.text not in rest]
    assert [value for value in left if value in clean] == []


def test_the_box_of_a_part_covers_it_with_some_room() -> None:
    whole = line("电话13800138000找我", 100, 400)
    part = box_of(whole, 2, 13)
    letter = 44
    assert part.left <= 100 + 2 * letter
    assert part.right >= 100 + 2 * letter + 11 * letter / 2
    assert part.right < whole.box.right


def test_a_part_of_a_slanting_line_is_covered_in_the_photograph() -> None:
    slanting = ReadLine(
        "一二三四", Box(0, 0, 100, 20), 1, ((10, 10), (110, 30), (108, 50), (8, 30))
    )
    assert corners_of(slanting, Box(50, 0, 100, 20)) == Box(58, 20, 110, 50)
    assert DataKind.NAME.value == "name"


def test_thousands_of_names_are_found_in_no_time() -> None:
    began = process_time()
    found = proposals_in("王先生" * 10_000, (), TODAY)
    assert len(found) == 10_000
    assert all(one.end <= two.start for one, two in pairwise(found))
    assert process_time() - began < 1
