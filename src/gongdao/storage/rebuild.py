"""
The record against itself: every row folded anew from its events, every leaf hashed anew.

Everything is read once, in order, through server-side cursors and in one snapshot, so that a
hundred thousand cases take no more memory than one batch and nobody who writes meanwhile is seen
half-way. It changes nothing: a difference is reported and left for people to look at.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models, transaction

from gongdao.domain.appeals import dictation
from gongdao.domain.appeals import model as appeals
from gongdao.domain.appeals import profiles as high_profiles
from gongdao.domain.counter_notices import model as rights_notices
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.decisions import model as decisions
from gongdao.domain.duty import model as complaints
from gongdao.domain.evidence import exhibits, journal
from gongdao.domain.evidence import findings as looks
from gongdao.domain.firms import model as firm_model
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake import model as intake
from gongdao.domain.interim import model as interim
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.mailbox import model as mailbox
from gongdao.domain.notices import model as notices
from gongdao.domain.owners import model as owners
from gongdao.domain.triage.model import Spreading
from gongdao.domain.unmasking import model as unmasking
from gongdao.domain.verification import model as verification
from gongdao.domain.ways_back import model as ways
from gongdao.storage import (
    case_files,
    clocks_and_notices,
    codec,
    counter_notices,
    dictations,
    findings,
    firms,
    groups,
    interims,
    journals,
    mailboxes,
    profiles,
    vault,
    verifications,
    ways_back,
)
from gongdao.storage.clocks_and_notices import OPEN
from gongdao.storage.counter_notice_models import RightsNoticeRow
from gongdao.storage.finding_models import LookRow
from gongdao.storage.firm_models import ComplaintRow, FirmRow
from gongdao.storage.hearing_models import ProfileRow
from gongdao.storage.interim_tables import InterimRow
from gongdao.storage.journal_models import JournalRow
from gongdao.storage.mailbox_models import MailboxRow, UnmaskingRow
from gongdao.storage.models import (
    AppealRow,
    CaseRow,
    CaseSpread,
    DeadlineRow,
    DecisionRow,
    GroupRow,
    NoticeRow,
    OwnerTaskRow,
    ReportCase,
    SanctionRow,
    TookPart,
    TriageRow,
)
from gongdao.storage.triage import row_of
from gongdao.storage.vault_models import ExhibitRow
from gongdao.storage.verification_models import DictationRow, VerificationRow
from gongdao.storage.way_back_models import WayBackRow

BATCH = 500
Tick = Callable[[int], object]
"""Told how many more records were read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the events say."""

    what: str
    """`leaf`, `stream`, or the row: case, decision, sanction, appeal, deadline, notice, report,
    exhibit, look, journal, group, owner_task, way_back, dictation, verification, rights_notice,
    firm, complaint, triage (an open case in its queue)."""
    id: str
    """Of the thing; an event is named by its stream and version, `…/3`."""
    field: str
    """The field that differs; `row` if it is missing or there for nothing."""
    kept: str
    rebuilt: str


@dataclass(frozen=True, slots=True)
class _Kind:
    """How one kind of stream is folded, and which row it keeps."""

    table: type[models.Model]
    fold: Callable[[Iterable[Any]], Any]
    row: Callable[[Any, int], Mapping[str, object]]


_KINDS = {
    "case": _Kind(CaseRow, intake.fold, case_files.case_row),
    "decision": _Kind(DecisionRow, decisions.fold, case_files.decision_row),
    "sanction": _Kind(SanctionRow, decisions.fold_sanction, case_files.sanction_row),
    "appeal": _Kind(AppealRow, appeals.fold, case_files.appeal_row),
    "deadline": _Kind(DeadlineRow, deadlines.fold, clocks_and_notices.deadline_row),
    "interim": _Kind(InterimRow, interim.fold, interims.interim_row),
    "group": _Kind(GroupRow, owners.fold_group, groups.group_row),
    "owner_task": _Kind(OwnerTaskRow, owners.fold_task, groups.task_row),
    "notice": _Kind(NoticeRow, notices.fold, clocks_and_notices.notice_row),
    "mail": _Kind(MailboxRow, mailbox.fold, mailboxes.mailbox_row),
    "identity": _Kind(UnmaskingRow, unmasking.fold, mailboxes.unmasking_row),
    "exhibit": _Kind(ExhibitRow, exhibits.fold, vault.exhibit_row),
    "look": _Kind(LookRow, looks.fold, findings.look_row),
    "rights_notice": _Kind(RightsNoticeRow, rights_notices.fold, counter_notices.rights_row),
    "journal": _Kind(JournalRow, journal.fold, journals.journal_row),
    "dictation": _Kind(DictationRow, dictation.fold, dictations.dictation_row),
    "verification": _Kind(VerificationRow, verification.fold, verifications.verification_row),
    "way_back": _Kind(WayBackRow, ways.fold, ways_back.way_back_row),
    "firm": _Kind(FirmRow, firm_model.fold, firms.firm_row),
    "complaint": _Kind(ComplaintRow, complaints.fold, firms.complaint_row),
    "profile": _Kind(ProfileRow, high_profiles.fold, profiles.profile_row),
}
_WITHOUT_ROW = {"packet", "materials", "roster"}
"""Streams that are asked for by their name alone."""
_EVENTS = """
    select stream, version, kind, at, actor_role, actor, body, leaf from event
    order by stream, version
"""
_REPORTS = "select id, reporter, received_at, body, leaf from report order by id"
_ABOUT_NOTHING = """
    select id from {table} r where not exists (select 1 from event e where e.stream = r.id)
"""
_NEXT_DUE = """
    select c.id, c.next_due, d.at from case_row c
    left join (
        select "case", min(due_at) as at from deadline_row
        where stage = any(%s) and (kind <> 'owner' or stage = 'missed') group by 1
    ) d on d."case" = c.id
    where c.next_due is distinct from d.at
"""


@dataclass(frozen=True, slots=True)
class _Standing:
    """A stream, folded anew."""

    kind: str
    id: UUID
    row: Mapping[str, object]
    took_part: frozenset[UUID]
    reports: frozenset[UUID]
    case: intake.Case | None = None


def amount() -> int:
    """How many records a check reads."""
    with connection.cursor() as cursor:
        cursor.execute("select (select count(*) from event) + (select count(*) from report)")
        return int(cursor.fetchone()[0])


def differences(weighing: Weighing, tick: Tick = lambda _read: None) -> Iterator[Difference]:
    """Everything that differs; nothing if the record is sound."""
    with _snapshot():
        yield from _reports(tick)
        batch: list[_Standing] = []
        for item in _streams(tick):
            if isinstance(item, Difference):
                yield item
                continue
            batch.append(item)
            if len(batch) >= BATCH:
                yield from _against_rows(batch)
                yield from _queued(weighing, batch)
                batch.clear()
        yield from _against_rows(batch)
        yield from _queued(weighing, batch)
        yield from _rows_about_nothing()
        yield from _next_due()


@contextmanager
def _snapshot() -> Iterator[None]:
    """One view of everything, however long it takes; within a transaction, that one's."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _read(sql: str) -> Iterator[tuple[Any, ...]]:
    """Rows through a cursor of the server's."""
    with connection.chunked_cursor() as cursor:
        cursor.execute(sql)
        while rows := cursor.fetchmany(BATCH):
            yield from rows


def _reports(tick: Tick) -> Iterator[Difference]:
    for id_, reporter, received_at, body, leaf in _read(_REPORTS):
        tick(1)
        if codec.leaf_hash(codec.report_entry(body)) != bytes(leaf):
            yield _leaf(str(id_), leaf, codec.report_entry(body))
        try:
            report = codec.decode_report(body)
        except (msgspec.MsgspecError, ValueError) as problem:
            yield Difference("report", str(id_), "body", "unreadable", str(problem)[:200])
            continue
        kept = {"id": id_, "reporter": reporter, "received_at": received_at}
        wanted = {
            "id": UUID(report.id),
            "reporter": UUID(report.reporter),
            "received_at": report.received_at,
        }
        yield from _unlike("report", str(id_), kept, wanted)


def _streams(tick: Tick) -> Iterator[_Standing | Difference]:
    """Every stream as it stands, and whatever is wrong with its events."""
    for stream, rows in groupby(_read(_EVENTS), key=lambda row: row[0]):
        events: list[Any] = []
        kinds: set[str] = set()
        for expected, (_, version, kind, at, role, actor, body, leaf) in enumerate(rows, start=1):
            tick(1)
            name = f"{stream}/{version}"
            entry = codec.event_entry(str(stream), version, kind, body)
            if codec.leaf_hash(entry) != bytes(leaf):
                yield _leaf(name, leaf, entry)
            if version != expected:
                yield Difference("stream", name, "version", str(version), str(expected))
            try:
                event = codec.decode_event(kind, body)
            except (msgspec.MsgspecError, ValueError, KeyError) as problem:
                yield Difference("stream", name, "body", "unreadable", str(problem)[:200])
                continue
            kept = {"at": at, "actor_role": role, "actor": actor}
            yield from _unlike("event", name, kept, _columns(event))
            events.append(event)
            kinds.add(kind.partition(".")[0])
        if not kinds <= _WITHOUT_ROW:
            yield _folded(stream, kinds, events)


def _columns(event: Any) -> Mapping[str, object]:
    person = event.by.person
    return {
        "at": event.at,
        "actor_role": event.by.role.value,
        "actor": UUID(person) if person else None,
    }


def _folded(stream: UUID, kinds: set[str], events: list[Any]) -> _Standing | Difference:
    kind = next(iter(kinds)) if len(kinds) == 1 else ""
    if kind not in _KINDS:
        found = ", ".join(sorted(kinds)) or "nothing"
        return Difference("stream", str(stream), "kind", found, "one known kind")
    try:
        standing = _KINDS[kind].fold(events)
        row = _KINDS[kind].row(standing, len(events))
    except Exception as problem:  # noqa: BLE001 – whatever a damaged stream makes of the fold
        return Difference("stream", str(stream), "fold", kind, repr(problem)[:200])
    case = standing if isinstance(standing, intake.Case) else None
    staff = case.took_part if case else ()
    reports = case.reports if case else ()
    return _Standing(kind, stream, row, _ids(staff), _ids(reports), case)


def _ids(names: Iterable[str]) -> frozenset[UUID]:
    return frozenset(UUID(name) for name in names)


def _against_rows(batch: list[_Standing]) -> Iterator[Difference]:
    """Each standing beside the row that is kept of it."""
    for name, kind in _KINDS.items():
        theirs = [standing for standing in batch if standing.kind == name]
        if not theirs:
            continue
        rows = kind.table._default_manager.filter(pk__in=[s.id for s in theirs]).values()  # noqa: SLF001
        kept = {row["id"]: row for row in rows}
        for standing in theirs:
            if standing.id not in kept:
                yield Difference(name, str(standing.id), "row", "missing", "there")
                continue
            yield from _unlike(name, str(standing.id), kept[standing.id], standing.row)
        if name == "case":
            yield from _took_part(theirs)
            yield from _joined(theirs)


def _joined(cases: list[_Standing]) -> Iterator[Difference]:
    """Which reports a case rests on."""
    kept: dict[UUID, set[UUID]] = {}
    rows = ReportCase.objects.filter(case__in=[standing.id for standing in cases])
    for case, report in rows.values_list("case", "report"):
        kept.setdefault(case, set()).add(report)
    for standing in cases:
        wrong = kept.get(standing.id, set()) ^ standing.reports
        if wrong:
            there, missing = wrong - standing.reports, wrong & standing.reports
            yield Difference(
                "case",
                str(standing.id),
                "reports",
                f"{len(there)} too many",
                f"{len(missing)} missing",
            )


def _took_part(cases: list[_Standing]) -> Iterator[Difference]:
    """Who handled a case, by which the database keeps them from its appeals."""
    kept: dict[UUID, set[UUID]] = {}
    for row in TookPart.objects.filter(case__in=[standing.id for standing in cases]):
        kept.setdefault(row.case, set()).add(row.person)
    for standing in cases:
        there = kept.get(standing.id, set())
        if there != standing.took_part:
            shown = (sorted(map(str, people)) for people in (there, standing.took_part))
            first, second = (", ".join(people) or "nobody" for people in shown)
            yield Difference("case", str(standing.id), "took_part", first, second)


def _queued(weighing: Weighing, batch: list[_Standing]) -> Iterator[Difference]:
    """Every open case stands in its queue where its weight puts it, and no closed one does."""
    cases = [standing.case for standing in batch if standing.case is not None]
    kept = {
        row["id"]: row
        for row in TriageRow.objects.filter(id__in=_ids(case.id for case in cases)).values()
    }
    told = CaseSpread.objects.filter(id__in=_ids(case.id for case in cases)).values_list(
        "id", "body"
    )
    spreads = {id_: codec.decode(body, Spreading) for id_, body in told}
    for case in cases:
        id_ = UUID(case.id)
        row = kept.get(id_)
        # By the pack that ranked it: where a newer one is in force, the worker catches up.
        platform, _, version = (row["pack"] if row else str(case.pack)).partition("@")
        if not version:
            continue
        pack = PackRef(platform, version)
        language = row["language"] if row else ""
        wanted = weighing.waiting(case, language, pack, spreads.get(id_))
        if (row is None) is not (wanted is None):
            there, there_not = ("there", "missing") if row else ("missing", "there")
            yield Difference("triage", case.id, "row", there, there_not)
        elif row is not None and wanted is not None:
            yield from _unlike("triage", case.id, row, row_of(wanted))


def _rows_about_nothing() -> Iterator[Difference]:
    """Rows of things that never happened."""
    for name, kind in _KINDS.items():
        table = kind.table._meta.db_table  # noqa: SLF001
        for (id_,) in _read(_ABOUT_NOTHING.format(table=table)):
            yield Difference(name, str(id_), "row", "there", "missing")
    for (id_,) in _read(_ABOUT_NOTHING.format(table="triage_row")):
        yield Difference("triage", str(id_), "row", "there", "missing")


def _next_due() -> Iterator[Difference]:
    """The deadlines' rows were compared before; a case must name the first of them."""
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_DUE, [OPEN])
        found = cursor.fetchall()
    for id_, kept, rebuilt in found:
        yield Difference("case", str(id_), "next_due", str(kept), str(rebuilt))


def _unlike(
    what: str, id_: str, kept: Mapping[str, object], wanted: Mapping[str, object]
) -> Iterator[Difference]:
    for field, value in wanted.items():
        if kept[field] != value:
            yield Difference(what, id_, field, str(kept[field]), str(value))


def _leaf(id_: str, kept: bytes, entry: bytes) -> Difference:
    return Difference("leaf", id_, "hash", bytes(kept).hex(), codec.leaf_hash(entry).hex())
