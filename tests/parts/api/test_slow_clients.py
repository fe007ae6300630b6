"""Clients who are slow, endless, or say what is not so: each is let go, and nobody else waits."""

import asyncio
import contextlib
import json
import logging
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn

from gongdao.api import connections
from gongdao.api.bounds import Bounded

LARGEST, SECONDS = 64 * 1024, 0.3
HEAD = b"POST /x HTTP/1.1\r\nHost: a\r\n"


@dataclass(slots=True)
class Reads:
    """An application as the common one is: it takes the body whole, then answers."""

    bodies: list[int] = field(default_factory=list)
    gone: int = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        length, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                self.gone += 1
                return
            length += len(message["body"])
            more = message["more_body"]
        self.bodies.append(length)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"whole"})


@dataclass(slots=True)
class House:
    """A server with short patience, and who comes to it."""

    port: int
    app: Reads

    def comes(self, said: bytes = b"") -> socket.socket:
        """Somebody connects and says something."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=10)
        client.sendall(said)
        return client

    def asks(self, said: bytes) -> str:
        """Everything that somebody is answered until the connection ends."""
        with self.comes(said) as client:
            return heard(client)

    def answers(self) -> bool:
        """Whether somebody who does nothing odd is answered."""
        return "200 OK" in self.asks(HEAD + b"Connection: close\r\nContent-Length: 2\r\n\r\nhi")


def heard(client: socket.socket) -> str:
    """What comes until the connection ends, however it ends."""
    said = b""
    with contextlib.suppress(ConnectionError):
        while piece := client.recv(65536):
            said += piece
    return said.decode()


def drips_until_cut(client: socket.socket) -> float:
    """Send header after header; the seconds until that is no longer possible."""
    begun = time.monotonic()
    with contextlib.suppress(ConnectionError):
        while time.monotonic() - begun < 60:
            client.sendall(b"X: 1\r\n")
            time.sleep(0.02)
    return time.monotonic() - begun


def code(answer: str) -> str:
    """The stable code of a refusal."""
    return str(json.loads(answer.partition("\r\n\r\n")[2])["code"])


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> Iterator[House]:
    """Give a server whose patience is short."""
    monkeypatch.setattr(connections, "HEAD_SECONDS", SECONDS)
    monkeypatch.setattr(connections, "WHOLE_SECONDS", 2 * SECONDS)
    app = Reads()
    config = uvicorn.Config(
        Bounded(app, LARGEST, SECONDS),
        port=0,
        http=connections.Connection,
        lifespan="off",
        log_config=None,
        timeout_keep_alive=1,
    )
    server = uvicorn.Server(config)
    # Signals belong to the main thread: here there are none.
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    while not server.started:
        time.sleep(0.01)
    yield House(server.servers[0].sockets[0].getsockname()[1], app)
    server.should_exit = True
    thread.join(10)
    assert not connections.Connection.slow


def test_headers_that_never_end_are_let_go_and_stop_nobody(house: House) -> None:
    slow = [house.comes(HEAD) for _ in range(40)] + [house.comes() for _ in range(40)]
    assert house.answers()
    assert drips_until_cut(slow[0]) < 10 * SECONDS
    for client in slow:
        assert heard(client) == ""
        client.close()
    assert house.app.bodies == [2]


def test_of_very_many_slow_ones_the_oldest_makes_room(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "HEAD_SECONDS", 60.0)
    monkeypatch.setattr(connections, "MOST_SLOW", 10)
    slow = [house.comes(HEAD) for _ in range(10)]
    while len(connections.Connection.slow) < len(slow):
        time.sleep(0.01)
    assert house.answers()
    assert heard(slow[0]) == ""
    slow[5].sendall(b"Connection: close\r\nContent-Length: 0\r\n\r\n")
    assert "200 OK" in heard(slow[5])
    for client in slow:
        client.close()


def test_a_body_that_never_ends_is_refused_in_time(house: House) -> None:
    with house.comes(HEAD + b"Content-Length: 9000\r\n\r\n") as slow:
        for _ in range(5):
            slow.sendall(b"x")
        assert house.answers()
        said = heard(slow)
    assert "408 Request Timeout" in said
    assert code(said) == "body.too_slow"
    assert house.app.gone == 1


def test_what_is_announced_too_large_is_refused_before_it_is_sent(house: House) -> None:
    with house.comes(HEAD + b"Content-Length: 104857600\r\n\r\n") as client:
        assert b"413" in client.recv(65536)
    assert house.app.bodies == []


def test_what_becomes_too_large_in_pieces_is_refused_on_the_way(house: House) -> None:
    with house.comes(HEAD + b"Transfer-Encoding: chunked\r\n\r\n") as client:
        piece = b"1000\r\n" + b"x" * 0x1000 + b"\r\n"
        for _ in range(LARGEST // 0x1000 + 1):
            client.sendall(piece)
        said = client.recv(65536).decode()
    assert "413" in said
    assert (house.app.gone, house.app.bodies) == (1, [])
    in_pieces = b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
    assert "200 OK" in house.asks(HEAD + in_pieces)
    assert house.app.bodies == [5]


@pytest.mark.parametrize(
    "headers",
    [
        b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n",
        b"Content-Length: -5\r\n\r\nhello",
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nhello\r\n",
    ],
)
def test_who_says_two_lengths_or_none_that_is_one_is_refused(house: House, headers: bytes) -> None:
    said = house.asks(HEAD + headers)
    assert said == "" or " 400 " in said.splitlines()[0]
    assert house.app.bodies == []
    assert house.answers()


def test_more_than_was_announced_is_no_part_of_the_body(house: House) -> None:
    said = house.asks(HEAD + b"Content-Length: 2\r\n\r\nhi, and more\r\n\r\n")
    assert said.count("HTTP/1.1 ") == 1
    assert house.app.bodies in ([], [2])
    assert house.answers()


def test_who_leaves_half_way_leaves_nothing(house: House, caplog: pytest.LogCaptureFixture) -> None:
    for headers in (
        b"Content-Length: 9000\r\n\r\nhalf",
        b"Transfer-Encoding: chunked\r\n\r\n4\r\nha",
    ):
        house.comes(HEAD + headers).close()
    until = time.monotonic() + 5
    while house.app.gone < 2 and time.monotonic() < until:
        time.sleep(0.01)
    assert (house.app.gone, house.app.bodies) == (2, [])
    assert [r for r in caplog.records if r.levelno >= logging.ERROR] == []
    assert house.answers()
