"""Timestamps in PostgreSQL: what an authority answered, as it came."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import connection, transaction

from gongdao.domain.evidence.stamped import STAMP, Stamped
from gongdao.domain.kernel.clock import Clock
from gongdao.storage.outbox import PgOutbox

_KEEP = """
    insert into timestamp_token (digest, about, authority, asked_at, gen_time, reply, trouble)
    values (%s, %s, %s, %s, %s, %s, %s)
"""
_NEWEST = """
    select size, note, (
        select max(posted_at) from job_posted where topic = %s and key like 'checkpoint %%'
    ) from log_checkpoint order by size desc limit 1
"""


@dataclass(frozen=True, slots=True)
class Token:
    """One answer, and what it is about."""

    digest: bytes
    about: str
    authority: str
    at: datetime
    reply: bytes


@dataclass(frozen=True, slots=True)
class PgTokens:
    """Every answer."""

    clock: Clock
    read: Callable[[bytes, bytes], Stamped]
    """What an answer says about a hash."""

    def there(self, digest: bytes) -> bool:
        return bool(self.of(digest))

    def keep(self, digest: bytes, about: str, authority: str, reply: bytes) -> None:
        at = self.read(reply, digest).at
        self._write(digest, about, authority, at, reply, None)

    def note(self, digest: bytes, about: str, authority: str, trouble: str) -> None:
        self._write(digest, about, authority, None, None, trouble)

    def of(self, digest: bytes) -> list[Token]:
        """The answers about a hash, the earliest first."""
        with connection.cursor() as cursor:
            cursor.execute(
                "select digest, about, authority, gen_time, reply from timestamp_token "
                "where digest = %s and reply is not null order by gen_time, id",
                [digest],
            )
            return [
                Token(bytes(found), about, authority, at, bytes(reply))
                for found, about, authority, at, reply in cursor.fetchall()
            ]

    def _write(
        self,
        digest: bytes,
        about: str,
        authority: str,
        at: datetime | None,
        reply: bytes | None,
        trouble: str | None,
    ) -> None:
        with connection.cursor() as cursor:
            cursor.execute(_KEEP, [digest, about, authority, self.clock(), at, reply, trouble])


def stamp(digest: bytes, about: str) -> None:
    """Promise, in the open transaction, to have a hash (SHA-256) timestamped; once for each."""
    payload = {"digest": digest.hex(), "about": about}
    PgOutbox().post(STAMP, f"{about} {digest.hex()}", payload)


def stamp_newest(every: timedelta, now: datetime) -> int:
    """Promise a timestamp of the newest checkpoint's text, if the last is so long ago."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST, [STAMP])
            row = cursor.fetchone()
        if row is None or (row[2] is not None and row[2] > now - every):
            return 0
        text = str(row[1]).rpartition("\n\n")[0] + "\n"
        stamp(sha256(text.encode()).digest(), f"checkpoint {row[0]}")
    return 1
