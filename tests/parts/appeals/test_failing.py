"""The patterns of failure, one by one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from gongdao.domain.appeals.failing import AboutToSend, patterns
from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Basis
from gongdao.domain.policy.forecast import Thresholds

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
BY = Thresholds(
    near=Span.parse("3d"),
    repetition=3,
    alike=0.5,
    tone=3,
    source="house",
    as_of=date(2026, 11, 1),
    basis=Basis.HOUSE,
)
FINE = AboutToSend(
    now=NOW,
    closes_at=NOW + timedelta(days=30),
    levels_left=True,
    gaps=(),
    exhibits=1,
    missing=(),
    tone=(1, 2),
    strikes=2,
    alike=0.49,
)


def test_where_nothing_shows_nothing_is_said() -> None:
    assert patterns(FINE, BY) == ()


@pytest.mark.parametrize(
    ("change", "code", "facts"),
    [
        ({"gaps": ("no_order", "undated")}, "broken_chain", {"gaps": 2}),
        ({"exhibits": 0, "missing": ("pledge",)}, "broken_chain", {"gaps": 1}),
        (
            {"closes_at": NOW + timedelta(days=3)},
            "window_near",
            {"closes": NOW + timedelta(days=3)},
        ),
        ({"closes_at": NOW}, "window_near", {"closes": NOW}),
        (
            {"closes_at": NOW - timedelta(seconds=1)},
            "window_missed",
            {"closed": NOW - timedelta(seconds=1)},
        ),
        ({"levels_left": False}, "window_missed", {}),
        ({"tone": (3, 1, 3)}, "tone", {"kinds": 2}),
        ({"strikes": 3}, "repetition", {"count": 3}),
        ({"alike": 0.5}, "same_facts", {"share": 50}),
    ],
)
def test_each_pattern_by_itself(
    change: dict[str, Any], code: str, facts: dict[str, object]
) -> None:
    (sign,) = patterns(replace(FINE, **change), BY)
    assert (sign.pattern.value, sign.facts) == (code, facts)


@pytest.mark.parametrize(
    "change",
    [
        {"closes_at": None},
        {"closes_at": NOW + timedelta(days=3, seconds=1)},
        {"exhibits": 1, "missing": ("pledge",)},
        {"exhibits": 0, "missing": ()},
    ],
)
def test_what_is_none(change: dict[str, Any]) -> None:
    assert patterns(replace(FINE, **change), BY) == ()


def test_the_gravest_comes_first() -> None:
    worst = replace(
        FINE, closes_at=NOW - timedelta(days=1), gaps=("undated",), tone=(3,), strikes=9, alike=0.9
    )
    assert [sign.pattern.value for sign in patterns(worst, BY)] == [
        "window_missed", "broken_chain", "same_facts", "repetition", "tone",
    ]  # fmt: skip
