"""
What stands in a text that somebody pastes, or that was read in a screenshot.

It is found by rules, and a proposal: a person confirms each of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.disputes import written
from gongdao.domain.kernel.ids import Code

_ORDER = re.compile(
    r"(?:订单编号|订单号|关联订单|交易单号|order\s*(?:number|no\.?|id)?)[\s:：#]{0,4}"
    r"(?P<code>[A-Za-z]{0,5}\d[\dA-Za-z-]{5,39})",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"(?:事件编号|投诉单号|投诉编号|违规编号|工单编号|工单号|举报编号|受理编号|案件编号|评价编号|"
    r"(?:case|event|complaint)\s*(?:number|no\.?|id))[\s:：#]{0,4}"
    r"(?P<code>[A-Za-z]{0,5}\d[\dA-Za-z-]{3,39})",
    re.IGNORECASE,
)
_STARS = re.compile(
    r"[★☆]{5}|(?<![\d.])[1-5]\s*(?:星|stars?)|[一二三四五]星|(?<!\d)[1-5]\s*/\s*5(?!\d)"
)
_OTHER_SIDE = re.compile(
    r"(?:买家昵称|买家|用户昵称|评价人|投诉人|投诉方|昵称)[:：]\s{0,4}(?P<name>[^\s，。,;；]{1,40})"
)
_HAN = re.compile(r"[一-鿿]")
_LETTER = re.compile(r"[A-Za-z]")
_MOST_LATIN = 8
"""So many letters for each Chinese character and more: it is not written in Chinese."""
_LEAST = 2
"""Fewer characters and letters than this say nothing."""


class Language(StrEnum):
    """What a text is written in, as far as it matters here."""

    CHINESE = "chinese"
    OTHER = "other"
    NONE = "none"
    """There is no text."""


@dataclass(frozen=True, slots=True)
class ReadText:
    """What was found."""

    language: Language
    platforms: tuple[Code, ...]
    """Those that it names, the one named first at the beginning."""
    orders: tuple[str, ...]
    references: tuple[str, ...]
    other_side: str
    stars: int | None


def words_in(text: str, names: Mapping[Code, Sequence[str]]) -> ReadText:
    """Everything of use in a text; `names` are those of the platforms."""
    found = _STARS.search(text)
    other = _OTHER_SIDE.search(text)
    references = _codes(_REFERENCE, text)
    return ReadText(
        language=language_of(text),
        platforms=_platforms(text, names),
        orders=tuple(each for each in _codes(_ORDER, text) if each not in references),
        references=references,
        other_side=other["name"] if other else "",
        stars=written.stars(found[0]) if found else None,
    )


def language_of(text: str) -> Language:
    """Chinese, something else, or nothing."""
    han, letters = len(_HAN.findall(text)), len(_LETTER.findall(text))
    if han + letters < _LEAST:
        return Language.NONE
    return Language.OTHER if letters > _MOST_LATIN * han else Language.CHINESE


def _codes(form: re.Pattern[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(found["code"] for found in form.finditer(text)))


def _platforms(text: str, names: Mapping[Code, Sequence[str]]) -> tuple[Code, ...]:
    plain = text.casefold()
    at = {
        code: min((plain.find(n.casefold()) for n in known if n.casefold() in plain), default=-1)
        for code, known in names.items()
    }
    return tuple(sorted((code for code in at if at[code] >= 0), key=lambda code: at[code]))
