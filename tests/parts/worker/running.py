"""Starting real job runners on the suite's database."""

import time
from collections.abc import Callable, Mapping
from datetime import timedelta

from django.db import connection

from gongdao.adapters.jobs import Backoff, GivenUp, Handler, JobRunner
from gongdao.storage.job_queue import CHANNEL, connect, queries


def job_runner(
    handlers: Mapping[str, Handler],
    *,
    given_up: Mapping[str, GivenUp] | None = None,
    backoff: Backoff | None = None,
    lost_after: timedelta = timedelta(seconds=30),
) -> JobRunner:
    return JobRunner(
        connect=connect,
        queries=queries,
        channel=CHANNEL,
        handlers=handlers,
        given_up=given_up or {},
        backoff=backoff or Backoff(),
        poll=timedelta(milliseconds=50),
        lost_after=lost_after,
    )


def wait_until(true: Callable[[], bool], seconds: float = 15.0) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not come true in time"
        time.sleep(0.02)


def empty_queue() -> None:
    """Django's own emptying of the test database knows only its models."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE pgqueuer, pgqueuer_log, job_posted, worker_beat")
