"""Starting real job runners on the suite's database."""

import os
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from urllib.parse import urlsplit, urlunsplit

from django.db import connection

from gongdao.adapters.jobs import Backoff, Handler, JobRunner
from gongdao.storage.job_queue import CHANNEL, connect, queries


def job_runner(
    handlers: Mapping[str, Handler],
    *,
    backoff: Backoff | None = None,
    lost_after: timedelta = timedelta(seconds=30),
) -> JobRunner:
    return JobRunner(
        connect=connect,
        queries=queries,
        channel=CHANNEL,
        handlers=handlers,
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


def environment() -> dict[str, str]:
    """For programs that are to work on Django's test database, with the real settings."""
    served = urlsplit(os.environ["GONGDAO_DATABASE_URL"])
    tested = served._replace(path=f"/{connection.settings_dict['NAME']}")
    return {
        **os.environ,
        "GONGDAO_DATABASE_URL": urlunsplit(tested),
        "PYTHONPATH": os.pathsep.join(("src", ".")),
    }
