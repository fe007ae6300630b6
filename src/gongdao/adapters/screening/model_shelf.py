"""The files of the installation's own models: the live one, the one before, and the shadow."""

import os
from dataclasses import dataclass
from pathlib import Path

from gongdao.domain.kernel.errors import Refused, hint_noop

LIVE, BEFORE, SHADOW = "live.bin", "before.bin", "shadow.bin"
Stamp = tuple[int, int] | None


@dataclass(frozen=True, slots=True)
class ModelShelf:
    """A folder. Where it holds no live model, the one that comes with the program reads."""

    folder: Path

    def path(self, name: str) -> Path | None:
        """A model's file, if there is one."""
        place = self.folder / name
        return place if place.exists() else None

    def stamp(self, name: str) -> Stamp:
        """Changes when the file does; None where there is none."""
        try:
            found = (self.folder / name).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_size

    def put_shadow(self, content: bytes) -> None:
        """Let a model read beside the live one."""
        self._write(SHADOW, content)

    def drop_shadow(self) -> None:
        """Let it read no longer."""
        (self.folder / SHADOW).unlink(missing_ok=True)

    def go_live(self, content: bytes) -> None:
        """Put a model in the live one's place; that one is kept for a roll-back."""
        live = self.path(LIVE)
        if live is not None:
            self._write(BEFORE, live.read_bytes())
        else:
            (self.folder / BEFORE).unlink(missing_ok=True)
        self._write(LIVE, content)
        self.drop_shadow()

    def roll_back(self) -> None:
        """Put the model before in its place again: one of our own, or the program's."""
        if self.path(LIVE) is None:
            raise Refused(
                "model.nothing_before",
                hint_noop("The program's own model is live; there is none before it."),
            )
        before = self.folder / BEFORE
        if before.exists():
            before.replace(self.folder / LIVE)
        else:
            (self.folder / LIVE).unlink()

    def _write(self, name: str, content: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        aside = self.folder / f".{name}.new"
        with aside.open("wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        aside.replace(self.folder / name)
