"""What the job queue costs and gives, beside a plain table of jobs and no job at all.

    ./dev bench jobs

A PostgreSQL of its own in a temporary folder, with its durable settings. Enqueueing is measured
in the transaction that also writes an event; working with handlers that do nothing; the plain
table is taken in the same batches with FOR UPDATE SKIP LOCKED. docs/decisions/0005-job-queue.md
says what was chosen for these figures, and what procrastinate gave.
"""

import os
import resource
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from bench._figures import figure, percentile, say

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

if TYPE_CHECKING:
    from gongdao.adapters.jobs import JobRunner

POSTS, WRITERS = 400, 8
JOBS, WAITING = 4_000, 50_000
AT_ONCE = 8
IDLE_SECONDS = 10.0
LATENCIES = 40

PLAIN = """
    CREATE TABLE plain_job (
        id bigserial PRIMARY KEY, topic text NOT NULL, key text NOT NULL, payload jsonb NOT NULL,
        due timestamptz NOT NULL DEFAULT now(), UNIQUE (topic, key)
    );
    CREATE INDEX ON plain_job (due);
    CREATE TABLE bench_event (id bigserial PRIMARY KEY, body text NOT NULL);
"""
TAKE_PLAIN = """
    DELETE FROM plain_job WHERE id IN (
        SELECT id FROM plain_job WHERE due <= now() ORDER BY due LIMIT %s FOR UPDATE SKIP LOCKED
    ) RETURNING payload
"""


def main() -> None:
    """Start a server, measure, take it down."""
    home = Path(tempfile.mkdtemp(prefix="gongdao-bench-"))
    home.chmod(0o711)
    server = EmbeddedPostgres(home / "postgres")
    try:
        server.start()
        os.environ.update(GONGDAO_DATA=str(home), GONGDAO_DATABASE_URL=server.database_url)
        os.environ["DJANGO_SETTINGS_MODULE"] = "gongdao.site.settings"
        measure()
    finally:
        server.stop()
        shutil.rmtree(home, ignore_errors=True)


def measure() -> None:
    """Everything, one after another."""
    import django  # noqa: PLC0415 - the database is settled only now
    from django.core.management import call_command  # noqa: PLC0415

    django.setup()
    call_command("migrate", verbosity=0)
    execute(PLAIN)
    enqueueing()
    working()
    resting()


def enqueueing() -> None:
    """Posts a second, each in the transaction that writes an event."""
    say("enqueueing")
    from gongdao.storage.outbox import PgOutbox  # noqa: PLC0415

    outbox = PgOutbox()

    def queued() -> None:
        outbox.post("bench", uuid4().hex, {"notice": "n"})

    def plain() -> None:
        execute("INSERT INTO plain_job (topic, key, payload) VALUES ('bench', %s, '{}')", uuid4())

    for writers in (1, WRITERS):
        alone, table, queue = (written(kind, writers) for kind in (lambda: None, plain, queued))
        key = f"jobs.post_{writers}.per_s"
        figure(key, queue, "tx/s", "none", "the same into a plain table", table)
        figure(key, queue, "tx/s", "none", "the event alone", alone)
    rolled_back()


def rolled_back() -> None:
    """Count what is left of transactions that fail after the post."""
    from django.db import transaction  # noqa: PLC0415

    from gongdao.storage.outbox import PgOutbox, waiting_jobs  # noqa: PLC0415

    before = sum(waiting_jobs().values())
    for number in range(100):
        with transaction.atomic():
            PgOutbox().post("bench", f"rolled{number}", {})
            transaction.set_rollback(True)
    left = sum(waiting_jobs().values()) - before
    figure("jobs.rolled_back.left", left, "jobs", "= 0", "transactions rolled back", 100)


def working() -> None:
    """Jobs a second: an otherwise empty queue, and one in which many wait for a later time."""
    for waiting, name in ((0, "work"), (WAITING, "work_with_waiting")):
        say(f"working, with {waiting} that wait for later")
        fill(waiting)
        table = plain_worked()
        done, seconds = counted_work(until=waiting)
        figure(f"jobs.{name}.per_s", done / seconds, "jobs/s", ">= 200", "a plain table", table)


def resting() -> None:
    """What a worker with nothing to do costs, and how long a new job waits for it."""
    say("resting")
    from django.db import transaction  # noqa: PLC0415

    from gongdao.storage.outbox import PgOutbox  # noqa: PLC0415

    execute("TRUNCATE pgqueuer, pgqueuer_log, job_posted")
    begun: dict[str, float] = {}

    def note(payload: Mapping[str, str], *, last: bool) -> None:  # noqa: ARG001
        begun[payload["key"]] = time.perf_counter()

    runner = runner_of({"bench": note})
    runner.start()
    time.sleep(1.0)
    before, started = processor_seconds(), time.perf_counter()
    time.sleep(IDLE_SECONDS)
    share = 100 * (processor_seconds() - before) / (time.perf_counter() - started)
    figure("jobs.idle.cpu_percent", share, "% of a core", "<= 3", "one core", 100)
    posted: dict[str, float] = {}
    for number in range(LATENCIES):
        with transaction.atomic():
            PgOutbox().post("bench", str(number), {"key": str(number)})
        posted[str(number)] = time.perf_counter()
        time.sleep(0.13)
    time.sleep(2.0)
    runner.stop(timedelta(seconds=5))
    waits = [1000 * (begun[key] - moment) for key, moment in posted.items()]
    goal = "<= 1200: the queue is looked at every second"
    figure("jobs.wait.p95_ms", percentile(waits, 0.95), "ms", goal, "the pause between looks", 1000)


def runner_of(handlers: Mapping[str, Callable[..., None]]) -> "JobRunner":
    """A runner as the worker makes it, with handlers of our own."""
    from gongdao.adapters.jobs import JobRunner  # noqa: PLC0415
    from gongdao.storage import job_queue  # noqa: PLC0415

    return JobRunner(
        connect=job_queue.connect,
        queries=job_queue.queries,
        channel=job_queue.CHANNEL,
        handlers=handlers,
        at_once=AT_ONCE,
    )


def counted_work(until: int) -> tuple[int, float]:
    """Work until so many jobs are left; how many were done, in how many seconds."""
    from gongdao.storage.outbox import waiting_jobs  # noqa: PLC0415

    lock, done = threading.Lock(), [0]

    def count(_payload: Mapping[str, str], *, last: bool) -> None:  # noqa: ARG001
        with lock:
            done[0] += 1

    runner = runner_of({"bench": count})
    begin = time.perf_counter()
    runner.start()
    while waiting_jobs().get("bench", 0) > until:
        time.sleep(0.05)
    seconds = time.perf_counter() - begin
    runner.stop(timedelta(seconds=5))
    return done[0], seconds


def plain_worked() -> float:
    """Jobs a second out of the plain table, in batches as large."""
    done, begin = 0, time.perf_counter()
    while taken := len(execute(TAKE_PLAIN, AT_ONCE // 2)):
        done += taken
    return done / (time.perf_counter() - begin)


def fill(waiting: int) -> None:
    """As many jobs to do in both tables, and as many that wait for an hour."""
    execute("TRUNCATE pgqueuer, pgqueuer_log, plain_job")
    for number, pause in ((JOBS, timedelta(0)), (waiting, timedelta(hours=1))):
        execute(
            "INSERT INTO pgqueuer (priority, status, entrypoint, payload, execute_after) "
            "SELECT 0, 'queued', 'bench', '{}', now() + %s FROM generate_series(1, %s)",
            pause,
            number,
        )
        execute(
            "INSERT INTO plain_job (topic, key, payload, due) "
            "SELECT 'bench', gen_random_uuid(), '{}', now() + %s FROM generate_series(1, %s)",
            pause,
            number,
        )
    execute("ANALYZE")


def written(post: Callable[[], None], writers: int) -> float:
    """Transactions a second with so many writers at once."""
    from django.db import connection, transaction  # noqa: PLC0415

    def write() -> None:
        for _ in range(POSTS):
            with transaction.atomic():
                execute("INSERT INTO bench_event (body) VALUES ('decided')")
                post()
        connection.close()

    threads = [threading.Thread(target=write) for _ in range(writers)]
    begin = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return writers * POSTS / (time.perf_counter() - begin)


def execute(statement: str, *values: Any) -> list[tuple[object, ...]]:
    """Run a statement on this thread's connection."""
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(statement, values or None)
        return cursor.fetchall() if cursor.description else []


def processor_seconds() -> float:
    """What this process has used of the processor so far."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
