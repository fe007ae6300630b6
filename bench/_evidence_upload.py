"""How fast a file comes in, over HTTP, hashed and written on the way, and what memory that takes.

    ./dev bench evidence upload

A web process with a PostgreSQL of its own, and one client on the same machine that sends 200 MB by
tus. Beside it stand the limits of the same run: SHA-256 alone, and the disk alone.
"""

import hashlib
import os
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
from bench._figures import figure, say
from bench._intake_load import House

SIZE = 200 * 1024**2
PIECE = 1024**2
RUNS = 3
HEAD = b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00isomiso2"
"""The beginning of a film: such a file is kept and not opened, so that sending alone is timed."""


def main() -> None:
    """Measure."""
    block = os.urandom(PIECE)
    with House() as house:
        os.environ["GONGDAO_WEB_WORKERS"] = "1"
        house.web()
        _send(house, 8 * PIECE, block)
        process = _web(house)
        before = _peak(process)
        rates = []
        for number in range(RUNS):
            say(f"200 MB, run {number + 1} of {RUNS} …")
            rates.append(_send(house, SIZE, block))
        grown = (_peak(process) - before) / 1024
        hashing, writing = _hashing(block), _writing(house.home / "plain", block)
    middle = sorted(rates)[RUNS // 2]
    runs = ", ".join(f"{rate:.0f}" for rate in rates)
    goal = ">= 150"
    what = f"SHA-256 alone, one thread; runs: {runs}"
    figure("upload.mb_per_s", middle, "MB/s", goal, what, hashing)
    figure("upload.mb_per_s.disk", middle, "MB/s", goal, "the disk alone, with fsync", writing)
    figure("upload.memory_mb", grown, "MB", "<= 32", "of 600 MB sent", 3 * SIZE / 1024**2)


def _send(house: House, size: int, block: bytes) -> float:
    """Send a file, from the first request to the last answer; megabytes a second."""
    address = f"http://127.0.0.1:{house.port}"

    def pieces() -> Iterator[bytes]:
        yield HEAD + block[len(HEAD) :]
        for _ in range(size // PIECE - 1):
            yield block

    with httpx.Client(timeout=120, trust_env=False) as client:
        begun = time.perf_counter()
        told = {"Upload-Length": str(size), "Tus-Resumable": "1.0.0"}
        place = client.post(f"{address}/api/v1/evidence/uploads", headers=told).headers["Location"]
        headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
        headers["Content-Length"] = str(size)
        answer = client.patch(f"{address}{place}", content=pieces(), headers=headers)
        seconds = time.perf_counter() - begun
        assert answer.status_code == 204, answer.text
        client.delete(f"{address}{place}")
    return size / 1024**2 / seconds


def _web(house: House) -> int:
    """The process that answers: the starter's only child, or itself."""
    parent = house.programs["web"].pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(children[0]) if children else parent


def _peak(process: int) -> int:
    """The most memory that a process ever held, in KB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _hashing(block: bytes) -> float:
    begun, hasher = time.perf_counter(), hashlib.sha256()
    for _ in range(SIZE // PIECE):
        hasher.update(block)
    return SIZE / 1024**2 / (time.perf_counter() - begun)


def _writing(path: Path, block: bytes) -> float:
    begun = time.perf_counter()
    with path.open("wb") as file:
        for _ in range(SIZE // PIECE):
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return SIZE / 1024**2 / (time.perf_counter() - begun)
