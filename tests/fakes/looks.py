"""Looks at exhibits in memory, and a reader that reads what the test says."""

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.fakes.streams import MemoryStreams

from gongdao.adapters.file_reading import child
from gongdao.domain.evidence import findings
from gongdao.domain.evidence.file_text import ReadFile
from gongdao.domain.evidence.findings import Looks, LookStep
from gongdao.domain.evidence.likeness import Alike, Print, alike
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.reading import ReadPicture
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, ExhibitId
from gongdao.domain.policy.pictures import LikenessPolicy


class MemoryLooks(MemoryStreams[Looks, LookStep]):
    """The looks at all exhibits."""

    table = "look"
    fold = staticmethod(findings.fold)

    def of_exhibit(self, exhibit: ExhibitId) -> Held[Looks] | None:
        return next((held for held in self.all() if held.now.exhibit == exhibit), None)

    def of_case(self, case: CaseId) -> Sequence[Looks]:
        return [held.now for held in self.all() if held.now.case == case]

    def keep_print(self, exhibit: ExhibitId, case: CaseId, found: Print) -> None:
        self._prints()[exhibit] = (case, found)

    def near(
        self, found: Print, case: CaseId, policy: LikenessPolicy, limit: int
    ) -> list[tuple[ExhibitId, Alike]]:
        others = [(e, p) for e, (c, p) in self._prints().items() if c != case]
        near = [(e, each) for e, p in others if (each := alike(found, p, policy)) is not None]
        return sorted(near, key=lambda pair: pair[1].away)[:limit]

    def _prints(self) -> dict[ExhibitId, tuple[CaseId, Print]]:
        rows: dict[ExhibitId, tuple[CaseId, Print]] = self.memory.tables["print"]
        return rows


@dataclass
class ToldReader:
    """A reader that gives what it was told for each picture; the pixels mean nothing to it."""

    reads: Mapping[bytes, ReadPicture] = field(default_factory=dict)
    name: str = "told 1"
    missing: str = ""
    asked: int = 0

    def read(self, content: bytes) -> ReadPicture:
        self.asked += 1
        if self.missing:
            raise NotRead(self.missing)
        if content not in self.reads:
            raise NotRead("reading.no_picture")
        return self.reads[content]


@dataclass
class ReaderInHere:
    """The real reader of files, without a process of its own for each."""

    name: str = "here 1"
    asked: int = 0

    def read(self, pieces: Iterable[bytes], media: str) -> ReadFile:
        self.asked += 1
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "file"
            path.write_bytes(b"".join(pieces))
            try:
                return child.read(path, media)
            except NotRead:
                raise
            except Exception:  # noqa: BLE001 - as the child does
                raise NotRead("reading.broken") from None
