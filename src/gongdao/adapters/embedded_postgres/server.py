"""An embedded PostgreSQL server: started, supervised and stopped by the process that needs it."""

import contextlib
import errno
import fcntl
import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import IO, Self
from urllib.parse import quote

import psycopg
from psycopg import sql

from gongdao.adapters.embedded_postgres import process
from gongdao.adapters.embedded_postgres.binaries import Binaries, find_binaries
from gongdao.adapters.embedded_postgres.places import ELSEWHERE, Places, find_places
from gongdao.domain.kernel.errors import PeerFailed, Refused

ADMIN, ROLE, DATABASE = "postgres", "gongdao", "gongdao"
CTYPE = "UTF-8" if sys.platform == "darwin" else "C.UTF-8"
"""With plain C, pg_trgm sees no letters in Chinese and finds nothing alike."""
BUILTIN = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8")
BUILTIN_SINCE = 17
"""Since this version letters follow Unicode's own tables and not the machine's library."""
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "max_connections": "100",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "lc_messages": "C",
    "cluster_name": "gongdao",
}
READY_SECONDS = 600
"""After a crash the server first replays what it had promised; a large log takes minutes."""
RETRY_SECONDS = 15
IN_USE = "is still in use"
NO_SPACE = "No space left on device"
LOG_LIMIT = 10_000_000
TAIL_LINES = 12
MAP = "gongdao"


@dataclass(slots=True)
class EmbeddedPostgres:
    """
    One PostgreSQL server over the files of one folder.

    `start` holds a lock on the folder until `stop`: a second start is refused with
    `postgres.already_running`. If this process dies, the server stops.
    """

    directory: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    programs: Path | None = None
    """Another installed PostgreSQL, 15 or later: the folder above its `bin`."""
    elsewhere: tuple[Path, ...] = ELSEWHERE
    _places: Places | None = None
    _lock: IO[str] | None = None
    _child: "subprocess.Popen[bytes] | None" = None
    _leash: "subprocess.Popen[bytes] | None" = None

    @property
    def places(self) -> Places:
        """Where its files lie and who runs it; the folders are made when first asked for."""
        if self._places is None:
            self._places = find_places(self.directory, self.elsewhere)
        return self._places

    @property
    def database_url(self) -> str:
        """The address of the database, known before the server runs."""
        return self._url(ROLE, DATABASE)

    @property
    def admin_url(self) -> str:
        """The address for what only the administrator of the server may do."""
        return self._url(ADMIN, ADMIN)

    def running(self) -> bool:
        """Whether a server takes connections on this folder, whoever started it."""
        pid = process.postmaster(self.places)
        return pid is not None and process.is_ready(self.places, pid)

    def start(self) -> str:
        """Start the server and return the address of the database."""
        try:
            self._take_lock()
            self._start()
        except OSError as problem:
            self.stop()
            if problem.errno == errno.ENOSPC:
                raise _full(self.places) from problem
            raise
        except BaseException:
            self.stop()
            raise
        return self.database_url

    def stop(self) -> None:
        """Stop the server if this process started it: sessions are ended, work is kept."""
        if self._child is not None:
            process.stop(self._child.pid, self.places, reap=self._child.poll)
            self._child.wait()
            self._child = None
        if self._leash is not None:
            process.release(self._leash)
            self._leash = None
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()

    def _url(self, role: str, database: str) -> str:
        return (
            f"postgresql://{role}@/{database}?host={quote(str(self.places.run), safe='')}&port=5432"
        )

    def _take_lock(self) -> None:
        """Hold the folder; the kernel lets go of it when we end, however we end."""
        lock = (self.places.home / "lock").open("a+", encoding="utf-8")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            holder = lock.read().strip() or "?"
            lock.close()
            sentence = (
                "PostgreSQL already runs on {path}, started by process {holder}. "
                "Stop that one first, or set GONGDAO_DATA to another folder."
            )
            path = str(self.directory)
            raise Refused("postgres.already_running", sentence, path=path, holder=holder) from None
        self._lock = lock
        lock.truncate(0)
        lock.write(f"{os.getpid()}\n")
        lock.flush()

    def _start(self) -> None:
        binaries = find_binaries(self.places, self.programs)
        if not self.places.data.exists():
            _initialise(self.places, binaries, durable=self.settings.get("fsync") != "off")
        _check_major(self.places, binaries)
        _write_access_rules(self.places)
        left_over = process.postmaster(self.places)
        if left_over is not None:
            process.stop(left_over, self.places)
        process.drop_stale_pid_file(self.places)
        self._launch(binaries)
        _make_database(self.admin_url)

    def _launch(self, binaries: Binaries) -> None:
        """Start the postmaster; after a crash, once its old sessions have let go of its memory."""
        command = [binaries.program("postgres"), "-D", str(self.places.data), *self._options()]

        def up() -> bool:
            start = _size(self.places.log)
            self._child = _spawn(self.places, command)
            if self._became_ready(self._child):
                return True
            said = _tail(self.places.log, start)
            if IN_USE not in said:
                raise _failed(self.places, said)
            return False

        if not process.waited(up, RETRY_SECONDS):
            raise _failed(self.places, _tail(self.places.log, 0))

    def _became_ready(self, child: "subprocess.Popen[bytes]") -> bool:
        self._leash = process.leash(child.pid, self.places)
        process.waited(
            lambda: child.poll() is not None or process.is_ready(self.places, child.pid),
            READY_SECONDS,
        )
        if child.poll() is None and process.is_ready(self.places, child.pid):
            return True
        process.release(self._leash)
        self._leash = None
        return False

    def _options(self) -> Iterator[str]:
        fixed = {
            "unix_socket_directories": str(self.places.run),
            "hba_file": str(self.places.home / "pg_hba.conf"),
            "ident_file": str(self.places.home / "pg_ident.conf"),
        }
        for name, value in {**SETTINGS, **self.settings, **fixed}.items():
            yield f"--{name}={value}"


@contextlib.contextmanager
def at_hand(directory: Path) -> Iterator[str]:
    """Give the address of the server that runs there, or of one started for the while."""
    server = EmbeddedPostgres(directory)
    if server.running():
        yield server.database_url
    else:
        with server:
            yield server.database_url


def _spawn(places: Places, command: list[str]) -> "subprocess.Popen[bytes]":
    """Start a program as the server's account, in a session of its own: Ctrl-C is not for it."""
    if _size(places.log) > LOG_LIMIT:
        places.log.replace(places.log.with_suffix(".log.1"))
    owner = places.owner
    # For ourselves alone: an error may quote a row, and so a person's data.
    mode = os.O_WRONLY | os.O_APPEND | os.O_CREAT
    with os.fdopen(os.open(places.log, mode, 0o600), "ab") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            user=owner.user,
            group=owner.group,
            extra_groups=owner.groups,
            umask=0o077,
            cwd=places.home,
            env=_environment(),
        )


def _environment() -> dict[str, str]:
    """Only what the server needs: our settings hold secrets, and PG* variables would mislead it."""
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _initialise(places: Places, binaries: Binaries, *, durable: bool) -> None:
    """Make the cluster aside and move it into place whole, so that a half-made one never stays."""
    draft = places.home / "data.draft"
    shutil.rmtree(draft, ignore_errors=True)
    places.owner.folder(draft)
    start = _size(places.log)
    command = [
        binaries.program("initdb"),
        f"--pgdata={draft}",
        f"--username={ADMIN}",
        "--encoding=UTF8",
        "--locale=C",
        f"--lc-ctype={CTYPE}",
        *(BUILTIN if binaries.major >= BUILTIN_SINCE else ()),
        "--auth=peer",
        "--no-instructions",
        *([] if durable else ["--no-sync"]),
    ]
    if _spawn(places, command).wait() != 0:
        said = _tail(places.log, start)
        shutil.rmtree(draft, ignore_errors=True)
        raise _failed(places, said)
    draft.rename(places.data)


def _check_major(places: Places, binaries: Binaries) -> None:
    found = (places.data / "PG_VERSION").read_text("utf-8").strip()
    if found != str(binaries.major):
        sentence = (
            "The data in {path} was written by PostgreSQL {found}, and this release brings {ours}. "
            "Dump it with the release that wrote it, then restore it into a new GONGDAO_DATA: "
            "docs/how-to/run-your-own-postgresql.md shows how."
        )
        path, ours = str(places.data), binaries.major
        raise Refused("postgres.other_major", sentence, path=path, found=found, ours=ours)


def _write_access_rules(places: Places) -> None:
    """Let in whom the kernel vouches for: the account that started the server, and no network."""
    account = pwd.getpwuid(os.geteuid()).pw_name
    names = (f'{MAP} "{account}" {role}\n' for role in (ADMIN, ROLE))
    for name, text in {
        "pg_hba.conf": f"local all all peer map={MAP}\n",
        "pg_ident.conf": "".join(names),
    }.items():
        path = places.home / name
        path.write_text(text, "utf-8")
        path.chmod(0o644)


def _make_database(admin_url: str) -> None:
    """Make the role and its database once. The role is no superuser."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        asked = "SELECT (SELECT count(*) FROM pg_roles WHERE rolname = %s), "
        asked += "(SELECT count(*) FROM pg_database WHERE datname = %s)"
        roles, databases = connection.execute(asked, (ROLE, DATABASE)).fetchone() or (0, 0)
        role, database = sql.Identifier(ROLE), sql.Identifier(DATABASE)
        if not roles:
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN").format(role))
        if not databases:
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(database, role))


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _tail(log: Path, start: int) -> str:
    """Read the last lines that were written after a position."""
    with log.open("rb") as file:
        file.seek(start)
        lines = file.read().decode(errors="replace").splitlines()
    return "\n".join(lines[-TAIL_LINES:])


def _failed(places: Places, said: str) -> PeerFailed:
    path = str(places.home)
    if NO_SPACE in said:
        return _full(places)
    sentence = "PostgreSQL did not start on {path}. Its last words:\n{said}"
    return PeerFailed("postgres.start_failed", sentence, path=path, said=said)


def _full(places: Places) -> PeerFailed:
    sentence = "The disk that holds {path} is full. Make room and start again."
    return PeerFailed("postgres.disk_full", sentence, path=str(places.home))
