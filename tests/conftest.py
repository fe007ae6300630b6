"""
What every test may use. A test that asks for no database pays for none.

* `db`, `transactional_db`, `@pytest.mark.django_db`: Django's test database, as always
* `server_url`      the address of the suite's running server
* `fresh_database`  the address of a new, empty database of one's own
* `open_folder`     a temporary folder that another account can enter, as the embedded server needs
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
from django.db import connections
from hypothesis import settings
from psycopg import sql
from tests.suite_server import SUITE

# Programs that tests start are the real ones, with the real settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "gongdao.site.settings"

# How long one example takes says more of the machine's other work than of ours.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """With workers, start the server before them: it must outlive each one."""
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        SUITE.start()


def pytest_unconfigure() -> None:
    """Stop the server, also after Ctrl-C."""
    SUITE.clear()


@pytest.fixture(scope="session")
def server_url() -> str:
    """Give the address of the suite's server, which runs from now on."""
    return SUITE.start()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, server_url: str
) -> None:
    """Start the server before pytest-django makes the test database."""
    assert connections.databases["default"]["NAME"]


@pytest.fixture
def transactional_db(transactional_db: None) -> Iterator[None]:
    """Empty what Django did not make itself, too: it flushes only its own tables."""
    yield
    with connections["default"].cursor() as cursor:
        cursor.execute("truncate report, pgqueuer, pgqueuer_log")


@pytest.fixture
def fresh_database(server_url: str) -> Iterator[str]:
    """Make an empty database and drop it afterwards."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(server_url, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        yield urlunsplit(urlsplit(server_url)._replace(path=f"/{name}"))
        dropping = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
        connection.execute(dropping)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """Make a folder that any account may pass through; pytest's own are closed to others."""
    folder = Path(tempfile.mkdtemp(prefix="gongdao-open-"))
    folder.chmod(0o711)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)
