"""Pictures: read to the last point, and drawn anew without anything that came with them."""

import warnings
from pathlib import Path

import PIL
from PIL import Image, ImageOps

from gongdao.domain.evidence.media import Medium, refusal

MOST_PIXELS = 50_000_000
THUMBNAIL, VIEW = 320, 1600
"""Points of the longer side; a long screenshot keeps its width, as said below."""
LONGEST = 12_000
"""Points that a stitched screenshot may be high in the view."""
_FORMATS = {
    "image/png": "PNG", "image/jpeg": "JPEG", "image/gif": "GIF", "image/webp": "WEBP",
    "image/bmp": "BMP",
}  # fmt: skip
_SLIM = 2.5
"""From this ratio on a picture is a stitched screenshot: reading it needs its width."""


def draw(path: Path, folder: Path, medium: Medium) -> list[dict[str, str]]:
    """A thumbnail and a view."""
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    try:
        with Image.open(path, formats=[_FORMATS[medium.media]]) as picture:
            picture.load()
            upright = ImageOps.exif_transpose(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise refusal("file.too_many_pixels") from None
    return draw_from(upright, folder, "exif turned, ")


def draw_from(picture: Image.Image, folder: Path, first: str) -> list[dict[str, str]]:
    """The same, from a picture that is open already."""
    flat = _flat(picture)
    view = flat.copy()
    view.thumbnail(_view_size(flat), Image.Resampling.LANCZOS)
    small = flat.crop((0, 0, flat.width, min(flat.height, int(flat.width * _SLIM))))
    small.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return [
        _written(small, folder, "thumbnail", first),
        _written(view, folder, "view", first),
    ]


def _view_size(picture: Image.Image) -> tuple[int, int]:
    if picture.height > picture.width * _SLIM:
        return VIEW, LONGEST
    return VIEW, VIEW


def _flat(picture: Image.Image) -> Image.Image:
    """Its points alone, on white: no palette, no transparency, no notes, no profile."""
    coloured = picture.convert("RGBA")
    paper = Image.new("RGB", coloured.size, "white")
    paper.paste(coloured, mask=coloured.getchannel("A"))
    return paper


def _written(picture: Image.Image, folder: Path, what: str, first: str) -> dict[str, str]:
    name = f"{what}.webp"
    picture.save(folder / name, "WEBP", quality=80, method=3)
    recipe = (
        f"{first}{picture.width}x{picture.height}, webp quality 80, without metadata; "
        f"pillow {PIL.__version__}"
    )
    return {"what": what, "file": name, "media": "image/webp", "recipe": recipe}
