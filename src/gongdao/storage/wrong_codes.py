"""Wrong codes counted by browser: after so many it takes no code for a while, and says so.

A network alone is not locked: thousands of telephones share one address, and a stranger's guesses
must not keep them from their cases. What a network may guess in a minute is limited beside this
(`rate_limits.py`).
"""

from datetime import datetime, timedelta

from django.db import connection

from gongdao.storage.appeal_draft_models import WrongCodes
from gongdao.storage.people import Secrets
from gongdao.storage.rate_limits import network

_COUNT = """
    insert into wrong_codes as held (key, tries, last_at, locked_until)
    values (%(key)s, 1, %(now)s, case when %(most)s <= 1 then %(until)s::timestamptz end)
    on conflict (key) do update set
        tries = case when held.last_at < %(quiet)s then 1 else held.tries + 1 end,
        last_at = %(now)s,
        locked_until = case
            when held.locked_until > %(now)s then held.locked_until
            when held.last_at >= %(quiet)s and held.tries + 1 >= %(most)s
                then %(until)s::timestamptz
        end
    returning locked_until
"""


def locked_until(secrets: Secrets, address: str, browser: str, now: datetime) -> datetime | None:
    """Until when a browser takes no code; None if it takes them."""
    row = WrongCodes.objects.filter(key=_key(secrets, address, browser)).first()
    until = row.locked_until if row else None
    return until if until is not None and until > now else None


def count(
    secrets: Secrets, address: str, browser: str, most: int, lock: timedelta, now: datetime
) -> datetime | None:
    """Count one more wrong code; until when it is locked, if this was the last."""
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "key": _key(secrets, address, browser),
                "now": now,
                "quiet": now - lock,
                "until": now + lock,
                "most": most,
            },
        )
        (until,) = cursor.fetchone() or (None,)
    return until if isinstance(until, datetime) else None


def forget(now: datetime, lock: timedelta) -> int:
    """Drop what counts no longer; how many rows that was."""
    return WrongCodes.objects.filter(last_at__lt=now - 2 * lock).delete()[0]


def _key(secrets: Secrets, address: str, browser: str) -> str:
    return secrets.keyed("wrong codes", f"{network(address)}\n{browser}")
