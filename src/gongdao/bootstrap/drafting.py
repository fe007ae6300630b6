"""How often drafts are saved from one address, and how long wrong codes lock a browser."""

from datetime import datetime, timedelta

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.site.config import Config

SAVES_PER_MINUTE = 120
"""From one network address: a few people who type at once. A save takes some milliseconds."""


def allow_save(address: str) -> None:
    """Count one more save of a draft; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    allow(bootstrap.app().secrets, "draft", address, SAVES_PER_MINUTE, chance.now())


def locked_until(address: str, browser: str) -> datetime | None:
    """Until when a browser takes no code, after too many wrong ones; None if it takes them."""
    from gongdao.storage import wrong_codes  # noqa: PLC0415

    return wrong_codes.locked_until(bootstrap.app().secrets, address, browser, chance.now())


def count_wrong_code(address: str, browser: str) -> datetime | None:
    """Count one more wrong code of a browser; until when it is locked, if that was the last."""
    from gongdao.storage import wrong_codes  # noqa: PLC0415

    secrets = bootstrap.app().secrets
    most = _config().wrong_codes
    return wrong_codes.count(secrets, address, browser, most, _lock(), chance.now())


def tidy_drafts() -> int:
    """Delete drafts whose window is long over, and counts that lapsed; how many that was."""
    from gongdao.storage import wrong_codes  # noqa: PLC0415

    now = chance.now()
    return bootstrap.app().records.drafts.tidy(now) + wrong_codes.forget(now, _lock())


def _lock() -> timedelta:
    return timedelta(minutes=_config().wrong_codes_minutes)


def _config() -> Config:
    from django.conf import settings  # noqa: PLC0415 – settings exist only once Django is set up

    found: Config = settings.CONFIG
    return found
