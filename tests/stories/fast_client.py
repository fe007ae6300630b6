"""Plays clients of the intake's own route, without a socket in between."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar

from gongdao.api.fast import BATCH, SINGLE, FastIntake

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Said:
    """An answer."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read."""
        return json.loads(self.body)

    @property
    def lines(self) -> list[Any]:
        """The lines of a batch's answer, read."""
        return [json.loads(line) for line in self.body.splitlines()]


@dataclass(slots=True)
class Elsewhere:
    """Stands where the common application does, and keeps what was left to it."""

    bodies: list[bytes] = field(default_factory=list)

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Read the body as Django would, and answer with a status that nothing else gives."""
        del scope
        self.bodies.append((await receive())["body"])
        await send({"type": "http.response.start", "status": 299, "headers": []})
        await send({"type": "http.response.body", "body": b""})


@dataclass(slots=True)
class Clients:
    """Clients of one process."""

    route: FastIntake
    key: str = ""

    async def post(self, body: Any, path: str = SINGLE, /, **headers: str) -> Said:
        """Send a body: JSON, or bytes as they are."""
        sent = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
        if self.key:
            headers.setdefault("authorization", f"Bearer {self.key}")
        return await self._call(sent, path, headers)

    async def batch(self, reports: list[Any], **headers: str) -> Said:
        """Send many: JSON, or bytes as they are."""
        lines = [
            one if isinstance(one, bytes) else json.dumps(one, ensure_ascii=False).encode()
            for one in reports
        ]
        return await self.post(b"\n".join(lines), BATCH, **headers)

    async def _call(self, body: bytes, path: str, headers: dict[str, str]) -> Said:
        named = [(n.replace("_", "-").encode(), v.encode()) for n, v in headers.items()]
        scope = {
            "type": "http", "method": "POST", "path": path, "query_string": b"",
            "headers": named, "client": ("192.0.2.7", 40000),
        }  # fmt: skip
        incoming = [{"type": "http.request", "body": body, "more_body": False}]
        outgoing: list[Any] = []

        async def receive() -> Any:
            return incoming.pop(0) if incoming else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            outgoing.append(message)

        await self.route(scope, receive, send)
        start, *rest = outgoing
        said = {name.decode(): value.decode() for name, value in start["headers"]}
        return Said(start["status"], said, b"".join(part["body"] for part in rest))


def playing(route: FastIntake, play: Callable[[], Awaitable[T]]) -> T:
    """Run what clients do, then stop the process in good order."""

    async def run() -> T:
        try:
            return await play()
        finally:
            await route.close()

    return in_a_loop(run())


def in_a_loop(play: Coroutine[Any, Any, T]) -> T:
    """Run in a thread of its own: in this one the browser's own loop may run already."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, play).result()
