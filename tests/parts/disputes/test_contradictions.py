"""Words of the other side held against the record: both are quoted, and what fits is left out."""

from datetime import date
from typing import Any

import pytest
from tests.fakes.house import shipped_packs

from gongdao.domain.disputes.contradictions import (
    Contradiction,
    Kind,
    Line,
    Place,
    Record,
    Said,
    Shown,
    closed_words,
    contradictions,
)
from gongdao.domain.policy.dispute_chain import DisputeChainPolicy

WRITTEN = date(2026, 10, 26)
DAY = date(2026, 10, 23)


def policy() -> DisputeChainPolicy:
    found = shipped_packs().in_force("house", date(2026, 11, 1)).dispute_chain
    assert found is not None
    return found


def against(text: str, written_on: date | None = WRITTEN, **record: Any) -> list[Contradiction]:
    said = Said(text, written_on=written_on)
    return list(contradictions([said], Record(**record), policy()))


DELIVERED = (Shown("delivered", DAY, exhibit=2, sure=0.98),)


@pytest.mark.parametrize(
    "text",
    [
        "没收到货", "到现在都没收到快递！", "包裹一直没收到", "衣服至今没到", "压根没收到",
        "I never received the parcel", "the package never arrived", "did not receive it, never got",
    ],
)  # fmt: skip
def test_not_received_though_it_was_delivered(text: str) -> None:
    (found,) = against(text, shown=DELIVERED)
    assert (found.kind, found.record.exhibit) == (Kind.NOT_RECEIVED, 2)
    assert found.theirs.span is not None
    assert text[slice(*found.theirs.span)] == found.theirs.words


@pytest.mark.parametrize(
    "text",
    [
        "没收到退款，客服也不处理", "收到货了，颜色不喜欢", "一直没收到回复", "没有收到赠品",
        "never received a refund", "质量很差，和描述不一样",
    ],
)  # fmt: skip
def test_what_is_not_said_contradicts_nothing(text: str) -> None:
    assert [each.kind for each in against(text, shown=DELIVERED)] == []


def test_an_undated_review_is_less_sure_and_an_early_one_none() -> None:
    (sure,), (unsure,) = (against("没收到货", day, shown=DELIVERED) for day in (WRITTEN, None))
    assert unsure.sure < sure.sure
    assert against("没收到货", date(2026, 10, 22), shown=DELIVERED) == []


def test_not_used_against_the_same_buyers_words_in_a_chat() -> None:
    lines = (Line(1, "买家：你好"), Line(3, "买家：这个杯子我用了三天，挺好的"))
    (found,) = against("还没用，先给个差评", lines=lines)
    assert (found.kind, found.record.exhibit) == (Kind.NOT_USED, 3)
    assert "用了三天" in found.record.words


def test_nobody_answered_against_a_chat_of_that_time() -> None:
    talked = (Shown("talked", DAY, exhibit=1),)
    (found,) = against("客服根本没人理", shown=talked)
    assert (found.kind, found.record.day) == (Kind.NEVER_CONTACTED, DAY)
    assert against("客服很耐心", shown=talked) == []


def test_a_visit_on_a_closed_day_by_its_date_and_by_the_day_of_the_review() -> None:
    closed = (Shown("closed", date(2026, 10, 25), sure=1.0), Shown("closed", WRITTEN))
    (told,) = against("昨天去吃的，菜很咸", shown=closed)
    (shown,) = against("去吃了一次，菜很咸", shown=closed)
    assert (told.record.day, shown.record.day) == (date(2026, 10, 25), WRITTEN)
    assert told.record.place is Place.MEMBER
    assert told.sure > shown.sure
    assert against("外卖的味道不错", shown=closed) == []


def test_written_before_it_arrived_or_was_ordered() -> None:
    late = (Shown("ordered", date(2026, 10, 27)), Shown("delivered", date(2026, 10, 29)))
    kinds = {each.kind for each in against("质量差得很", shown=late)}
    assert kinds == {Kind.BEFORE_ORDER, Kind.BEFORE_DELIVERY}


def test_another_sum_and_another_number_of_stars() -> None:
    (amount,) = against("花了300块买个破烂", amount_fen=12_800)
    assert (amount.theirs.figure, amount.record.figure) == (30_000, 12_800)
    assert against("花了128元", amount_fen=12_800) == []
    assert against("花了128元", amounts=((12_800, 2), (900, 2))) == []
    (stars,) = against("给五星都嫌少", stars=1)
    assert (stars.theirs.figure, stars.record.figure) == (5, 1)
    assert against("给一星都嫌多", stars=1) == []


def test_the_same_words_in_a_screenshot_are_said_once() -> None:
    said = [Said("没收到货", written_on=WRITTEN), Said("没收到货", 4, WRITTEN, sure=0.8)]
    (found,) = contradictions(said, Record(DELIVERED), policy())
    assert found.theirs.place is Place.TEXT


def test_a_notice_of_a_closed_shop() -> None:
    assert closed_words("国庆期间10月1日至10月3日店休，请周知", policy()) is not None
    found = closed_words("10月5日盘点休息", policy())
    assert found is not None
    assert not found[1]
    assert closed_words("营业时间 9:00-21:00", policy()) is None
