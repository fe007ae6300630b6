"""
Which user runs PostgreSQL, and where its files lie.

PostgreSQL refuses to run as root. Root therefore hands it to an account without rights that
exists already; nothing creates one. That account may be unable to reach a folder below /root:
then the files lie elsewhere, and a note in the folder that was asked for says where.
"""

import hashlib
import os
import pwd
import secrets
import stat
import subprocess
from dataclasses import dataclass
from pathlib import Path

from gongdao.domain.kernel.errors import Refused

ACCOUNTS = ("gongdao", "nobody", "daemon")
"""Accounts that root hands the server to: the first that exists; `gongdao` is an operator's own."""
ELSEWHERE = (Path("/var/lib"), Path("/var/tmp"))  # noqa: S108 - a fresh folder with a random name
SHORT = Path("/tmp")  # noqa: S108 - the folder in it is checked for its owner and mode
SOCKET_LIMIT = 100
"""Bytes in a socket's path; the kernel's limit is 104 to 108."""
SOCKET = ".s.PGSQL.5432"
NOTE = "moved-to"


@dataclass(frozen=True, slots=True)
class Owner:
    """The account that runs the server: ourselves, or whom root hands it to."""

    uid: int
    gid: int
    name: str
    dropped: bool

    @property
    def user(self) -> int | None:
        """The user for `subprocess`; None where nothing changes."""
        return self.uid if self.dropped else None

    @property
    def group(self) -> int | None:
        """The group for `subprocess`."""
        return self.gid if self.dropped else None

    @property
    def groups(self) -> list[int] | None:
        """The further groups for `subprocess`: root keeps none of its own."""
        return [] if self.dropped else None

    def reaches(self, folder: Path) -> bool:
        """Whether this account can enter the folder. It is tried, because modes tell only half."""
        if not self.dropped:
            return os.access(folder, os.X_OK)
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(folder)],
            user=self.user,
            group=self.group,
            extra_groups=self.groups,
            cwd="/",
            capture_output=True,
            check=False,
        )
        return tried.returncode == 0

    def folder(self, path: Path) -> Path:
        """Make a folder that only this account may enter."""
        if not path.exists():
            path.mkdir(mode=0o700)
            if self.dropped:
                os.chown(path, self.uid, self.gid)
        return path


@dataclass(frozen=True, slots=True)
class Places:
    """Where one server's files lie."""

    home: Path
    owner: Owner
    run: Path

    @property
    def data(self) -> Path:
        """The cluster: PostgreSQL's own files."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server says."""
        return self.home / "postgres.log"

    @property
    def pid_file(self) -> Path:
        """Where the postmaster writes who it is and whether it is ready."""
        return self.data / "postmaster.pid"


def find_places(directory: Path, elsewhere: tuple[Path, ...] = ELSEWHERE) -> Places:
    """Settle who runs the server in a folder and where its files lie, and make those folders."""
    directory = Path(os.path.realpath(directory))
    if not directory.exists():
        directory.mkdir(parents=True)
        # We have just made it, so this opens nothing that somebody closed.
        directory.chmod(0o711)
    home = _noted(directory)
    owner = _owner(home / "data")
    if not owner.reaches(home):
        home = _move(directory, home, owner, elsewhere)
    return Places(home, owner, _run_folder(home, owner))


def _owner(data: Path) -> Owner:
    """Whoever owns the data; for new data ourselves, or an account without rights."""
    me = os.geteuid()
    held = data.stat().st_uid if data.exists() else None
    if me != 0:
        if held not in {None, me}:
            sentence = "The data in {path} belongs to another user. Start as that user or as root."
            raise Refused("postgres.other_owner", sentence, path=str(data))
        return _account(me, dropped=False)
    return _account(held, dropped=True) if held else _handed_to()


def _account(uid: int, *, dropped: bool) -> Owner:
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        sentence = "User number {uid} has no account here, and PostgreSQL needs one. Add it."
        raise Refused("postgres.no_account", sentence, uid=uid) from None
    return Owner(uid, entry.pw_gid, entry.pw_name, dropped)


def _handed_to() -> Owner:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Owner(entry.pw_uid, entry.pw_gid, name, dropped=True)
    sentence = "PostgreSQL must not run as root. Add an account, such as {name}, without rights."
    raise Refused("postgres.no_account", sentence, name=ACCOUNTS[0])


def _noted(directory: Path) -> Path:
    note = directory / NOTE
    return Path(note.read_text("utf-8").strip()) if note.exists() else directory


def _move(directory: Path, home: Path, owner: Owner, elsewhere: tuple[Path, ...]) -> Path:
    """Find a place that the account can reach, and leave a note saying where."""
    if (home / "data").exists() or home != directory:
        sentence = "The account {name} can no longer reach its data in {path}. Open that folder."
        raise Refused("postgres.unreachable", sentence, name=owner.name, path=str(home))
    for base in elsewhere:
        if base.is_dir() and os.access(base, os.W_OK) and owner.reaches(base):
            # The name is random, so that a deleted folder never wakes up with its old data.
            moved = base / f"gongdao-{secrets.token_hex(4)}"
            moved.mkdir()
            moved.chmod(0o711)
            (directory / NOTE).write_text(f"{moved}\n", "utf-8")
            return moved
    sentence = "The account {name} cannot reach {path}. Set GONGDAO_DATA to a folder that it can."
    raise Refused("postgres.unreachable", sentence, name=owner.name, path=str(directory))


def _run_folder(home: Path, owner: Owner) -> Path:
    """Make the folder of the socket; a short one where the path would be too long for a socket."""
    run = home / "run"
    if len(os.fsencode(run / SOCKET)) > SOCKET_LIMIT:
        digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:12]
        run = SHORT / f"gongdao-{owner.uid}-{digest}"
    owner.folder(run)
    state = run.lstat()
    private = stat.S_ISDIR(state.st_mode) and stat.S_IMODE(state.st_mode) == 0o700  # noqa: PLR2004
    if not private or state.st_uid != owner.uid:
        sentence = "The folder {path} is not private to {name}. Remove it and start again."
        raise Refused("postgres.socket_folder", sentence, path=str(run), name=owner.name)
    return run
