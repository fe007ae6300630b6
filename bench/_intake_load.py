"""A house under load: its programs, who sends reports to it, and what is read off."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx
import psycopg
from bench._figures import say

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

SCRIPTS = Path(__file__).parent / "wrk"
PGBENCH = ("/usr/lib/postgresql/*/bin/pgbench", "/usr/local/bin/pgbench")


@dataclass(frozen=True, slots=True)
class Rate:
    """What wrk saw."""

    rate: float
    """Requests a second."""
    p99_ms: float


@dataclass(slots=True)
class House:
    """PostgreSQL, web and worker below one temporary folder. Leaving the context stops them."""

    home: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="gongdao-bench-")))
    port: int = 0
    key: str = ""
    programs: dict[str, "subprocess.Popen[bytes]"] = field(default_factory=dict)
    server: EmbeddedPostgres = field(init=False)

    def __enter__(self) -> Self:
        self.home.chmod(0o711)
        self.server = EmbeddedPostgres(self.home / "postgres")
        self.server.start()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        os.environ.update(
            GONGDAO_DATA=str(self.home),
            GONGDAO_DATABASE_URL=self.server.database_url,
            GONGDAO_PORT=str(self.port),
            GONGDAO_WEB_WORKERS="2",
            GONGDAO_REPORTS_PER_MINUTE="1000000",
            DJANGO_SETTINGS_MODULE="gongdao.site.settings",
            GONGDAO_LOG_LEVEL="ERROR",
        )
        import django  # noqa: PLC0415 – only now is it known where the database is

        django.setup()
        from django.core.management import call_command  # noqa: PLC0415

        from gongdao import bootstrap  # noqa: PLC0415
        from gongdao.domain.kernel.events import Role  # noqa: PLC0415

        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        bootstrap.load_packs()
        bootstrap.make_report_months()
        self.key = bootstrap.api_keys().create("bench", [Role.APP])
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for program in self.programs.values():
            program.send_signal(signal.SIGTERM)
        for program in self.programs.values():
            program.wait(30)
        self.server.stop()
        shutil.rmtree(self.home, ignore_errors=True)

    def web(self) -> None:
        """Start the pages, if they do not run yet."""
        if "web" not in self.programs:
            self._start("web", "-m", "gongdao", "web")
        for _ in range(300):
            try:
                httpx.get(f"http://127.0.0.1:{self.port}/api/v1/keys").raise_for_status()
            except httpx.HTTPError:
                time.sleep(0.1)
            else:
                return
        raise SystemExit("the web did not start")

    def worker(self) -> None:
        """Start the worker, if it does not run yet."""
        if "worker" not in self.programs:
            self._start("worker", "-m", "gongdao.worker")

    def _start(self, name: str, *command: str) -> None:
        self.programs[name] = subprocess.Popen([sys.executable, *command])

    def query(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask the database."""
        with psycopg.connect(self.server.database_url, autocommit=True) as connection:
            answer = connection.execute(statement, values or None)
            return answer.fetchall() if answer.description else []

    def waiting(self) -> int:
        """How many acknowledged reports are not in line yet."""
        return int(self.query("select coalesce(sum(count), 0) from reports_waiting")[0][0])

    def drop_waiting(self) -> None:
        """Forget them: only a bench may."""
        self.query("truncate reports_waiting")

    def sort_all(self) -> float:
        """Put everything in line; the seconds that took."""
        from gongdao.bootstrap import taking_in  # noqa: PLC0415

        sorter, begun = taking_in.sorting(), time.monotonic()
        while sorter.tick():
            pass
        return time.monotonic() - begun

    def fill(self, number: int) -> None:
        """So many reports of earlier this month, in the same partition as those to come."""
        piece = 500_000
        self.query("alter table report disable trigger user")
        for begun in range(0, number, piece):
            say(f"writing reports: {begun} of {number} …")
            self.query(_FILL.format(piece=piece, begun=begun))
        self.query("analyze report; analyze report_case")

    def pgbench(self, seconds: int) -> float:
        """Transactions a second of one bare insert at 32 clients; 0 where there is no pgbench."""
        program = shutil.which("pgbench") or next(_found(PGBENCH), None)
        if program is None:
            say("no pgbench on this machine: that ratio is left out")
            return 0.0
        self.query("create table if not exists bare (id uuid primary key, body text)")
        script = self.home / "insert.sql"
        script.write_text("insert into bare values (gen_random_uuid(), repeat('x', 600));\n")
        parts = parse_qs(urlsplit(self.server.database_url).query)
        done = subprocess.run(
            [
                *(program, "-h", parts["host"][0], "-p", parts["port"][0], "-U", "gongdao", "-n"),
                *("-M", "prepared", "-c", "32", "-j", "2", "-T", str(seconds)),
                *("-f", str(script), "gongdao"),
            ],
            capture_output=True,
            text=True,
            check=True,
        )
        self.query("truncate bare")
        found = re.search(r"tps = ([0-9.]+)", done.stdout)
        return float(found[1]) if found else 0.0


_FILL = """
    with made as (
        select gen_random_uuid() as id, gen_random_uuid() as reporter,
            date_trunc('hour', now()) - n * interval '50 milliseconds' as at,
            md5((n % 2000000)::text) || md5(n::text) as subject, n
        from generate_series({begun} + 1, {begun} + {piece}) n
    ), kept as (
        insert into report (id, received_at, reporter, code, body, leaf)
        select id, at, reporter, uuid_send(gen_random_uuid()), repeat('x', 550),
            decode(subject, 'hex') from made
    )
    insert into report_case (report, "case", reporter, received_at, subject_key, category, wording,
        young, apart)
    select id, id, reporter, at, subject, 'abuse', subject, true, null from made
"""


def _found(patterns: tuple[str, ...]) -> Iterator[str]:
    for pattern in patterns:
        yield from sorted(map(str, Path("/").glob(pattern.lstrip("/"))), reverse=True)


def program_wrk() -> str:
    """Where wrk is; who has none is told how to get it."""
    program = shutil.which("wrk")
    if program is None:
        raise SystemExit("bench intake needs wrk. On Debian, as root: apt-get install wrk")
    return program


def wrk(house: House, script: str, connections: int, seconds: int) -> Rate:
    """Run wrk; every answer must be a receipt."""
    path = "/api/v1/reports" + ("/batch" if script == "batch" else "")
    done = subprocess.run(
        [
            *(program_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", "--latency"),
            *("-s", str(SCRIPTS / f"{script}.lua"), f"http://127.0.0.1:{house.port}{path}"),
        ],
        env={**os.environ, "KEY": house.key},
        capture_output=True,
        text=True,
        check=True,
    )
    if "Non-2xx" in done.stdout or "Socket errors" in done.stdout:
        say(done.stdout)
    rate = re.search(r"Requests/sec:\s+([0-9.]+)", done.stdout)
    late = re.search(r"99%\s+([0-9.]+)(us|ms|s)", done.stdout)
    if rate is None or late is None:
        raise SystemExit(done.stdout + done.stderr)
    unit = {"us": 0.001, "ms": 1.0, "s": 1000.0}[late[2]]
    return Rate(float(rate[1]), float(late[1]) * unit)
