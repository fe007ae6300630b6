"""The job runner on a real database: what the promises do not say."""

import asyncio
import importlib
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection, transaction
from tests.parts.worker.running import empty_queue, environment, job_runner, wait_until

from gongdao.adapters.jobs import Backoff
from gongdao.adapters.jobs.polling_driver import PollingDriver
from gongdao.storage import job_queue
from gongdao.storage.outbox import PgOutbox, waiting_jobs

pytestmark = pytest.mark.django_db(transaction=True)

SOON = timedelta(seconds=5)

HANGS = """
import time
import django
django.setup()
from tests.parts.worker.running import job_runner

def hang(payload, *, last):
    print("at it", flush=True)
    time.sleep(60)

job_runner({"mail": hang}).start()
time.sleep(60)
"""


@pytest.fixture(autouse=True)
def _empty() -> None:
    empty_queue()


def post(*keys: str) -> None:
    with transaction.atomic():
        for key in keys:
            PgOutbox().post("mail", key, {"notice": key})


class Slow:
    """Takes its time, and counts how often it was called."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.begun = threading.Event()
        self.calls = 0
        self.ended = 0

    def __call__(self, payload: Mapping[str, str], *, last: bool) -> None:  # noqa: ARG002
        self.calls += 1
        self.begun.set()
        time.sleep(self.seconds)
        self.ended += 1


def test_stopping_finishes_the_job_at_hand() -> None:
    slow = Slow(0.8)
    runner = job_runner({"mail": slow})
    post("n1")
    runner.start()
    assert slow.begun.wait(5)

    assert runner.stop(SOON)

    assert slow.ended == 1
    assert waiting_jobs() == {}


def test_a_job_that_outlasts_the_stop_is_done_again_later() -> None:
    slow = Slow(2.0)
    first = job_runner({"mail": slow})
    post("n1")
    first.start()
    assert slow.begun.wait(5)

    began = time.monotonic()
    assert not first.stop(timedelta(seconds=0.3))
    assert time.monotonic() - began < 1.0

    assert waiting_jobs() == {"mail": 1}
    assert first.stop(SOON)


def test_a_killed_workers_job_is_done_by_another() -> None:
    post("n1")
    with subprocess.Popen(
        [sys.executable, "-c", HANGS], stdout=subprocess.PIPE, env=environment()
    ) as doomed:
        assert doomed.stdout is not None
        assert doomed.stdout.readline() == b"at it\n"
        doomed.kill()
    quick = Slow(0.0)
    second = job_runner({"mail": quick}, lost_after=timedelta(seconds=1))
    second.start()

    wait_until(lambda: waiting_jobs() == {})

    assert second.stop(SOON)
    assert quick.calls == 1


def test_a_long_job_is_not_taken_for_lost() -> None:
    slow = Slow(2.5)
    runners = [job_runner({"mail": slow}, lost_after=timedelta(seconds=1)) for _ in range(2)]
    post("n1")
    for runner in runners:
        runner.start()

    wait_until(lambda: waiting_jobs() == {})

    assert all(runner.stop(SOON) for runner in runners)
    assert slow.calls == 1


def test_a_lost_connection_is_opened_again() -> None:
    quick = Slow(0.0)
    runner = job_runner({"mail": quick})
    runner.start()
    wait_until(runner.alive)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            "WHERE application_name = 'gongdao jobs' AND datname = current_database()"
        )
        assert cursor.fetchone() == (1,)
    post("n1")

    wait_until(lambda: quick.ended == 1)
    assert runner.stop(SOON)


def test_two_runners_share_the_jobs_and_do_each_once() -> None:
    both = Slow(0.0)
    runners = [job_runner({"mail": both}) for _ in range(2)]
    post(*(f"n{number}" for number in range(80)))
    for runner in runners:
        runner.start()

    wait_until(lambda: waiting_jobs() == {})

    assert all(runner.stop(SOON) for runner in runners)
    assert both.calls == 80


def test_pauses_double_up_to_a_longest_and_are_spread() -> None:
    backoff = Backoff(first=timedelta(seconds=5), longest=timedelta(minutes=1))

    assert backoff.pause(1, 0.0) == timedelta(seconds=2.5)
    assert backoff.pause(2, 0.0) == timedelta(seconds=5)
    assert backoff.pause(9, 0.999) > timedelta(seconds=59)
    assert backoff.pause(10_000, 1.0) == timedelta(minutes=1)


def test_the_tables_are_what_the_installed_library_declares() -> None:
    """If this fails, pgqueuer was upgraded: write a migration with what it wants."""

    async def wanted() -> object:
        async with await job_queue.connect() as session:
            plan = await job_queue.queries(PollingDriver(session)).plan_upgrade()
            return list(plan.statements)

    assert in_a_loop_of_its_own(wanted) == []


def test_enqueueing_notifies_nobody() -> None:
    """NOTIFY would make every commit of the database wait for the others."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgenabled FROM pg_trigger WHERE tgrelid = 'pgqueuer'::regclass")
        assert cursor.fetchall() == [("D",)]


def test_stray_words_in_the_environment_move_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    for word in ("CHANNEL", "QUEUE_TABLE", "PGQUEUER_QUEUE_TABLE", "PGQUEUER_PREFIX"):
        monkeypatch.setenv(word, "elsewhere")

    names = importlib.reload(job_queue).NAMES

    assert (names.channel, names.queue_table, names.prefix) == ("ch_pgqueuer", "pgqueuer", "")


def test_the_working_half_uses_djangos_database() -> None:
    async def asked() -> object:
        async with await job_queue.connect() as session:
            cursor = await session.execute("SELECT current_database()")
            return await cursor.fetchone()

    assert in_a_loop_of_its_own(asked) == (connection.settings_dict["NAME"],)


def in_a_loop_of_its_own(work: Callable[[], Coroutine[None, None, object]]) -> object:
    """Run it in another thread: a browser test before this one may have left a loop in ours."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(lambda: asyncio.run(work())).result()
