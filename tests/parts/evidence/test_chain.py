from datetime import date

import pytest
from tests.parts.evidence.read_pictures import line, recorded, screen

from gongdao.domain.evidence.chain import (
    Chain,
    Gap,
    Happened,
    Link,
    Proves,
    Seen,
    Step,
    chain,
    link_of_picture,
)  # fmt: skip

DAY = date(2026, 11, 1)


def day(number: int) -> date:
    return DAY.replace(day=number)


def order(number: int, *steps: tuple[Step, int], orders: str = "A1") -> Link:
    happened = tuple(Happened(step, day(at)) for step, at in steps)
    days = tuple(each.day for each in happened)
    return Link(number, frozenset((Proves.TRANSACTION,)), happened, days, frozenset((orders,)))


def review(number: int, at: int) -> Link:
    happened = (Happened(Step.PUBLISHED, day(at)),)
    return Link(number, frozenset((Proves.CONTENT,)), happened, (day(at),))


def talk(number: int, at: int) -> Link:
    happened = (Happened(Step.TALKED, day(at)),)
    return Link(number, frozenset((Proves.COMMUNICATION,)), happened, (day(at),))


def gaps(found: Chain) -> dict[Gap, tuple[int, ...]]:
    return {each.gap: each.exhibits for each in found.gaps}


WHOLE = (
    order(1, (Step.ORDERED, 1), (Step.SHIPPED, 2), (Step.DELIVERED, 4)),
    review(2, 6),
    talk(3, 5),
)


def test_a_whole_chain_has_no_gap_and_stands_in_order_of_time() -> None:
    found = chain(tuple(reversed(WHOLE)))
    assert [link.number for link in found.links] == [1, 3, 2]
    assert found.gaps == ()


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ((), {Gap.NO_TRANSACTION: (), Gap.NO_CONTENT: (), Gap.NO_COMMUNICATION: ()}),
        (WHOLE[1:], {Gap.NO_TRANSACTION: ()}),
        (WHOLE[:2], {Gap.NO_COMMUNICATION: ()}),
        (
            (order(1, (Step.ORDERED, 1), (Step.SHIPPED, 2)), review(2, 6), talk(3, 5)),
            {Gap.NO_DELIVERY: (1, 2)},
        ),
        ((WHOLE[0], review(2, 3), WHOLE[2]), {Gap.BEFORE_DELIVERY: (1, 2)}),
        (
            (order(1, (Step.ORDERED, 5), (Step.DELIVERED, 8)), review(2, 3), talk(3, 9)),
            {Gap.BEFORE_DELIVERY: (1, 2), Gap.BEFORE_ORDER: (1, 2)},
        ),
        ((order(1, (Step.PAID, 1)), review(2, 6), talk(3, 5)), {Gap.NO_ORDER: (1,)}),
        (
            (*WHOLE, order(4, (Step.DELIVERED, 4), orders="B2")),
            {Gap.SEVERAL_ORDERS: (1, 4)},
        ),
        ((*WHOLE, Link(4, frozenset())), {Gap.UNDATED: (4,)}),
    ],
)
def test_each_gap_is_named_with_the_exhibits_by_which_it_shows(
    links: tuple[Link, ...], expected: dict[Gap, tuple[int, ...]]
) -> None:
    assert gaps(chain(links)) == expected


def test_a_case_of_another_kind_needs_less() -> None:
    assert gaps(chain([talk(1, 5)], frozenset((Proves.COMMUNICATION,)))) == {}


def test_an_order_in_a_picture_shows_its_steps_with_their_days() -> None:
    picture = screen(
        line("订单编号", 40, 100), line("2026110312345678", 330, 100),
        line("创建时间", 40, 160), line("2026-11-0112:00:01", 330, 160),
        line("发货时间", 40, 220), line("2026-11-02 09:30:00", 330, 220),
        line("成交时间 2026-11-04 18:00:00", 40, 280),
    )  # fmt: skip
    link = link_of_picture(1, picture, Seen("order", 0.9))
    assert [(each.step, each.day) for each in link.happened] == [
        (Step.ORDERED, day(1)),
        (Step.SHIPPED, day(2)),
        (Step.DELIVERED, day(4)),
    ]
    assert link.proves == frozenset((Proves.TRANSACTION,))
    assert link.orders == frozenset(("2026110312345678",))


def test_a_recorded_bill_shows_a_payment_and_that_nothing_says_what_for() -> None:
    link = link_of_picture(1, recorded("bill_split"), Seen("bill", name_sure=0.6))
    assert link.proves == {Proves.TRANSACTION, Proves.IDENTITY}
    assert [each.step for each in link.happened] == [Step.PAID]
    assert Gap.NO_ORDER in gaps(chain([link]))


def test_each_ground_says_by_what_and_how_surely_it_was_found() -> None:
    picture = screen(line("订单编号：2026110312345678", 40, 100))
    link = link_of_picture(1, picture, Seen("order", 0.8, name_sure=0.6))
    assert [(each.proves, each.by) for each in link.grounds] == [
        (Proves.TRANSACTION, "screen"),
        (Proves.TRANSACTION, "number"),
        (Proves.IDENTITY, "name"),
    ]
    assert all(0 < each.confidence <= 1 for each in link.grounds)


def test_a_day_without_its_year_is_the_last_such_day_and_less_sure() -> None:
    picture = screen(line("10月28日 味道很差", 40, 100))
    assert link_of_picture(1, picture, Seen("reviews")).days == ()
    link = link_of_picture(1, picture, Seen("reviews", near=DAY))
    assert [each.day for each in link.happened] == [date(2026, 10, 28)]
    assert 0 < link.happened[0].confidence < 0.8
