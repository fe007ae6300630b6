"""The document of a packet for people: PDF/A-2b, laid out by typst in a process of its own.

The child has little memory and time, no network and none of our secrets, as those that open files.
Its typesetter and fonts are loaded there alone.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from gongdao.adapters.confined import environment
from gongdao.domain.kernel.errors import PeerFailed, hint_noop

SECONDS = 120
"""So long a child may take by the clock."""
_CHILD = "gongdao.adapters.packet_paper.child"
PATIENCE = 20
"""Seconds that others wait for their turn, since a page waits with them."""
_ROOM = BoundedSemaphore(1)
"""One document at a time in a process."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A document."""

    content: bytes
    replaced: tuple[str, ...]
    """Characters that no font had, such as `U+1F600`: the document shows their numbers."""


def printed(paper: Mapping[str, Any], pictures: Mapping[str, bytes]) -> Printed:
    """Print a document; `pictures` by the names that its blocks call them."""
    with _turn(), tempfile.TemporaryDirectory(prefix="gongdao-packet-") as name:
        folder = Path(name)
        (folder / "paper.json").write_text(json.dumps(paper, ensure_ascii=False), "utf-8")
        for each, content in pictures.items():
            (folder / f"{each}.picture").write_bytes(content)
        said = _ask(name)
        document = folder / "packet.pdf"
        if "replaced" not in said or not document.exists():
            raise _not_printed(str(said.get("why", "it stopped")))
        return Printed(document.read_bytes(), tuple(said["replaced"]))


@contextmanager
def _turn() -> Iterator[None]:
    if not _ROOM.acquire(timeout=PATIENCE):
        raise PeerFailed(
            "packet.busy",
            hint_noop("Other packets are being made just now. Try again in a minute."),
        )
    try:
        yield
    finally:
        _ROOM.release()


def _ask(folder: str) -> dict[str, Any]:
    command = [sys.executable, "-P", "-m", _CHILD, folder]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=SECONDS,
            cwd=folder,
            env=environment(folder),
            check=False,
        )
        said = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise _not_printed("it took too long") from None
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}


def _not_printed(why: str) -> PeerFailed:
    return PeerFailed(
        "packet.not_printed",
        hint_noop("The document could not be printed: {why}. Tell the operator."),
        why=why,
    )
