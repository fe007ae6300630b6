"""What goes over the wire, and what never does."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import pytest

from gongdao.adapters.webhook_post import HttpPost
from gongdao.domain.kernel.errors import BadInput, PeerFailed

SOON = timedelta(seconds=0.4)


class App(BaseHTTPRequestHandler):
    """Answers as its path says."""

    came: ClassVar[list[tuple[str, dict[str, str], str]]] = []

    def do_POST(self) -> None:
        size = int(self.headers["content-length"])
        headers = {name.lower(): value for name, value in self.headers.items()}
        self.came.append((self.path, headers, self.rfile.read(size).decode()))
        if self.path.startswith("/slow"):
            self._drip()
            return
        self.send_response(302 if self.path == "/elsewhere" else 200)
        self.send_header("location", "/secret")
        self.end_headers()
        self.wfile.write(b"ok" if self.path != "/chatty" else b"x" * 1_000_000)

    def _drip(self) -> None:
        for letter in b"HTTP/1.1 200 OK\r\nx-slow: " + b"z" * 60:
            try:
                self.wfile.write(bytes([letter]))
            except OSError:
                return
            time.sleep(0.02)

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served() -> Iterator[str]:
    App.came.clear()
    with HTTPServer(("127.0.0.1", 0), App) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_headers_and_body_arrive_as_they_are() -> None:
    with served() as url:
        answer = HttpPost().send(f"{url}/a?b=1", {"webhook-id": "m1"}, '{"a":"处置"}')

    (path, headers, body) = App.came[0]
    assert (answer.status, answer.text, path, body) == (200, "ok", "/a?b=1", '{"a":"处置"}')
    assert headers["webhook-id"] == "m1"


def test_a_redirect_is_an_answer_and_no_invitation() -> None:
    with served() as url:
        assert HttpPost().send(f"{url}/elsewhere", {}, "{}").status == 302

    assert [path for path, _, _ in App.came] == ["/elsewhere"]


def test_a_long_answer_is_cut_and_a_slow_one_is_not_waited_for() -> None:
    with served() as url:
        assert len(HttpPost().send(f"{url}/chatty", {}, "{}").text) == 2048
        began = time.monotonic()
        with pytest.raises(PeerFailed) as late:
            HttpPost(patience=SOON).send(f"{url}/slow", {}, "{}")

    assert late.value.code == "webhook.too_slow"
    assert time.monotonic() - began < 1.5


def test_nobody_there_is_said() -> None:
    with served() as url:
        pass
    with pytest.raises(PeerFailed) as nobody:
        HttpPost().send(url, {}, "{}")

    assert nobody.value.code == "webhook.unreachable"


@pytest.mark.parametrize(
    ("url", "code"),
    [
        ("http://app.example.org/told", "webhook.not_https"),
        ("http://10.0.0.1/told", "webhook.not_https"),
        ("ftp://app.example.org/", "webhook.bad_url"),
        ("https://", "webhook.bad_url"),
        ("https://user:word@app.example.org/", "webhook.bad_url"),
        ("https://app.example.org/#there", "webhook.bad_url"),
        ("https://app.example.org/a b", "webhook.bad_url"),
        ("https://app.example.org/\r\nx: y", "webhook.bad_url"),
        ("https://app.example.org:99999/", "webhook.bad_url"),
        ("https://[::1/", "webhook.bad_url"),
    ],
)
def test_such_an_address_is_not_taken(url: str, code: str) -> None:
    for attempt in (HttpPost().check, lambda to: HttpPost().send(to, {}, "{}")):
        with pytest.raises(BadInput) as refusal:
            attempt(url)
        assert refusal.value.code == code


@pytest.mark.parametrize("host", ["169.254.169.254", "100.100.100.200", "::", "224.0.0.1"])
def test_a_name_that_leads_where_nothing_may_be_sent_is_not_followed(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def resolved(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("203.0.113.7", 443)), (2, 1, 6, "", (host, 443))]

    monkeypatch.setattr("socket.getaddrinfo", resolved)
    with pytest.raises(PeerFailed) as refusal:
        HttpPost().send("https://app.example.org/told", {}, "{}")

    assert refusal.value.code == "webhook.forbidden_address"


def test_localhost_by_http_must_be_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("10.0.0.1", 80))]

    monkeypatch.setattr("socket.getaddrinfo", resolved)
    with pytest.raises(PeerFailed) as refusal:
        HttpPost().send("http://localhost/told", {}, "{}")

    assert refusal.value.code == "webhook.forbidden_address"
