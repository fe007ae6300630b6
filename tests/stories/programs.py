"""The real programs on a database of their own, to be killed under load."""

import contextlib
import http.client
import json
import os
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

import psycopg

READY_SECONDS = 60.0


@dataclass(slots=True)
class Programs:
    """Web and worker of one installation, each in a session of its own."""

    url: str
    data: Path
    key: str = ""
    port: int = 0
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
                [sys.executable, *commands[name.rstrip("12")]],
                env=self._environment(name),
                start_new_session=True,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
        if any(name.startswith("web") for name in names):
            self._await_web()

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
        """Send a report; its answer if it was acknowledged."""
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/reports",
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

    def query(self, statement: str) -> list[tuple[Any, ...]]:
        """Ask the database, as soon as it answers."""
        for _ in range(100):
            try:
                with psycopg.connect(self.url, autocommit=True) as connection:
                    return connection.execute(statement.encode()).fetchall()
            except psycopg.OperationalError:
                time.sleep(0.2)
        raise TimeoutError("the database does not come back")

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
            "GONGDAO_DATABASE_URL": self.url,
            "GONGDAO_DATA": str(self.data),
            "GONGDAO_PORT": str(self.port + (1 if name.endswith("2") else 0)),
            "GONGDAO_LOG_LEVEL": "ERROR",
        }

    def _await_web(self) -> None:
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            with contextlib.suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://127.0.0.1:{self.port}/api/v1/keys", timeout=5)
                return
            time.sleep(0.1)
        raise TimeoutError("the web does not answer")


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
