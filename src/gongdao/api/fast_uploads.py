"""Bytes of a file on their own way: taken as they come, hashed and written while more come.

The framework would take a whole body into a file of its own before any of our code sees it. Here a
request holds two pieces at most, whatever it sends, and one that falls silent is let go.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import close_old_connections

from gongdao.api import fast_answers, uploads
from gongdao.api.bounds import Application, Receive, Scope, Send
from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import whence
from gongdao.domain.flows.uploading import Writing
from gongdao.domain.kernel.errors import GongdaoError, PeerFailed, hint_noop

PIECE = 4 * 1024 * 1024
AT_ONCE, AT_ONCE_FROM_ONE = 16, 4
"""Files that come in at the same time into one process, and from one network of these.

As many more may be whole and wait to be opened: they take nobody's place who still sends.
"""
IDLE_SECONDS = 30.0
THREADS, OPENERS = 4, 4
T = TypeVar("T")


@dataclass(slots=True)
class Places:
    """So many at the same time, and so many of them from one network."""

    most: int = AT_ONCE
    from_one: int = AT_ONCE_FROM_ONE
    _taken: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def one(self, network: str) -> Iterator[None]:
        """Have a place; PeerFailed if there is none."""
        self._taken[network] += 1
        try:
            if self._taken[network] > self.from_one or self._taken.total() > self.most:
                raise _crowded()
            yield
        finally:
            self._taken[network] -= 1
            self._taken += Counter()  # who has no place any more is forgotten


@dataclass(slots=True)
class FastUploads:
    """The route before the common application. One per process and event loop."""

    common: Application
    _coming: Places = field(default_factory=Places)
    _opening: Places = field(default_factory=Places)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(THREADS, "uploads")
    )
    _openers: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(OPENERS, "opening")
    )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a piece of a file, or let the common application answer."""
        if (
            scope["type"] != "http"
            or scope["method"] != "PATCH"
            or not scope["path"].startswith(uploads.ADDRESS)
        ):
            await self.common(scope, receive, send)
            return
        headers = dict(scope["headers"])
        client = scope.get("client")
        network = whence(str(client[0])) if client else ""
        token = scope["path"].removeprefix(uploads.ADDRESS)
        try:
            with self._coming.one(network):
                writing = await self._take(token, headers, receive)
            await _send(send, await self._end(token, writing, network))
        except ConnectionResetError:
            return  # whoever sent it is gone, and goes on later
        except GongdaoError as problem:
            await fast_answers.problem(send, problem, headers)

    async def _take(self, token: str, headers: Mapping[bytes, bytes], receive: Receive) -> Writing:
        kind = headers.get(b"content-type", b"").decode("latin-1")
        given = headers.get(b"upload-offset")
        offset = uploads.offset(kind, None if given is None else given.decode("latin-1"))
        writing = await self._ask(lambda: app().uploading.write(token, offset))
        try:
            whole = await self._pieces(writing, receive)
        except BaseException:
            await self._ask(writing.leave)
            raise
        if not writing.complete:
            await self._ask(writing.leave)
            if not whole:
                raise ConnectionResetError
        return writing

    async def _end(self, token: str, writing: Writing, network: str) -> Mapping[str, str]:
        """Open what is whole, among few others; how the file stands then."""

        def told() -> Mapping[str, str]:
            writing.close()
            return dict(uploads.told(app().uploading.status(token), 204).items())

        if not writing.complete:
            return await self._ask(told)
        try:
            with self._opening.one(network):
                return await self._ask(told, self._openers)
        finally:
            if not writing.closed:
                await self._ask(writing.leave)

    async def _pieces(self, writing: Writing, receive: Receive) -> bool:
        """Write one piece while the next one comes; whether the body came to its end."""
        coming, written, more = bytearray(), _nothing(), True
        try:
            while more:
                message = await _in_time(receive)
                gone = message is None or message["type"] == "http.disconnect"
                coming += b"" if message is None or gone else message.get("body", b"")
                more = message is not None and not gone and bool(message.get("more_body"))
                if len(coming) >= PIECE or (coming and not more):
                    await written
                    piece, coming = bytes(coming), bytearray()
                    written = self._ask(_writing(writing, piece))
            return not gone
        finally:
            await written

    def _ask(
        self, do: Callable[[], T], threads: ThreadPoolExecutor | None = None
    ) -> "asyncio.Future[T]":
        def done() -> T:
            close_old_connections()
            try:
                return do()
            finally:
                close_old_connections()

        return asyncio.get_running_loop().run_in_executor(threads or self._threads, done)


def _writing(writing: Writing, piece: bytes) -> Callable[[], None]:
    return lambda: writing.write(piece)


def _nothing() -> "asyncio.Future[None]":
    future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
    future.set_result(None)
    return future


async def _in_time(receive: Receive) -> Mapping[str, Any] | None:
    try:
        async with asyncio.timeout(IDLE_SECONDS):
            return await receive()
    except TimeoutError:
        return None


async def _send(send: Send, headers: Mapping[str, str]) -> None:
    named = [(n.lower().encode(), v.encode()) for n, v in headers.items() if n != "Content-Type"]
    named += [(b"cache-control", b"no-store"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 204, "headers": named})
    await send({"type": "http.response.body", "body": b""})


def _crowded() -> PeerFailed:
    return PeerFailed(
        "upload.crowded",
        hint_noop("Many files are coming in just now. Go on sending it in a minute."),
        seconds=10,
    )
