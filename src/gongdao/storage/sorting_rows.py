"""The rows that a batch of sorted reports makes, copied into their tables."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import connection

from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.flows.asking_owners import ASK_OWNER
from gongdao.domain.flows.confirming import CONFIRM
from gongdao.domain.flows.sorting import Batch, InLine, Opening
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake.model import Apart
from gongdao.domain.kernel.events import Event
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.policy.model import SubjectKind
from gongdao.storage import codec
from gongdao.storage.bulk import Row, array, copy, copy_rows
from gongdao.storage.case_files import case_row
from gongdao.storage.clocks_and_notices import deadline_row
from gongdao.storage.outbox import PgOutbox
from gongdao.storage.people import Secrets
from gongdao.storage.triage import rows_for
from gongdao.storage.waiting_packets import Packed

_EVENT = ("stream", "version", "kind", "at", "actor_role", "actor", "body", "leaf")
_JOINED = """
    update case_row set version = moved.version, changed_at = %s,
        counted = case_row.counted + moved.counted, apart = case_row.apart + moved.apart,
        flood = case_row.flood or moved.flood
    from unnest(%s::uuid[], %s::int[], %s::int[], %s::int[], %s::bool[])
        moved(id, version, counted, apart, flood)
    where case_row.id = moved.id
"""
_ADDRESSED = """
    select p.id::text from party p where p.id = any(%s::uuid[]) and (
        p.contact is not null or exists (select from account a where a.party_id = p.id))
"""

_ASKED = """
    select distinct "case"::text from owner_task_row
    where "case" = any(%s::uuid[]) and stage = 'open'
"""


def write(
    batch: Batch,
    packed: Sequence[Packed],
    weighing: Weighing,
    repetitions: Mapping[PersonId, int],
    secrets: Secrets,
    now: datetime,
) -> None:
    """Keep everything that a batch made, within the open transaction."""
    both = list(zip(batch.placed, packed, strict=True))
    copy("party", ("id", "contact", "language", "created_at"), _parties(batch.placed, secrets))
    texts = (row for line, each in both for row in _texts(line, each, secrets))
    copy("sealed_text", ("digest", "salt", "cipher", "about"), texts)
    copy("report", ("id", "received_at", "reporter", "code", "body", "leaf"), _reports(both))
    copy("report_case", _REPORT_CASE, map(_report_case, batch.placed))
    joinings = batch.joinings(now)
    copy("event", _EVENT, _events(batch, joinings))
    _cases(batch.opened)
    languages = {CaseId(line.case): line.waiting.language for line in reversed(batch.placed)}
    new = [o.case for o in batch.opened]
    rows = rows_for(weighing, new, languages, batch.figures, repetitions, now)
    copy_rows("triage_row", rows)
    if joinings:
        _join(batch, now)
    _promise_confirmations(batch.placed)
    _promise_owners(batch)


def _parties(placed: Iterable[InLine], secrets: Secrets) -> Iterator[Row]:
    for line in placed:
        waiting = line.waiting
        if waiting.newcomer:
            contact = secrets.encrypt(waiting.contact)
            report = waiting.report
            yield report.reporter, contact, waiting.language, report.received_at


def _texts(line: InLine, packed: Packed, secrets: Secrets) -> Iterator[Row]:
    """The reference and the snapshot are about the respondent, the statement about the reporter."""
    respondent, reporter = line.respondent, line.waiting.report.reporter
    for (digest, salt, text), about in zip(
        packed.texts, (respondent, respondent, reporter), strict=True
    ):
        yield digest, salt, secrets.encrypt(text), about


def _reports(both: Iterable[tuple[InLine, Packed]]) -> Iterator[Row]:
    for line, each in both:
        report = line.waiting.report
        yield report.id, report.received_at, report.reporter, each.code, each.body, each.leaf


_REPORT_CASE = (
    "report", "case", "reporter", "received_at", "subject_key", "category", "wording", "young",
    "apart",
)  # fmt: skip


def _report_case(line: InLine) -> Row:
    report = line.waiting.report
    return (
        report.id,
        line.case,
        report.reporter,
        report.received_at,
        report.subject.key,
        report.category,
        line.mark.wording,
        line.mark.young,
        line.apart.value if line.apart else None,
    )


def _events(batch: Batch, joinings: dict[CaseId, Any]) -> Iterator[Row]:
    for opening in batch.opened:
        yield _event(opening.case.id, 1, opening.step)
        if opening.aside is not None:
            yield _event(opening.case.id, 2, opening.aside)
        if opening.clock is not None:
            yield _event(opening.clock.deadline, 1, opening.clock)
    for case, step in joinings.items():
        yield _event(case, batch.versions[case] + 1, step)


def _event(stream: str, version: int, step: Event) -> Row:
    body = codec.encode(step)
    leaf = codec.leaf_hash(codec.event_entry(stream, version, step.kind, body))
    by = step.by
    return stream, version, step.kind, step.at, by.role.value, by.person, body, leaf


def _cases(opened: Sequence[Opening]) -> None:
    rows = [
        {
            "id": o.case.id,
            **case_row(o.case, 1 if o.aside is None else 2, str),
            "next_due": o.clock.due_at if o.clock else None,
        }
        for o in opened
    ]
    copy_rows("case_row", rows)
    set_now = [o.clock for o in opened if o.clock is not None]
    clocks = [{"id": c.deadline, **deadline_row(deadlines.fold([c]), 1, str)} for c in set_now]
    copy_rows("deadline_row", clocks)


def _join(batch: Batch, now: datetime) -> None:
    cases = list(batch.joined)
    apart = [sum(one.apart is not None for one in batch.joined[case]) for case in cases]
    flood = [any(one.apart is Apart.FLOOD for one in batch.joined[case]) for case in cases]
    counted = [len(batch.joined[case]) - n for case, n in zip(cases, apart, strict=True)]
    versions = [batch.versions[case] + 1 for case in cases]
    with connection.cursor() as cursor:
        columns = [array(column) for column in (cases, versions, counted, apart, flood)]
        cursor.execute(_JOINED, [now, *columns])


def _promise_confirmations(placed: Sequence[InLine]) -> None:
    """Who left an address is told by mail; everybody has the signed receipt already."""
    reporters = {line.waiting.report.reporter for line in placed}
    with connection.cursor() as cursor:
        cursor.execute(_ADDRESSED, [array(reporters)])
        addressed = {person for (person,) in cursor.fetchall()}
    jobs = {
        str(line.waiting.report.id): {"report": line.waiting.report.id, "case": line.case}
        for line in placed
        if line.waiting.report.reporter in addressed
    }
    PgOutbox().post_many(CONFIRM, jobs)


def _promise_owners(batch: Batch) -> None:
    """The owners of groups that are known are asked right after, or asked no more."""
    group_of = {line.case: _group(line) for line in reversed(batch.placed)}
    with connection.cursor() as cursor:
        groups = array({group for group in group_of.values() if group is not None})
        cursor.execute("select key from group_row where key = any(%s::text[])", [groups])
        known = {key for (key,) in cursor.fetchall()}
        cursor.execute(_ASKED, [array(batch.joined)])
        asked = [CaseId(case) for (case,) in cursor.fetchall()]
    joined = {case: [str(one.report) for one in batch.joined[case]] for case in asked}
    later = {ids[0]: {"case": str(c), "reports": " ".join(ids)} for c, ids in joined.items()}
    PgOutbox().post_many(ASK_OWNER, later)
    cases = [o.case.id for o in batch.opened if group_of[o.case.id] in known]
    PgOutbox().post_many(ASK_OWNER, {str(case): {"case": case} for case in cases})


def _group(line: InLine) -> str | None:
    subject = line.waiting.report.subject
    return subject.key if subject.kind is SubjectKind.GROUP else line.waiting.report.group
