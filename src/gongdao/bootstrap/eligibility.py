"""Judging the text of a review, for every way in."""

from gongdao import bootstrap
from gongdao.adapters import chance

LOOKS_PER_MINUTE = 60
"""From one network address; a call with many texts counts each ten of them once."""
TEXTS_AT_ONCE = 100
_PER_LOOK = 10


def allow_judging(address: str, texts: int) -> None:
    """Count texts from a network address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    for _ in range(-(-texts // _PER_LOOK)):
        allow(bootstrap.app().secrets, "judge", address, LOOKS_PER_MINUTE, chance.now())
