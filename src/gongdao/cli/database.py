"""The database that a command works on: a server of the operator's own, or the embedded one."""

import contextlib
import os
from collections.abc import Iterator, Mapping

import psycopg

from gongdao.bootstrap import database_health, own_postgres
from gongdao.domain.kernel.errors import PeerFailed, Refused, hint_noop
from gongdao.site.config import Config, variable

OLDEST = 15
"""The oldest major version of PostgreSQL that the suite runs on."""
ADDRESS = variable("database_url")


def set_up(config: Config, environ: Mapping[str, str] = os.environ) -> None:
    """Bring Django up in this process; call it once `use_database` has settled the address."""
    import django  # noqa: PLC0415 - most commands answer without it

    if not environ.get(ADDRESS):
        sentence = "Settle the database before Django reads its settings: {data}"
        raise Refused("database.not_settled", sentence, data=str(config.data))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongdao.site.settings")
    django.setup()


@contextlib.contextmanager
def use_database(config: Config) -> Iterator[str]:
    """
    Settle which database the settings will name, for the length of a command.

    Without an address of one's own it is the embedded server: the one that `gongdao up` runs, or
    one that is started now and stopped afterwards.
    """
    with contextlib.ExitStack() as stack:
        url = config.database_url
        if not url:
            server = own_postgres(config)
            url = (
                server.database_url
                if server.running()
                else stack.enter_context(server).database_url
            )
        check_server(url)
        before = os.environ.get(ADDRESS)
        os.environ[ADDRESS] = url
        stack.callback(_put_back, before)
        yield url


@contextlib.contextmanager
def use_installation(environ: Mapping[str, str] = os.environ) -> Iterator[Config]:
    """The installation at hand, with Django set up; Refused where nothing was started yet."""
    config = Config.read(environ)
    if not exists(config):
        raise _not_ready(config)
    with use_database(config):
        set_up(config)
        if database_health().pending:
            raise _not_ready(config)
        yield config


def exists(config: Config) -> bool:
    """Whether there may be an installation at all: asking must not make one."""
    return bool(config.database_url) or (config.data / "postgres").exists()


def _not_ready(config: Config) -> Refused:
    sentence = hint_noop("Nothing is ready in {data} yet. Start `gongdao up` once, then try again.")
    return Refused("database.not_ready", sentence, data=str(config.data))


def check_server(url: str) -> None:
    """Refuse a server that cannot be reached or is too old."""
    try:
        with psycopg.connect(url, connect_timeout=10) as session:
            version = session.info.server_version // 10_000
    except psycopg.Error as problem:
        sentence = "The database cannot be reached. Check {name}. PostgreSQL says: {why}"
        why = str(problem).strip()
        raise PeerFailed("database.unreachable", sentence, name=ADDRESS, why=why) from problem
    if version < OLDEST:
        sentence = "The server runs PostgreSQL {found}. Gongdao needs version {oldest} or later."
        raise Refused("database.too_old", sentence, found=version, oldest=OLDEST)


def _put_back(before: str | None) -> None:
    if before is None:
        os.environ.pop(ADDRESS, None)
    else:
        os.environ[ADDRESS] = before
