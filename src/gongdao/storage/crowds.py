"""How many reported some subjects of late, and in which words: bounded, however many they are."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import connection

from gongdao.domain.intake.crowd import Sample
from gongdao.storage.bulk import array

MOST = 300
"""So many of a subject's latest reports are looked at; the rate follows from how far they reach."""

_CROWDS = """
    select asked.key, hour.wording, hour.number, hour.young, hour.first, before.number, before.first
    from unnest(%(subjects)s::text[]) asked(key)
    left join lateral (
        select wording, count(*) as number, count(*) filter (where young) as young,
            min(received_at) as first
        from (
            select wording, young, received_at from report_case where subject_key = asked.key
                and received_at > %(now)s - interval '1 hour' and received_at <= %(now)s
            order by received_at desc limit %(most)s
        ) latest group by wording
    ) hour on true
    left join lateral (
        select count(*) as number, min(received_at) as first from (
            select received_at from report_case where subject_key = asked.key
                and received_at <= %(now)s - interval '1 hour'
                and received_at > %(now)s - interval '30 days'
            order by received_at desc limit %(most)s
        ) earlier
    ) before on true
"""
_HOUR = timedelta(hours=1)


def crowds(subjects: Sequence[str], now: datetime) -> dict[str, Sample]:
    """What was reported of each subject up to `now`."""
    with connection.cursor() as cursor:
        cursor.execute(_CROWDS, {"subjects": array(subjects), "now": now, "most": MOST})
        rows = cursor.fetchall()
    wordings: dict[str, dict[str, tuple[int, int]]] = {subject: {} for subject in subjects}
    hours = dict.fromkeys(subjects, 0.0)
    usual = dict.fromkeys(subjects, 0.0)
    for subject, wording, number, young, first, earlier, earliest in rows:
        if wording is not None:
            wordings[subject][wording] = (number, young)
            hours[subject] = max(hours[subject], (now - first) / _HOUR)
        if earlier:
            usual[subject] = earlier / max((now - _HOUR - earliest) / _HOUR, 1.0)
    return {
        subject: Sample.of(wordings[subject], hours[subject], usual[subject], MOST)
        for subject in subjects
    }
