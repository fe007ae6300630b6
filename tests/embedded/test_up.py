"""`gongdao up` starts everything, holds it up, and stops all of it."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gongdao.adapters.embedded_postgres import EmbeddedPostgres

UP = (sys.executable, "-m", "gongdao", "up")


@dataclass
class Installation:
    data: Path
    port: int
    process: "subprocess.Popen[str]"

    def says(self) -> int:
        """The status of the first page; 0 where nobody answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=5) as answer:
                return int(answer.status)
        except urllib.error.HTTPError as problem:
            return problem.code
        except OSError:
            return 0

    def program(self, name: str) -> int:
        """The process of `web` or `worker`."""
        listed = subprocess.run(
            ["ps", "-o", "pid=,command=", "--ppid", str(self.process.pid)],
            capture_output=True,
            text=True,
            check=False,
        )
        return next(
            (
                int(line.split()[0])
                for line in listed.stdout.splitlines()
                if f"{name} --tied" in line
            ),
            0,
        )


def environment(data: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GONGDAO_")}
    return {**kept, "GONGDAO_DATA": str(data), "GONGDAO_PORT": str(port)}


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def eventually(condition: Callable[[], bool], seconds: float = 30) -> bool:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        time.sleep(0.1)
    return condition()


@pytest.fixture
def installation(open_folder: Path) -> Iterator[Installation]:
    data, port = open_folder / "data", free_port()
    process = subprocess.Popen(
        UP, env=environment(data, port), stdout=subprocess.PIPE, text=True, cwd=open_folder
    )
    installation = Installation(data, port, process)
    yield installation
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        process.wait(60)
    if process.stdout:
        process.stdout.close()


@pytest.mark.slow
def test_it_holds_everything_up_and_stops_all_of_it(installation: Installation) -> None:
    database = EmbeddedPostgres(installation.data / "postgres")
    assert eventually(lambda: installation.says() == 200, 90)
    assert eventually(lambda: installation.program("worker") > 0)

    web = installation.program("web")
    os.kill(web, signal.SIGKILL)
    assert eventually(lambda: installation.program("web") not in {0, web})
    assert eventually(lambda: installation.says() == 200)

    before = database.places.pid_file.read_text("utf-8").split()[0]
    os.kill(int(before), signal.SIGKILL)
    assert eventually(
        lambda: (
            database.running() and database.places.pid_file.read_text("utf-8").split()[0] != before
        )
    )
    assert eventually(lambda: installation.says() == 200)

    installation.process.send_signal(signal.SIGINT)
    out, _ = installation.process.communicate(timeout=60)
    assert installation.process.returncode == 0
    assert f"http://127.0.0.1:{installation.port}/" in out
    assert "Everything has stopped" in out
    assert installation.says() == 0
    assert not database.running()


@pytest.mark.slow
def test_killed_itself_it_leaves_nothing_running(installation: Installation) -> None:
    assert eventually(lambda: installation.says() == 200, 90)
    database = EmbeddedPostgres(installation.data / "postgres")
    installation.process.kill()
    installation.process.wait()
    assert eventually(lambda: installation.says() == 0)
    assert eventually(lambda: not database.running())


def refused(env: dict[str, str], *options: str) -> str:
    """What a start says that is refused with exit code 1."""
    done = subprocess.run((*UP, *options), env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    return done.stderr


def test_a_taken_port_is_named_before_anything_starts(open_folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = refused(environment(open_folder / "data", port))
    assert "up.port_taken" in said
    assert "GONGDAO_PORT" in said
    assert not (open_folder / "data" / "postgres").exists()


def test_practice_never_goes_to_a_server_of_ones_own(open_folder: Path) -> None:
    env = environment(open_folder, free_port()) | {"GONGDAO_DATABASE_URL": "postgresql://db/real"}
    assert "up.practice_apart" in refused(env, "--practice")


def test_a_server_that_does_not_answer_is_named(open_folder: Path) -> None:
    nobody = f"postgresql://somebody@127.0.0.1:{free_port()}/real"
    env = environment(open_folder, free_port()) | {"GONGDAO_DATABASE_URL": nobody}
    assert "database.unreachable" in refused(env)
