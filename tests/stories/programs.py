"""The real programs on a database of their own, to be killed under load."""

import contextlib
import http.client
import itertools
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import psycopg

READY_SECONDS = 60.0
MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Place:
    """Where a program runs: its own address, how to get there, and where it finds the database."""

    address: str = "127.0.0.1"
    into: tuple[str, ...] = ()
    url: str = ""


@dataclass(slots=True)
class Programs:
    """Webs and workers of one installation, each in a session of its own.

    They are called web, web2, worker, worker2; every web takes its share of the reports.
    """

    url: str
    data: Path
    key: str = ""
    port: int = 0
    places: dict[str, Place] = field(default_factory=dict)
    settings: dict[str, str] = field(default_factory=dict)
    webs: list[str] = field(default_factory=list)
    turns: Iterator[int] = field(default_factory=itertools.count)
    running: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)

    def prepare(self) -> None:
        """Make the tables and the key of the operator's app."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        said = self._run(_PREPARE)
        self.key = said.strip().splitlines()[-1]

    def start(self, *names: str) -> None:
        """Start some of them."""
        commands = {"web": ("-m", "gongdao", "web"), "worker": ("-m", "gongdao.worker")}
        for name in names:
            self.running[name] = subprocess.Popen(
                [*self.place(name).into, sys.executable, *commands[name.rstrip("12")]],
                env=self._environment(name),
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        for name in names:
            if name.startswith("web"):
                self._await(name)
                self.webs = sorted({*self.webs, name})

    def place(self, name: str) -> Place:
        """Where it runs."""
        return self.places.get(name, Place())

    def address(self, web: str) -> str:
        """Where it answers."""
        return f"http://{self.place(web).address}:{self.port + (1 if web.endswith('2') else 0)}"

    def kill(self, name: str) -> None:
        """End one and everything that it started, without a word."""
        program = self.running.pop(name)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait(10)

    def stop(self) -> None:
        """End all of them."""
        for name in list(self.running):
            self.kill(name)

    def post(self, report: dict[str, Any], once: str) -> dict[str, Any] | None:
        """Send a report to the next web; its answer if it was acknowledged."""
        web = self.webs[next(self.turns) % len(self.webs)]
        asked = urllib.request.Request(  # noqa: S310 – ours, at an address of our own
            f"{self.address(web)}/api/v1/reports",
            json.dumps(report, ensure_ascii=False).encode(),
            {
                "Authorization": f"Bearer {self.key}",
                "Content-Type": "application/json",
                "Idempotency-Key": once,
            },
        )
        try:
            with urllib.request.urlopen(asked, timeout=20) as answer:  # noqa: S310 – ours, on loopback
                found: dict[str, Any] = json.loads(answer.read())
                return found
        except (http.client.HTTPException, OSError, ValueError):  # cut off, or refused
            return None

    def endless(self, web: str, megabytes: int) -> tuple[bytes, int]:
        """Send a body without end; what that is answered, and by how many MB the web grew."""
        pid, parts = self.running[web].pid, urlsplit(self.address(web))
        before = resident(pid)
        piece = b"100000\r\n" + bytes(MEGABYTE) + b"\r\n"
        head = b"POST /report/ HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
        with socket.create_connection((str(parts.hostname), int(parts.port or 0)), 10) as client:
            client.sendall(head)
            for _ in range(megabytes):
                client.sendall(piece)
            return client.recv(65536), resident(pid) - before

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database, as soon as it answers."""
        for _ in range(100):
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    return connection.execute(statement.encode()).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.2)
        raise TimeoutError("the database does not come back")

    def pulled(self) -> list[str]:
        """Cases that reviewers in two processes were given, all of them asking at once."""
        asking = [
            subprocess.Popen(
                [sys.executable, "-c", _PULL, str(number)],
                env=self._environment("web"),
                stdout=subprocess.PIPE,
                text=True,
            )
            for number in range(2)
        ]
        return [case for each in asking for case in each.communicate(timeout=60)[0].split()]

    def check(self) -> str:
        """What the records and their log disagree on, in words; nothing if all is well."""
        return self._run(_CHECK).strip()

    def _run(self, program: str) -> str:
        done = subprocess.run(
            [sys.executable, "-c", program],
            env=self._environment("web"),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _environment(self, name: str) -> dict[str, str]:
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "gongdao.site.settings",
            "GONGDAO_DATABASE_URL": self.place(name).url or self.url,
            "GONGDAO_HOST": self.place(name).address,
            "GONGDAO_WEB_WORKERS": "1",
            "GONGDAO_DATA": str(self.data),
            "GONGDAO_PORT": str(self.port + (1 if name.endswith("2") else 0)),
            "GONGDAO_LOG_LEVEL": "ERROR",
            **self.settings,
        }

    def _await(self, web: str) -> None:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"{self.address(web)}/api/v1/keys", timeout=5)  # noqa: S310
                return
            time.sleep(0.1)
        raise TimeoutError("the web does not answer")


def resident(pid: int) -> int:
    """MB of memory that a program holds."""
    status = Path(f"/proc/{pid}/status").read_text("utf-8")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) // 1024  # type: ignore[index]


@contextlib.contextmanager
def programs(url: str, data: Path) -> Iterator[Programs]:
    """An installation that is over when the context is left."""
    house = Programs(url, data)
    try:
        house.prepare()
        yield house
    finally:
        house.stop()


_SET_UP = """
import django
django.setup()
from gongdao import bootstrap
"""
_PREPARE = f"""{_SET_UP}
from django.core.management import call_command
from gongdao.domain.kernel.events import Role
call_command("migrate", verbosity=0, interactive=False)
call_command("createcachetable", verbosity=0)
bootstrap.load_packs()
bootstrap.make_report_months()
print(bootstrap.api_keys().create("app", [Role.APP]))
"""
_CHECK = f"""{_SET_UP}
for difference in bootstrap.record_differences(lambda _: None):
    print(difference)
"""
_PULL = f"""{_SET_UP}
import sys
from concurrent.futures import ThreadPoolExecutor
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
app = bootstrap.app()
def pull(number):
    person = app.records.parties.by_account(f"reviewer-{{sys.argv[1]}}-{{number}}")
    who = Caller(person, frozenset({{Role.REVIEWER}}))
    return [str(app.pulling.next(who)) for _ in range(6)]
with ThreadPoolExecutor(4) as threads:
    for given in threads.map(pull, range(4)):
        print(*given)
"""
