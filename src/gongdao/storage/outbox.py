"""The outbox in PostgreSQL: jobs are promised in the open transaction, or not at all."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection, transaction

from gongdao.storage.job_queue import IN_TRANSACTION

KEPT_FOR = timedelta(days=90)
"""How long the keys and the course of finished jobs are remembered."""


class PgOutbox:
    """Jobs, promised in the open transaction."""

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        """Promise a job. Payloads hold ids, never words about people or where to reach them."""
        with transaction.atomic(savepoint=False):
            if not _first_time(topic, key):
                return
            IN_TRANSACTION.enqueue(
                topic,
                json.dumps(dict(payload), ensure_ascii=False).encode(),
                dedupe_key=f"{topic}:{key}",
                on_conflict="skip",
            )

    def post_many(self, topic: str, jobs: Mapping[str, Mapping[str, str]]) -> None:
        """Promise many jobs of a topic, by their keys; those promised before are left out."""
        if not jobs:
            return
        with transaction.atomic(savepoint=False):
            with connection.cursor() as cursor:
                cursor.execute(_POSTED, [topic, sorted(jobs)])
                new = [key for (key,) in cursor.fetchall()]
            if new:
                IN_TRANSACTION.enqueue(
                    [topic] * len(new),
                    [json.dumps(dict(jobs[key]), ensure_ascii=False).encode() for key in new],
                    [0] * len(new),
                    dedupe_key=[f"{topic}:{key}" for key in new],
                    on_conflict="skip",
                )


_POSTED = """
    INSERT INTO job_posted (topic, key) SELECT %s, unnest(%s::text[])
    ON CONFLICT DO NOTHING RETURNING key
"""


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up: somebody must look at it, then try it again or let it be."""

    id: int
    topic: str
    key: str
    payload: Mapping[str, str]
    attempts: int
    error: str
    """A stable code such as `mail.unreachable`."""
    failed_at: datetime


def failed_jobs(limit: int = 100) -> list[FailedJob]:
    """Jobs that were given up, the latest first."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.entrypoint, job.dedupe_key, job.payload, job.attempts + 1,
                   coalesce(log.error, 'unknown'), job.updated
            FROM pgqueuer job
            LEFT JOIN LATERAL (
                SELECT traceback ->> 'exception_message' AS error FROM pgqueuer_log
                WHERE job_id = job.id AND status = 'failed' ORDER BY created DESC LIMIT 1
            ) log ON true
            WHERE job.status = 'failed' ORDER BY job.updated DESC, job.id DESC LIMIT %s
            """,
            [limit],
        )
        return [
            FailedJob(
                id=id_,
                topic=topic,
                key=(key or "").removeprefix(f"{topic}:"),
                payload=json.loads(bytes(payload)),
                attempts=attempts,
                error=error,
                failed_at=failed_at,
            )
            for id_, topic, key, payload, attempts, error, failed_at in cursor.fetchall()
        ]


def try_again(jobs: Sequence[int]) -> int:
    """Put given-up jobs back into the queue with all their attempts; how many there were."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE pgqueuer SET status = 'queued', execute_after = now(), updated = now(),
                   attempts = 0, queue_manager_id = NULL
            WHERE status = 'failed' AND id = ANY(%s)
            """,
            [list(jobs)],
        )
        return int(cursor.rowcount)


def waiting_jobs() -> dict[str, int]:
    """How many jobs of each topic still wait or are being done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT entrypoint, count(*) FROM pgqueuer WHERE status <> 'failed' GROUP BY 1"
        )
        return dict(cursor.fetchall())


def forget_finished(now: datetime) -> int:
    """Remove what is remembered of jobs finished long ago; how many rows that was.

    A job that is still waiting, or was given up, keeps all of its story.
    """
    before = now - KEPT_FOR
    with connection.cursor() as cursor:
        cursor.execute(
            """
            DELETE FROM pgqueuer_log log WHERE created < %s
            AND NOT EXISTS (SELECT FROM pgqueuer WHERE id = log.job_id)
            """,
            [before],
        )
        gone = cursor.rowcount
        cursor.execute(
            """
            DELETE FROM job_posted posted WHERE posted_at < %s AND NOT EXISTS (
                SELECT FROM pgqueuer WHERE dedupe_key = posted.topic || ':' || posted.key
            )
            """,
            [before],
        )
        return int(gone + cursor.rowcount)


def _first_time(topic: str, key: str) -> bool:
    """Remember a key; the library itself forgets it once its job is done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO job_posted (topic, key) VALUES (%s, %s) ON CONFLICT DO NOTHING",
            [topic, key],
        )
        return bool(cursor.rowcount)
