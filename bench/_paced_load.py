"""So many reports a second, whatever the answers take, and how soon each is in its queue.

Client and watcher share two cores with what they measure, so both do as little as they can: wrk
sends, by a script that keeps the pace, and the watcher asks only for what it has not seen yet.
"""

import os
import re
import subprocess
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

import psycopg
from bench._figures import percentile
from bench._intake_load import SCRIPTS, House, program_wrk

LANES = 64
LOOKS_A_SECOND = 10
WEIGHED_EVERY = 50
"""Looks from one look at the memory to the next."""
ASKED = 200
"""So many of the oldest are asked for at a time: they come into line in their order."""
PATIENCE_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Seen:
    """What a paced client saw."""

    sent: int
    number: int
    """How many of those watched were found in their queue."""
    watched: int
    """One in eight: to ask for each would cost the database as much as a tenth of them."""
    rate: float
    p50_ms: float
    p99_ms: float
    memory: dict[str, "Grown"]
    """For each program."""


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
    read: int = 0
    """Bytes of what wrk told that were read."""
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def told(self) -> Path:
        """Where wrk writes what was acknowledged, and when."""
        return self.house.home / "acknowledged"

    def run(self) -> Seen:
        self.told.write_text("")
        watching = threading.Thread(target=self._watch)
        watching.start()
        try:
            said = self._send()
        finally:
            self.done.set()
            watching.join()
        late = self.late_ms + [float("inf")] * len(self.pending)
        sent = re.search(r"(\d+) requests in", said)
        rate = re.search(r"Requests/sec:\s+([0-9.]+)", said)
        if sent is None or rate is None or "Non-2xx" in said:
            raise SystemExit(said)
        return Seen(
            sent=int(sent[1]),
            number=len(self.late_ms),
            watched=len(late),
            rate=float(rate[1]),
            p50_ms=percentile(late, 0.5),
            p99_ms=percentile(late, 0.99),
            memory={name: Grown.of(seen) for name, seen in self.memory.items()},
        )

    def _send(self) -> str:
        """Sixty-four connections; each waits for the next moment at which to send."""
        load = {"RATE": str(self.rate), "RUN": f"{time.time():.0f}", "TOLD": str(self.told)}
        done = subprocess.run(
            [
                *(program_wrk(), "-t1", f"-c{LANES}", f"-d{self.seconds}s"),
                *("-s", str(SCRIPTS / "paced.lua")),
                f"http://127.0.0.1:{self.house.port}/api/v1/reports",
            ],
            env={**os.environ, "KEY": self.house.key, **load},
            capture_output=True,
            text=True,
            check=True,
        )
        return done.stdout

    def _hear(self) -> None:
        """Read on what wrk told, whole lines alone."""
        with self.told.open("rb") as file:
            file.seek(self.read)
            new = file.read()
        whole = new[: new.rfind(b"\n") + 1]
        self.read += len(whole)
        for line in whole.decode().splitlines():
            report, at = line.split()
            self.pending[report] = float(at)

    def _watch(self) -> None:
        """Look for what has come into line; stop once all of it has."""
        with psycopg.connect(self.house.server.database_url, autocommit=True) as connection:
            until, looks = 0.0, 0
            while True:
                over = self.done.is_set()
                self._hear()
                waiting = list(self.pending)[:ASKED]
                rows = connection.execute(_VISIBLE, [waiting], prepare=True).fetchall()
                now = time.monotonic()
                self.late_ms += [(now - self.pending.pop(row[0])) * 1000 for row in rows]
                if looks % WEIGHED_EVERY == 0:
                    self._weigh(now)
                looks += 1
                if over:
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


@dataclass(frozen=True, slots=True)
class Grown:
    """How much a program's memory grew: MB a minute, of all looks and of the later half."""

    slope: float
    later: float
    last: float
    """MB, at the end."""

    @classmethod
    def of(cls, seen: list[tuple[float, float]]) -> Self:
        """From the moments (seconds) and what was held then."""
        return cls(_slope(seen), _slope(seen[len(seen) // 2 :]), seen[-1][1] if seen else 0.0)


def _slope(seen: list[tuple[float, float]]) -> float:
    """By least squares."""
    number = len(seen)
    if number < 2:
        return 0.0
    mean_t = sum(t for t, _ in seen) / number
    mean_m = sum(m for _, m in seen) / number
    over = sum((t - mean_t) ** 2 for t, _ in seen)
    return 60 * sum((t - mean_t) * (m - mean_m) for t, m in seen) / over
