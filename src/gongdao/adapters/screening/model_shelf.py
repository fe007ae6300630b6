"""The files of the installation's own models, each under the SHA-256 of what it is.

Which of them is live stands in the records, so that no file has to be moved when it changes.
"""

import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from gongdao.domain.evidence.uploads import Files
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.kernel.ids import Digest


@dataclass(frozen=True, slots=True)
class ModelShelf:
    """A folder of this machine, and the house's files, from which other machines fetch them."""

    folder: Path
    files: Files

    def put(self, content: bytes) -> None:
        """Keep a model's file here and for every other machine; twice is once."""
        self.files.put([content])
        self._write(sha256(content).hexdigest(), content)

    def read(self, digest: str) -> bytes:
        """A model's file; one that is lost or damaged here is fetched anew. BadInput if none is."""
        place = self.place(digest)
        ours = place.read_bytes() if place.is_file() else b""
        if sha256(ours).hexdigest() == digest:
            return ours
        content = self._fetched(digest)
        if sha256(content).hexdigest() == digest:
            with suppress(OSError):  # it reads all the same, and is fetched again next time
                self._write(digest, content)
            return content
        raise BadInput(
            "model.not_here",
            hint_noop(
                "The file of the model on record is lost or damaged, here and among the house's "
                "files. Put it back with gongdao model go-live FILE, or gongdao model roll-back."
            ),
        )

    def place(self, digest: str) -> Path:
        """Where a model's file lies on this machine, once it was put or read."""
        return self.folder / f"{digest}.bin"

    def _fetched(self, digest: str) -> bytes:
        try:
            return b"".join(self.files.read(Digest(digest)))
        except (GongdaoError, OSError):
            return b""

    def _write(self, digest: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{digest}.{os.getpid()}"
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self.place(digest))
