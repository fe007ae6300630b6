"""
The job runner: takes what the outbox promised and hands it to the handlers.

A handler that fails is called again later, each time after a longer pause; after the last attempt
the job stays visible as failed. `Refused`, `NotFound` and `BadInput` are given up at once: asking
again would not help. What is kept of an error is its code alone, never its words: they may name
people.
"""

import asyncio
import contextlib
import json
import logging
import random
import threading
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Protocol

from pgqueuer.core.qm import QueueManager
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.domain.models import Job
from pgqueuer.domain.types import Channel
from pgqueuer.ports.driver import Driver
from pgqueuer.queries import Queries
from psycopg import AsyncConnection

from gongdao.adapters.jobs.polling_driver import PollingDriver
from gongdao.adapters.jobs.threads import Threads
from gongdao.adapters.problems import log_problem
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused

LOG = logging.getLogger("gongdao.jobs")


class Handler(Protocol):
    """Does the jobs of one topic."""

    def __call__(self, payload: Mapping[str, str], *, last: bool) -> None:
        """Do a job, perhaps one that was done before; `last` says that a failure is final."""


HOPELESS = (Refused, NotFound, BadInput)


@dataclass(frozen=True, slots=True)
class Backoff:
    """How often a job is tried, and the pauses between: doubled each time, and never in step."""

    attempts: int = 24
    first: timedelta = timedelta(seconds=5)
    longest: timedelta = timedelta(hours=1)

    def pause(self, failures: int, chance: float) -> timedelta:
        """Give the pause after so many failures (from 1); `chance` in [0, 1) spreads it."""
        doublings = min(failures - 1, 30)
        return min(self.first * (1 << doublings), self.longest) * (0.5 + chance / 2)


class _Hopeless(Exception):
    """The job is given up; its text is the error's code."""


@dataclass(slots=True, kw_only=True)
class JobRunner:
    """Does jobs in threads until it is stopped; survives a database that comes and goes."""

    connect: Callable[[], Awaitable["AsyncConnection[Any]"]]
    queries: Callable[[Driver], Queries]
    channel: str
    handlers: Mapping[str, Handler]
    backoff: Backoff = Backoff()
    at_once: int = 8
    """How many jobs are done at the same time, each in a thread."""
    poll: timedelta = timedelta(seconds=1)
    """How long a new job may wait in an empty queue."""
    lost_after: timedelta = timedelta(seconds=30)
    """A job whose worker is silent for so long is given to another."""
    chance: Callable[[], float] = random.random

    _loop: asyncio.AbstractEventLoop | None = None
    _halt: asyncio.Event = field(default_factory=asyncio.Event)
    _stopping: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _manager: QueueManager | None = None
    _driver: PollingDriver | None = None

    def start(self) -> None:
        """Begin, in a thread of its own."""
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)
        self._thread.start()

    def stop(self, within: timedelta) -> bool:
        """Finish the jobs at hand and take no more. False if some are unfinished by then.

        Those are done again, by another worker or after the next start.
        """
        self._stopping.set()
        if self._loop is not None:
            with contextlib.suppress(RuntimeError):  # it ended by itself meanwhile
                self._loop.call_soon_threadsafe(self._wind_down)
        if self._thread is not None:
            self._thread.join(within.total_seconds())
        return self._thread is None or not self._thread.is_alive()

    def alive(self) -> bool:
        """Whether the queue was looked at lately."""
        recent = time.monotonic() - max(10.0, 3 * self.poll.total_seconds())
        return self._driver is not None and self._driver.answered_at > recent

    def _run(self) -> None:
        asyncio.run(self._serve())

    def _wind_down(self) -> None:
        self._halt.set()
        if self._manager is not None:
            self._manager.shutdown.set()

    async def _serve(self) -> None:
        """Work; when the database goes away, come back to it after a pause."""
        self._loop = asyncio.get_running_loop()
        threads = Threads(self.at_once)
        failures = 0
        while not self._stopping.is_set():
            began = time.monotonic()
            try:
                await self._work(threads)
            except Exception as problem:  # noqa: BLE001 - nothing may end the worker
                steady = time.monotonic() - began > self.lost_after.total_seconds()
                failures = 1 if steady else failures + 1
                LOG.warning("jobs.interrupted %s", type(problem).__name__)
                await self._rest(min(0.5 * 2 ** min(failures, 6), 15.0))

    async def _rest(self, seconds: float) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._halt.wait(), seconds)

    async def _work(self, threads: Threads) -> None:
        async with await self.connect() as connection:
            self._driver = PollingDriver(connection)
            manager = QueueManager(self.queries(self._driver), Channel(self.channel))
            for topic in self.handlers:
                manager.entrypoint(topic, accepts_context=False, on_failure="hold")(
                    partial(self._do, threads)
                )
            self._manager = manager
            if self._stopping.is_set():
                return
            await manager.run(
                dequeue_timeout=self.poll,
                batch_size=self.at_once // 2,
                max_concurrent_tasks=self.at_once,
                heartbeat_timeout=self.lost_after,
                log_aggregation_interval=timedelta(0),
            )

    async def _do(self, threads: Threads, job: Job) -> None:
        """Do one job; a problem becomes a later attempt or the end, with nothing but its code."""
        payload: dict[str, str] = json.loads(job.payload or b"{}")
        handler = self.handlers[job.entrypoint]
        attempt = job.attempts + 1
        last = attempt >= self.backoff.attempts
        try:
            await threads.do(partial(handler, payload, last=last))
        except Exception as problem:  # noqa: BLE001 - a handler may raise anything
            code = log_problem(
                LOG, problem, f"topic={job.entrypoint} job={job.id} attempt={attempt}"
            )
            last = last or isinstance(problem, HOPELESS)
        else:
            return
        if last:
            raise _Hopeless(code)
        raise RetryRequested(self.backoff.pause(attempt, self.chance()), code)
