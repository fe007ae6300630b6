"""Small packs to test with."""

from collections.abc import Mapping
from typing import Any

from gongdao.domain.policy.pack import RulePack

CLAIM: Mapping[str, object] = {"source": "article_1", "as_of": "2026-11-21", "basis": "claimed"}


def words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def figure(value: object, **more: object) -> dict[str, object]:
    return {**CLAIM, "value": value, **more}


def pack(
    version: str = "2026-11-01",
    since: str = "2026-11-01",
    to: str | None = None,
    platform: str = "sample",
    **parts: Any,
) -> RulePack:
    """A pack of that version, in force over that time, saying those things."""
    head: Mapping[str, Any] = {
        "platform": platform,
        "version": version,
        "title": words("样例", "Sample"),
        "in_force": {"from": since, "to": to},
        "sources": [{"cited": CLAIM, "title": words("文章", "Article")}],
    }
    return RulePack.model_validate({**head, **parts})
