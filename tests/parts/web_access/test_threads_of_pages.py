"""Pages are made in a few threads that stay, so that connections to PostgreSQL stay open, too."""

import asyncio
import threading
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from tests.stories.fast_client import in_a_loop

from gongdao.site.asgi import THREADS, PagesHandler

SCOPE = {
    "type": "http",
    "method": "GET",
    "path": "/",
    "query_string": b"",
    "headers": [(b"host", b"localhost")],
    "server": ("localhost", 80),
    "client": ("127.0.0.1", 1),
    "scheme": "http",
}


async def asked(handler: PagesHandler, seen: Callable[[bytes], object] = bytes) -> str:
    """The body of an answer to a client that stays until it is there."""
    said: list[bytes] = []
    to_read = [{"type": "http.request", "body": b"", "more_body": False}]
    there = asyncio.Event()

    async def receive() -> Mapping[str, Any]:
        if to_read:
            return to_read.pop()
        await there.wait()
        return {"type": "http.disconnect"}

    async def send(message: Mapping[str, Any]) -> None:
        said.append(message.get("body", b""))
        seen(said[-1])

    await handler(SCOPE, receive, send)
    there.set()
    return b"".join(said).decode()


def test_many_pages_are_made_in_a_few_threads(monkeypatch: pytest.MonkeyPatch) -> None:
    handler = PagesHandler()

    def made(_self: PagesHandler, _request: HttpRequest) -> HttpResponse:
        return HttpResponse(threading.current_thread().name)

    monkeypatch.setattr(PagesHandler, "get_response", made)

    async def many() -> list[str]:
        together = await asyncio.gather(*(asked(handler) for _ in range(4 * THREADS)))
        return [*together, await asked(handler)]

    names = set(in_a_loop(many()))
    assert 1 <= len(names) <= THREADS
    assert all(name.startswith("pages") for name in names)


def test_what_is_not_http_is_refused() -> None:
    async def nothing(*_: Any) -> Any:
        raise AssertionError

    with pytest.raises(ValueError, match="websocket"):
        in_a_loop(PagesHandler()({"type": "websocket"}, nothing, nothing))


@pytest.mark.filterwarnings("error")
def test_a_file_is_sent_as_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    handler, events = PagesHandler(), list[str]()

    def pieces() -> Iterator[bytes]:
        for letter in "abc":
            events.append(f"read {letter}")
            yield letter.encode()

    def made(_self: PagesHandler, _request: HttpRequest) -> StreamingHttpResponse:
        return StreamingHttpResponse(pieces())

    monkeypatch.setattr(PagesHandler, "get_response", made)
    assert in_a_loop(asked(handler, lambda body: events.append(f"sent {body.decode()}"))) == "abc"
    assert [e for e in events if e != "sent "] == [
        *("read a", "sent a", "read b", "sent b", "read c", "sent c")
    ]
