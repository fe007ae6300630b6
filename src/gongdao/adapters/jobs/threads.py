"""Threads for synchronous handlers; they end with the process, whatever they hang in."""

import asyncio
import queue
import threading
from collections.abc import Callable
from contextlib import suppress

from django.db import close_old_connections, connections

IDLE_SECONDS = 5.0
"""A thread that had nothing to do for so long gives its database connection back."""

Work = Callable[[], None]
_Asked = tuple[Work, "asyncio.Future[None]"]


class Threads:
    """A fixed number of daemon threads, each with a Django connection of its own while it works.

    concurrent.futures would join its threads at exit, and a mail server that does not answer
    would hold up the whole stop.
    """

    def __init__(self, number: int) -> None:
        self._asked: queue.SimpleQueue[_Asked] = queue.SimpleQueue()
        for index in range(number):
            threading.Thread(target=self._serve, name=f"job-{index}", daemon=True).start()

    async def do(self, work: Work) -> None:
        """Do some work in a thread; what it raises is raised here."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._asked.put((work, done))
        await done

    def _serve(self) -> None:
        connected = False
        while True:
            try:
                work, done = self._asked.get(timeout=IDLE_SECONDS if connected else None)
            except queue.Empty:
                connections.close_all()
                connected = False
                continue
            connected = True
            problem = _done(work)
            with suppress(RuntimeError):  # the loop is closed: nobody waits for the answer
                done.get_loop().call_soon_threadsafe(_answer, done, problem)


def _done(work: Work) -> Exception | None:
    close_old_connections()
    try:
        work()
    except Exception as problem:  # noqa: BLE001 - raised again where the work was asked for
        return problem
    finally:
        close_old_connections()
    return None


def _answer(done: "asyncio.Future[None]", problem: Exception | None) -> None:
    if done.cancelled():
        return
    if problem is None:
        done.set_result(None)
    else:
        done.set_exception(problem)
