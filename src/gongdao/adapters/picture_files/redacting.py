"""Redaction of a picture: the pixels are gone, and so is everything that came with the file."""

from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageDraw, ImageFont

from gongdao.domain.evidence.reading import Box

BLACK = (0, 0, 0)
RED = (214, 32, 24)
ROOM = 2
"""Pixels more on every side: soft edges of letters can be read, too."""


def redacted(picture: Image.Image, boxes: Sequence[Box]) -> bytes:
    """A new PNG with those boxes painted over; no metadata of the original is taken along."""
    return _png(_painted(picture, boxes))


def marked(picture: Image.Image, hidden: Sequence[Box], passages: Sequence[Box]) -> bytes:
    """The same, with red frames around passages, numbered from 1."""
    fresh = _painted(picture, hidden)
    draw = ImageDraw.Draw(fresh)
    pen = max(3, fresh.width // 220)
    font = ImageFont.load_default(size=max(16, fresh.width // 28))
    for number, box in enumerate(passages, start=1):
        edge = [box.left - pen, box.top - pen, box.right + pen, box.low + pen]
        draw.rectangle(edge, outline=RED, width=pen)
        left, top, right, low = draw.textbbox((0, 0), str(number), font=font)
        at = (max(0.0, edge[0] - pen), max(0.0, edge[1] - (low - top) - 3 * pen))
        draw.rectangle(
            [at[0], at[1], at[0] + right - left + 4 * pen, at[1] + low - top + 3 * pen], fill=RED
        )
        draw.text((at[0] + 2 * pen - left, at[1] + pen - top), str(number), "white", font)
    return _png(fresh)


def _painted(picture: Image.Image, boxes: Sequence[Box]) -> Image.Image:
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    draw = ImageDraw.Draw(fresh)
    for box in boxes:
        draw.rectangle(
            [box.left - ROOM, box.top - ROOM, box.right + ROOM, box.low + ROOM], fill=BLACK
        )
    return fresh


def _png(picture: Image.Image) -> bytes:
    """Without any chunk but the pixels'."""
    out = BytesIO()
    picture.save(out, "PNG", pnginfo=None, exif=b"", icc_profile=None)
    return out.getvalue()
