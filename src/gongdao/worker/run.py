"""One worker process: the job runner and the clock, until it is told to stop."""

import asyncio
import logging
import signal
from concurrent.futures import ThreadPoolExecutor

from gongdao import bootstrap
from gongdao.domain.kernel.errors import GongdaoError

LOG = logging.getLogger("gongdao.worker")

_TICK_EVERY = 1.0
_FULL = 100


def run() -> None:
    """Work until SIGTERM or Ctrl-C; the job at hand is finished first."""
    asyncio.run(_work())


async def _work() -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    await asyncio.gather(bootstrap.job_runner().run(stop), clock(stop))


async def clock(stop: asyncio.Event) -> None:
    """Look every second whether a time has come; at once again while there is much to do."""
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1, thread_name_prefix="clock") as thread:
        while not stop.is_set():
            done = await loop.run_in_executor(thread, tick)
            if done < _FULL:
                await _sleep(stop, _TICK_EVERY)


def tick() -> int:
    """One look. An error is logged with its code and stops nothing."""
    bootstrap.fresh_connections()
    try:
        bootstrap.worker_is_alive()
        return bootstrap.app().passing.tick()
    except GongdaoError as problem:
        LOG.error("clock.refused %s", problem.code)  # noqa: TRY400 – the code says it all
    except Exception:
        LOG.exception("clock.failed")
    finally:
        bootstrap.fresh_connections()
    return 0


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
