"""So many reports a second, whatever the answers take, and how soon each is in its queue.

Client and watcher share two cores with what they measure, so both do as little as they can: the
client writes bytes that it made before, and the watcher asks only for what it has not seen yet.
"""

import asyncio
import json
import os
import re
import threading
import time
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import psycopg
from bench._figures import percentile
from bench._intake_load import House

ACCOUNTS, HOT = 5_000, 5
"""Reports come from so many accounts; one in `HOT` is of one of fifty subjects in the news."""
LANES = 64
LOOKS_A_SECOND = 10
WATCHED = 8
"""One in so many is watched: to ask for each would cost the database as much as a tenth of them."""
WEIGHED_EVERY = 50
"""Looks from one look at the memory to the next."""
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What a paced client saw."""

    sent: int
    number: int
    """How many of those watched were found in their queue."""
    watched: int
    rate: float
    p50_ms: float
    p99_ms: float
    memory: dict[str, tuple[float, float]]
    """For each program how much it grew, MB a minute, and what it held at the end, MB."""


def paced(house: House, rate: int, seconds: int) -> Seen:
    """Send, and watch."""
    return _Pace(house, rate, seconds).run()


@dataclass(slots=True)
class _Pace:
    house: House
    rate: int
    seconds: int
    pending: dict[str, float] = field(default_factory=dict)
    """When each was acknowledged that is not in its queue yet."""
    late_ms: list[float] = field(default_factory=list)
    memory: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    sent: int = 0
    acknowledged: int = 0
    done: threading.Event = field(default_factory=threading.Event)

    def run(self) -> Seen:
        watching = threading.Thread(target=self._watch)
        watching.start()
        begun = time.monotonic()
        asyncio.run(self._send())
        took = time.monotonic() - begun
        self.done.set()
        watching.join()
        late = self.late_ms + [float("inf")] * len(self.pending)
        return Seen(
            sent=self.sent,
            number=len(self.late_ms),
            watched=len(late),
            rate=self.acknowledged / took,
            p50_ms=percentile(late, 0.5),
            p99_ms=percentile(late, 0.99),
            memory={name: _slope(seen) for name, seen in self.memory.items()},
        )

    async def _send(self) -> None:
        """Sixty-four connections, each with its share of the moments at which to send."""
        loop = asyncio.get_running_loop()
        begun = loop.time() + 0.2
        lanes = [_Lane(self, lane, begun, loop.create_future()) for lane in range(LANES)]
        for lane in lanes:
            await loop.create_connection(partial(_same, lane), "127.0.0.1", self.house.port)
        await asyncio.gather(*(lane.over for lane in lanes))

    def acknowledge(self, report: str) -> None:
        """A report was taken."""
        self.acknowledged += 1
        if self.acknowledged % WATCHED == 0:
            self.pending[report] = time.monotonic()

    def _watch(self) -> None:
        """Look for what has come into line; stop once all of it has."""
        with psycopg.connect(self.house.server.database_url, autocommit=True) as connection:
            until, looks = 0.0, 0
            while True:
                waiting = list(self.pending)
                rows = connection.execute(_VISIBLE, [waiting], prepare=True).fetchall()
                now = time.monotonic()
                self.late_ms += [(now - self.pending.pop(row[0])) * 1000 for row in rows]
                if looks % WEIGHED_EVERY == 0:
                    self._weigh(now)
                looks += 1
                if self.done.is_set():
                    until = until or now + PATIENCE_SECONDS
                    if now > until or not self.pending:
                        return
                time.sleep(1 / LOOKS_A_SECOND)

    def _weigh(self, now: float) -> None:
        for name, program in self.house.programs.items():
            held = sum(_resident(pid) for pid in _family(program.pid))
            self.memory.setdefault(name, []).append((now, held))


_VISIBLE = """
    select c.report::text from report_case c join triage_row t on t.id = c."case"
    where c.report = any(%s::uuid[])
"""


class _Lane(asyncio.Protocol):
    """A connection: the next report goes out at its moment, or once the last one is answered."""

    def __init__(self, pace: _Pace, lane: int, begun: float, over: "asyncio.Future[None]") -> None:
        self.pace, self.number, self.begun, self.over = pace, lane, begun, over
        self.transport: asyncio.Transport
        self.said = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Wait for the first moment."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self._next()

    def data_received(self, data: bytes) -> None:
        """Take an answer, once it is whole."""
        self.said += data
        head = self.said.find(b"\r\n\r\n")
        if head < 0:
            return
        length = re.search(rb"content-length: (\d+)", self.said)
        if length is None or len(self.said) < head + 4 + int(length[1]):
            return
        if self.said.startswith(b"HTTP/1.1 201"):
            begun = self.said.index(_REPORT, head) + len(_REPORT)
            self.pace.acknowledge(self.said[begun : begun + 36].decode())
        self.said = b""
        self._next()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing more comes."""
        del exc
        if not self.over.done():
            self.over.set_result(None)

    def _next(self) -> None:
        if self.number >= self.pace.rate * self.pace.seconds:
            self.transport.close()
            return
        at = self.begun + self.number / self.pace.rate
        asyncio.get_running_loop().call_at(at, self._ask)

    def _ask(self) -> None:
        if self.transport.is_closing():
            return
        self.transport.write(_request(self.pace.house.key, self.number))
        self.pace.sent += 1
        self.number += LANES


_REPORT = b'"report":"'


def _same(lane: _Lane) -> _Lane:
    return lane


def _request(key: str, number: int) -> bytes:
    hot = number % HOT == 0
    ref = f"news-{number % 50}" if hot else f"post-{os.getpid()}-{number}"
    report = {
        "subject": {
            "kind": "content",
            "ref": ref,
            "snapshot": "你就是个废物，活着浪费粮食。",
            "account": f"author-{number % 1000}",
        },
        "category": "abuse",
        "statement": f"他在评论里这样骂我，这是第 {number % 97} 次，请处理。",
        "reporter_account": f"user-{number % ACCOUNTS}",
    }
    body = json.dumps(report, ensure_ascii=False).encode()
    head = (
        "POST /api/v1/reports HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
        f"Authorization: Bearer {key}\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def _family(pid: int) -> list[int]:
    """A process and those that it started."""
    found = [pid]
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in path.read_text().split():
            found += _family(int(child))
    return found


def _resident(pid: int) -> float:
    """MB that a process holds."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    held = re.search(r"VmRSS:\s+(\d+) kB", status)
    return int(held[1]) / 1024 if held else 0.0


def _slope(seen: list[tuple[float, float]]) -> tuple[float, float]:
    """MB a minute by least squares, and the last value."""
    number = len(seen)
    if number < 2:
        return 0.0, seen[-1][1] if seen else 0.0
    mean_t = sum(t for t, _ in seen) / number
    mean_m = sum(m for _, m in seen) / number
    over = sum((t - mean_t) ** 2 for t, _ in seen)
    slope = sum((t - mean_t) * (m - mean_m) for t, m in seen) / over
    return slope * 60, seen[-1][1]
