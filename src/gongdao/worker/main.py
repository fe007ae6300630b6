"""The worker: watches the deadlines and does what the outbox promised, until it is stopped."""

import gc
import logging
import os
import signal
import socket
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

from gongdao import bootstrap
from gongdao.bootstrap import feeds, jobs, vaulting
from gongdao.bootstrap.drafting import tidy_drafts
from gongdao.bootstrap.public_log import LOG_FULL, log, stamp_newest, thin_checkpoints
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
STAMP_SECONDS = 60.0
SORT_SECONDS = 0.1
"""So long an acknowledged report waits at most until somebody looks, where nothing else waits."""
LEARN_SECONDS = 300.0
LEARN_FULL = 200
"""As many outcomes as are noted at once: more are waiting."""
LOG_SECONDS = 0.25
"""So long what was kept waits for its place in the log, at most: it is promised within a second."""


def run() -> None:
    """Work until SIGTERM or SIGINT. Django must be set up; call it from the main thread."""
    stopping = threading.Event()
    _stop_on_signals(stopping)
    name = f"{socket.gethostname()}:{os.getpid()}"
    runners = jobs.runners()
    threads = [_alone(errand, stopping) for errand in _apart()]

    def beat() -> int:
        alive = [part for part, runner in runners.items() if runner.alive()]
        alive += [thread.name for thread in threads if thread.is_alive()]
        bootstrap.sign_of_life(name, ("clock", *alive))
        return 0

    errands = (
        Errand("deadlines", bootstrap.app().passing.tick, TICK_SECONDS, TICK_FULL),
        Errand("heartbeat", beat, BEAT_SECONDS),
        Errand("jobs", bootstrap.tidy_jobs, TIDY_SECONDS),
        Errand("files", vaulting.forget_expired, TIDY_SECONDS),
        Errand("feeds", feeds.forget_pulls, TIDY_SECONDS),
        Errand("drafts", tidy_drafts, TIDY_SECONDS),
        Errand("timestamps", stamp_newest, STAMP_SECONDS),
        Errand("checkpoints", thin_checkpoints, TIDY_SECONDS),
        Errand("months", bootstrap.make_report_months, TIDY_SECONDS),
    )
    _settle()
    for runner in runners.values():
        runner.start()
    for thread in threads:
        thread.start()
    LOG.info("worker.started %s", name)
    Clock(errands=errands, stopping=stopping, between=bootstrap.fresh_connections).run()
    for thread in threads:
        thread.join(GRACE.total_seconds())
    with ThreadPoolExecutor() as pool:
        stopped = list(pool.map(lambda runner: runner.stop(GRACE), runners.values()))
    if not all(stopped):
        LOG.warning("worker.unfinished a job at hand is done again later")
    _leave(name)


def _apart() -> tuple[Errand, ...]:
    """What is done in threads of their own: it is asked for soon, or takes long."""
    app = bootstrap.app()
    learning = app.around_appeals.learning
    return (
        Errand("sorting", sorting().tick, SORT_SECONDS, 1),
        Errand("log", log().tick, LOG_SECONDS, LOG_FULL),
        Errand("learning", learning.tick, LEARN_SECONDS, LEARN_FULL),
        Errand("screening", app.screening.tidy, TIDY_SECONDS),
    )


def _stop_on_signals(stopping: threading.Event) -> None:
    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, lambda *_: stopping.set())


def _settle() -> None:
    """What is loaded by now stays; looking through it again and again would cost a fifth."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)


def _alone(errand: Errand, stopping: threading.Event) -> threading.Thread:
    """Do it in a thread of its own: no deadline waits for it, and it waits for no deadline."""
    clock = Clock(errands=(errand,), stopping=stopping, between=bootstrap.fresh_connections)
    return threading.Thread(target=clock.run, name=errand.name, daemon=True)


def _leave(name: str) -> None:
    """Say good-bye, unless the database is gone already."""
    try:
        bootstrap.last_sign(name)
    except Exception as problem:  # noqa: BLE001 - stopping goes on whatever happens
        LOG.info("worker.no_farewell %s", type(problem).__name__)
    LOG.info("worker.stopped %s", name)
