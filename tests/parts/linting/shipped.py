"""The rules as they are shipped, and a quick way to ask them."""

from datetime import date

from tests.fakes.house import shipped_packs

from gongdao.domain.flows import wording
from gongdao.domain.linting.model import Finding, Language, Setting
from gongdao.domain.policy.linting import LintingPolicy
from gongdao.domain.policy.pack import RulePack

UNKNOWN = Setting()
TODAY = date(2026, 11, 21)


def pack() -> RulePack:
    return shipped_packs().versions("house")[0]


def policy() -> LintingPolicy:
    return wording.rules_of(pack())


def found(
    text: str,
    setting: Setting = UNKNOWN,
    words: Language | None = None,
) -> list[Finding]:
    return list(wording.look_at(text, setting, pack(), TODAY, words).findings)


def marks(text: str, setting: Setting = UNKNOWN) -> list[str]:
    """Kind and passage of each finding: `threat: or else`."""
    return [f"{each.kind}: {text[each.start : each.end]}" for each in found(text, setting)]
