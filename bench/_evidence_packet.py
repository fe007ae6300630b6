"""How long a packet of fifty exhibits takes to make.

    ./dev bench evidence packet [FOLDER]

A PostgreSQL of its own in a temporary folder. The case is made once, after analysis; then its
packet three times from nothing, the document included. Beside it stands the hashing of its files
alone. With a folder the packet is left there, for whoever measures checking it.
"""

import hashlib
import sys
import time
from pathlib import Path

from bench._figures import figure, say
from bench._own_server import own_server
from bench._packet_case import EXHIBITS, operator, packet_case, set_up

RUNS = 3


def main() -> None:
    """Start a server, measure, take it down."""
    with own_server():
        measure()


def measure() -> None:
    """Make it."""
    set_up()
    from gongdao import bootstrap  # noqa: PLC0415 – the database is settled only now
    from gongdao.bootstrap import packets  # noqa: PLC0415
    from gongdao.domain.evidence.packing import Wanted  # noqa: PLC0415

    say(f"a case of {EXHIBITS} exhibits …")
    case = packet_case(bootstrap.app())
    for originals in (False, True):
        times, digests, size = [], set(), 0
        for number in range(RUNS):
            say(f"packet, originals {originals}, run {number + 1} of {RUNS} …")
            began = time.monotonic()
            ready = packets.make(case, operator(), Wanted(originals))
            hasher = hashlib.sha256()
            for piece in ready.pieces():
                hasher.update(piece)
            times.append(time.monotonic() - began)
            digests.add(hasher.hexdigest())
            size = ready.size
            if len(sys.argv) > 2:
                kind = "originals" if originals else "derivatives"
                path = Path(sys.argv[2]) / f"packet-{kind}.zip"
                with path.open("wb") as file:
                    file.writelines(ready.pieces())
        if len(digests) != 1:
            raise SystemExit("the same state gave other bytes")
        key = "packet.make.s.originals" if originals else "packet.make.s"
        mb = size / 1024**2
        what = f"hashing its {mb:.1f} MB alone; runs: {', '.join(f'{t:.1f}' for t in times)}"
        figure(key, sorted(times)[RUNS // 2], "s", "<= 10", what, _hashing(size))


def _hashing(size: int) -> float:
    block, began = b"x" * 1024**2, time.monotonic()
    hasher = hashlib.sha256()
    for _ in range(max(1, size // len(block))):
        hasher.update(block)
    return time.monotonic() - began
