"""Signs of life of the workers, so that `gongdao doctor` can ask on any machine."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection

FORGOTTEN_AFTER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Beat:
    """When one part of one worker was last seen at work."""

    worker: str
    """Machine and process, such as `web-1:4711`."""
    part: str
    """`clock` watches the deadlines, `jobs` does what the outbox promised."""
    at: datetime


def beat(worker: str, parts: Iterable[str], now: datetime) -> None:
    """Keep a sign of life of each part, and forget workers that are long gone."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO worker_beat (worker, part, at)
            SELECT %s, part, %s FROM unnest(%s::text[]) part
            ON CONFLICT (worker, part) DO UPDATE SET at = excluded.at
            """,
            [worker, now, list(parts)],
        )
        cursor.execute("DELETE FROM worker_beat WHERE at < %s", [now - FORGOTTEN_AFTER])


def beats() -> list[Beat]:
    """The last sign of life of every part, the freshest first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT worker, part, at FROM worker_beat ORDER BY at DESC")
        return [Beat(*row) for row in cursor.fetchall()]


def stop_beating(worker: str) -> None:
    """Forget a worker that stops in good order."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM worker_beat WHERE worker = %s", [worker])
