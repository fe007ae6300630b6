"""Group commit: while one batch is being kept, the next one gathers.

No wait is ever added: under a light load each item is kept alone, under a heavy one many share a
transaction. The queue is bounded, so that whoever comes when it is full hears so at once.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from gongdao.domain.kernel.errors import GongdaoError, PeerFailed, hint_noop

T = TypeVar("T")
R = TypeVar("R")

Keep = Callable[[Sequence[T]], Awaitable[Sequence[R | GongdaoError]]]
"""Keeps a batch in one transaction and answers each item; an exception answers all of them."""

RETRY_SECONDS = 2


def busy() -> PeerFailed:
    """What somebody is told for whom there is no room."""
    return PeerFailed(
        "intake.busy",
        hint_noop("Very many reports come in now. Send it again in {seconds} seconds."),
        seconds=RETRY_SECONDS,
    )


@dataclass(slots=True)
class GroupCommit(Generic[T, R]):
    """Gathers items into batches. Belongs to one event loop."""

    keep: Keep[T, R]
    most: int = 500
    """Items in a batch."""
    committers: int = 2
    """Batches under way at once."""
    room: int = 4000
    """Items that may wait."""
    _waiting: "deque[tuple[T, asyncio.Future[R]]]" = field(default_factory=deque)
    _more: asyncio.Event = field(default_factory=asyncio.Event)
    _tasks: "list[asyncio.Task[None]]" = field(default_factory=list)
    _closing: bool = False

    async def put(self, item: T) -> R:
        """Wait until an item is kept and give its answer; PeerFailed where there is no room."""
        return await self.put_all([item])[0]

    def put_all(self, items: Sequence[T]) -> "list[asyncio.Future[R]]":
        """Let several items in, all or none of them."""
        if len(self._waiting) + len(items) > self.room:
            raise busy()
        loop = asyncio.get_running_loop()
        if not self._tasks:
            self._tasks = [loop.create_task(self._commit()) for _ in range(self.committers)]
        answers = [loop.create_future() for _ in items]
        self._waiting.extend(zip(items, answers, strict=True))
        self._more.set()
        return answers

    async def close(self) -> None:
        """Keep what is waiting, then stop."""
        self._closing = True
        self._more.set()
        await asyncio.gather(*self._tasks)
        self._tasks, self._closing = [], False

    async def _commit(self) -> None:
        while not (self._closing and not self._waiting):
            await self._more.wait()
            batch = [self._waiting.popleft() for _ in range(min(self.most, len(self._waiting)))]
            if not self._waiting and not self._closing:
                self._more.clear()
            if batch:
                await self._keep(batch)

    async def _keep(self, batch: "list[tuple[T, asyncio.Future[R]]]") -> None:
        said: Sequence[R | BaseException]
        try:
            said = await self.keep([item for item, _ in batch])
        except Exception as problem:  # noqa: BLE001 – whatever it is, everybody waiting must hear
            said = [problem] * len(batch)
        for (_, answer), each in zip(batch, said, strict=True):
            if answer.done():  # whoever waited is gone
                continue
            if isinstance(each, BaseException):
                answer.set_exception(each)
            else:
                answer.set_result(each)
