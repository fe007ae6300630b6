"""Timestamps are about what was asked, lead to a trusted root, and are kept as they came."""

import base64
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests.fakes.practice_tsa import PracticeTsa
from tests.stories.behind_the_back import column

from gongdao.adapters import chance
from gongdao.adapters.timestamps import Authority, read, request
from gongdao.bootstrap.jobs import job_handlers
from gongdao.bootstrap.public_log import log, stamp, stamp_newest
from gongdao.domain.evidence.stamped import STAMP
from gongdao.domain.kernel.errors import BadInput, PeerFailed, Refused
from gongdao.storage.outbox import waiting_jobs

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DIGEST = sha256(b"a checkpoint").digest()
NONCE = b"\x01" + bytes(7)


@pytest.fixture(scope="module")
def tsa() -> PracticeTsa:
    return PracticeTsa(AT)


@pytest.fixture
def served(tsa: PracticeTsa) -> Iterator[str]:
    """The practice authority over HTTP."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            assert self.headers["Content-Type"] == "application/timestamp-query"
            reply = tsa.answer(body) if self.path == "/tsa" else b"nothing"
            self.send_response(200)
            self.end_headers()
            self.wfile.write(reply)

        def log_message(self, *_: object) -> None:
            pass

    server = http.server.HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_an_answer_is_read_and_leads_to_its_root(tsa: PracticeTsa) -> None:
    reply = tsa.answer(request(DIGEST, NONCE))

    stamped = read(reply, DIGEST, [tsa.pem()], int.from_bytes(NONCE))

    assert (stamped.at, stamped.serial, stamped.verified) == (AT, "7", True)
    assert not read(reply, DIGEST, []).verified, "without a root nobody vouches for it"


def test_what_is_not_about_it_or_not_trusted_is_refused(tsa: PracticeTsa) -> None:
    reply = tsa.answer(request(DIGEST, NONCE))
    other = sha256(b"another").digest()
    stranger = PracticeTsa(AT)
    cases: list[tuple[Any, str]] = [
        (lambda: read(reply, other, [tsa.pem()]), "timestamp.about_other"),
        (lambda: read(reply, DIGEST, [tsa.pem()], 5), "timestamp.about_other"),
        (lambda: read(reply, DIGEST, [stranger.pem()]), "timestamp.not_trusted"),
        (lambda: read(b"nothing", DIGEST, []), "timestamp.unreadable"),
        (lambda: read(reply[:-20], DIGEST, []), "timestamp.unreadable"),
    ]
    for do, code in cases:
        with pytest.raises(Refused) as said:
            do()
        assert said.value.code == code


def test_no_changed_bit_passes(tsa: PracticeTsa) -> None:
    """In the time, the hash and the signature; the rest is only there to carry them."""
    reply = tsa.answer(request(DIGEST, NONCE))
    for at in (*range(len(reply) - 256, len(reply), 16), reply.index(DIGEST), reply.index(b"2026")):
        changed = reply[:at] + bytes([reply[at] ^ 1]) + reply[at + 1 :]
        with pytest.raises(Refused):
            read(changed, DIGEST, [tsa.pem()])


def test_the_chain_is_checked_at_the_time_that_is_stamped() -> None:
    """The authority's certificate ran out since; what it stamped before still holds."""
    ended = PracticeTsa(AT, ends=AT + timedelta(days=1))
    assert read(ended.answer(request(DIGEST, NONCE)), DIGEST, [ended.pem()]).verified
    ended.now = AT + timedelta(days=2)
    with pytest.raises(Refused, match=r"timestamp\.not_trusted"):
        read(ended.answer(request(DIGEST, NONCE)), DIGEST, [ended.pem()])


def test_an_authority_is_asked_over_http(tsa: PracticeTsa, served: str, tmp_path: Path) -> None:
    roots = tmp_path / "roots.pem"
    roots.write_bytes(tsa.pem())
    asked = Authority(f"{served}/tsa", roots, chance.random_bytes)

    assert read(asked.ask(DIGEST), DIGEST, [tsa.pem()]).verified
    with pytest.raises(Refused, match=r"timestamp\.unreadable"):
        replace(asked, url=served).ask(DIGEST)
    with pytest.raises(PeerFailed, match=r"timestamp\.unreachable"):
        replace(asked, url="http://127.0.0.1:9/").ask(DIGEST)
    with pytest.raises(BadInput, match=r"timestamp\.no_roots"):
        replace(asked, roots=tmp_path / "none").ask(DIGEST)


@pytest.fixture
def installed(
    db: None, served: str, tsa: PracticeTsa, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """An installation that has an authority set."""
    roots = tmp_path / "roots.pem"
    roots.write_bytes(tsa.pem())
    config = replace(settings.CONFIG, tsa_url=f"{served}/tsa", tsa_roots=roots)
    monkeypatch.setattr(settings, "CONFIG", config)
    return config.tsa_url


def test_the_newest_checkpoint_is_stamped_once_an_hour(installed: str, tsa: PracticeTsa) -> None:
    log().tick()
    assert stamp_newest() == 1
    assert stamp_newest() == 0, "the job waits already, whatever keeps it"
    assert waiting_jobs() == {STAMP: 1}
    text = log().newest().checkpoint.text()
    digest = sha256(text.encode()).digest()

    handler = job_handlers()[STAMP]
    payload = {"digest": digest.hex(), "about": "checkpoint 0"}
    for _ in range(2):
        handler(payload, last=False)

    (shown,) = Client().get(f"/api/v1/log/timestamps/{digest.hex()}").json()
    assert shown["about"] == "checkpoint 0"
    assert shown["authority"] == installed
    assert shown["at"] == "2026-03-02T17:00:00+08:00"
    reply = base64.b64decode(shown["reply"])
    assert column("select reply from timestamp_token") == [reply]
    assert read(reply, digest, [tsa.pem()]).verified
    assert Client().get(f"/api/v1/log/timestamps/{'0' * 64}").json() == []


def test_what_was_given_up_is_noted_and_asked_again_when_wanted(
    installed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(settings.CONFIG, tsa_url="http://127.0.0.1:9/tsa")
    with monkeypatch.context() as patched:
        patched.setattr(settings, "CONFIG", config)
        with pytest.raises(PeerFailed):
            job_handlers()[STAMP]({"digest": DIGEST.hex(), "about": "exhibit 1"}, last=True)
    assert column("select trouble from timestamp_token") == ["timestamp.unreachable"]

    job_handlers()[STAMP]({"digest": DIGEST.hex(), "about": "exhibit 1"}, last=False)
    assert len(column("select reply from timestamp_token where reply is not null")) == 1


def test_without_an_authority_nothing_is_asked(db: None) -> None:
    log().tick()
    assert stamp_newest() == 0
    with pytest.raises(Refused, match=r"timestamp\.off"):
        stamp(DIGEST, "exhibit 1")
    assert waiting_jobs() == {}
