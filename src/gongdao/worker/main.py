"""The worker: watches the deadlines and does what the outbox promised, until it is stopped."""

import logging
import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from gongdao import bootstrap
from gongdao.bootstrap.taking_in import sorting
from gongdao.worker.clock import Clock, Errand

LOG = logging.getLogger("gongdao.worker")

GRACE = timedelta(seconds=5)
"""What is not finished so long after a stop was asked for is done again later."""
TICK_SECONDS = 1.0
TICK_FULL = 100
"""As many deadlines as one tick takes at most: more are waiting."""
BEAT_SECONDS = 10.0
TIDY_SECONDS = 3600.0
SORT_SECONDS = 0.1
"""So long an acknowledged report waits at most until somebody looks, where nothing else waits."""


def run() -> None:
    """Work until SIGTERM or SIGINT. Django must be set up; call it from the main thread."""
    stopping = threading.Event()
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopping.set())
    name = f"{socket.gethostname()}:{os.getpid()}"
    runners = {"jobs": bootstrap.job_runner(), "webhooks": bootstrap.webhook_runner()}

    sorter = _sorting(stopping)

    def beat() -> int:
        alive = [part for part, runner in runners.items() if runner.alive()]
        alive += ["sorting"] if sorter.is_alive() else []
        bootstrap.sign_of_life(name, ("clock", *alive))
        return 0

    errands = (
        Errand("deadlines", bootstrap.app().passing.tick, TICK_SECONDS, TICK_FULL),
        Errand("heartbeat", beat, BEAT_SECONDS),
        Errand("tidy", bootstrap.tidy_jobs, TIDY_SECONDS),
        Errand("months", bootstrap.make_report_months, TIDY_SECONDS),
    )
    for runner in runners.values():
        runner.start()
    sorter.start()
    LOG.info("worker.started %s", name)
    Clock(errands=errands, stopping=stopping, between=bootstrap.fresh_connections).run()
    sorter.join(GRACE.total_seconds())
    with ThreadPoolExecutor() as threads:
        stopped = list(threads.map(lambda runner: runner.stop(GRACE), runners.values()))
    if not all(stopped):
        LOG.warning("worker.unfinished a job at hand is done again later")
    _leave(name)


def _sorting(stopping: threading.Event) -> threading.Thread:
    """Sort in a thread of its own: no deadline waits for reports, and no report for deadlines."""
    errand = Errand("sorting", sorting().tick, SORT_SECONDS, 1)
    clock = Clock(errands=(errand,), stopping=stopping, between=bootstrap.fresh_connections)
    return threading.Thread(target=clock.run, name="sorting", daemon=True)


def _leave(name: str) -> None:
    """Say good-bye, unless the database is gone already."""
    try:
        bootstrap.last_sign(name)
    except Exception as problem:  # noqa: BLE001 - stopping goes on whatever happens
        LOG.info("worker.no_farewell %s", type(problem).__name__)
    LOG.info("worker.stopped %s", name)
