"""
The queues of open cases: one row each, kept in the transaction of the case's own events.

A pull is an index probe for its class (`triage_of_class`) or for all of them (`triage_in_front`),
locked with SKIP LOCKED, so that reviewers who pull at once never wait for each other and never get
the same case. Whose turn it is comes from a sequence, which nobody waits for either.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection

from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.ids import CaseId, PackRef, PersonId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.triage.model import Able, Claim, Pulled, Puller, Spreading, Waiting
from gongdao.storage import codec
from gongdao.storage.firm_models import QueuePull
from gongdao.storage.models import CaseSpread, Conflict, ReviewerAble, TriageRow
from gongdao.storage.streams import as_uuid

_COLUMNS = """
    t.id, t.subject_kind, t.category, t.skill, t.language, t.opened_at, t.rank, t.pack, t.ready,
    t.senior, t.respondent, t.barred, s.body, t.claimed_by, t.claim_until, t.credibility,
    t.repetition
"""
_FROM = f"select {_COLUMNS} from triage_row t left join case_spread s on s.id = t.id"  # noqa: S608 – our own
_KEEP = """
    insert into triage_row as t (id, subject_kind, category, skill, language, opened_at, rank,
        pack, ready, senior, respondent, barred, credibility, repetition)
    values (%(id)s, %(subject_kind)s, %(category)s, %(skill)s,
        coalesce((select language from party where id = %(reporter)s), 'zh-hans'),
        %(opened_at)s, %(rank)s, %(pack)s, %(ready)s, %(senior)s, %(respondent)s, %(barred)s,
        %(credibility)s, %(repetition)s)
    on conflict (id) do update set
        ready = excluded.ready, senior = excluded.senior, respondent = excluded.respondent,
        barred = excluded.barred,
        claimed_by = case when excluded.ready then t.claimed_by end,
        claim_until = case when excluded.ready then t.claim_until end
"""
_PULLER = """
    select nextval('triage_turn'), a.skills, a.languages,
        (select count(*) from triage_row where claimed_by = %(me)s and claim_until > %(now)s)
    from (select 1) one left join reviewer_able a on a.person = %(me)s
"""
_REPORTED = 'select 1 from report_case r where r."case" = t.id and r.reporter = %(me)s'
_DECLARED = """
    select 1 from conflict c where c.person = %(me)s and c.about in (t.id, t.respondent)
"""
_MAY = f"""
    t.ready and (t.claim_until is null or t.claim_until <= %(now)s)
    and t.respondent is distinct from %(me)s and not %(me)s = any(t.barred)
    and not exists ({_DECLARED}) and not exists ({_REPORTED})
"""
_CLAIM = """
    with taken as (
        update triage_row set claimed_by = %(me)s, claim_until = %(until)s
        where id = ({chosen}) returning id, opened_at, rank
    ), kept as (
        insert into queue_pull (turn, at, "case", opened_at, rank, ahead)
        select %(turn)s, %(now)s, id, opened_at, rank, %(ahead)s from taken
        where exists (select 1 from firm_row where lane)
    )
    select id from taken
"""
_LANE = """
    and t.id = any(array(select c.id from case_row c join firm_row f on f.person = c.respondent
        where f.lane and c.stage in ('received', 'investigating')))
"""
_FIRST = f"""
    select t.id from triage_row t where t.senior = %(senior)s {{only}} and {_MAY}
    order by t.rank, t.id limit 1 for update skip locked
"""  # noqa: S608 – no text of users
_SOME = f"""
    select t.id from triage_row t where t.id in (
        select first.id from unnest(%(skills)s::text[]) skill(name)
        cross join unnest(%(languages)s::text[]) language(name)
        cross join lateral (
            select t.id, t.rank from triage_row t
            where t.skill = skill.name and t.language = language.name
                and t.senior = %(senior)s {{only}} and {_MAY}
            order by t.rank, t.id limit 50
        ) first
    ) and {_MAY}
    order by t.rank, t.id limit 1 for update skip locked
"""  # noqa: S608 – no text of users
_CONFLICTED = f"""
    select exists ({_DECLARED}) or exists ({_REPORTED}) from triage_row t where t.id = %(id)s
"""  # noqa: S608 – no text of users
_REPEATED = f"""
    {_FROM} where t.id = any(array(select c.id from case_row c
            where c.respondent = %(person)s and c.stage in ('received', 'investigating')))
        and t.repetition <> %(other_than)s
    order by t.id for update of t skip locked
"""  # noqa: S608 – no text of users
_REPEAT = """
    update triage_row t set repetition = %(percent)s, rank = said.rank
    from unnest(%(cases)s::uuid[], %(ranks)s::timestamptz[]) said(id, rank) where t.id = said.id
"""
_LANGUAGES = ("zh-hans", "en")


@dataclass(frozen=True, slots=True)
class PgQueues:
    """Queues in PostgreSQL."""

    weighing: Weighing
    clock: Clock

    def keep(self, case: Case) -> None:
        """Keep the row in step with its case: there while it is open, gone once it is closed."""
        pack = self.weighing.in_force(self.clock())
        # Only a case that comes back has been told of before its row was there.
        spread = self.spread(case.id) if case.rounds > 1 else None
        waiting = self.weighing.waiting(case, "", pack, spread)
        with connection.cursor() as cursor:
            if waiting is None:
                cursor.execute("delete from triage_row where id = %s", [UUID(case.id)])
                return
            values = {**row_of(waiting), "reporter": UUID(case.reporters[0])}
            cursor.execute(_KEEP, values)

    def get(self, case: CaseId) -> Waiting | None:
        return next(iter(self.several([case])), None)

    def several(self, cases: Sequence[CaseId]) -> list[Waiting]:
        with connection.cursor() as cursor:
            wanted = [as_uuid(case) for case in cases]
            cursor.execute(_FROM + " where t.id = any(%s)", [wanted])
            return [_waiting(row) for row in cursor.fetchall()]

    def puller(self, person: PersonId, now: datetime, *, senior: bool) -> Puller:
        ((turn, skills, languages, held),) = _prepared(_PULLER, {"me": as_uuid(person), "now": now})
        return Puller(person, senior, _set(skills), _set(languages), held, turn)

    def pull(
        self, who: Puller, kind: SubjectKind | None, claim: Claim, now: datetime
    ) -> CaseId | None:
        only = "and t.subject_kind = %(kind)s" if kind else ""
        asked = {"now": now, "kind": kind.value if kind else None, "ahead": False}
        return self._pull(who, only, claim, asked)

    def pull_ahead(self, who: Puller, claim: Claim, now: datetime) -> CaseId | None:
        return self._pull(who, _LANE, claim, {"now": now, "kind": None, "ahead": True})

    def pulled(self, since: datetime, limit: int) -> list[Pulled]:
        rows = QueuePull.objects.filter(at__gte=since).order_by("-at")[:limit]
        return [
            Pulled(row.at, CaseId(str(row.case)), row.opened_at, row.rank, row.ahead)
            for row in reversed(rows)
        ]

    def _pull(
        self, who: Puller, only: str, claim: Claim, asked: Mapping[str, Any]
    ) -> CaseId | None:
        free = who.skills is None and who.languages is None
        values: dict[str, Any] = {
            "me": as_uuid(who.person),
            **asked,
            "turn": who.turn,
            "until": claim.until,
            "skills": ["", *sorted(who.skills or ())],
            "languages": sorted(who.languages) if who.languages is not None else [*_LANGUAGES],
        }
        if not free and who.skills is None:
            values["skills"] = self._skills()
        chosen = (_FIRST if free else _SOME).format(only=only)
        # What was escalated waits for the few who may take it, so they are offered it first.
        for senior in (True, False) if who.senior else (False,):
            found = _prepared(_CLAIM.format(chosen=chosen), {**values, "senior": senior})
            for (case,) in found:
                return CaseId(str(case))
        return None

    def _skills(self) -> list[str]:
        """Every skill that any pack asks for, for whoever is narrowed by language alone."""
        packs = self.weighing.packs.packs
        known = {skill for ref in packs for skill in self.weighing.by(ref).skills.values()}
        return ["", *sorted(known)]

    def claim(self, case: CaseId, claim: Claim, now: datetime) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(
                "update triage_row set claimed_by = %(me)s, claim_until = %(until)s"
                " where id = %(id)s and ready and"
                " (claimed_by = %(me)s or claim_until is null or claim_until <= %(now)s)",
                {"me": as_uuid(claim.by), "until": claim.until, "id": as_uuid(case), "now": now},
            )
            return bool(cursor.rowcount)

    def hand(self, case: CaseId, claim: Claim | None) -> None:
        TriageRow.objects.filter(id=as_uuid(case)).update(
            claimed_by=as_uuid(claim.by) if claim else None,
            claim_until=claim.until if claim else None,
        )

    def spread(self, case: CaseId) -> Spreading | None:
        row = CaseSpread.objects.filter(id=as_uuid(case)).first()
        return codec.decode(row.body, Spreading) if row else None

    def put_spread(self, case: CaseId, spread: Spreading) -> None:
        body = codec.encode(spread)
        CaseSpread.objects.update_or_create(id=as_uuid(case), defaults={"body": body})

    def rank(self, case: CaseId, rank: datetime, pack: PackRef, skill: str) -> None:
        found = TriageRow.objects.filter(id=as_uuid(case))
        found.update(rank=rank, pack=str(pack), skill=skill)

    def believe(self, case: CaseId, credibility: float, rank: datetime) -> None:
        found = TriageRow.objects.filter(id=as_uuid(case))
        found.update(credibility=credibility, rank=rank)

    def repeated(self, respondent: PersonId, other_than: int) -> list[Waiting]:
        with connection.cursor() as cursor:
            cursor.execute(_REPEATED, {"person": as_uuid(respondent), "other_than": other_than})
            return [_waiting(row) for row in cursor.fetchall()]

    def repeat(self, ranks: Mapping[CaseId, datetime], percent: int) -> None:
        cases, moments = [as_uuid(case) for case in ranks], list(ranks.values())
        with connection.cursor() as cursor:
            cursor.execute(_REPEAT, {"percent": percent, "cases": cases, "ranks": moments})

    def outdated(self, pack: PackRef, limit: int) -> list[Waiting]:
        with connection.cursor() as cursor:
            # Two ranges of the index, rather than `<>`, which would read every row.
            sql = _FROM + " where t.pack < %(pack)s or t.pack > %(pack)s limit %(limit)s"
            cursor.execute(sql, {"pack": str(pack), "limit": limit})
            return [_waiting(row) for row in cursor.fetchall()]

    def open(self, limit: int) -> Iterable[Waiting]:
        with connection.cursor() as cursor:
            cursor.execute(_FROM + " order by t.rank, t.id limit %s", [limit])
            while rows := cursor.fetchmany(2000):
                yield from map(_waiting, rows)

    def conflicted(self, person: PersonId, case: CaseId) -> bool:
        with connection.cursor() as cursor:
            cursor.execute(_CONFLICTED, {"me": as_uuid(person), "id": as_uuid(case)})
            found = cursor.fetchone()
        return bool(found and found[0])

    def declare(self, person: PersonId, about: str) -> None:
        Conflict.objects.get_or_create(person=as_uuid(person), about=as_uuid(about))

    def able(self, person: PersonId) -> Able:
        row = ReviewerAble.objects.filter(person=as_uuid(person)).first()
        return Able(_tuple(row.skills), _tuple(row.languages)) if row else Able()

    def declare_able(self, person: PersonId, able: Able) -> None:
        ReviewerAble.objects.update_or_create(
            person=as_uuid(person),
            defaults={
                "skills": None if able.skills is None else list(able.skills),
                "languages": None if able.languages is None else list(able.languages),
            },
        )


def row_of(waiting: Waiting, ids: Callable[[str], object] = UUID) -> dict[str, Any]:
    """The columns that a case's events and its pack decide: all but the claim."""
    return {
        "id": ids(waiting.case),
        "subject_kind": waiting.kind.value,
        "category": waiting.category,
        "skill": waiting.skill,
        "language": waiting.language,
        "opened_at": waiting.opened_at,
        "rank": waiting.rank,
        "pack": str(waiting.pack),
        "ready": waiting.ready,
        "senior": waiting.senior,
        "respondent": ids(waiting.respondent) if waiting.respondent else None,
        "barred": [ids(person) for person in sorted(waiting.barred)],
        "credibility": waiting.credibility,
        "repetition": waiting.repetition,
    }


def rows_for(
    weighing: Weighing,
    cases: list[Case],
    languages: Mapping[CaseId, str],
    figures: Mapping[CaseId, float],
    repetitions: Mapping[PersonId, int],
    now: datetime,
) -> list[dict[str, Any]]:
    """Rows of newly opened cases, for whoever copies many at once; a claim is null."""
    found = weighing.rows_for(cases, languages, figures, repetitions, now)
    return [row_of(waiting, str) for waiting in found]


def _prepared(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """What a statement gives that the server has planned before: planning costs half a pull."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(statement.encode(), values, prepare=True)
        return cursor.fetchall()


def _waiting(row: Sequence[Any]) -> Waiting:
    (case, kind, category, skill, language, opened_at, rank, pack, ready) = row[:9]
    (senior, respondent, barred, body, claimed_by, claim_until, credibility, repetition) = row[9:]
    platform, _, version = pack.partition("@")
    return Waiting(
        case=CaseId(str(case)),
        kind=SubjectKind(kind),
        category=category,
        skill=skill,
        language=language,
        opened_at=opened_at,
        rank=rank,
        pack=PackRef(platform, version),
        ready=ready,
        senior=senior,
        respondent=PersonId(str(respondent)) if respondent else None,
        barred=frozenset(PersonId(str(person)) for person in barred),
        spread=codec.decode(body, Spreading) if body else None,
        claim=Claim(PersonId(str(claimed_by)), claim_until) if claimed_by else None,
        credibility=credibility,
        repetition=repetition,
    )


def _set(values: list[str] | None) -> frozenset[str] | None:
    return None if values is None else frozenset(values)


def _tuple(values: list[str] | None) -> tuple[str, ...] | None:
    return None if values is None else tuple(values)
