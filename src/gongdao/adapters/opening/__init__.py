"""Opening a stranger's file in a process of its own, with little memory, time and nothing to lose.

The child says what the file is and draws what people may look at. Whatever happens to it (a crash,
a bomb, an endless loop) is an answer, too: the file is not taken.
"""

import errno
import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from gongdao.adapters.confined import environment
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.media import HEAD, KNOWN, Kind, refusal, sniff
from gongdao.domain.evidence.uploads import Drawn, Examined
from gongdao.domain.kernel.errors import PeerFailed, hint_noop

SECONDS = 20
"""So long a child may take by the clock; its processor time is bounded as well."""
AT_ONCE = 2
"""Children of one process at the same time; others wait."""
PATIENCE = 20
"""Seconds that others wait: with a child's own time less than the lease of whoever sends."""
OUR_FAULT = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EIO})
"""What says nothing about the file: this machine has no room, or cannot read."""
_CHILD = "gongdao.adapters.opening.child"
_LARGEST = 64 * 1024**2
"""Bytes of what a child drew."""


@dataclass(frozen=True, slots=True)
class ChildExaminer:
    """Opens files in children."""

    seconds: float = SECONDS
    patience: float = PATIENCE
    room: BoundedSemaphore = field(default_factory=lambda: BoundedSemaphore(AT_ONCE))

    def look(self, path: str, size: int) -> Examined:
        """What it is and what was drawn of it; Refused where it is nothing that we take."""
        medium = sniff(*_ends(Path(path), size))
        if not medium.drawn and medium.kind is not Kind.OFFICE:
            return Examined(medium.media, medium.kind, ())  # kept as it came, and never opened
        with self._turn(), _folder() as drawn:
            said = self._ask(path, drawn)
            if "refused" in said:
                if said["refused"] == "file.broken" and (said.get("ours") or _is_full(drawn)):
                    raise not_opened()
                raise refusal(str(said["refused"]))
            medium = KNOWN[str(said["media"])]
            found = tuple(
                Drawn(
                    Derivative(each["what"]),
                    _content(Path(drawn) / each["file"]),
                    each["media"],
                    each["recipe"],
                )
                for each in said["drawn"]
            )
        return Examined(medium.media, medium.kind, found)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self.room.acquire(timeout=self.patience):
            raise not_opened()
        try:
            yield
        finally:
            self.room.release()

    def _ask(self, path: str, drawn: str) -> dict[str, Any]:
        command = [sys.executable, "-P", "-m", _CHILD, path, drawn]
        try:
            done = subprocess.run(
                command,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                timeout=self.seconds,
                cwd=drawn,
                env=environment(drawn),
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise refusal("file.took_too_long") from None
        try:
            said = json.loads(done.stdout)
        except ValueError:
            return {"refused": "file.broken"}
        return said if isinstance(said, dict) else {"refused": "file.broken"}


def not_opened() -> PeerFailed:
    """What is told where the file may be good, and we could not look; it stays as it came."""
    return PeerFailed(
        "file.not_opened",
        hint_noop("The file is here and could not be opened just now. Go on in a minute."),
        seconds=10,
    )


@contextmanager
def _folder() -> Iterator[str]:
    """A folder for what a child draws."""
    try:
        with tempfile.TemporaryDirectory(prefix="gongdao-open-") as drawn:
            yield drawn
    except OSError as problem:
        if problem.errno in OUR_FAULT:
            raise not_opened() from problem
        raise


def _is_full(folder: str) -> bool:
    """Whether a child that fell may have fallen for want of room; libraries seldom say so."""
    return shutil.disk_usage(folder).free < _LARGEST


def _ends(path: Path, size: int) -> tuple[bytes, bytes]:
    with path.open("rb") as file:
        head = file.read(HEAD)
        file.seek(max(0, size - HEAD))
        return head, file.read(HEAD)


def _content(path: Path) -> bytes:
    if path.stat().st_size > _LARGEST:
        raise refusal("file.bomb")
    return path.read_bytes()
