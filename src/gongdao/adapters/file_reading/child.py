"""The child: `python -m gongdao.adapters.file_reading.child FILE MEDIA`, and one line of JSON.

It bounds itself before it loads anything that reads what a stranger sent.
"""

import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from gongdao.adapters.confined import bound_oneself
from gongdao.domain.evidence.file_text import ReadFile
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.media import KNOWN, Kind

MEMORY = 1024 * 1024**2
PROCESSOR_SECONDS = 60


def main() -> None:
    """Read one file, and say what is in it."""
    bound_oneself(MEMORY, PROCESSOR_SECONDS)
    try:
        said: Mapping[str, object] = asdict(read(Path(sys.argv[1]), sys.argv[2]))
    except NotRead as why:
        said = {"missed": why.code}
    except Exception:  # noqa: BLE001 – whatever a parser makes of a stranger's file
        said = {"missed": "reading.broken"}
    sys.stdout.write(json.dumps(said))


def read(path: Path, media: str) -> ReadFile:
    """Everything taken out of a file; NotRead where nothing can be."""
    medium = KNOWN.get(media)
    reader = _READERS.get(medium.kind) if medium else None
    if reader is None:
        raise NotRead("reading.no_text")
    return reader(path, media)


def _pdf(path: Path, media: str) -> ReadFile:
    from gongdao.adapters.file_reading import pdf  # noqa: PLC0415 – only where there is one

    del media
    return pdf.read(path)


def _office(path: Path, media: str) -> ReadFile:
    from gongdao.adapters.file_reading import office  # noqa: PLC0415

    return office.read(path, media)


def _plain(path: Path, media: str) -> ReadFile:
    from gongdao.adapters.file_reading import plain  # noqa: PLC0415

    return plain.read(path, media)


def _sound(path: Path, media: str) -> ReadFile:
    from gongdao.adapters.file_reading import sound  # noqa: PLC0415

    return sound.read(path, media)


_READERS: Mapping[Kind, Callable[[Path, str], ReadFile]] = {
    Kind.PDF: _pdf,
    Kind.OFFICE: _office,
    Kind.TEXT: _plain,
    Kind.AUDIO: _sound,
}

if __name__ == "__main__":
    main()
