"""What a camera wrote into a picture's file: when and with what. Anybody can change it."""

from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image

LONGEST = 120
_OF_CAMERA = 0x8769
"""The directory that holds the moment of taking."""


@dataclass(frozen=True, slots=True)
class Exif:
    """The few fields that matter here; None where the file does not say."""

    taken_at: datetime | None
    """By the camera's clock, without a zone."""
    device: str | None
    software: str | None
    placed: bool
    """Whether it says where it was taken: then it is personal data by itself."""


def exif_of(content: bytes) -> Exif | None:
    """What the file says, or None where it says nothing or cannot be read."""
    try:
        with Image.open(BytesIO(content)) as picture:
            said = picture.getexif()
            inner = said.get_ifd(_OF_CAMERA)
            placed = bool(said.get_ifd(ExifTags.IFD.GPSInfo))
    except (OSError, SyntaxError, ValueError, KeyError):
        return None
    if not said:
        return None
    maker = " ".join(filter(None, (_text(said.get(271)), _text(said.get(272)))))
    taken = _moment(inner.get(36867)) or _moment(said.get(306))
    return Exif(taken, maker or None, _text(said.get(305)), placed)


def _text(value: object) -> str | None:
    plain = "".join(c for c in str(value or "") if c.isprintable()).strip()
    return plain[:LONGEST] or None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - it says no zone
    except ValueError:
        return None
