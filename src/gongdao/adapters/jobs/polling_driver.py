"""
The queue library's driver, without LISTEN and NOTIFY.

The library's own psycopg driver waits for notifications on the connection that also runs its
statements, up to a second at a time; with it a worker does 40 jobs a second, with this one 1400
(docs/decisions/0005-job-queue.md).
"""

import asyncio
import time
from collections import defaultdict
from typing import Any, Self

from pgqueuer.core.tm import TaskManager
from pgqueuer.ports.driver import NotifyCallback
from psycopg import AsyncConnection, AsyncRawCursor
from psycopg.rows import dict_row


class PollingDriver:
    """Runs statements; what the library notifies itself of goes round within the process."""

    def __init__(self, connection: "AsyncConnection[Any]") -> None:
        self._connection = connection
        self._callbacks: dict[str, list[NotifyCallback]] = defaultdict(list)
        self._shutdown = asyncio.Event()
        self._tm = TaskManager()
        self.answered_at = 0.0
        """When the database last answered, by time.monotonic()."""

    @property
    def shutdown(self) -> asyncio.Event:
        """Set once the driver is left."""
        return self._shutdown

    @property
    def tm(self) -> TaskManager:
        """Background tasks of the driver: none."""
        return self._tm

    async def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """Run one statement and give its rows."""
        async with AsyncRawCursor(self._connection, row_factory=dict_row) as cursor:
            await cursor.execute(query.encode(), args or None)
            rows = await cursor.fetchall()
        self.answered_at = time.monotonic()
        return rows

    async def execute(self, query: str, *args: object) -> str:
        """Run one statement and give its status."""
        async with AsyncRawCursor(self._connection) as cursor:
            await cursor.execute(query.encode(), args or None)
            return cursor.statusmessage or ""

    async def add_listener(self, channel: str, callback: NotifyCallback) -> None:
        """Call back with what this process notifies itself of."""
        self._callbacks[channel].append(callback)

    async def notify(self, channel: str, payload: str) -> None:
        """Notify this process."""
        for callback in self._callbacks[channel]:
            callback(payload)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        self._shutdown.set()
