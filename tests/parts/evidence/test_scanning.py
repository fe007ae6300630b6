"""Asking a virus scanner: a protocol fake that reads INSTREAM strictly, not ClamAV itself."""

import socket
import struct
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stories.files_of import PNG

from gongdao.adapters.clamd import Clamd, NoScanner
from gongdao.domain.kernel.errors import PeerFailed, Refused
from gongdao.web.desk.exhibits import SCANS

STREAM_MAX_LENGTH = 1024 * 1024
"""The fake's; ClamAV has a setting of this name."""


@pytest.fixture
def daemon() -> Iterator[str]:
    """Listen as the daemon would, and find `EICAR` in what comes."""
    listening = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(target=_serve, args=(listening,), daemon=True)
    thread.start()
    yield f"127.0.0.1:{listening.getsockname()[1]}"
    listening.close()
    thread.join(2)


def _serve(listening: socket.socket) -> None:
    line, _ = listening.accept()
    with line, line.makefile("rb") as said:
        assert said.read(10) == b"zINSTREAM\0"
        content = b""
        while length := struct.unpack("!I", said.read(4))[0]:
            content += said.read(length)
            if len(content) > STREAM_MAX_LENGTH:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            if content.startswith(b"HANGS UP"):
                return
        found = b"Eicar-Test FOUND" if b"EICAR" in content else b"OK"
        line.sendall(b"stream: " + found + b"\0")


def test_a_clean_file_is_kept_as_scanned(daemon: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(PNG * 2000)
    assert Clamd(daemon).scan(str(path)) == "clamd: clean"


def test_a_finding_is_refused(daemon: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"X5O EICAR")
    with pytest.raises(Refused, match=r"file\.infected"):
        Clamd(daemon).scan(str(path))


@pytest.mark.parametrize("more", [1, 8 * 1024 * 1024])
def test_a_file_that_the_scanner_refuses_says_so_on_the_page(
    daemon: str, tmp_path: Path, more: int
) -> None:
    path = tmp_path / "a"
    path.write_bytes(bytes(STREAM_MAX_LENGTH + more))
    kept = Clamd(daemon).scan(str(path))
    assert kept == "clamd: not scanned"
    assert str(SCANS[kept]) != kept


def test_a_scanner_that_hangs_up_has_not_answered(daemon: str, tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"HANGS UP")
    with pytest.raises(PeerFailed, match=r"file\.scanner_silent"):
        Clamd(daemon).scan(str(path))


def test_a_silent_scanner_lets_nothing_in(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(PNG)
    with pytest.raises(PeerFailed, match=r"file\.scanner_silent"):
        Clamd(str(tmp_path / "no/socket")).scan(str(path))


def test_without_a_scanner_it_says_so(tmp_path: Path) -> None:
    assert NoScanner().scan(str(tmp_path)) == "not scanned"
