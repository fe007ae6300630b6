"""How complete a report is, as far as its text shows. It informs, and refuses nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from gongdao.domain.policy.guidance import Collect, Sign

_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    "|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_MOMENT = re.compile(
    rf"""
    \d{{4}}\s*[-/.年]\s*\d{{1,2}} | \d{{1,2}}\s*月\s*\d{{1,2}}
    | \d{{1,2}}\s*[:：点]\s*\d{{0,2}}
    | 今天|昨天|前天|刚才|今早|昨晚
    | \b(?:today|yesterday|this\ morning|last\ night)\b
    | \b(?:{_MONTHS})\.?\s+\d{{1,2}}\b
    | \b\d{{1,2}}\s+(?:{_MONTHS})\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"(?<![0-9A-Za-z])(?=(?:[A-Za-z-]{0,6}\d){6})[0-9A-Za-z-]{8,40}")
_AMOUNT = re.compile(
    r"[¥￥$]\s*\d|\d\s*(?:元|块|万|rmb\b|cny\b|yuan\b)|\b(?:rmb|cny)\s*\d", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a report so far; every text may be empty."""

    ref: str = ""
    account: str = ""
    snapshot: str = ""
    statement: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that helps, and whether it is there; None where the form cannot see it."""

    item: Collect
    there: bool | None


def found(items: Iterable[Collect], written: Written, detail_min: int) -> tuple[Found, ...]:
    """Which of these things stand in a report."""
    return tuple(Found(item, _there(item.sign, written, detail_min)) for item in items)


def _there(sign: Sign, written: Written, detail_min: int) -> bool | None:
    told = f"{written.statement}\n{written.snapshot}"
    match sign:
        case Sign.PLACE:
            return "://" in written.ref or bool(re.search(r"\d", written.ref))
        case Sign.WORDS:
            return bool(written.snapshot.strip())
        case Sign.ACCOUNT:
            return bool(written.account.strip())
        case Sign.MOMENT:
            return bool(_MOMENT.search(told))
        case Sign.DETAIL:
            return len(written.statement.strip()) >= detail_min
        case Sign.NUMBER:
            return bool(_NUMBER.search(f"{written.ref}\n{told}"))
        case Sign.AMOUNT:
            return bool(_AMOUNT.search(told))
        case Sign.KEPT:
            return None
        case _:
            assert_never(sign)
