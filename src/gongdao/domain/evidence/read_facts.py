"""Moments, sums of money and numbers that stand in what was read."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from enum import StrEnum

from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture, in_order

# Gaps are bounded: over a page of blanks a pattern would begin anew at each of them.
_DAY = (
    r"(?:(?P<year>20\d\d)\s{0,4}[-/.年]\s{0,4})?(?P<month>1[0-2]|0?[1-9])\s{0,4}"
    r"(?P<mark>[-/.月])\s{0,4}(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)\s{0,4}日?"
)
_CLOCK = (
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上)?\s{0,4}"
    r"(?P<hour>[01]?\d|2[0-3])[:：](?P<minute>[0-5]\d)(?:[:：](?P<second>[0-5]\d))?(?!\d)"
)
_MOMENT = re.compile(
    rf"(?<![\d.]){_DAY}(?:\s{{0,4}}{_CLOCK})?|(?<![\d:]){_CLOCK.replace('P<', 'P<x')}"
)
_AMOUNT = re.compile(
    r"(?P<sign>[¥￥])\s*(?P<first>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)"
    r"|(?<![\d.])(?P<second>\d{1,3}(?:,\d{3})+(?:\.\d{1,2})?|\d+(?:\.\d{1,2})?)\s*(?P<unit>万?元|块钱?)"
    r"|^[-+]\s?(?P<third>(?:\d{1,3}(?:,\d{3})+|\d+)\.\d\d)$"
)
_STUCK = re.compile(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d\d)(?=\d\d[:：]\d)")
"""A date and a time between which the space was not read."""
_CUT_CLOCK = re.compile(r"\d{1,2}[:：]\d{0,2}(?:[:：]\d?)?$")
_CLOCK_REST = re.compile(r"[:：]?\d{1,2}(?:[:：]\d{1,2})?")
_CODE = re.compile(r"[A-Za-z]{0,5}\d[\dA-Za-z]*")
_REST = re.compile(r"[\dA-Za-z]+")
_AFTER_LABEL = re.compile(r"[\s:：|]{0,4}(?P<code>[A-Za-z]{0,5}\d[\dA-Za-z]{6,63})")
_TAIL = re.compile(r"\s*(复制|查看|>|›)\s*$")
LABELS: tuple[tuple[str, str], ...] = (
    ("transaction", r"交易单号|支付宝交易号|交易号|流水号|转账单号"),
    ("merchant", r"商户单号|商家订单号|商户订单号"),
    ("event", r"投诉单号|投诉编号|违规编号|事件编号|工单编号|工单号|举报编号|受理编号"),
    ("parcel", r"快递单号|运单号|物流单号"),
    ("order", r"订单编号|订单号|关联订单"),
)
"""What a number is, by the label before it. The first that fits counts."""
_LABEL = re.compile("|".join(f"(?P<{kind}>{words})" for kind, words in LABELS))
NOON, AFTER_NOON = 12, 3
_LONGEST_SUM = 15
"""Figures of a sum of money: what is longer is none, and no number either."""
SHORTEST = 8
"""Characters of a number, once it is whole."""


class FactKind(StrEnum):
    """What was found."""

    MOMENT = "moment"
    AMOUNT = "amount"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class ReadFact:
    """Something said in a picture or text, as written, and read as far as it can be."""

    kind: FactKind
    written: str
    boxes: tuple[Box, ...]
    confidence: float
    day: date | None = None
    clock: time | None = None
    month_day: tuple[int, int] | None = None
    """Where the year is not said."""
    fen: int | None = None
    """An amount in hundredths of a yuan."""
    label: str = ""
    """What a number is: order, transaction, merchant, event, parcel."""
    alone: bool = False
    """Whether the line says nothing else."""


def facts_of(picture: ReadPicture) -> list[ReadFact]:
    """Everything of use in a picture, from above."""
    lines = in_order(picture.lines)
    found = [fact for line in lines for fact in facts_in(_whole_moment(line, lines), line)]
    return [*numbers_of(lines), *found]


def _whole_moment(line: ReadLine, lines: Sequence[ReadLine]) -> str:
    """The line, with the end of its time where that broke over into the next row."""
    text = _STUCK.sub(r"\1 ", line.text)
    if not (_CUT_CLOCK.search(text) and re.search(r"\d{4}[-/.年]", text)):
        return text
    below = _rows_below(line, lines, _CLOCK_REST, own=False)
    return text + below[0].text if below else text


def facts_in(text: str, line: ReadLine | None = None) -> list[ReadFact]:
    """Moments and amounts in one line or in a text."""
    boxes = (line.box,) if line else ()
    sure = line.confidence if line else 1.0
    moments = [
        _moment(found, boxes, sure, alone=found[0].strip() == text.strip())
        for found in _MOMENT.finditer(text)
    ]
    amounts = [_amount(found, boxes, sure) for found in _AMOUNT.finditer(text)]
    return [fact for fact in (*moments, *amounts) if fact is not None]


def _moment(
    found: re.Match[str], boxes: tuple[Box, ...], sure: float, *, alone: bool
) -> ReadFact | None:
    part = found["part"] or found["xpart"]
    hour, minute = found["hour"] or found["xhour"], found["minute"] or found["xminute"]
    second = found["second"] or found["xsecond"]
    clock = _clock(part, int(hour), int(minute), int(second or 0)) if hour else None
    fact = ReadFact(FactKind.MOMENT, found[0].strip(), boxes, sure, clock=clock, alone=alone)
    if found["month"] is None:
        return fact
    month, day = int(found["month"]), int(found["day"])
    if found["year"] is None:
        # 10/25 may be a fraction and 3.5 a price: without a year only the Chinese way is a date,
        # or one with a time behind it.
        if found["mark"] != "月" and clock is None:
            return None
        return replace(fact, month_day=(month, day))
    try:
        return replace(fact, day=date(int(found["year"]), month, day), month_day=(month, day))
    except ValueError:
        return None


def _clock(part: str | None, hour: int, minute: int, second: int) -> time:
    """The time of day; 下午 3:12 is 15:12."""
    late = part in {"下午", "傍晚", "晚上"} or (part == "中午" and hour < AFTER_NOON)
    return time(hour + NOON if late and hour < NOON else hour, minute, second)


def _amount(found: re.Match[str], boxes: tuple[Box, ...], sure: float) -> ReadFact | None:
    digits = found["first"] or found["second"] or found["third"]
    if len(digits) > _LONGEST_SUM:
        return None
    whole, _, rest = digits.replace(",", "").partition(".")
    fen = int(whole) * 100 + int(rest.ljust(2, "0") or 0)
    if found["unit"] == "万元":
        fen *= 10_000
    return ReadFact(FactKind.AMOUNT, found[0].strip(), boxes, sure, fen=fen)


def numbers_of(lines: Sequence[ReadLine]) -> list[ReadFact]:
    """Numbers behind a label, in its line or to its right, and broken over rows below."""
    found = []
    for line in lines:
        label = _LABEL.search(line.text)
        if label is None:
            continue
        rest = _TAIL.sub("", line.text[label.end() :].lstrip(" :：")).replace(" ", "")
        begins = line if _CODE.fullmatch(rest) else _right_of(line, lines)
        if begins is None:
            continue
        first = rest if begins is line else _bare(begins.text)
        rows = [begins, *_rows_below(begins, lines, _REST, own=begins is line)]
        number = first + "".join(_bare(row.text) for row in rows[1:])
        if len(number) >= SHORTEST:
            sure = min(row.confidence for row in rows)
            boxes = tuple(row.box for row in rows)
            kind = label.lastgroup or "order"
            found.append(ReadFact(FactKind.NUMBER, number, boxes, sure, label=kind))
    return found


def labelled_in(text: str) -> list[tuple[str, int, int]]:
    """Numbers behind a label in a line of a text: what they are, where they begin and end."""
    found = []
    for label in _LABEL.finditer(text):
        code = _AFTER_LABEL.match(text, label.end())
        if code is not None and len(code["code"]) >= SHORTEST:
            found.append((label.lastgroup or "order", code.start("code"), code.end("code")))
    return found


def _bare(text: str) -> str:
    return _TAIL.sub("", text).replace(" ", "")


def _right_of(label: ReadLine, lines: Iterable[ReadLine]) -> ReadLine | None:
    """The nearest number in the row of a label."""
    near = label.box.height * 0.6
    beside = [
        line
        for line in lines
        if line.box.left > label.box.middle[0]
        and abs(line.box.middle[1] - label.box.middle[1]) < near
        and _CODE.fullmatch(_bare(line.text))
    ]
    return min(beside, key=lambda line: line.box.left, default=None)


def _rows_below(
    first: ReadLine, lines: Iterable[ReadLine], form: re.Pattern[str], *, own: bool
) -> list[ReadLine]:
    """Rows that go on with a value: of that form throughout, begun at the same edge."""
    rows, last = [], first
    for line in sorted(lines, key=lambda each: each.box.top):
        gap = line.box.top - last.box.low
        tall = last.box.height
        if line.box.middle[1] <= last.box.middle[1] + tall * 0.5:
            continue
        if gap > tall * 0.6:
            break
        edge = abs(line.box.left - first.box.left) < tall * 0.7
        if (edge or own) and form.fullmatch(_bare(line.text)) and not _alone(line, first, lines):
            rows.append(line)
            last = line
        elif edge:
            break
    return rows


def _alone(line: ReadLine, first: ReadLine, lines: Iterable[ReadLine]) -> bool:
    """Whether the row has a label of its own, left of it."""
    near = line.box.height * 0.5
    return any(
        other.box.right <= first.box.left and abs(other.box.middle[1] - line.box.middle[1]) < near
        for other in lines
    )
