"""The disk is full: nothing is half kept, everybody is told, and all goes on once there is room.

The installation lies on a small file system of its own, which root alone may mount. Elsewhere this
is skipped; to run it there: `sudo ./dev test tests/stories/test_disk_full.py`.
"""

import contextlib
import itertools
import json
import os
import re
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
import pytest
from tests.embedded.test_up import environment, eventually, free_port
from tests.stories.load import report

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

MEGABYTE, PAGE = 1024 * 1024, 4096
WAITING = "select count(*) from reports_waiting"


@dataclass(slots=True)
class Installation:
    """`gongdao up` on a small disk, and a reporter who sends again what was not kept."""

    disk: Path
    small: Path
    """Another disk."""
    log: Path
    """What it says."""
    port: int
    env: dict[str, str]
    program: "subprocess.Popen[str]"
    kept: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def server(self) -> EmbeddedPostgres:
        """Its database."""
        return EmbeddedPostgres(self.disk / "data" / "postgres")

    def sends(self, once: str) -> tuple[int, dict[str, Any], str | None]:
        """Status, body and Retry-After; 0 where nobody answers."""
        # No mail: the job queue's library logs its own lines when it must let go of a job.
        sent = {**report(once, int(once.rpartition("-")[2])), "contact": None}
        body = json.dumps(sent, ensure_ascii=False)
        asked = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/v1/reports",
            body.encode(),
            {"Content-Type": "application/json", "Idempotency-Key": once},
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 – ours, on loopback
                self.kept[once] = json.loads(answer.read())
                return answer.status, self.kept[once], None
        except urllib.error.HTTPError as problem:
            return problem.code, json.loads(problem.read()), problem.headers["Retry-After"]
        except OSError:
            return 0, {}, None

    def is_kept(self, once: str) -> bool:
        """Send it, and say whether it was acknowledged."""
        return self.sends(once)[0] == 201

    def fill(self, disk: Path) -> None:
        """Let not a page be free."""
        with (disk / "ballast").open("ab", buffering=0) as ballast:
            for piece in (MEGABYTE, PAGE):
                with contextlib.suppress(OSError):
                    while ballast.write(bytes(piece)) == piece:
                        pass

    def make_room(self, disk: Path) -> None:
        """Take away what filled it."""
        (disk / "ballast").unlink()

    def doctor(self, *more: str) -> dict[str, Any]:
        """What `gongdao doctor` finds."""
        done = subprocess.run(
            [sys.executable, "-m", "gongdao", "doctor", "--json", *more],
            env=self.env,
            capture_output=True,
            text=True,
            check=False,
        )
        assert "Traceback" not in done.stderr, done.stderr
        found: dict[str, Any] = json.loads(done.stdout)
        return {each["what"]: each for each in found["findings"]}

    def query(self, statement: str, *, admin: bool = False) -> list[tuple[Any, ...]]:
        """Ask the database, as soon as it answers."""
        url = self.server.admin_url if admin else self.server.database_url
        with psycopg.connect(url, autocommit=True) as connection:
            answer = connection.execute(statement.encode())
            return answer.fetchall() if answer.description else []

    def move_reports(self, to: Path) -> None:
        """Let the table of reports lie on a disk of its own."""
        data = (self.disk / "data" / "postgres" / "data").stat()
        os.chown(to, data.st_uid, data.st_gid)
        self.query(f"create tablespace small location '{to}'", admin=True)
        self.query("grant create on tablespace small to gongdao", admin=True)
        months = (
            "select inhrelid::regclass::text from pg_inherits where inhparent = 'report'::regclass"
        )
        for (month,) in self.query(months):
            self.query(f"alter table {month} set tablespace small")

    def use_up_the_log(self) -> None:
        """Ask for piece after piece of the database's log until it ends over that."""
        with contextlib.suppress(psycopg.OperationalError):
            while True:
                asked = "select pg_logical_emit_message(true, 'x', 'y'), pg_switch_wal()"
                self.query(asked, admin=True)


@pytest.fixture
def installation(open_folder: Path) -> Iterator[Installation]:
    """Give one that runs, on a disk of its own."""
    disk, small = open_folder / "disk", open_folder / "small"
    with mounted(disk, 256), mounted(small, 8):
        yield from running(disk, small, open_folder / "said")


@contextlib.contextmanager
def mounted(place: Path, megabytes: int) -> Iterator[None]:
    """A small disk; without the right to mount one the test is skipped."""
    place.mkdir()
    options = f"size={megabytes}m,mode=0711"
    mount = ("mount", "-t", "tmpfs", "-o", options, "gongdao-test", str(place))
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a small disk cannot be mounted here: run it as root")
    try:
        yield
    finally:
        subprocess.run(("umount", "--lazy", str(place)), check=True)


def running(disk: Path, small: Path, log: Path) -> Iterator[Installation]:
    """`gongdao up` on that disk."""
    port = free_port()
    env = {
        **environment(disk / "data", port),
        "GONGDAO_REPORTS_PER_MINUTE": "100000",
        "GONGDAO_WEB_WORKERS": "1",
    }
    with log.open("w", encoding="utf-8") as said:
        program = subprocess.Popen(
            (sys.executable, "-m", "gongdao", "up"),
            env=env, stdout=said, stderr=said, text=True, cwd=log.parent,
        )  # fmt: skip
        try:
            yield Installation(disk, small, log, port, env, program)
        finally:
            program.send_signal(signal.SIGTERM)
            program.wait(60)


@pytest.mark.slow
def test_a_full_disk_is_said_and_survived(installation: Installation) -> None:
    house = installation
    assert eventually(lambda: house.is_kept("before-1-report-00000001"), 90)
    _tables_have_no_room(house)
    _one_table_has_no_room(house)
    _the_log_has_no_room(house)
    _whole(house)
    said = house.log.read_text("utf-8")
    assert house.program.poll() is None
    assert not re.search(r"Traceback|File \".*\", line", said), said[:20_000]


def _tables_have_no_room(house: Installation) -> None:
    """Each report is refused, and the server stays up."""
    house.fill(house.disk)
    numbers = itertools.count(1)
    while (answer := house.sends(f"during-1-report-{next(numbers):08}"))[0] == 201:
        assert len(house.kept) < 5000, "the disk is not full"
    status, body, retry = answer
    assert (status, body["code"], retry) == (503, "intake.not_kept", "5")
    found = house.doctor()
    assert (found["disk"]["state"], found["database.server"]["state"]) == ("broken", "fine")
    house.make_room(house.disk)
    assert eventually(lambda: house.is_kept("after-1-report-00000001"))


def _one_table_has_no_room(house: Installation) -> None:
    """Reports are acknowledged, and wait until they can be put in line."""
    assert eventually(lambda: house.query(WAITING) == [(0,)])
    house.move_reports(house.small)
    house.fill(house.small)
    for number in range(1, 151):
        assert house.is_kept(f"small-1-report-{number:08}")
    assert eventually(lambda: "server.no_database errand=sorting" in house.log.read_text("utf-8"))
    assert house.query(WAITING) != [(0,)]
    house.make_room(house.small)
    assert eventually(lambda: house.query(WAITING) == [(0,)])


def _the_log_has_no_room(house: Installation) -> None:
    """The database ends over its log, and is started again until it can."""
    house.fill(house.disk)
    house.use_up_the_log()
    assert eventually(lambda: "postgres.disk_full" in house.log.read_text("utf-8"))
    status, body, retry = house.sends("during-2-report-00000001")
    assert (status, body["code"], retry) == (503, "intake.not_kept", "5")
    found = house.doctor()
    assert (found["disk"]["state"], found["database.server"]["state"]) == ("broken", "broken")
    house.make_room(house.disk)
    assert eventually(lambda: house.is_kept("after-2-report-00000001"), 60)


def _whole(house: Installation) -> None:
    """Each acknowledged report is there once, and what was refused is not there at all."""
    assert eventually(lambda: house.query(WAITING) == [(0,)], 60)
    there = {str(id_) for (id_,) in house.query("select id from report")}
    assert there == {answer["report"] for answer in house.kept.values()}
    assert house.query("select count(*) from report_case") == [(len(there),)]
    found = house.doctor("--rebuild-check")
    assert (found["record"]["state"], found["reports.trouble"]["state"]) == ("fine", "fine")
