"""
Moments and spans in the words of the reader: "还剩 1 天 4 小时（11月23日 17:00 前）".

Everything takes aware datetimes and shows them in Django's current time zone. `now` is handed in.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext, pgettext

MINUTE = 60
HOUR = 60 * MINUTE
DAY = 24 * HOUR


def moment(at: datetime, now: datetime | None = None) -> str:
    """A moment to the minute; the year is said unless it is that of `now`."""
    local = timezone.localtime(at)
    same_year = now is not None and timezone.localtime(now).year == local.year
    if same_year:
        return date_format(local, pgettext("moment in this year", "j F, H:i"))
    return date_format(local, pgettext("moment with year", "j F Y, H:i"))


def day(on: date) -> str:
    """A day with its year."""
    return date_format(on, pgettext("day", "j F Y"))


def span(length: timedelta) -> str:
    """
    A length of time in its two largest units, cut and not rounded: never more than there is.

    Days and hours from a day on, hours and minutes from an hour on, else minutes.
    """
    seconds = int(abs(length).total_seconds())
    days, hours = seconds // DAY, seconds % DAY // HOUR
    minutes = seconds % HOUR // MINUTE
    if days:
        return _joined(_days(days), _hours(hours))
    if seconds >= HOUR:
        return _joined(_hours(hours), _minutes(minutes))
    if minutes:
        return _minutes(minutes)
    return gettext("less than a minute")


def _joined(large: str, small: str) -> str:
    return pgettext("two units of time", "{large} {small}").format(large=large, small=small).strip()


def _days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def _hours(count: int) -> str:
    return ngettext("%(count)d hour", "%(count)d hours", count) % {"count": count} if count else ""


def _minutes(count: int) -> str:
    if not count:
        return ""
    return ngettext("%(count)d minute", "%(count)d minutes", count) % {"count": count}
