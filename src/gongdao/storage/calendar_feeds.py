"""Calendar feeds in PostgreSQL: their addresses, and the deadlines that stand in them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from gongdao.domain.duty.ports import Dated, Window
from gongdao.domain.kernel.ids import CaseId, DeadlineId, DecisionId, PersonId
from gongdao.storage.clocks_and_notices import OPEN
from gongdao.storage.firm_models import CalendarFeed
from gongdao.storage.models import Account
from gongdao.storage.people import Secrets
from gongdao.storage.streams import as_uuid

_MINE = """
    select d.id from deadline_row d join case_row c on c.id = d."case"
        where c.respondent = %(me)s and d.kind in ('answer', 'rectification')
    union select d.id from deadline_row d join report_case r on r."case" = d."case"
        where r.reporter = %(me)s and d.kind in ('acceptance', 'decision')
    union select d.id from deadline_row d join appeal_row a on a.id = d.about
        where a.reviewer = %(me)s and d.kind = 'appeal_decision'
    union select d.id from deadline_row d join appeal_row a on a.id = d.about
        join case_row c on c.id = a."case"
        where c.respondent = %(me)s and a.appellant = %(me)s and d.kind = 'appeal_decision'
    union select d.id from deadline_row d join appeal_row a on a.id = d.about
        join report_case r on r."case" = a."case"
        where r.reporter = %(me)s and a.appellant = %(me)s and d.kind = 'appeal_decision'
    union select d.id from deadline_row d join triage_row t on t.id = d."case"
        where t.claimed_by = %(me)s and d.kind in ('acceptance', 'decision')
    union select d.id from deadline_row d join firm_row f on f.id = d."case"
        where f.person = %(me)s and d.kind in ('renewal', 'contest')
    union select d.id from deadline_row d join complaint_row k on k.id = d."case"
        where (k.owner = %(me)s or k.taken_by = %(me)s) and d.kind = 'duty'
    union select d.id from deadline_row d join complaint_row k on k.id = d."case"
        where k.asked = %(me)s and d.kind = 'attendance'
    union select d.id from deadline_row d join dispute_row q on q.id = d."case"
        join organisation_row o on o.id = q.organisation
        where o.members @> array[%(me)s] and (q.assignee is null or q.assignee = %(me)s)
        and d.kind like 'dispute%%'
    union select d.id from deadline_row d join training_duty_row t on t.id = d."case"
        where t.person = %(me)s and d.kind = 'training'
"""
_DEADLINES = f"""
    select d.id, last.version, last.at from ({_MINE}) mine join deadline_row d on d.id = mine.id
    join lateral (
        select e.version, e.at from event e where e.stream = d.id order by e.version desc limit 1
    ) last on true
    where d.stage = any(%(open)s) or last.at >= %(since)s
    order by d.due_at, d.id limit %(limit)s
"""  # noqa: S608 – our own
_WINDOWS = """
    select d.id, d."case", d.appeal_closes, d.state = 'overturned'
        or exists (select 1 from appeal_row a where a.decision = d.id), last.version, last.at
    from case_row c join decision_row d on d."case" = c.id
    join lateral (
        select e.version, e.at from event e where e.stream = d.id order by e.version desc limit 1
    ) last on true
    where c.respondent = %(me)s and d.respondent = %(me)s and d.outcome = 'violation'
        and d.appeal_closes >= %(since)s
    order by d.appeal_closes, d.id limit %(limit)s
"""


@dataclass(frozen=True, slots=True)
class PgFeeds:
    """Calendar feeds."""

    secrets: Secrets
    token: Callable[[], str]

    def make(self, person: PersonId, now: datetime) -> str:
        token = self.token()
        kept = {"token": self._digest(token), "made_at": now}
        CalendarFeed.objects.update_or_create(person=as_uuid(person), defaults=kept)
        return token

    def revoke(self, person: PersonId) -> bool:
        return bool(CalendarFeed.objects.filter(person=as_uuid(person)).delete()[0])

    def made_at(self, person: PersonId) -> datetime | None:
        found = CalendarFeed.objects.filter(person=as_uuid(person))
        return found.values_list("made_at", flat=True).first()

    def opens(self, token: str) -> PersonId | None:
        found = CalendarFeed.objects.filter(token=self._digest(token))
        person = found.values_list("person", flat=True).first()
        if person is None or Account.objects.filter(party_id=person, is_active=False).exists():
            return None
        return PersonId(str(person))

    def deadlines(self, person: PersonId, since: datetime, limit: int) -> list[Dated]:
        asked: dict[str, Any] = {
            "me": as_uuid(person),
            "open": OPEN,
            "since": since,
            "limit": limit,
        }
        with connection.cursor() as cursor:
            cursor.execute(_DEADLINES, {**asked, "open": OPEN})
            rows = cursor.fetchall()
        return [Dated(DeadlineId(str(id_)), version, at) for id_, version, at in rows]

    def windows(self, person: PersonId, since: datetime, limit: int) -> list[Window]:
        with connection.cursor() as cursor:
            asked: dict[str, Any] = {"me": as_uuid(person), "since": since, "limit": limit}
            cursor.execute(_WINDOWS, asked)
            rows = cursor.fetchall()
        return [
            Window(DecisionId(str(id_)), CaseId(str(case)), closes, over, version, at)
            for id_, case, closes, over, version, at in rows
        ]

    def _digest(self, token: str) -> bytes:
        return bytes.fromhex(self.secrets.keyed("calendar feed", token))
