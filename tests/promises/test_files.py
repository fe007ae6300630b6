"""What a store of files promises: the fake, a folder, and moto's server, a stand-in for S3."""

import errno
import hashlib
import os
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from tests.fakes.vault import MemoryFiles

from gongdao.adapters.local_files import LocalFiles
from gongdao.adapters.s3_files import S3Files
from gongdao.domain.evidence.uploads import Files
from gongdao.domain.kernel.errors import NotFound, PeerFailed, Refused
from gongdao.domain.kernel.ids import Digest

ONE, OTHER = b"the first file" * 1000, b"another file"
ABSENT = Digest("0" * 64)


def digest(content: bytes) -> Digest:
    return Digest(hashlib.sha256(content).hexdigest())


def whole(pieces: Any) -> bytes:
    return b"".join(pieces)


class FilesPromise:
    """Held by every store."""

    @pytest.fixture
    def files(self) -> Files:
        raise NotImplementedError

    def test_what_is_put_lies_under_its_digest(self, files: Files) -> None:
        mark = files.put([ONE[:5], ONE[5:]])
        assert (mark.sha256, mark.size) == (digest(ONE), len(ONE))
        assert whole(files.read(mark.sha256)) == ONE
        assert files.size(mark.sha256) == len(ONE)

    def test_the_same_bytes_twice_are_one_file(self, files: Files) -> None:
        assert files.put([ONE]) == files.put([ONE])
        assert whole(files.read(digest(ONE))) == ONE

    def test_what_is_not_there_is_not_found(self, files: Files) -> None:
        assert files.size(ABSENT) is None
        with pytest.raises(NotFound, match=r"file\.missing"):
            whole(files.read(ABSENT))
        with pytest.raises(NotFound):
            files.keep("nowhere", ABSENT, 1)

    def test_what_was_staged_in_pieces_is_kept_whole(self, files: Files) -> None:
        for start in range(0, len(ONE), 5000):
            files.stage("place", start, ONE[start : start + 5000])
        files.settle("place")
        assert whole(files.staged("place", len(ONE))) == ONE
        with files.staged_file("place", len(ONE)) as path:
            assert Path(path).read_bytes() == ONE
        files.keep("place", digest(ONE), len(ONE))
        files.keep("place", digest(ONE), len(ONE))
        assert whole(files.read(digest(ONE))) == ONE

    def test_a_piece_that_is_sent_again_counts_once(self, files: Files) -> None:
        files.stage("place", 0, OTHER[:8])
        files.stage("place", 4, OTHER[4:8])
        files.stage("place", 8, OTHER[8:])
        files.settle("place")
        assert whole(files.staged("place", len(OTHER))) == OTHER

    def test_what_is_dropped_is_gone(self, files: Files) -> None:
        files.stage("place", 0, OTHER)
        files.unstage("place")
        files.unstage("place")
        with pytest.raises(NotFound):
            files.keep("place", digest(OTHER), len(OTHER))

    def test_two_on_their_way_do_not_meet(self, files: Files) -> None:
        files.stage("one", 0, ONE)
        files.stage("one-more", 0, OTHER)
        files.keep("one", digest(ONE), len(ONE))
        assert whole(files.staged("one-more", len(OTHER))) == OTHER

    def test_what_was_dropped_does_not_come_back_piece_by_piece(self, files: Files) -> None:
        files.stage("place", 0, ONE[:10])
        files.unstage("place")
        with pytest.raises(NotFound, match=r"file\.missing"):
            files.stage("place", 10, ONE[10:])
        with pytest.raises(NotFound):
            files.keep("place", digest(ONE), len(ONE))

    def test_other_bytes_than_were_looked_at_are_refused_and_dropped(self, files: Files) -> None:
        files.stage("place", 0, OTHER)
        with pytest.raises(Refused, match=r"file\.changed"):
            files.keep("place", digest(OTHER[::-1]), len(OTHER))
        assert files.size(digest(OTHER[::-1])) is None
        with pytest.raises(NotFound):
            files.keep("place", digest(OTHER), len(OTHER))

    def test_what_nobody_writes_to_is_swept(self, files: Files) -> None:
        files.stage("place", 0, ONE)
        kept = files.put([OTHER]).sha256
        now = datetime.now(UTC)
        assert files.sweep(now - timedelta(hours=1)) == 0
        assert whole(files.staged("place", len(ONE))) == ONE
        assert files.sweep(now + timedelta(hours=1)) == 1
        with pytest.raises(NotFound):
            files.keep("place", digest(ONE), len(ONE))
        assert whole(files.read(kept)) == OTHER


class TestFake(FilesPromise):
    @pytest.fixture
    def files(self) -> Files:
        return MemoryFiles()


class TestFolder(FilesPromise):
    @pytest.fixture
    def files(self, tmp_path: Path) -> Files:
        return LocalFiles(tmp_path / "files")

    def test_an_original_cannot_be_written_to(self, files: Files, tmp_path: Path) -> None:
        kept = files.put([ONE]).sha256
        path = tmp_path / "files" / kept[:2] / kept[2:4] / kept
        assert path.stat().st_mode & 0o777 == 0o400
        assert not list((tmp_path / "files" / "staged").iterdir())

    def test_a_full_disk_leaves_nothing_behind(
        self, files: Files, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(_: int) -> None:
            raise OSError(errno.ENOSPC, "no space")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(PeerFailed, match=r"file\.not_kept"):
            files.put([ONE])
        assert not list((tmp_path / "files" / "staged").iterdir())

    @pytest.mark.parametrize("wrong", ["../../etc/passwd", "A" * 64, "", "a/b"])
    def test_only_digests_name_files(self, files: Files, wrong: str) -> None:
        with pytest.raises(NotFound):
            files.read(Digest(wrong))


@pytest.fixture(scope="module")
def moto() -> Iterator[str]:
    """Start moto's server, a stand-in for S3, on a port of this machine."""
    server = pytest.importorskip("moto.server", reason="moto is not installed")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    running = server.ThreadedMotoServer("127.0.0.1", port, verbose=False)
    running.start()
    yield f"http://127.0.0.1:{port}"
    running.stop()


class TestMotosServer(FilesPromise):
    """Not Amazon's service, and not anybody's: moto's server, a stand-in for S3."""

    @pytest.fixture
    def files(self, moto: str, request: pytest.FixtureRequest) -> Files:
        bucket = f"b{abs(hash(request.node.name)):x}"
        httpx.put(f"{moto}/{bucket}")
        options = {"endpoint": moto, "region": "us-east-1"}
        keys = {"access_key_id": "test", "secret_access_key": "test"}
        return S3Files(f"s3://{bucket}/files", options | keys)
