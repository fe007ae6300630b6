"""A real installation for commands to work on: the one that a walkthrough leaves behind."""

import contextlib
import fcntl
import json
import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql
from tests.parts.cli.running import environment, gongdao

OneAtATime = Callable[[], contextlib.AbstractContextManager[None]]


@pytest.fixture(scope="session")
def one_at_a_time(tmp_path_factory: pytest.TempPathFactory) -> OneAtATime:
    """Hold it around what makes databases of walkthroughs, where others count them."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    @contextlib.contextmanager
    def held() -> Iterator[None]:
        with (shared / "walkthroughs.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    return held


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, server_url: str, one_at_a_time: OneAtATime
) -> Iterator[dict[str, str]]:
    """The surroundings of an installation with our own twelve posts in it."""
    data = tmp_path_factory.mktemp("installation")
    with one_at_a_time():
        done = gongdao("walkthrough", "--keep", "--json", env=environment(data, server_url))
    assert done.returncode == 0, done.stderr
    kept = json.loads(done.stdout)["kept"]
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{kept['database']}"))
    yield environment(kept["data"], url)
    with one_at_a_time(), psycopg.connect(server_url, autocommit=True) as session:
        name = sql.Identifier(kept["database"])
        session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
