"""What every request must keep to before the common application sees it: a size, and a time.

The framework takes a body whole, however large, and waits for it, however long, before any of our
code may refuse it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from gongdao.api import fast_answers
from gongdao.domain.kernel.errors import GongdaoError

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Bounded:
    """The common application behind these bounds."""

    common: Application
    largest: int
    """Bytes of a body."""
    seconds: float
    """So long a client may take to send it."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the common application answer what keeps to the bounds."""
        if scope["type"] != "http":
            await self.common(scope, receive, send)
            return
        headers = dict(scope["headers"])
        if announced(headers) > self.largest:
            await fast_answers.problem(send, fast_answers.too_large(self.largest), headers)
            return
        body = _Body(receive, self.largest, self.seconds)
        await self.common(scope, body.receive, send)
        if body.refused is not None:
            await fast_answers.problem(send, body.refused, headers)


@dataclass(slots=True)
class _Body:
    """The body of a request, as far as it keeps to the bounds."""

    incoming: Receive
    largest: int
    seconds: float
    until: float | None = None
    length: int = 0
    whole: bool = False
    refused: GongdaoError | None = None

    async def receive(self) -> Message:
        """The next piece; for the application a client who keeps to no bounds is gone."""
        if self.whole or self.refused is not None:
            return await self.incoming()
        message = await self._in_time()
        if message is None:
            self.refused = fast_answers.too_slow()
            return {"type": "http.disconnect"}
        self.whole = not message.get("more_body")
        self.length += len(message.get("body", b""))
        if self.length > self.largest:
            self.refused = fast_answers.too_large(self.largest)
            return {"type": "http.disconnect"}
        return message

    async def _in_time(self) -> Message | None:
        loop = asyncio.get_running_loop()
        self.until = self.until or loop.time() + self.seconds
        try:
            async with asyncio.timeout_at(self.until):
                return await self.incoming()
        except TimeoutError:
            return None


@dataclass(frozen=True, slots=True)
class ByAddress:
    """Other bounds for forms that bring files."""

    usual: Application
    forms: Application
    endings: str | tuple[str, ...]
    """How the addresses of such forms end."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the one answer whose bounds hold there."""
        of_files = scope["type"] == "http" and scope["path"].endswith(self.endings)
        await (self.forms if of_files else self.usual)(scope, receive, send)


def announced(headers: Mapping[bytes, bytes]) -> int:
    """How long the client says that the body is."""
    length = headers.get(b"content-length", b"")
    return int(length) if length.isdigit() else 0
