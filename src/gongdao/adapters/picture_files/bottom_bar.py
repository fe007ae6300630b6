"""The lower end of a telephone's screen: the line or the three keys that the system draws there.

Apps may hide both, so their absence says little. All lengths are in dp, of which a screen is 360
wide: the picture is looked at in that size.
"""

from collections.abc import Sequence
from itertools import pairwise

from PIL import Image

from gongdao.domain.evidence.looking_ports import Bottom
from gongdao.domain.evidence.reading import Box

WIDE = 360
STRIP = 28
"""So much of the lower end is looked at."""
LINE_LONG, LINE_TALL = (64, 150), (2, 7)
"""Least and most length and height of the line; the longest are an iPhone's, 130."""
LINE_LOWEST, LINE_HIGHEST = 3, 18
"""How far from the end it may lie."""
KEYS, KEY = 3, (8, 18)
KEYS_APART = (55, 105)
MIDDLE = 6
"""How far from the middle the line, or the middle key, may lie."""
ALIKE, APART = 26, 46
"""Levels of grey within which points count as one colour, and from which as another."""
LINE_ALIKE, LINE_APART = 16, 28
"""The same for the line, which lies on whatever picture the owner chose."""
CALM = 0.86
"""Share of the keys' strip that has one colour."""
_LEAST = 240
"""Points of width below which the lower end is too coarse to tell."""


def bottom_bar(picture: Image.Image) -> Bottom | None:
    """The line or the keys at the lower end of an upright screen, or None."""
    if picture.width < _LEAST or picture.height < picture.width:
        return None
    scale = picture.width / WIDE
    end = picture.crop((0, round(picture.height - STRIP * scale), picture.width, picture.height))
    grey = end.convert("L").resize((WIDE, STRIP), Image.Resampling.BOX)
    points = grey.tobytes()
    rows = [points[at : at + WIDE] for at in range(0, len(points), WIDE)]
    found = _line(rows)
    says, sure = "home_indicator", 0.9
    if found is None:
        found, says, sure = _keys(rows), "navigation_keys", 0.85
    if found is None:
        return None
    top = picture.height - STRIP * scale
    left, high, right, low = found
    box = Box(left * scale, top + high * scale, right * scale, top + low * scale)
    return Bottom(says, box, sure)


def _line(rows: Sequence[bytes]) -> tuple[int, int, int, int] | None:
    """A line in the middle, apart from what lies above, below and beside it."""
    runs = [_run(row) for row in rows]
    at = 0
    while at < len(rows):
        run = runs[at]
        if run is None:
            at += 1
            continue
        end = at
        while end < len(rows) and _same(runs[end], run):
            end += 1
        from_end = len(rows) - end
        fits = LINE_TALL[0] <= end - at <= LINE_TALL[1]
        if fits and LINE_LOWEST <= from_end <= LINE_HIGHEST and _apart(rows, at, end):
            return run[0], at, run[1], end
        at = end
    return None


def _run(row: bytes) -> tuple[int, int] | None:
    """Points of one colour about the middle of a row, with another colour at both ends."""
    middle = row[WIDE // 2]
    left = right = WIDE // 2
    while left > 0 and abs(row[left - 1] - middle) <= LINE_ALIKE:
        left -= 1
    while right < WIDE - 1 and abs(row[right + 1] - middle) <= LINE_ALIKE:
        right += 1
    long, off = right - left + 1, abs((left + right) / 2 - WIDE / 2)
    if not (LINE_LONG[0] <= long <= LINE_LONG[1]) or off > MIDDLE:
        return None
    ends = row[max(0, left - 4)], row[min(WIDE - 1, right + 4)]
    return (left, right + 1) if all(abs(each - middle) >= LINE_APART for each in ends) else None


def _same(run: tuple[int, int] | None, first: tuple[int, int]) -> bool:
    room = 4
    return run is not None and all(abs(a - b) <= room for a, b in zip(run, first, strict=True))


def _apart(rows: Sequence[bytes], at: int, end: int) -> bool:
    """Whether another colour lies above and below the line's middle."""
    inside = rows[(at + end) // 2][WIDE // 2]
    above, below = rows[max(0, at - 2)][WIDE // 2], rows[min(len(rows) - 1, end + 1)][WIDE // 2]
    return all(abs(each - inside) >= LINE_APART for each in (above, below))


def _keys(rows: Sequence[bytes]) -> tuple[int, int, int, int] | None:
    """Three things as large as keys, evenly apart, on a calm strip."""
    ordered = sorted(b"".join(rows))
    ground = ordered[len(ordered) // 2]
    if sum(abs(each - ground) <= ALIKE for each in ordered) < CALM * len(ordered):
        return None
    on = [[x for x in range(WIDE) if abs(row[x] - ground) >= APART] for row in rows]
    spans = _spans(sorted({x for row in on for x in row}))
    if len(spans) != KEYS:
        return None
    middles = [(left + right) / 2 for left, right in spans]
    steps = [b - a for a, b in pairwise(middles)]
    even = abs(steps[0] - steps[1]) <= MIDDLE + 2 and abs(middles[1] - WIDE / 2) <= MIDDLE
    if not even or not all(KEYS_APART[0] <= step <= KEYS_APART[1] for step in steps):
        return None
    heights = [_height(on, span) for span in spans]
    sizes = [right - left for left, right in spans] + [low - high for high, low in heights]
    centres = [sum(each) / 2 for each in heights]
    level = max(centres) - min(centres) <= KEY[0] / 2
    if not level or not all(KEY[0] <= size <= KEY[1] for size in sizes):
        return None
    high, low = min(each[0] for each in heights), max(each[1] for each in heights)
    if high == 0 or low == len(rows):
        return None
    return spans[0][0], high, spans[-1][1], low


def _spans(columns: Sequence[int]) -> list[tuple[int, int]]:
    """Columns that stand together, as spans."""
    gap, spans = 4, list[list[int]]()
    for column in columns:
        if spans and column - spans[-1][1] <= gap:
            spans[-1][1] = column
        else:
            spans.append([column, column])
    return [(left, right + 1) for left, right in spans]


def _height(on: Sequence[Sequence[int]], span: tuple[int, int]) -> tuple[int, int]:
    held = [y for y, row in enumerate(on) if any(span[0] <= x < span[1] for x in row)]
    return held[0], held[-1] + 1
