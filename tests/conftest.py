"""
What every test may use. A test that asks for no database pays for none.

* `db`, `transactional_db`, `@pytest.mark.django_db`: Django's test database, as always
* `server_url`      the address of the suite's running server
* `fresh_database`  the address of a new, empty database of one's own
* `open_folder`     a temporary folder that another account can enter, as the embedded server needs
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg
import pytest
import pytest_django
from django.db import connections
from django.test import TransactionTestCase
from hypothesis import settings
from psycopg import sql
from tests.suite_server import SUITE, installed_programs

# Programs that tests start are the real ones, with the real settings.
os.environ["DJANGO_SETTINGS_MODULE"] = "gongdao.site.settings"

OF_DJANGO = ("auth_permission", "django_content_type", "django_migrations")
"""Tables that are full from the beginning, and in which no test writes."""

END_OTHERS = """
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()
        and backend_type = 'client backend'
"""
HERE = Path(__file__).parent
OF_PROGRAMS = ("embedded", "parts/cli", "parts/worker")
"""Folders whose tests start programs."""
ON_POSTGRES = {"db", "transactional_db", "live_server", "server_url"}
"""Fixtures that need the suite's server."""

SELDOM = (20_000, 20, 50)
"""After how many new objects garbage is looked for: there is memory enough, and time is short."""

# How long one example takes says more of the machine's other work than of ours.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


def pytest_configure(config: pytest.Config) -> None:
    """With workers, start the server before them: it must outlive each one."""
    gc.disable()  # what is collected stays
    if getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput"):
        SUITE.start()


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On a PostgreSQL that was asked for, run what uses one; with workers, the long ones first."""
    if installed_programs() is not None:
        told_before = [item for item in items if is_told_on_fakes(item)]
        config.hook.pytest_deselected(items=told_before)
        items[:] = [item for item in items if not is_told_on_fakes(item)]
    if given := getattr(config, "workerinput", None):
        items[:] = shared_out(items, given["workercount"])


def pytest_collection_finish() -> None:
    """Look for garbage among what tests make, not again and again among the tests themselves."""
    gc.freeze()
    gc.enable()
    gc.set_threshold(*SELDOM)


def is_told_on_fakes(item: pytest.Item) -> bool:
    """Whether a story or a promise asks for no server: another PostgreSQL changes nothing in it."""
    asked = set(getattr(item, "fixturenames", ()))
    twice = any(item.path.is_relative_to(HERE / each) for each in ("stories", "promises"))
    return twice and "django_db" not in item.keywords and asked.isdisjoint(ON_POSTGRES)


def shared_out(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The order in which the workers are done at the same time.

    Each begins with its part of the list, and takes from the end of another's when it is through
    (`--dist worksteal`). So each part begins with its share of the files that take long.
    """
    shelves = list(dict.fromkeys(shelf(item) for item in items if is_long(item)))
    short = [item for item in items if not is_long(item)]
    size = -(-len(items) // workers)
    order: list[pytest.Item] = []
    for worker in range(workers):
        share = set(shelves[worker::workers])
        long = [item for item in items if is_long(item) and shelf(item) in share]
        room = max(0, size - len(long)) if worker < workers - 1 else len(short)
        order += [*long, *short[:room]]
        short = short[room:]
    return order


def shelf(item: pytest.Item) -> Path:
    """What stays together: a file, and a folder whose files share an installation."""
    return item.path.parent if item.path.is_relative_to(HERE / "parts/cli") else item.path


def is_long(item: pytest.Item) -> bool:
    """Whether a test starts programs, or says of itself that it is slow."""
    marked = any(item.get_closest_marker(each) for each in ("browser", "slow"))
    return marked or any(item.path.is_relative_to(HERE / each) for each in OF_PROGRAMS)


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


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: pytest_django.DjangoDbBlocker
) -> Iterator[None]:
    """After a test that committed, empty only what it filled; pytest-django would flush it all."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(TransactionTestCase, "_fixture_teardown", lambda _: empty_what_is_full())
        yield
    with django_db_blocker.unblock(), connections["default"].cursor() as cursor:
        cursor.execute(END_OTHERS)  # a browser's last line may be closing still


def empty_what_is_full() -> None:
    """Truncate every table with a row in it, also those that are no model's.

    Django's flush truncates all of them, full or not, and then makes its own rows anew: that took
    as long as many a test.
    """
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relnamespace = 'public'::regnamespace"
            " and relkind in ('r', 'p') and not relispartition and relname <> all(%s)",
            [list(OF_DJANGO)],
        )
        one = sql.SQL("select {} where exists (select from {})")
        asked = [one.format(sql.Literal(name), sql.Identifier(name)) for (name,) in cursor]
        cursor.execute(sql.SQL(" union all ").join(asked))
        if full := [sql.Identifier(name) for (name,) in cursor]:
            cursor.execute(sql.SQL("truncate {} cascade").format(sql.SQL(", ").join(full)))


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
