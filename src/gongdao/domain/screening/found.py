"""Findings as they are kept: they quote lists and texts, so they are sealed like the text."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.model import Finding, Source


def written(findings: Iterable[Finding]) -> str:
    """Findings as one text."""
    return json.dumps([_plain(each) for each in findings], ensure_ascii=False)


def read(text: str) -> tuple[Finding, ...]:
    """The same back."""
    return tuple(_finding(each) for each in json.loads(text))


def _plain(each: Finding) -> dict[str, Any]:
    return {
        "category": each.category.value,
        "start": each.start,
        "end": each.end,
        "source": each.source.value,
        "evidence": each.evidence,
        "score": round(each.score, 4),
    }


def _finding(each: Mapping[str, Any]) -> Finding:
    return Finding(
        Category(each["category"]),
        each["start"],
        each["end"],
        Source(each["source"]),
        each["evidence"],
        each["score"],
    )
