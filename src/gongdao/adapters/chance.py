"""Where names and salts come from; the domain is handed them."""

import os
import secrets
from datetime import UTC, datetime

from uuid_utils import uuid7


def new_id() -> str:
    """A UUID of version 7: unguessable enough for a name, and sorted by time."""
    return str(uuid7())


def salt() -> bytes:
    """16 random bytes."""
    return os.urandom(16)


def now() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


def random_bytes(number: int) -> bytes:
    """Bytes that nobody can guess, for a secret."""
    return os.urandom(number)


def token() -> str:
    """A secret for an address: 22 letters and digits that nobody can guess."""
    return secrets.token_urlsafe(16)
