"""How long it takes to check a packet of 50 exhibits, with hashing its files measured apart.

./dev bench evidence verify
"""

import hashlib
import os
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bench._figures import figure
from tests.parts.evidence import packet_writer as writer

from gongdao.bootstrap import offline
from gongdao.domain.evidence.checked import holds
from gongdao.domain.evidence.packet_check import check
from gongdao.domain.evidence.packet_folder import Folder

EXHIBITS, SIZE, ROUNDS = 50, 1_000_000, 5
GOAL = 2.0


@dataclass
class Timed:
    """A folder that counts the time that hashing takes."""

    inner: Folder
    hashing: list[float] = field(default_factory=list)

    def sizes(self) -> Mapping[str, int]:
        """As the folder says."""
        return self.inner.sizes()

    def sha256(self, path: str) -> str:
        """The same, timed."""
        begun = time.perf_counter()
        found = self.inner.sha256(path)
        self.hashing.append(time.perf_counter() - begun)
        return found

    def read(self, path: str) -> bytes:
        """As ever."""
        return self.inner.read(path)


@contextmanager
def packet() -> Iterator[tuple[Path, int]]:
    """A packet of so many exhibits of 1 MB, by the second maker of the tests; with its size."""
    files = writer.made(EXHIBITS, size=SIZE // 10)
    with tempfile.TemporaryDirectory() as name:
        place = Path(name) / "packet.zip"
        place.write_bytes(writer.zipped(files))
        yield place, sum(map(len, files.values()))


def main() -> None:
    """Check it some times, and print the middle one."""
    trust = offline.trust(None, (), (), None)
    with packet() as (place, size):
        apart, hashing = [], []
        for _ in range(ROUNDS):
            begun = time.perf_counter()
            with offline.open_packet(place) as folder:
                timed = Timed(folder)
                found = check(timed, trust)
            took = time.perf_counter() - begun
            if not holds(found.lines):
                raise SystemExit("the packet does not hold")
            hashing.append(sum(timed.hashing))
            apart.append(took - hashing[-1])
    middle = ROUNDS // 2
    what = f"s, the limit; {EXHIBITS} exhibits, {2 * EXHIBITS + 1} records, hashing apart"
    figure("packet.verify.s", sorted(apart)[middle], "s", "≤ 2", what, GOAL)
    plain = hashlib.sha256()
    data = os.urandom(SIZE)
    begun = time.perf_counter()
    for _ in range(EXHIBITS):
        plain.update(data)
    alone = time.perf_counter() - begun
    what = f"s, {EXHIBITS} MB hashed by themselves; the packet has {size // SIZE} MB"
    figure("packet.verify.hashing.s", sorted(hashing)[middle], "s", "", what, alone)


if __name__ == "__main__":
    main()
