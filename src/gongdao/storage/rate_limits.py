"""So many a minute from one place; counted in the database, so that processes share the count.

A row holds the moment at which everything that was spent has been earned back, so that one
statement counts and refuses, however many processes ask at once, and no minute begins anew with
all of its tries (the generic cell rate algorithm, as in ATM and in most gateways).
"""

from datetime import datetime, timedelta
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from django.db import connection

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.storage.people import Secrets

MINUTE = timedelta(minutes=1)

_SPEND = """
    insert into rate_limit as held (key, free_at) values (%(key)s, %(first)s)
    on conflict (key) do update
        set free_at = case when held.free_at > %(end)s then %(now)s
                else greatest(held.free_at, %(now)s) end + %(cost)s * interval '1 microsecond'
        where held.free_at <= %(latest)s or held.free_at > %(end)s
    returning free_at
"""


def allow(
    secrets: Secrets, purpose: str, address: str, most: int, now: datetime, times: int = 1
) -> None:
    """Count one more; Refused where there were `most` within a minute, with the seconds to wait."""
    seconds = spend(secrets, purpose, address, most, now, times)
    if seconds is not None:
        raise Refused(
            "rate.too_many",
            hint_noop("Too many at once from your network. Try again in {seconds} seconds."),
            seconds=seconds,
        )


def spend(
    secrets: Secrets, purpose: str, address: str, most: int, now: datetime, times: int = 1
) -> int | None:
    """Count one more; where there were `most` within a minute, the seconds to wait instead.

    What weighs as several counts `times`, all of them or none; never more than there are.
    Of the address only a keyed digest is kept, and that no longer than it counts.
    """
    key = secrets.keyed(f"rate {purpose}", network(address))
    cost = MINUTE // most * min(times, most)
    with connection.cursor() as cursor:
        cursor.execute(
            _SPEND,
            {
                "key": key,
                "now": now,
                "first": now + cost,
                "latest": now + MINUTE - cost,
                # Nobody can have spent more than a minute ahead: then the clock was set back.
                "end": now + MINUTE,
                "cost": cost // timedelta(microseconds=1),
            },
        )
        if cursor.fetchone() is not None:
            return None
        cursor.execute("select free_at from rate_limit where key = %s", [key])
        (free_at,) = cursor.fetchone() or (now + MINUTE,)
    wait = free_at + cost - MINUTE - now
    return max(1, -(-wait // timedelta(seconds=1)))


def forget(now: datetime) -> int:
    """Drop what counts no longer, here and of tries to sign in; how many rows that was."""
    with connection.cursor() as cursor:
        cursor.execute("delete from rate_limit where free_at < %s", [now])
        ours = int(cursor.rowcount)
        cursor.execute("delete from cache where expires < %s", [now])
        return ours + int(cursor.rowcount)


def network(address: str) -> str:
    """The part of an address that one customer has: all of IPv4, the first 64 bits of IPv6."""
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        six = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return address
    if six.ipv4_mapped is not None:
        return str(six.ipv4_mapped)
    return f"{int(six) >> 64:016x}/64"
