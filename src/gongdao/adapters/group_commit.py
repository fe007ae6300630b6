"""Group commit: while one batch is being kept, the next one gathers.

Under a light load each item is kept alone and at once, under a heavy one many share a transaction.
Between the two a batch waits a few milliseconds for company: what a transaction costs is the same
for one item and for ten. The queue is bounded, so that whoever comes when it is full hears so at
once.
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
    gather: float = 0.008
    """Seconds that a batch waits for company, after one that had some."""
    enough: int = 8
    """So many items are company enough: they wait for no more, and for no batch under way."""
    _waiting: "deque[tuple[T, asyncio.Future[R]]]" = field(default_factory=deque)
    _under_way: "set[asyncio.Task[None]]" = field(default_factory=set)
    _together: int = 0
    """How many were kept by the last batch."""
    _closing: bool = False

    async def put(self, item: T) -> R:
        """Wait until an item is kept and give its answer; PeerFailed where there is no room."""
        return await self.put_all([item])[0]

    def put_all(self, items: Sequence[T]) -> "list[asyncio.Future[R]]":
        """Let several items in, all or none of them."""
        if len(self._waiting) + len(items) > self.room:
            raise busy()
        loop = asyncio.get_running_loop()
        answers = [loop.create_future() for _ in items]
        self._waiting.extend(zip(items, answers, strict=True))
        self._begin()
        return answers

    async def close(self) -> None:
        """Keep what is waiting, then stop."""
        self._closing = True
        while self._under_way:
            await asyncio.wait(self._under_way)
        self._closing = False

    def _begin(self) -> None:
        """Start a batch: the first at once, another beside it only if enough are waiting."""
        least = self.enough if self._under_way else 1
        if len(self._waiting) >= least and len(self._under_way) < self.committers:
            task = asyncio.get_running_loop().create_task(self._commit())
            self._under_way.add(task)
            task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._under_way.discard(task)
        if not task.cancelled():
            self._begin()

    async def _commit(self) -> None:
        had_company = self._together > 1
        if had_company and len(self._waiting) < self.enough and not self._closing:
            await asyncio.sleep(self.gather)
        batch = [self._waiting.popleft() for _ in range(min(self.most, len(self._waiting)))]
        if batch:
            self._together = len(batch)
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
