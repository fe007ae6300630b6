"""Hiding: placeholders in texts, kept consistent within a case, and boxes over pictures."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongdao.domain.evidence.personal_data import DataKind, Proposal
from gongdao.domain.evidence.reading import Box, ReadLine

_WORDS = {
    DataKind.RESIDENT_ID: "身份证号",
    DataKind.PHONE: "电话",
    DataKind.BANK_CARD: "银行卡号",
    DataKind.EMAIL: "邮箱",
    DataKind.PLATE: "车牌",
    DataKind.ADDRESS: "地址",
    DataKind.NAME: "姓名",
    DataKind.NUMBER: "编号",
    DataKind.PASSAGE: "隐去",
}
"""The exhibits are in Chinese, and so are the placeholders in them."""

MARGIN = 0.8
"""Letters more that are hidden at each end of a span: where exactly it begins is estimated."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Which placeholder stands for what in a case: the same value is always the same number."""

    numbers: Mapping[tuple[DataKind, str], int]
    used: Mapping[DataKind, int] = field(default_factory=dict)
    """The highest number that was ever given, also to what has been erased since."""

    def with_(self, kind: DataKind, value: str) -> tuple["Ledger", str]:
        """The placeholder of a value, and the ledger that knows it."""
        key = (kind, plain(value))
        number = self.numbers.get(key)
        if number is not None:
            return self, _placeholder(kind, number)
        last = max((n for (k, _), n in self.numbers.items() if k is kind), default=0)
        number = 1 + max(last, self.used.get(kind, 0))
        return Ledger({**self.numbers, key: number}, self.used), _placeholder(kind, number)


def hidden(text: str, proposals: Sequence[Proposal], ledger: Ledger) -> tuple[str, Ledger]:
    """The text with a placeholder for each accepted proposal, wherever its value stands."""
    pieces, at = [], 0
    for each in sorted(proposals, key=lambda one: one.start):
        if each.start < at:
            raise ValueError("proposals overlap")
        ledger, placeholder = ledger.with_(each.kind, text[each.start : each.end])
        pieces += [text[at : each.start], placeholder]
        at = each.end
    return "".join([*pieces, text[at:]]), ledger


def plain(value: str) -> str:
    """A value as it is compared: 138 0013 8000 is 13800138000."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", value)).casefold()


def _placeholder(kind: DataKind, number: int) -> str:
    return f"[{_WORDS[kind]}{number}]"


def box_of(line: ReadLine, start: int, end: int) -> Box:
    """Where a part of a line stands, rather a little more than too little; in its screen."""
    widths = [_width(char) for char in line.text]
    total = sum(widths) or 1.0
    letter = line.box.width / total
    begin = line.box.left + letter * (sum(widths[:start]) - MARGIN)
    finish = line.box.left + letter * (sum(widths[:end]) + MARGIN)
    return Box(max(line.box.left, begin), line.box.top, min(line.box.right, finish), line.box.low)


def corners_of(line: ReadLine, part: Box) -> Box:
    """The upright box in the picture around a part of a line that was photographed at an angle."""
    if line.corners is None:
        return part
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = line.corners
    wide = line.box.width or 1.0
    begin, end = ((edge - line.box.left) / wide for edge in (part.left, part.right))
    xs = [ax + (bx - ax) * s for s in (begin, end)] + [dx + (cx - dx) * s for s in (begin, end)]
    ys = [ay + (by - ay) * s for s in (begin, end)] + [dy + (cy - dy) * s for s in (begin, end)]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _width(char: str) -> float:
    """How wide a letter is beside the others."""
    return 1.0 if unicodedata.east_asian_width(char) in "WF" else 0.55
