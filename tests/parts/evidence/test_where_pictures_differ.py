"""Where two pictures differ: what was seen, and beside it what was read otherwise."""

import pytest

from gongdao.domain.evidence.findings import Look, ShownLine
from gongdao.domain.evidence.other_words import Drawn, differing
from gongdao.domain.evidence.reading import Box


def drawn(*texts: str, wide: int = 200) -> Drawn:
    """A picture of 100 by 400 with a line every 20 pixels, drawn `wide` pixels wide."""
    lines = tuple(ShownLine(t, Box(10, 20 * n, 90, 20 * n + 10), 0.9) for n, t in enumerate(texts))
    return Drawn(Look(100, 400, lines), wide, 4 * wide)


def tops(pairs: list[tuple[Box, Box]]) -> list[tuple[float, float]]:
    return [(one.top, other.top) for one, other in pairs]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (("21:07", "在吗"), ("21:57", "在吗"), [(0, 0)]),
        (("在吗", "转 500 元"), ("在吗", "转 5000 元"), [(40, 40)]),
        (("在 吗", "ＯＫ"), ("在吗", "ok"), []),
        (("一", "二", "三"), ("一", "三"), [(40, 40)]),
        (("一", "三"), ("一", "二", "三"), [(40, 40)]),
        ((), ("一",), [(0, 0)]),
        (("一", "二"), ("一", "二"), []),
    ],
)
def test_what_was_read_otherwise_is_named(
    one: tuple[str, ...], other: tuple[str, ...], expected: list[tuple[float, float]]
) -> None:
    assert tops(differing([], drawn(*one), drawn(*other))) == expected


def test_a_line_within_what_was_seen_is_not_named_twice() -> None:
    seen = Box(0, 0, 200, 30)
    pairs = differing([seen], drawn("21:07", "甲"), drawn("21:57", "乙"))
    assert tops(pairs) == [(0, 0), (40, 40)]


def test_each_is_shown_in_its_own_pixels() -> None:
    pairs = differing([Box(0, 0, 20, 20)], drawn("甲", "乙"), drawn("甲", "丙", wide=100))
    assert pairs[0][1] == Box(0, 0, 10, 10)
    assert tops(pairs[1:]) == [(40, 20)]


def test_what_was_not_read_is_compared_by_its_pixels_alone() -> None:
    blind = Drawn(None, 200, 800)
    assert differing([Box(0, 0, 20, 20)], blind, blind) == [(Box(0, 0, 20, 20),) * 2]
