"""What a camera wrote into a picture's file: when and with what."""

from datetime import datetime
from io import BytesIO

from PIL import ExifTags, Image

from gongdao.adapters.picture_files.opening import FORMATS
from gongdao.domain.evidence.looking_ports import CameraNote

LONGEST = 120
_OF_CAMERA = 0x8769
"""The directory that holds the moment of taking."""
_MAKER, _MODEL, _PROGRAM, _CHANGED, _TAKEN = 271, 272, 305, 306, 36867


def camera_note(content: bytes) -> CameraNote | None:
    """What the file says, or None where it says nothing or cannot be read.

    No pixel is decoded for it.
    """
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            said = picture.getexif()
            inner = said.get_ifd(_OF_CAMERA)
            placed = bool(said.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - a stranger's file may break the parser in any way
        return None
    if not said:
        return None
    device = " ".join(filter(None, (_text(said.get(_MAKER)), _text(said.get(_MODEL)))))
    taken = _moment(inner.get(_TAKEN)) or _moment(said.get(_CHANGED))
    return CameraNote(taken, device or None, _text(said.get(_PROGRAM)), placed)


def _text(value: object) -> str | None:
    plain = "".join(c for c in str(value or "") if c.isprintable()).strip()
    return plain[:LONGEST] or None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - it says no zone
    except ValueError:
        return None
