"""What reporters reported and what became of it, and files on misuse, in PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.standing import misuse
from gongdao.domain.standing.credibility import Decided, Found
from gongdao.domain.standing.misuse import MeasureId, Misuse, MisuseStep
from gongdao.domain.standing.ports import Limit
from gongdao.storage.misuse_models import MisuseRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row

_DECIDED = """
    select who.id::text, c.id::text, c.decision::text, c.category, d.decided_at, d.outcome,
        d.state, t.joined, m.marks -> t."case"::text
    from unnest(%(people)s::uuid[]) who(id)
    cross join lateral (
        select r."case", bool_and(r.received_at > c.opened_at) as joined
        from report_case r join case_row c on c.id = r."case"
        where r.reporter = who.id and r.apart is distinct from 'flood' and c.stage = 'decided'
        group by r."case" order by max(r.received_at) desc limit %(limit)s
    ) t
    join case_row c on c.id = t."case" join decision_row d on d.id = c.decision
    left join misuse_row m on m.reporter = who.id
    order by who.id, d.decided_at desc, c.id
"""
_REPORTED = """
    select exists (
        select 1 from report_case r join case_row c on c.id = r."case"
        where r.reporter = %s and c.respondent = %s
    )
"""


class PgTracks:
    """What became of what people reported: read from the decisions, and kept nowhere."""

    def decided(self, people: Sequence[PersonId], limit: int) -> dict[PersonId, list[Decided]]:
        if not people:
            return {}
        wanted = [as_uuid(person) for person in people]
        found: dict[PersonId, list[Decided]] = {}
        with connection.cursor() as cursor:
            cursor.execute(_DECIDED, {"people": wanted, "limit": limit})
            for who, case, decision, category, at, outcome, state, joined, kept in cursor:
                mark = json.loads(kept) if kept else None
                what = found_of(outcome, state, mark, decision)
                each = Decided(
                    PersonId(who), CaseId(case), DecisionId(decision), category, at, what, joined
                )
                found.setdefault(PersonId(who), []).append(each)
        return found

    def reported(self, reporter: PersonId, whom: PersonId) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_REPORTED, [as_uuid(reporter), as_uuid(whom)])
            return bool(cursor.fetchone()[0])


def found_of(outcome: str, state: str, mark: Sequence[str] | None, decision: str) -> Found:
    """What became of a report. A mark falls with the decision that it rests on."""
    if state == "overturned":
        return Found.OVERTURNED
    if outcome == "violation":
        return Found.UPHELD
    if mark is not None and mark[0] == decision:
        return Found(mark[1])
    return Found.NOT_UPHELD


class PgMisuses(PgStreams[Misuse, MisuseStep]):
    """All files on misuse."""

    begins = "misuse.opened"
    fold = staticmethod(misuse.fold)

    def project(self, stream: str, standing: Misuse, version: int) -> None:
        keep_row(MisuseRow.objects, stream, misuse_row(standing, version))

    def of(self, reporter: PersonId) -> Held[Misuse] | None:
        return next(iter(self.several([misuse.misuse_id(reporter)])), None)

    def limited(self, people: Sequence[PersonId], now: datetime) -> Mapping[PersonId, Limit]:
        wanted = [as_uuid(person) for person in people]
        rows = MisuseRow.objects.filter(reporter__in=wanted, since__lte=now, until__gt=now)
        found = rows.values_list("reporter", "measure", "until")
        return {
            PersonId(str(who)): Limit(MeasureId(str(measure)), until)
            for who, measure, until in found
            if until is not None
        }

    def aside(self, reporter: PersonId) -> list[CaseId]:
        sql = """
            select c.id::text from report_case r join case_row c on c.id = r."case"
            where r.reporter = %s and c.stage = 'set_aside' order by c.opened_at, c.id
        """
        with connection.cursor() as cursor:
            cursor.execute(sql, [as_uuid(reporter)])
            return [CaseId(case) for (case,) in cursor.fetchall()]

    def waiting(self, limit: int) -> list[Misuse]:
        rows = MisuseRow.objects.filter(objected_at__isnull=False).order_by("objected_at", "id")
        ids = [str(each) for each in rows.values_list("id", flat=True)[:limit]]
        return [held.now for held in self.several(ids)]

    def ran_out(self, now: datetime, limit: int) -> list[PersonId]:
        rows = MisuseRow.objects.filter(until__lte=now).order_by("until", "id")
        return [PersonId(str(who)) for who in rows.values_list("reporter", flat=True)[:limit]]


def misuse_row(found: Misuse, version: int) -> dict[str, object]:
    """The row of a file."""
    measure = next((m for m in reversed(found.measures) if not m.over), None)
    objections = [each.objection for each in found.both()]
    open_ = [each.at for each in objections if each is not None and each.overturned is None]
    return {
        "version": version,
        "reporter": UUID(found.reporter),
        "marks": {each.case: [each.decision, each.mark.value] for each in found.marks},
        "measure": UUID(measure.id) if measure else None,
        "warning": UUID(measure.warning) if measure else None,
        "since": measure.at if measure else None,
        "until": measure.until if measure else None,
        "objected_at": min(open_, default=None),
    }
