"""The child: `python -m gongdao.adapters.opening.child FILE FOLDER`, and one line of JSON.

It bounds itself before it loads anything that reads pictures or documents.
"""

import json
import sys
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from gongdao.adapters.confined import bound_oneself
from gongdao.adapters.opening import OUR_FAULT
from gongdao.domain.evidence import media
from gongdao.domain.evidence.media import Kind, Medium
from gongdao.domain.kernel.errors import Refused

MEMORY = 1536 * 1024**2
PROCESSOR_SECONDS = 15
MOST_FILES = 10_000
MOST_UNPACKED = 500 * 1024**2
MOST_TIMES = 200
"""How many times its own size one file of a document may unpack to."""


def main() -> None:
    """Look at a file, and say what it is."""
    bound_oneself(MEMORY, PROCESSOR_SECONDS)
    path, folder = Path(sys.argv[1]), Path(sys.argv[2])
    try:
        said: Mapping[str, Any] = look(path, folder)
    except Refused as problem:
        said = {"refused": problem.code}
    except Exception as problem:  # noqa: BLE001 – whatever a decoder makes of a stranger's file
        said = {
            "refused": "file.broken",
            "why": type(problem).__name__,
            "ours": isinstance(problem, OSError) and problem.errno in OUR_FAULT,
        }
    sys.stdout.write(json.dumps(said))


def look(path: Path, folder: Path) -> Mapping[str, Any]:
    """What it is, with what was drawn of it below the folder; Refused where it is not taken."""
    medium = media.sniff(*_ends(path))
    if medium.kind is Kind.OFFICE:
        medium = _office(path)
    draw = _DRAW.get(medium.kind) if medium.drawn else None
    drawn = draw(path, folder, medium) if draw else []
    return {"media": medium.media, "drawn": drawn}


def _ends(path: Path) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(media.HEAD)
        file.seek(max(0, path.stat().st_size - media.HEAD))
        return head, file.read(media.HEAD)


def _office(path: Path) -> Medium:
    try:
        with zipfile.ZipFile(path) as document:
            inside = document.infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError) as problem:
        raise media.refusal("file.broken") from problem
    large = any(each.file_size > MOST_TIMES * max(each.compress_size, 10_000) for each in inside)
    if large or len(inside) > MOST_FILES or sum(i.file_size for i in inside) > MOST_UNPACKED:
        raise media.refusal("file.bomb")
    return media.office([each.filename for each in inside])


def _picture(path: Path, folder: Path, medium: Medium) -> list[dict[str, str]]:
    from gongdao.adapters.opening import pictures  # noqa: PLC0415 – only where there is a picture

    return pictures.draw(path, folder, medium)


def _pdf(path: Path, folder: Path, medium: Medium) -> list[dict[str, str]]:
    from gongdao.adapters.opening import documents  # noqa: PLC0415

    del medium
    return documents.draw(path, folder)


_DRAW: Mapping[Kind, Callable[[Path, Path, Medium], list[dict[str, str]]]] = {
    Kind.PICTURE: _picture,
    Kind.PDF: _pdf,
}

if __name__ == "__main__":
    main()
