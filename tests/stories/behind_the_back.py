"""Ways around the rules, for tests that the house holds all the same."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from psycopg.errors import IntegrityError as PsycopgIntegrityError
from tests.fakes.memory import Memory
from tests.stories.stage import Stage

ROOT = Path(__file__).resolve().parents[2]


def sql(statement: str, *values: str | None) -> None:
    """Write to the database with no rule in between."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def column(statement: str, *values: str | None) -> list[Any]:
    """The first column of what a query gives."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] for row in cursor.fetchall()]


def slip_in(stream: str, kind: str, role: str, actor: str | None, body: str = "{}") -> None:
    """Write an event behind the others of its stream."""
    sql(
        """insert into event (stream, version, kind, at, actor_role, actor, body, leaf)
        select %s, coalesce(max(version), 0) + 1, %s, now(), %s, %s, %s, ''
        from event where stream = %s""",
        stream,
        kind,
        role,
        actor,
        body,
        stream,
    )


@contextmanager
def database_refuses(constraint: str) -> Iterator[None]:
    """The database itself refuses what happens within, and names the constraint."""
    with pytest.raises(IntegrityError) as said, transaction.atomic():
        yield
    cause = said.value.__cause__
    assert isinstance(cause, PsycopgIntegrityError)
    assert cause.diag.constraint_name == constraint


def everything(stage: Stage) -> dict[str, list[str]]:
    """All that a house has kept."""
    if isinstance(stage.records.work, Memory):
        tables = stage.records.work.tables
        return {name: [repr(row) for row in rows.items()] for name, rows in tables.items() if rows}
    names = connection.introspection.table_names()
    return {n: sorted(column(f'select r::text from "{n}" r')) for n in names}  # noqa: S608


class BlownError(Exception):
    """The power is gone."""


class Fused:
    """A port whose writes go through a fuse."""

    def __init__(self, port: Any, fuse: Callable[[], None]) -> None:
        self.port = port
        self.fuse = fuse

    def __getattr__(self, name: str) -> Any:
        method = getattr(self.port, name)
        if name not in {"add", "post", "seal", "issue", "cite"}:
            return method

        def write(*args: Any, **named: Any) -> Any:
            self.fuse()
            return method(*args, **named)

        return write


def fails_at_every_write(stage: Stage, act: Callable[[Stage], object]) -> int:
    """
    Break an act at its first write, at its second and so on, until it comes through.

    After each break everything must be as it was before. Gives the number of writes.
    """
    before = everything(stage)
    ports = ("texts", "codes", "reports", "cases", "decisions", "sanctions", "appeals", "notices")
    for allowed in count():
        left = iter(range(allowed))

        def fuse(left: Iterator[int] = left) -> None:
            if next(left, None) is None:
                raise BlownError

        names = (*ports, "deadlines", "outbox")
        fused = {name: Fused(getattr(stage.records, name), fuse) for name in names}
        try:
            act(stage.with_(**fused))
        except BlownError:
            assert everything(stage) == before
        else:
            return allowed
    raise AssertionError


def receipts_until_killed(database: str, enough: int) -> list[list[str]]:
    """The receipts that a process had been given when it was killed in the middle of its work."""
    paths = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    program = subprocess.Popen(
        [sys.executable, "-m", "tests.stories.filing"],
        cwd=ROOT,
        env={**os.environ, "GONGDAO_DATABASE_URL": database, "PYTHONPATH": paths},
        stdout=subprocess.PIPE,
        text=True,
    )
    with program:
        try:
            assert program.stdout is not None
            lines = [program.stdout.readline() for _ in range(enough)]
            program.send_signal(signal.SIGKILL)
            lines += program.stdout.readlines()
        finally:
            program.kill()
    assert program.returncode == -signal.SIGKILL
    return [line.split() for line in lines if line.endswith("\n")]
