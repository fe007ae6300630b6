"""
The secrets of an installation: made on first run below `GONGDAO_DATA/keys`, for the owner alone.

Whoever loses `fields.key` loses the personal data in the database; whoever copies a backup
needs both. `docs/how-to/run-your-own-postgresql.md` says what to keep.
"""

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from gongdao.domain.kernel.errors import BadInput
from gongdao.site.config import Config


@dataclass(frozen=True, slots=True, repr=False)
class Keys:
    """Secrets; never logged, which is why they have no repr."""

    django: str
    """Signs sessions and links."""
    fields: tuple[bytes, ...]
    """Fernet keys for personal data: the first encrypts, each one decrypts."""
    digest: bytes
    """Keys the digests by which a party or a code is found again without being named."""


def keys(config: Config) -> Keys:
    """Read the installation's secrets, or make them if this is its first run."""
    place = config.data / "keys"
    django = config.secret_key_file or _made(place / "django.key", lambda: _token(48))
    fields = config.field_keys_file or _made(place / "fields.key", Fernet.generate_key)
    digest = _made(place / "digest.key", lambda: _token(32))
    return Keys(
        django=_lines(django)[0].decode(),
        fields=tuple(_fernet(fields, line) for line in _lines(fields)),
        digest=_lines(digest)[0],
    )


def _token(size: int) -> bytes:
    return secrets.token_urlsafe(size).encode()


def _made(path: Path, make: Callable[[], bytes]) -> Path:
    """Write a new secret unless there is one; of two processes that race, the first one wins."""
    if path.exists():
        return path
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(make() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link is refused where the name is taken, so nobody ever reads half a secret.
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path


def _lines(path: Path) -> list[bytes]:
    try:
        lines = path.read_bytes().split()
    except OSError as problem:
        sentence = "The key file {path} cannot be read: {why}."
        why = problem.strerror or "unknown"
        raise BadInput("config.key_unreadable", sentence, path=str(path), why=why) from problem
    if not lines:
        sentence = "The key file {path} is empty: put the key back from your backup."
        raise BadInput("config.key_unreadable", sentence, path=str(path))
    return lines


def _fernet(path: Path, line: bytes) -> bytes:
    try:
        Fernet(line)
    except ValueError as problem:
        sentence = "The key file {path} holds a line that is not a Fernet key."
        raise BadInput("config.key_unreadable", sentence, path=str(path)) from problem
    return line
