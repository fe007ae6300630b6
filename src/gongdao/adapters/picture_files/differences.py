"""Where two nearly equal pictures differ, as boxes to be looked at."""

from PIL import Image, ImageChops, ImageFilter

from gongdao.domain.evidence.reading import Box

CELL = 12
"""Pixels of a cell; what differs in a cell is shown as a whole."""
STRONG = 34
"""Levels of grey by which a blurred pixel must differ: less is compression."""

FAINT = 12
"""Mean level from which a cell counts: a single pixel is noise."""


def differences(one: Image.Image, other: Image.Image) -> list[Box]:
    """The boxes, in the first one's pixels, in which the two differ; the largest first.

    They are compared at the size of the smaller one: enlarging makes differences of its own.
    """
    size = min(one.size, other.size)
    first, second = (
        each.convert("L").resize(size, Image.Resampling.BICUBIC).filter(ImageFilter.BoxBlur(1))
        for each in (one, other)
    )
    away = ImageChops.difference(first, second)
    marked = away.point([255 if level >= STRONG else 0 for level in range(256)])
    wide, tall = -(-size[0] // CELL), -(-size[1] // CELL)
    whole = Image.new("L", (wide * CELL, tall * CELL))
    whole.paste(marked)
    cells = whole.reduce(CELL).tobytes()
    on = {(at % wide, at // wide) for at, level in enumerate(cells) if level > FAINT}
    grown = (one.width / size[0], one.height / size[1])
    boxes = [_around(island, size, grown) for island in _islands(on)]
    return sorted(boxes, key=lambda box: box.width * box.height, reverse=True)


def _islands(on: set[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Cells that touch or nearly do."""
    left, islands = set(on), []
    while left:
        island, edge = [], [left.pop()]
        while edge:
            x, y = edge.pop()
            island.append((x, y))
            near = {(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-2, 3)} & left
            left -= near
            edge.extend(near)
        islands.append(island)
    return islands


def _around(
    island: list[tuple[int, int]], size: tuple[int, int], grown: tuple[float, float]
) -> Box:
    xs, ys = [x for x, _ in island], [y for _, y in island]
    across, down = grown
    return Box(
        min(xs) * CELL * across,
        min(ys) * CELL * down,
        min((max(xs) + 1) * CELL, size[0]) * across,
        min((max(ys) + 1) * CELL, size[1]) * down,
    )
