"""A real installation for commands to work on: the one that a walkthrough leaves behind."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from psycopg import sql
from tests.parts.cli.running import environment, gongdao


@pytest.fixture(scope="session")
def installation(
    tmp_path_factory: pytest.TempPathFactory, server_url: str
) -> Iterator[dict[str, str]]:
    """The surroundings of an installation with our own twelve posts in it."""
    data = tmp_path_factory.mktemp("installation")
    done = gongdao("walkthrough", "--keep", "--json", env=environment(data, server_url))
    assert done.returncode == 0, done.stderr
    kept = json.loads(done.stdout)["kept"]
    url = urlunsplit(urlsplit(server_url)._replace(path=f"/{kept['database']}"))
    yield environment(kept["data"], url)
    with psycopg.connect(server_url, autocommit=True) as session:
        name = sql.Identifier(kept["database"])
        session.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(name))
