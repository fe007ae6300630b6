"""What a link hands over to the report form: what it can mean, and nothing else.

Anybody can write a link, so every value is taken for what a stranger says. What cannot be meant is
left out and named; what would only look like something else is made visible.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.policy.model import CasePolicy, SubjectKind

NAMES = ("kind", "ref", "account", "category", "group", "url", "title", "text")
"""The parameters that a link may have. They stay what they are."""
TITLE_MAX = 200
URL_MAX = 2000
_SCRIPT = re.compile(r"\s*(?:javascript|vbscript|data|file|blob)\s*:", re.IGNORECASE)
_ADDRESS = re.compile(
    r"https?://(?:\[[0-9a-f:.]+\]|[^\s/?#@\\:\[\]]+)(?::\d{1,5})?(?:[/?#][^\s\\]*)?", re.IGNORECASE
)
"""A host without a user name before it, and no backslash, which browsers take for a slash."""
_SHOWN = "\ufffd"
_JOINERS = "\u200c\u200d"
"""Needed within words of some scripts and within emoji."""
_BREAKS = "\n\t"


@dataclass(frozen=True, slots=True)
class Linked:
    """What a link says, as far as it can be used."""

    values: Mapping[str, str]
    left_out: tuple[str, ...]
    """Names of parameters that could not be used."""


def read(query: Mapping[str, str], policy: CasePolicy) -> Linked:
    """Take what can be meant; an unknown parameter is nobody's business and not named."""
    given = {name: query[name].strip() for name in NAMES if query.get(name, "").strip()}
    taken = {name: _taken(name, value, policy) for name, value in given.items()}
    good = {name: value for name, value in taken.items() if value is not None}
    if "category" in good and not _fits(good["category"], good.get("kind"), policy):
        del good["category"]
    return Linked(good, tuple(name for name in given if name not in good))


def _fits(code: str, kind: str | None, policy: CasePolicy) -> bool:
    category = policy.category(code)
    return category is not None and (kind is None or SubjectKind(kind) in category.subjects)


def _taken(name: str, value: str, policy: CasePolicy) -> str | None:
    match name:
        case "kind":
            return value if value in set(SubjectKind) else None
        case "category":
            return value
        case "url":
            return value if _is_address(value) else None
        case "title":
            return _visible(value, "") if len(value) <= TITLE_MAX else None
        case "text":
            plain = value.replace("\r\n", "\n")
            return _visible(plain, _BREAKS) if len(plain) <= policy.limits.snapshot_max else None
        case _:
            return value if _is_name(value, policy.limits.reference_max) else None


def _is_name(value: str, most: int) -> bool:
    odd = any(_is_odd(character, "") for character in value)
    return len(value) <= most and not odd and not _SCRIPT.match(value)


def _is_address(value: str) -> bool:
    odd = any(_is_odd(character, "") for character in value)
    return len(value) <= URL_MAX and not odd and _ADDRESS.fullmatch(value) is not None


def _visible(value: str, allowed: str) -> str:
    """The text with a mark for every character that would hide, or turn round what follows."""
    return "".join(_SHOWN if _is_odd(c, allowed + _JOINERS) else c for c in value)


def _is_odd(character: str, allowed: str) -> bool:
    """Control and format characters, half characters, line separators."""
    if character in allowed:
        return False
    return unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}
