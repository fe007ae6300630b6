"""Copies of pictures as somebody else's form takes them: small enough, and nothing but pixels."""

from collections.abc import Sequence
from io import BytesIO
from time import gmtime

from PIL import Image

LONGEST = 2560
"""Pixels of the longer edge at most: our own measure, on which small print can still be read."""
_SMALLEST = 320
"""Below that nothing can be read any more."""
_QUALITIES = (90, 80, 70, 60)


def fitted(picture: Image.Image, media: str, most_bytes: int | None) -> bytes:
    """A new JPEG or PNG of at most so many bytes; ValueError where it would not be readable."""
    edge = min(LONGEST, max(picture.size))
    while edge >= min(_SMALLEST, max(picture.size)):
        scaled = _scaled(picture, edge)
        for quality in _QUALITIES if media == "jpeg" else (None,):
            content = _written(scaled, quality)
            if most_bytes is None or len(content) <= most_bytes:
                return content
        edge = int(edge * 0.8)
    raise ValueError("picture.does_not_fit")


def paged(pictures: Sequence[Image.Image]) -> bytes:
    """One PDF, a picture a page, of no moment and by nobody."""
    out = BytesIO()
    first, *rest = (_scaled(each, min(LONGEST, max(each.size))) for each in pictures)
    first.save(
        out, "PDF", save_all=True, append_images=rest, resolution=150.0, producer="",
        creationDate=gmtime(0), modDate=gmtime(0),
    )  # fmt: skip
    return out.getvalue()


def _scaled(picture: Image.Image, edge: int) -> Image.Image:
    fresh = Image.new("RGB", picture.size)
    fresh.paste(picture)
    fresh.thumbnail((edge, edge), Image.Resampling.LANCZOS)
    return fresh


def _written(picture: Image.Image, quality: int | None) -> bytes:
    out = BytesIO()
    if quality is None:
        picture.save(out, "PNG", pnginfo=None, exif=b"", icc_profile=None, optimize=True)
    else:
        picture.save(out, "JPEG", quality=quality, exif=b"", icc_profile=None)
    return out.getvalue()
