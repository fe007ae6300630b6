"""The calendar as it was published in November 2026, whatever later packages know."""

from dataclasses import replace
from datetime import date

from gongdao.adapters.calendars import published_calendar
from gongdao.domain.kernel.calendar import WorkingCalendar

_LAST = date(2026, 12, 31)


def calendar_of_2026() -> WorkingCalendar:
    """Through 2026, so that what crosses into 2027 stays provisional when packages move on."""
    latest = published_calendar()
    return replace(
        latest,
        known_through=_LAST,
        holidays=frozenset(day for day in latest.holidays if day <= _LAST),
        working_weekends=frozenset(day for day in latest.working_weekends if day <= _LAST),
    )
