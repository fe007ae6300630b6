"""
An installation of its own for a while: empty database, own keys, removed at the end.

It never touches the installation at hand. Without a server of the operator's own it is an embedded
one below `GONGDAO_DATA/walkthrough`; with one, a new database on it. What a killed run left lying
below that folder is removed by the next one.
"""

import contextlib
import fcntl
import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from gongdao import bootstrap
from gongdao.cli.database import ADDRESS, check_server, set_up
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.site.config import Config, Mode, variable

FOLDER = "walkthrough"
_LOCK, _KEPT = "in-use", "kept"
_FAST = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
"""For a database that is thrown away whatever happens."""
_NOT_ITS_OWN = ("public_url", "secret_key_file", "field_keys_file", "smtp_url")
"""Settings that belong to the real installation: it makes its own keys and mails nobody."""


@dataclass(frozen=True, slots=True)
class Throwaway:
    """Where it lies."""

    data: Path
    url: str
    database: str
    """Name of a database on the operator's own server; empty for an embedded one."""


@contextlib.contextmanager
def throwaway(config: Config, *, keep: bool) -> Iterator[Throwaway]:
    """Bring up an empty installation with its tables, and Django on it; remove it at the end."""
    with contextlib.ExitStack() as stack:
        data = stack.enter_context(_folder(config.data / FOLDER, keep=keep))
        if config.database_url:
            url, name = stack.enter_context(_database(config.database_url, keep=keep))
        else:
            url, name = stack.enter_context(_server(config, data, keep=keep)), ""
        stack.enter_context(_settings(data, url))
        set_up(replace(config, data=data))
        from django.core.management import call_command  # noqa: PLC0415 – Django is set up now
        from django.db import connections  # noqa: PLC0415

        stack.callback(connections.close_all)
        (data / "static").mkdir(exist_ok=True)
        call_command("migrate", verbosity=0, interactive=False)
        yield Throwaway(data, url, name)


@contextlib.contextmanager
def _folder(home: Path, *, keep: bool) -> Iterator[Path]:
    """Make a folder that is locked while it is in use, after removing what was left behind."""
    home.mkdir(parents=True, exist_ok=True)
    for left in home.iterdir():
        if left.is_dir() and not (left / _KEPT).exists():
            _remove_unless_in_use(left)
    data = home / f"{datetime.now(CHINA):%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
    data.mkdir()
    data.chmod(0o711)
    try:
        with (data / _LOCK).open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield data
            if keep:
                (data / _KEPT).touch()
    finally:
        if not (data / _KEPT).exists():
            _remove(data)


def _remove_unless_in_use(folder: Path) -> None:
    with contextlib.suppress(OSError), (folder / _LOCK).open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        _remove(folder)


def _remove(folder: Path) -> None:
    """The folder, and what the server had to put elsewhere because its account cannot enter it."""
    with contextlib.suppress(OSError):
        elsewhere = Path((folder / "postgres" / "moved-to").read_text("utf-8").strip())
        shutil.rmtree(elsewhere, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def _server(config: Config, data: Path, *, keep: bool) -> Iterator[str]:
    server = bootstrap.own_postgres(replace(config, data=data))
    if not keep:
        server.settings = _FAST
    with server:
        yield server.database_url


@contextlib.contextmanager
def _database(url: str, *, keep: bool) -> Iterator[tuple[str, str]]:
    """Make a new database on a server of the operator's own; drop it at the end."""
    check_server(url)
    name = f"gongdao_walkthrough_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as session:
        try:
            session.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        except psycopg.errors.InsufficientPrivilege:
            raise Refused(
                "walkthrough.no_database",
                hint_noop("{name}'s role may not create databases. Unset it, or grant CREATEDB."),
                name=ADDRESS,
            ) from None
        try:
            yield urlunsplit(urlsplit(url)._replace(path=f"/{name}")), name
        finally:
            if not keep:
                dropping = sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name))
                session.execute(dropping)


@contextlib.contextmanager
def _settings(data: Path, url: str) -> Iterator[None]:
    """Let the settings of this process name it, for the while."""
    wanted = dict.fromkeys(map(variable, _NOT_ITS_OWN), "")
    wanted |= {variable("data"): str(data), ADDRESS: url, variable("mode"): Mode.LOCAL.value}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
