"""Taking text and sound out of strangers' files, each in a process of its own that ends with it.

Whatever happens to the child (a crash, a bomb, an endless loop) is an answer: nothing was taken
out, and why. The file itself was kept before and stays as it is.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from gongdao.adapters.confined import environment
from gongdao.domain.evidence.file_text import Part, ReadFile, Remark, Sound
from gongdao.domain.evidence.looking_ports import NotRead

SECONDS = 90.0
"""So long a child may take by the clock; its processor time is bounded as well."""
MOST_SAID = 16 * 1024**2
"""Bytes of a child's answer."""
CHILD = "gongdao.adapters.file_reading.child"
EDITION = 1
"""Counted up when files are read in another way: then a look asked for is taken anew."""


@dataclass(frozen=True, slots=True)
class ChildFileReader:
    """Reads each file in a child."""

    seconds: float = SECONDS
    child: str = CHILD

    @property
    def name(self) -> str:
        """Which programs it is made of, and their versions."""
        return f"gongdao {EDITION}, pdfium {version('pypdfium2')}, tinytag {version('tinytag')}"

    def read(self, pieces: Iterable[bytes], media: str) -> ReadFile:
        """What is in it; NotRead says why where nothing could be taken out."""
        with tempfile.TemporaryDirectory(prefix="gongdao-text-") as folder:
            path = Path(folder) / "file"
            with path.open("wb") as file:
                file.writelines(pieces)
            said = self._ask(path, media, folder)
        if "missed" in said:
            raise NotRead(str(said["missed"]))
        try:
            return read_file_of(said)
        except (KeyError, TypeError, ValueError):  # a child that was taken over says what it likes
            raise NotRead("reading.broken") from None

    def _ask(self, path: Path, media: str, folder: str) -> Mapping[str, Any]:
        answer = Path(folder) / "said"
        with answer.open("wb") as said:
            try:
                subprocess.run(
                    [sys.executable, "-P", "-m", self.child, str(path), media],
                    stdin=subprocess.DEVNULL,
                    stdout=said,  # a file, so that what it may write is bounded
                    stderr=subprocess.DEVNULL,
                    timeout=self.seconds,
                    cwd=folder,
                    env=environment(folder),
                    check=False,
                )
            except subprocess.TimeoutExpired:
                return {"missed": "reading.took_too_long"}
        if answer.stat().st_size > MOST_SAID:
            return {"missed": "reading.broken"}
        try:
            plain = json.loads(answer.read_bytes())
        except (ValueError, RecursionError):
            return {"missed": "reading.broken"}
        return plain if isinstance(plain, dict) else {"missed": "reading.broken"}


def read_file_of(plain: Mapping[str, Any]) -> ReadFile:
    """What a child said; KeyError, TypeError or ValueError where it is something else."""
    sound = plain["sound"]
    return ReadFile(
        parts=tuple(Part(str(each["place"]), str(each["text"])) for each in plain["parts"]),
        remarks=tuple(
            Remark(str(each["code"]), int(each["count"]), int(each["of"]))
            for each in plain["remarks"]
        ),
        sound=None
        if sound is None
        else Sound(
            str(sound["format"]),
            None if sound["seconds"] is None else float(sound["seconds"]),
            tuple(int(peak) for peak in sound["peaks"]),
        ),
    )
