"""How complete a report is: seen in its text, said in words, and never in its way."""

from datetime import date

import pytest

from gongdao.domain.intake.completeness import Written, found
from gongdao.domain.policy.basics import Basis
from gongdao.domain.policy.guidance import Collect, Sign
from gongdao.domain.policy.model import Words

ENOUGH = 30


def there(sign: Sign, **written: str) -> bool | None:
    item = Collect(
        code=sign.value,
        sign=sign,
        title=Words(zh="一", en="One"),
        how=Words(zh="二", en="Two"),
        source="house",
        as_of=date(2026, 11, 21),
        basis=Basis.HOUSE,
    )
    return found([item], Written(**written), ENOUGH)[0].there


@pytest.mark.parametrize(
    "statement",
    [
        "2026年11月3日", "2026-11-03 他发了这条", "11月3日晚上", "大约 21:40", "晚上9点多",
        "昨天在群里", "on Nov 3", "3 November", "Yesterday he wrote it",
    ],
)  # fmt: skip
def test_a_moment_is_seen_in_either_language(statement: str) -> None:
    assert there(Sign.MOMENT, statement=statement) is True


@pytest.mark.parametrize(
    "statement", ["", "他一直这样", "may I ask", "第3条评论", "共5人", "decade 3"]
)
def test_no_moment_is_seen_where_there_is_none(statement: str) -> None:
    assert there(Sign.MOMENT, statement=statement) is False


@pytest.mark.parametrize(
    ("sign", "field", "yes", "no"),
    [
        (Sign.PLACE, "ref", "https://example.org/a", "那个卖鞋的"),
        (Sign.PLACE, "ref", "post-81", ""),
        (Sign.WORDS, "snapshot", "废物", " \n"),
        (Sign.ACCOUNT, "account", "li_si", " "),
        (Sign.DETAIL, "statement", "字" * ENOUGH, "字" * (ENOUGH - 1) + "  "),
        (Sign.NUMBER, "statement", "订单号4200001234567", "电话 12345"),
        (Sign.NUMBER, "ref", "TB-20261103-0042", "post-81"),
        (Sign.AMOUNT, "statement", "转了300元", "转了三次"),
        (Sign.AMOUNT, "snapshot", "¥ 99", "99 人"),
    ],
)
def test_each_sign_is_seen_where_it_is_and_only_there(
    sign: Sign, field: str, yes: str, no: str
) -> None:
    assert there(sign, **{field: yes}) is True
    assert there(sign, **{field: no}) is False


def test_what_the_form_cannot_see_is_neither_there_nor_missing() -> None:
    assert there(Sign.KEPT, statement="整屏截图在手机里") is None


@pytest.mark.parametrize("text", ["1" * 5000, "a-" * 2500, "\u202e" * 5000, "1:" * 2500])
def test_a_long_text_is_read_in_no_time(text: str) -> None:
    for sign in Sign:
        there(sign, ref=text, statement=text, snapshot=text)
