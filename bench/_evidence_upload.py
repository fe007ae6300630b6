"""How fast a file comes in, over HTTP, hashed and written on the way, and what memory that takes.

    ./dev bench evidence upload

A web process with a PostgreSQL of its own, and one client on the same machine that sends 200 MB by
tus. Beside it stand the limits of the same run: SHA-256 alone, and the disk alone.
"""

import hashlib
import http.client
import os
import time
from collections.abc import Iterator
from pathlib import Path

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
        before, worked = _peak(process), _worked(process)
        rates = []
        for number in range(RUNS):
            say(f"200 MB, run {number + 1} of {RUNS} …")
            rates.append(_send(house, SIZE, block))
        grown = (_peak(process) - before) / 1024
        worked = (_worked(process) - worked) / RUNS
        hashing, writing = _hashing(block), _writing(house.home / "plain", block)
    middle = sorted(rates)[RUNS // 2]
    runs = ", ".join(f"{rate:.0f}" for rate in rates)
    goal = ">= 150"
    what = f"SHA-256 alone, one thread; runs: {runs}"
    figure("upload.mb_per_s", middle, "MB/s", goal, what, hashing)
    figure("upload.mb_per_s.disk", middle, "MB/s", goal, "the disk alone, with fsync", writing)
    hashed = SIZE / 1024**2 / hashing
    what = "SHA-256 alone, its seconds by the clock"
    figure("upload.cpu_s", worked, "processor s for 200 MB", "<= 1.5", what, hashed)
    figure("upload.memory_mb", grown, "MB", "<= 32", "of 600 MB sent", 3 * SIZE / 1024**2)


def _send(house: House, size: int, block: bytes) -> float:
    """Send a file, from the first request to the last answer; megabytes a second."""

    def pieces() -> Iterator[bytes]:
        yield HEAD + block[len(HEAD) :]
        for _ in range(size // PIECE - 1):
            yield block

    line = http.client.HTTPConnection("127.0.0.1", house.port, timeout=120)
    begun = time.perf_counter()
    told = {"Upload-Length": str(size), "Tus-Resumable": "1.0.0"}
    line.request("POST", "/api/v1/evidence/uploads", headers=told)
    place = _said(line, 201)["Location"]
    headers = {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    headers["Content-Length"] = str(size)
    line.request("PATCH", place, pieces(), headers)
    _said(line, 204)
    seconds = time.perf_counter() - begun
    line.request("DELETE", place)
    _said(line, 204)
    line.close()
    return size / 1024**2 / seconds


def _said(line: http.client.HTTPConnection, wanted: int) -> http.client.HTTPMessage:
    answer = line.getresponse()
    words = answer.read()
    assert answer.status == wanted, words
    return answer.headers


def _web(house: House) -> int:
    """The process that answers: the starter's only child, or itself."""
    parent = house.programs["web"].pid
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return int(children[0]) if children else parent


def _peak(process: int) -> int:
    """The most memory that a process ever held, in KB."""
    status = Path(f"/proc/{process}/status").read_text()
    return int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])


def _worked(process: int) -> float:
    """Processor seconds of a process, the system's for it included."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
