"""Personal data in a text, proposed to be hidden. A person accepts, drops or adds.

Each proposal says why. Numbers are proposed where they check themselves or a word before them says
what they are: an order number must not vanish because one in ten passes a bank card's check.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gongdao.domain.evidence.resident_ids import is_resident_id, passes_luhn


class DataKind(StrEnum):
    """Of which kind personal data is."""

    RESIDENT_ID = "resident_id"
    PHONE = "phone"
    BANK_CARD = "bank_card"
    EMAIL = "email"
    PLATE = "plate"
    ADDRESS = "address"
    NAME = "name"
    NUMBER = "number"
    """Of an order or a payment: it leads to a person, and is often what matters, too."""
    PASSAGE = "passage"
    """What a person chose, and no rule proposed."""


class Reason(StrEnum):
    """Why something is proposed."""

    CHECKSUM = "checksum"
    NUMBERING_PLAN = "numbering_plan"
    CARD_IN_CONTEXT = "card_in_context"
    FORM = "form"
    KNOWN_PARTY = "known_party"
    CUE_WORD = "cue_word"
    LABEL = "label"
    CHOSEN = "chosen"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A piece of text that may have to be hidden: from `start` up to `end`."""

    kind: DataKind
    start: int
    end: int
    text: str
    reason: Reason
    confidence: float


_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5} ?\d{8} ?\d{3}[\dXx](?![0-9A-Za-z])")
_LONG_NUMBER = re.compile(r"(?<![0-9A-Za-z])\d(?:[ -]?\d){14,18}(?![0-9A-Za-z])")
_CARD_PREFIX = re.compile(r"62|4|5[1-5]|2[2-7]|35|3[47]|60|9")
_CARD_WORDS = re.compile(
    r"卡号|银行卡|储蓄卡|信用卡|借记卡|账号|账户|帐号|开户|收款|打款|汇款|银行"
)
_NO_CARD = re.compile(
    r"(订单|交易|商户|快递|运单|物流|流水|投诉|工单|单)\s*(编号|单号|号)?[:： ]*$"
)
_NEAR = 16
"""So many characters before a number say what it is."""
_MOBILE = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d(?:[ -]?\d{4}){2}(?![0-9A-Za-z])")
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9._%+\-]{1,64}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63})+"
)
_PLATE = re.compile(
    r"[京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼][A-HJ-NP-Z][·•. ]?"
    r"(?:[DF][A-HJ-NP-Z0-9]\d{4}|\d{5}[DF]|[A-HJ-NP-Z0-9]{4}[A-HJ-NP-Z0-9挂学警港澳])(?![A-Z0-9])"
)
_ADDRESS = re.compile(
    r"(?:(?>[一-鿿]{2,8}?(?:省|自治区|市|区|县|旗|州))){0,4}+"
    r"[一-鿿A-Za-z0-9]{1,10}?(?:路|街|大道|道|巷|弄|村|镇|乡|小区|花园|家园|苑|里)\s?"
    r"[A-Za-z0-9]{1,5}\s?(?:号楼|号|弄|栋|幢|座)"
    r"(?:\s?[0-9A-Za-z一二三四五六七八九十]{1,5}\s?(?:号楼|栋|幢|座|单元|楼|层|室|号|户)){0,4}"
    r"(?:\s?\d{3,4}(?!\d))?"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_CUE = re.compile(
    rf"(?:姓名|联系人|收货人|收件人|寄件人|户名|持卡人|收款人|付款人|我叫|法定代表人|法人)[:： ]*"
    rf"(?P<name>(?:欧阳|司马|上官|诸葛|[{_SURNAMES}])[一-鿿]{{1,2}})(?![一-鿿])"
)
_POLITE = re.compile(rf"(?P<name>[{_SURNAMES}][一-鿿]{{0,2}})(?=先生|女士|小姐)")
_SHORTEST_NAME = 2


def proposals_in(text: str, known: Sequence[str], today: date) -> list[Proposal]:
    """What to hide in a text, from its beginning on; nothing overlaps.

    `known` are the names by which the people of the case could be recognised.
    """
    found = [
        *_resident_ids(text, today),
        *_cards(text),
        *_phones(text),
        *_forms(text),
        *_names(text, known),
    ]
    found.sort(key=lambda each: (-each.confidence, each.start - each.end))
    kept: list[Proposal] = []
    starts: list[int] = []
    for each in found:  # a text may hold thousands: each is held against its neighbours alone
        at = bisect(starts, each.start)
        behind = at == 0 or kept[at - 1].end <= each.start
        if behind and (at == len(kept) or each.end <= starts[at]):
            kept.insert(at, each)
            starts.insert(at, each.start)
    return kept


def _proposed(
    found: re.Match[str], kind: DataKind, reason: Reason, sure: float, group: str | int = 0
) -> Proposal:
    return Proposal(kind, found.start(group), found.end(group), found[group], reason, sure)


def _resident_ids(text: str, today: date) -> Iterator[Proposal]:
    for found in _ID.finditer(text):
        if is_resident_id(found[0].replace(" ", ""), today):
            yield _proposed(found, DataKind.RESIDENT_ID, Reason.CHECKSUM, 0.97)


def _cards(text: str) -> Iterator[Proposal]:
    for found in _LONG_NUMBER.finditer(text):
        digits = re.sub(r"\D", "", found[0])
        before = text[max(0, found.start() - _NEAR) : found.start()]
        after = text[found.end() : found.end() + _NEAR]
        if not passes_luhn(digits) or not _CARD_PREFIX.match(digits) or _NO_CARD.search(before):
            continue
        if _CARD_WORDS.search(before) or _CARD_WORDS.search(after):
            yield _proposed(found, DataKind.BANK_CARD, Reason.CARD_IN_CONTEXT, 0.9)


def _phones(text: str) -> Iterator[Proposal]:
    """Numbers that exist in the Chinese plan, or in another one with its country code.

    Mobile ones are looked for by their form as well: a date right behind one hides it from the
    library's matcher.
    """
    from phonenumbers import (  # noqa: PLC0415 - a tenth of a second, for the worker alone
        Leniency,
        PhoneNumberMatcher,
        PhoneNumberType,
        is_valid_number,
        number_type,
        parse,
    )

    for form in _MOBILE.finditer(text):
        before = text[max(0, form.start() - _NEAR) : form.start()]
        if not _NO_CARD.search(before) and is_valid_number(parse(form[0], "CN")):
            yield _proposed(form, DataKind.PHONE, Reason.NUMBERING_PLAN, 0.95)
    for found in PhoneNumberMatcher(text, "CN", leniency=Leniency.VALID):
        mobile = number_type(found.number) == PhoneNumberType.MOBILE
        before = text[max(0, found.start - _NEAR) : found.start]
        behind = text[found.end : found.end + 1]
        if _NO_CARD.search(before) or (behind.isascii() and behind.isalnum()):
            continue
        sure = 0.95 if mobile else 0.7
        yield Proposal(
            DataKind.PHONE, found.start, found.end, found.raw_string, Reason.NUMBERING_PLAN, sure
        )


def _forms(text: str) -> Iterator[Proposal]:
    for found in _EMAIL.finditer(text):
        yield _proposed(found, DataKind.EMAIL, Reason.FORM, 0.95)
    for found in _PLATE.finditer(text):
        yield _proposed(found, DataKind.PLATE, Reason.FORM, 0.85)
    for found in _ADDRESS.finditer(text):
        yield _proposed(found, DataKind.ADDRESS, Reason.FORM, 0.7)


def _names(text: str, known: Iterable[str]) -> Iterator[Proposal]:
    for name in {each.strip() for each in known if len(each.strip()) >= _SHORTEST_NAME}:
        sure = 0.9 if len(name) > _SHORTEST_NAME else 0.7
        for found in re.finditer(re.escape(name), text, re.IGNORECASE):
            yield _proposed(found, DataKind.NAME, Reason.KNOWN_PARTY, sure)
    for found in _CUE.finditer(text):
        yield _proposed(found, DataKind.NAME, Reason.CUE_WORD, 0.75, "name")
    for found in _POLITE.finditer(text):
        yield _proposed(found, DataKind.NAME, Reason.CUE_WORD, 0.5, "name")
