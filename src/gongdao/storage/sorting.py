"""Takes acknowledged reports out of their packets and puts them in line, hundreds at a time.

One transaction takes a few packets and keeps everything that their reports make: parties, texts,
reports, events, cases, deadlines, places in a queue. Either all of it is kept and the packets are
gone, or nothing is and they wait. What cannot be put in line is set apart, report by report, tried
again and shown by `gongdao doctor`; it holds up nobody else.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from cryptography.fernet import InvalidToken
from django.db import DatabaseError, OperationalError, connection, transaction

from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.repetition import repetitions
from gongdao.domain.flows.sorting import Alike, Batch, Known, OpenCase, Sorting
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.model import Report
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import CaseId, NewId, PersonId
from gongdao.storage import sorting_rows
from gongdao.storage.bulk import array
from gongdao.storage.crowds import crowds
from gongdao.storage.people import Secrets, account_digest
from gongdao.storage.waiting_packets import Packed, pack, unpack

LOG = logging.getLogger("gongdao.sorting")

MOST = 1500
"""So many reports are put in line in one transaction, or those of one packet."""
REMEMBERED = 100_000
"""People whom the sorter remembers from one batch to the next."""
FIRST_PAUSE, LONGEST_PAUSE = 30, 3600
"""Seconds."""
_TROUBLE = (GongdaoError, DatabaseError, InvalidToken, ValueError, KeyError, TypeError)
"""What a report that we did not foresee, or a mistake of ours, ends in."""

_NEXT = """
    select position, count from reports_waiting
    where not_before is null or not_before <= %(now)s or not_before > %(longest)s
    order by position limit 200
"""
_TAKE = "delete from reports_waiting where position = any(%s) returning position, packet"
_ALONE = "select pg_try_advisory_xact_lock(hashtext('gongdao sorting'))"
_SUBJECTS = """
    select pg_advisory_xact_lock(hashtextextended(key, 0))
    from (select key from unnest(%s::text[]) key order by 1) ordered
"""
_CASES = """
    select subject_key, category, pack, id::text, version, respondent::text from case_row
    where id in (
        select id from case_row where subject_key = any(%s::text[])
            and stage in ('received', 'investigating') and not complainant_left
        order by id for update
    )
    order by opened_at, id
"""
_LAST = """
    select asked.reporter::text, asked.subject, asked.category, c.last
    from unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[])
        asked(reporter, subject, category, since)
    join lateral (
        select max(received_at) as last from report_case
        where reporter = asked.reporter and received_at > asked.since
            and subject_key = asked.subject and category = asked.category
    ) c on c.last is not null
"""
"""For each by itself: joined to all of them at once, the whole table would be read."""
_SINCE = """
    select p.id::text, p.created_at from party p where p.id = any(%s::uuid[]) and (
        p.account_digest is not null or exists (select from account a where a.party_id = p.id))
"""
_PARTIES = "select account_digest, id::text from party where account_digest = any(%s::text[])"
_NEW_PARTIES = """
    insert into party (id, account_digest, account, language, created_at)
    select * from unnest(%s::uuid[], %s::text[], %s::bytea[], %s::text[], %s::timestamptz[])
    on conflict (account_digest) do nothing
"""
_LATER = """
    insert into reports_waiting (received_at, count, codes, packet, tries)
    values (%s, 1, %s, %s, 0)
"""


_LESS = """
    select t.id::text from unnest(%s::uuid[], %s::float8[]) said(id, figure)
    join triage_row t on t.id = said.id and t.credibility < said.figure
"""


@dataclass(frozen=True, slots=True)
class PgSorting:
    """Sorts. Several may: one is at work at a time, so that the order of arrival is kept."""

    sorting: Sorting
    weighing: Weighing
    believing: Believing
    secrets: Secrets
    new_id: NewId
    clock: Clock
    _since: dict[PersonId, datetime] = field(default_factory=dict)
    """Since when people with an account are known: that never changes."""
    _parties: dict[str, PersonId] = field(default_factory=dict)
    """Whose an account is, by its digest."""

    def tick(self) -> int:
        """Put the next reports in line; how many that was, with those that must wait longer."""
        packets = self._next()
        if not packets:
            return 0
        try:
            return self._sort([position for position, _ in packets])
        except OperationalError:
            raise  # the database, and not a report: all of it is tried again
        except _TROUBLE as problem:
            LOG.warning("sorting.one_by_one packets=%d %s", len(packets), type(problem).__name__)
            return sum(self._alone(position, number) for position, number in packets)

    def _next(self) -> list[tuple[int, int]]:
        """Positions of packets, and how many reports are in each."""
        chosen: list[tuple[int, int]] = []
        room = MOST
        with connection.cursor() as cursor:
            # What is put off for longer than ever was put off before the clock was set back.
            now = self.clock()
            longest = now + timedelta(seconds=LONGEST_PAUSE)
            cursor.execute(_NEXT, {"now": now, "longest": longest})
            for position, number in cursor.fetchall():
                if chosen and number > room:
                    break
                chosen.append((position, number))
                room -= number
        return chosen

    def _sort(self, positions: Sequence[int]) -> int:
        try:
            with transaction.atomic():
                reports = [each for packet in self._take(positions) for each in packet]
                if reports:
                    self._keep(reports)
        except BaseException:
            # Parties that it made are gone with it.
            self._parties.clear()
            raise
        return len(reports)

    def _take(self, positions: Sequence[int]) -> list[list[Packed]]:
        """Packets in order; none if somebody else is at work, or took them already."""
        with connection.cursor() as cursor:
            cursor.execute(_ALONE)
            if not cursor.fetchone()[0]:
                return []
            cursor.execute(_TAKE, [list(positions)])
            rows = sorted(cursor.fetchall())
        return [unpack(bytes(packet), self.secrets.fields) for _, packet in rows]

    def _keep(self, reports: Sequence[Packed]) -> None:
        waiting = [each.waiting() for each in reports]
        subjects = sorted({each.report.subject.key for each in waiting})
        known_reporters = {w.report.reporter for w in waiting if not w.newcomer}
        now = self.clock()
        respondents = self._respondents({w.account for w in waiting if w.account}, now)
        with connection.cursor() as cursor:
            cursor.execute(_SUBJECTS, [array(subjects)])
            known = Known(
                cases=_cases(cursor, subjects),
                crowds=crowds(subjects, now),
                last=self._last(cursor, [w.report for w in waiting if not w.newcomer]),
                since=self._known_since(cursor, known_reporters),
                respondents=respondents,
                **self._reporters([w.report for w in waiting if not w.newcomer]),
            )
        batch = self.sorting.place(waiting, known)
        repeated = repetitions(self.sorting.records, respondents.values())
        sorting_rows.write(batch, reports, self.weighing, repeated, self.secrets, now)
        self._raise(batch)

    def _reporters(self, reports: Sequence[Report]) -> dict[str, Any]:
        """How far reporters with an account are believed, and who of them is under a measure."""
        mine = [r for r in reports if r.reporter in self._since]
        believing = self.believing
        policy = believing.policy() if mine else None
        return {
            "limits": believing.limits(sorted({r.reporter for r in mine})),
            "figures": believing.figures({(r.reporter, r.category) for r in mine}),
            "always": frozenset(policy.misuse.always if policy else ()),
        }

    def _raise(self, batch: Batch) -> None:
        """Cases that somebody joined who is believed more than those before them."""
        if not batch.raised:
            return
        with connection.cursor() as cursor:
            cursor.execute(_LESS, [array(batch.raised), array(batch.raised.values())])
            for (case,) in cursor.fetchall():
                self.believing.raise_to(CaseId(case), batch.raised[CaseId(case)])

    def _last(
        self, cursor: Any, reports: Sequence[Report]
    ) -> dict[tuple[PersonId, str, str], datetime]:
        """When each reporter last reported the same, as far back as a repetition reaches."""
        if not reports:
            return {}
        policy = self.sorting.records.policy
        reach = {ref: policy(ref).joining.repeat_within.flat() for ref in {r.pack for r in reports}}
        columns = (
            array(r.reporter for r in reports),
            array(r.subject.key for r in reports),
            array(r.category for r in reports),
            array(r.received_at - reach[r.pack] for r in reports),
        )
        cursor.execute(_LAST, columns)
        return {(PersonId(r), s, c): last for r, s, c, last in cursor.fetchall()}

    def _known_since(self, cursor: Any, people: set[PersonId]) -> Mapping[PersonId, datetime]:
        """Of those who have an account; who has none may get one later, and is asked for again."""
        new = [person for person in people if person not in self._since]
        if new:
            _forget(self._since)
            new = [person for person in people if person not in self._since]
            cursor.execute(_SINCE, [array(new)])
            self._since.update((PersonId(person), since) for person, since in cursor.fetchall())
        return self._since

    def _respondents(self, accounts: set[str], now: datetime) -> dict[str, PersonId]:
        digests = {account: account_digest(self.secrets, account) for account in accounts}
        if not self._parties.keys() >= set(digests.values()):
            _forget(self._parties)
            self._enter({d: name for name, d in digests.items() if d not in self._parties}, now)
        return {account: self._parties[digest] for account, digest in digests.items()}

    def _enter(self, names: Mapping[str, str], now: datetime) -> None:
        """Look up whose accounts these are, by digest; who is new becomes a party."""
        with connection.cursor() as cursor:
            cursor.execute(_PARTIES, [array(names)])
            found = {digest: PersonId(party) for digest, party in cursor.fetchall()}
            new = sorted(names.keys() - found.keys())
            if new:
                columns: list[list[Any]] = [
                    [self.new_id() for _ in new],
                    new,
                    [self.secrets.encrypt(names[digest]) for digest in new],
                    ["zh-hans"] * len(new),
                    [now] * len(new),
                ]
                cursor.execute(_NEW_PARTIES, columns)
                cursor.execute(_PARTIES, [array(new)])
                found |= {digest: PersonId(party) for digest, party in cursor.fetchall()}
        self._parties.update(found)

    def _alone(self, position: int, number: int) -> int:
        """One packet. If it fails each of its reports gets a packet to itself; one alone waits."""
        try:
            return self._sort([position])
        except OperationalError:
            raise
        except _TROUBLE as problem:
            if number == 1 or isinstance(problem, InvalidToken):
                self._put_off(position, problem)
                return number
        with transaction.atomic():
            for taken in self._take([position]):
                for report in taken:
                    self._set_apart(report)
        return number

    def _put_off(self, position: int, problem: Exception) -> None:
        """Try again later; a report that is in trouble is never dropped."""
        trouble = problem.code if isinstance(problem, GongdaoError) else type(problem).__name__
        LOG.error("sorting.trouble position=%d %s", position, trouble)
        with connection.cursor() as cursor:
            cursor.execute(
                """
                update reports_waiting set tries = tries + 1, trouble = %s,
                    not_before = %s + least(%s * power(2, least(tries, 20)), %s) * interval '1 s'
                where position = %s
                """,
                [trouble[:80], self.clock(), FIRST_PAUSE, LONGEST_PAUSE, position],
            )

    def _set_apart(self, report: Packed) -> None:
        packet = pack([report], self.secrets.fields)
        received_at = report.waiting().report.received_at
        with connection.cursor() as cursor:
            cursor.execute(_LATER, [received_at, report.code, packet])


def _cases(cursor: Any, subjects: Sequence[str]) -> dict[Alike, list[OpenCase]]:
    cursor.execute(_CASES, [array(subjects)])
    found: dict[Alike, list[OpenCase]] = {}
    for subject, category, rule_pack, case, version, respondent in cursor.fetchall():
        person = PersonId(respondent) if respondent else None
        case_now = OpenCase(CaseId(case), version, person)
        found.setdefault((subject, category, rule_pack), []).append(case_now)
    return found


def _forget(known: dict[Any, Any]) -> None:
    """Begin anew with what is remembered, before it takes too much room."""
    if len(known) > REMEMBERED:
        known.clear()
