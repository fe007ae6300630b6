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
from django.db import connection, transaction

from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.intake import model as intake
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.triage.model import Spreading
from gongdao.storage import (
    codec,
)
from gongdao.storage.clocks_and_notices import OPEN
from gongdao.storage.kept_rows import KINDS_WITH_ROWS, WITHOUT_ROW
from gongdao.storage.models import (
    CaseSpread,
    ReportCase,
    TookPart,
    TriageRow,
)
from gongdao.storage.triage import row_of

BATCH = 500
Tick = Callable[[int], object]
"""Told how many more records were read."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as the events say."""

    what: str
    """`leaf`, `stream`, or the row: case, decision, sanction, appeal, deadline, notice, report,
    exhibit, look, journal, group, owner_task, way_back, dictation, verification, rights_notice,
    firm, standing, complaint, organisation, dispute, protection, triage (an open case in its
    queue)."""
    id: str
    """Of the thing; an event is named by its stream and version, `…/3`."""
    field: str
    """The field that differs; `row` if it is missing or there for nothing."""
    kept: str
    rebuilt: str


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
        if not kinds <= WITHOUT_ROW:
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
    if kind not in KINDS_WITH_ROWS:
        found = ", ".join(sorted(kinds)) or "nothing"
        return Difference("stream", str(stream), "kind", found, "one known kind")
    try:
        standing = KINDS_WITH_ROWS[kind].fold(events)
        row = KINDS_WITH_ROWS[kind].row(standing, len(events))
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
    for name, kind in KINDS_WITH_ROWS.items():
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
        # How far its reporters were believed, and what the respondent's grade adds, is kept here
        # alone: the one as of when they reported, the other as of when it last changed.
        believed = row["credibility"] if row else 0.5
        repeated = row["repetition"] if row else 0
        spread = spreads.get(id_)
        wanted = weighing.waiting(
            case, language, pack, spread, credibility=believed, repetition=repeated
        )
        if (row is None) is not (wanted is None):
            there, there_not = ("there", "missing") if row else ("missing", "there")
            yield Difference("triage", case.id, "row", there, there_not)
        elif row is not None and wanted is not None:
            yield from _unlike("triage", case.id, row, row_of(wanted))


def _rows_about_nothing() -> Iterator[Difference]:
    """Rows of things that never happened."""
    for name, kind in KINDS_WITH_ROWS.items():
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
