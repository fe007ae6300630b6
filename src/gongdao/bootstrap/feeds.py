"""Calendar feeds behind their limit, and pulls that nobody counts any more."""

from datetime import timedelta

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.flows.lane import DAYS

_SPARE = 10
"""Days that pulls are kept beyond those that are counted."""


def allow_feed(address: str) -> None:
    """Count one more question for a feed from an address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    most = bootstrap.app().around_appeals.dating.per_minute()
    allow(bootstrap.app().secrets, "feed", address, most, chance.now())


def forget_pulls() -> int:
    """Drop the pulls that the lane's cost is not counted by any more; how many."""
    from gongdao.storage.firm_models import QueuePull  # noqa: PLC0415

    before = chance.now() - timedelta(days=DAYS + _SPARE)
    return int(QueuePull.objects.filter(at__lt=before).delete()[0])
