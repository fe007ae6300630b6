"""Opening a picture within limits."""

import warnings
from io import BytesIO

from PIL import Image, ImageOps

MOST_PIXELS = 50_000_000
"""Beyond these a picture is refused: a file of 17 KB can hold 144 million."""
FORMATS = ("PNG", "JPEG", "WEBP", "BMP", "GIF", "TIFF")


def opened(content: bytes) -> Image.Image:
    """The picture as red, green and blue, upright as its EXIF says; ValueError if it is none.

    What is see-through is put on white; of an animation the first frame is taken.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(BytesIO(content), formats=FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise ValueError("picture.too_large")
                return _on_white(ImageOps.exif_transpose(picture))
        except (Image.DecompressionBombWarning, Image.DecompressionBombError) as problem:
            raise ValueError("picture.too_large") from problem
        except (OSError, SyntaxError) as problem:
            raise ValueError("picture.unreadable") from problem


def _on_white(picture: Image.Image) -> Image.Image:
    if picture.mode in {"RGBA", "LA", "PA", "P"}:
        see_through = picture.convert("RGBA")
        white = Image.new("RGBA", see_through.size, "white")
        return Image.alpha_composite(white, see_through).convert("RGB")
    return picture.convert("RGB")
