"""So many a minute from one place; counted in the database, so that processes share the count."""

from django.core.cache import cache
from django.utils import timezone

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.storage.people import Secrets

_MINUTE = 60


def allow(secrets: Secrets, purpose: str, address: str, most: int) -> None:
    """Count one more; Refused once there were `most` in this minute.

    The address itself is not kept, only a keyed digest of it, for two minutes.
    """
    minute = int(timezone.now().timestamp()) // _MINUTE
    key = f"rate:{purpose}:{minute}:{secrets.keyed('address', address)[:32]}"
    cache.add(key, 0, timeout=2 * _MINUTE)
    try:
        count = cache.incr(key)
    except ValueError:  # it fell out of the cache between the two
        count = 1
    if count > most:
        raise Refused(
            "rate.too_many",
            hint_noop("Too many at once from your network. Try again in a minute."),
        )
