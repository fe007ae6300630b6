"""What happens to screenshots on their way: compressed, halved, cut, photographed."""

import random
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

from bench.hard_set.drawing import Box, Item, Kind
from PIL import Image, ImageChops, ImageDraw, ImageFilter

Spoiled = tuple[bytes, list[Item]]
Spoiling = Callable[[Image.Image, list[Item], random.Random], Spoiled]
Point = tuple[float, float]


def clean(image: Image.Image, items: list[Item], _chance: random.Random) -> Spoiled:
    """As the telephone keeps it."""
    return _png(image), items


def jpeg30(image: Image.Image, items: list[Item], _chance: random.Random) -> Spoiled:
    """As JPEG at quality 30."""
    return _jpeg(image, 30), items


def half(image: Image.Image, items: list[Item], _chance: random.Random) -> Spoiled:
    """At half its size, as JPEG at quality 75."""
    small = image.resize((image.width // 2, image.height // 2), Image.Resampling.BILINEAR)
    halved = [replace(item, box=_times(item.box, 0.5, 0.5)) for item in items]
    return _jpeg(small, 75), halved


def cut(image: Image.Image, items: list[Item], chance: random.Random) -> Spoiled:
    """A piece out of the middle."""
    top = round(image.height * chance.uniform(0.12, 0.3))
    low = round(image.height * chance.uniform(0.6, 0.85))
    return _png(image.crop((0, top, image.width, low))), _inside(items, top, low)


def _inside(items: list[Item], top: int, low: int) -> list[Item]:
    """The lines within a cut; one that is cut through is neither wanted nor wrong."""
    kept = []
    for item in items:
        left, begin, right, end = item.box
        if end <= top or begin >= low:
            continue
        whole = begin >= top and end <= low
        box = (left, begin - top, right, end - top)
        kept.append(Item(item.text, box, item.kind if whole else Kind.SMALL))
    return kept


def photographed(image: Image.Image, items: list[Item], chance: random.Random) -> Spoiled:
    """By another camera, at an angle, on a table: with blur, noise, a glare and uneven light."""
    width, height = 1500, 2300
    scale = min(1150 / image.width, 1950 / image.height)
    wide, tall = image.width * scale, image.height * scale
    left, top = (width - wide) / 2, (height - tall) / 2
    corners = [(left, top), (left + wide, top), (left + wide, top + tall), (left, top + tall)]
    moved = [(x + chance.uniform(-90, 90), y + chance.uniform(-110, 110)) for x, y in corners]
    source = [(0.0, 0.0), (image.width, 0.0), (image.width, image.height), (0.0, image.height)]
    back = _mapping(moved, source)
    frame = _framed(image)
    table = _table((width, height), chance)
    warped = frame.transform((width, height), Image.Transform.PERSPECTIVE, back, _BICUBIC)
    mask = Image.new("L", frame.size, 255).transform(
        (width, height), Image.Transform.PERSPECTIVE, back, _BICUBIC
    )
    table.paste(warped, (0, 0), mask)
    lit = ImageChops.multiply(table, _light((width, height), chance))
    forth = _mapping(source, moved)
    shares = (1 / image.width, 1 / image.height)
    seen = [
        replace(item, box=_around(item.box, forth), upright=_times(item.box, *shares))
        for item in items
    ]
    return _jpeg(_noisy(lit.filter(ImageFilter.GaussianBlur(0.8)), chance), 80), seen


_BICUBIC = Image.Resampling.BICUBIC


def _framed(image: Image.Image) -> Image.Image:
    """The screen with its dark edge drawn just inside, as a telephone's glass begins."""
    framed = image.copy()
    edge = max(6, image.width // 90)
    ImageDraw.Draw(framed).rectangle(
        [0, 0, image.width - 1, image.height - 1], outline=(8, 8, 8), width=edge
    )
    return framed


def _table(size: tuple[int, int], chance: random.Random) -> Image.Image:
    base = chance.choice([(150, 116, 84), (196, 190, 180), (92, 96, 104), (210, 205, 190)])
    grain = Image.effect_noise((size[0] // 6, size[1] // 40), 40).resize(size)
    return ImageChops.multiply(
        Image.new("RGB", size, base), Image.merge("RGB", [grain.point(_soft)] * 3)
    )


_soft = [200 + value // 5 for value in range(256)]


def _light(size: tuple[int, int], chance: random.Random) -> Image.Image:
    corners = Image.new("L", (2, 2))
    corners.putdata([chance.randrange(185, 256) for _ in range(4)])
    return Image.merge("RGB", [corners.resize(size, Image.Resampling.BILINEAR)] * 3)


def _noisy(image: Image.Image, chance: random.Random) -> Image.Image:
    """Noise from a seed: Pillow's own comes from the system."""
    tile = Image.frombytes("L", (256, 256), chance.randbytes(256 * 256))
    tile = tile.point([118 + value // 13 for value in range(256)])
    noise = Image.new("L", image.size)
    for x in range(0, image.width, 256):
        for y in range(0, image.height, 256):
            noise.paste(tile, (x, y))
    return ImageChops.add(image, Image.merge("RGB", [noise] * 3), scale=1, offset=-128)


def _mapping(begin: list[Point], end: list[Point]) -> list[float]:
    """The eight numbers that take four points to four others (Gauss, with pivots)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(begin, end, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for step in range(8):
        pivot = max(range(step, 8), key=lambda row: abs(rows[row][step]))
        rows[step], rows[pivot] = rows[pivot], rows[step]
        head = rows[step][step]
        rows[step] = [value / head for value in rows[step]]
        for other in range(8):
            if other != step:
                much = rows[other][step]
                rows[other] = [a - much * b for a, b in zip(rows[other], rows[step], strict=True)]
    return [row[8] for row in rows]


def _around(box: Box, by: list[float]) -> Box:
    """The upright box around a box that was seen at an angle."""
    left, top, right, low = box
    points = [(left, top), (right, top), (right, low), (left, low)]
    moved = [_moved(point, by) for point in points]
    xs, ys = [x for x, _ in moved], [y for _, y in moved]
    return (min(xs), min(ys), max(xs), max(ys))


def _moved(point: Point, by: list[float]) -> Point:
    x, y = point
    a, b, c, d, e, f, g, h = by
    under = g * x + h * y + 1
    return ((a * x + b * y + c) / under, (d * x + e * y + f) / under)


def _times(box: Box, across: float, down: float) -> Box:
    left, top, right, low = box
    return (left * across, top * down, right * across, low * down)


def _png(image: Image.Image) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def _jpeg(image: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return out.getvalue()
