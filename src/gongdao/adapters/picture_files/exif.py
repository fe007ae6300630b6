"""What a camera wrote into a picture's file: when and with what."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from typing import Any

from gongdao.adapters.confined import bound_oneself, environment
from gongdao.adapters.picture_files.opening import FORMATS
from gongdao.domain.evidence.looking_ports import CameraNote

LONGEST = 120
MEMORY = 1536 * 1024**2
SECONDS = 15
_NOTES = (b"Exif", b"eXIf", b"EXIF", b"Raw profile type exif")
"""One of these stands in any file of ours that holds such a note, but for TIFF, which is one."""
_TIFF = (b"II", b"MM")
_CHILD = "gongdao.adapters.picture_files.exif"
_OF_CAMERA = 0x8769
"""The directory that holds the moment of taking."""
_MAKER, _MODEL, _PROGRAM, _CHANGED, _TAKEN = 271, 272, 305, 306, 36867


def camera_note(content: bytes) -> CameraNote | None:
    """What the file says, or None where it says nothing or cannot be read.

    A stranger's file is not opened here but in a child: of some formats Pillow decodes all points
    before it tells what was written beside them.
    """
    if not content.startswith(_TIFF) and not any(each in content for each in _NOTES):
        return None
    with tempfile.TemporaryDirectory(prefix="gongdao-note-") as folder:
        try:
            done = subprocess.run(
                [sys.executable, "-P", "-m", _CHILD],
                input=content,
                capture_output=True,
                timeout=SECONDS,
                cwd=folder,
                env=environment(folder),
                check=True,
            )
            said = json.loads(done.stdout)
        except (subprocess.SubprocessError, ValueError):
            return None
    return None if said is None else _note(said)


def main() -> None:
    """Answer about the picture on standard input: the child."""
    bound_oneself(MEMORY, SECONDS)
    found = _written(sys.stdin.buffer.read())
    sys.stdout.write(json.dumps(found))


def _written(content: bytes) -> Mapping[str, Any] | None:
    from PIL import ExifTags, Image  # noqa: PLC0415 – in the child alone

    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            said = picture.getexif()
            inner = said.get_ifd(_OF_CAMERA)
            placed = bool(said.get_ifd(ExifTags.IFD.GPSInfo))
    except Exception:  # noqa: BLE001 - a stranger's file may break the parser in any way
        return None
    if not said:
        return None
    tags = {"maker": _MAKER, "model": _MODEL, "program": _PROGRAM, "changed": _CHANGED}
    texts = {name: _text(said.get(tag)) for name, tag in tags.items()}
    return {**texts, "taken": _text(inner.get(_TAKEN)), "placed": placed}


def _note(said: Mapping[str, Any]) -> CameraNote:
    device = " ".join(filter(None, (_text(said.get("maker")), _text(said.get("model")))))
    taken = _moment(said.get("taken")) or _moment(said.get("changed"))
    return CameraNote(taken, device or None, _text(said.get("program")), said.get("placed") is True)


def _text(value: object) -> str | None:
    plain = "".join(c for c in str(value or "") if c.isprintable()).strip()
    return plain[:LONGEST] or None


def _moment(value: object) -> datetime | None:
    try:
        return datetime.strptime(str(value), "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - it says no zone
    except ValueError:
        return None


if __name__ == "__main__":
    main()
