"""People's own journals in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from gongdao.domain.evidence import journal
from gongdao.domain.evidence.journal import Entry, JournalEntered, JournalStep
from gongdao.domain.evidence.journal_ports import Used, Wanted, Written
from gongdao.domain.kernel.ids import EntryId, PersonId
from gongdao.storage import codec
from gongdao.storage.bulk import copy, copy_rows
from gongdao.storage.journal_models import JournalRow
from gongdao.storage.streams import PgStreams, as_uuid, keep_row, optional

_MONTHS = """
    select distinct to_char(happened_at at time zone 'Asia/Shanghai', 'YYYY-MM') as month
    from journal_row where owner = %s order by month desc
"""
_WRITTEN = """
    select e.stream, e.version, e.kind, e.at, e.body, e.leaf
    from journal_row r join event e on e.stream = r.id
    where r.owner = %s and r.id = any(%s) order by e.stream, e.version
"""
_EVENT = ("stream", "version", "kind", "at", "actor_role", "actor", "body", "leaf")


class PgJournals(PgStreams[Entry, JournalStep]):
    """All entries of all journals."""

    begins = "journal.entered"
    fold = staticmethod(journal.fold)

    def project(self, stream: str, standing: Entry, version: int) -> None:
        keep_row(JournalRow.objects, stream, journal_row(standing, version))

    def of_owner(self, owner: PersonId, wanted: Wanted) -> list[Entry]:
        rows = JournalRow.objects.filter(owner=as_uuid(owner))
        if wanted.sort:
            rows = rows.filter(sort=wanted.sort)
        if wanted.since is not None:
            rows = rows.filter(happened_at__gte=wanted.since)
        if wanted.until is not None:
            rows = rows.filter(happened_at__lt=wanted.until)
        ids = rows.order_by("-happened_at", "-id").values_list("id", flat=True)
        shown = ids[wanted.skip : wanted.skip + wanted.limit]
        return [held.now for held in self.several([str(id_) for id_ in shown])]

    def used(self, owner: PersonId) -> Used:
        with connection.cursor() as cursor:
            # Of two who write at once the second waits here, so that it counts the first.
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 14))", [owner])
        found = JournalRow.objects.filter(owner=as_uuid(owner)).aggregate(
            entries=Count("id"), size=Sum("bytes")
        )
        return Used(int(found["entries"]), int(found["size"] or 0))

    def months(self, owner: PersonId) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(_MONTHS, [as_uuid(owner)])
            return [month for (month,) in cursor.fetchall()]

    def corrected(self, owner: PersonId, entries: Sequence[EntryId]) -> dict[EntryId, EntryId]:
        rows = JournalRow.objects.filter(
            owner=as_uuid(owner), corrects__in=[as_uuid(entry) for entry in entries]
        ).order_by("recorded_at", "id")
        found = rows.values_list("corrects", "id")
        return {EntryId(str(earlier)): EntryId(str(later)) for earlier, later in found}

    def happened_at(self, owner: PersonId, moments: Sequence[datetime]) -> list[Entry]:
        ids = JournalRow.objects.filter(
            owner=as_uuid(owner), happened_at__range=(min(moments), max(moments))
        ).extra(where=["happened_at = any(%s)"], params=[list(moments)])
        streams = [str(id_) for id_ in ids.values_list("id", flat=True)]
        return [held.now for held in self.several(streams)]

    def enter_all(self, entered: Sequence[JournalEntered]) -> None:
        rows = []
        for step in entered:
            body = codec.encode(step)
            leaf = codec.leaf_hash(codec.event_entry(step.entry, 1, step.kind, body))
            by = step.by
            person = optional(by.person)
            rows.append(
                (UUID(step.entry), 1, step.kind, step.at, by.role.value, person, body, leaf)
            )
        copy("event", _EVENT, rows)
        standings = [journal.fold([step]) for step in entered]
        copy_rows("journal_row", [{"id": UUID(e.id), **journal_row(e, 1)} for e in standings])

    def written(self, owner: PersonId, entries: Sequence[EntryId]) -> list[Written]:
        with connection.cursor() as cursor:
            cursor.execute(_WRITTEN, [as_uuid(owner), [as_uuid(entry) for entry in entries]])
            rows = cursor.fetchall()
        return [
            Written(
                entry=EntryId(str(stream)),
                version=version,
                kind=kind,
                at=at,
                record=codec.event_entry(str(stream), version, kind, body).decode(),
                leaf=bytes(leaf).hex(),
            )
            for stream, version, kind, at, body, leaf in rows
        ]


def journal_row(entry: Entry, version: int) -> dict[str, object]:
    """An entry's row."""
    return {
        "version": version,
        "owner": as_uuid(entry.owner),
        "sort": entry.sort,
        "happened_at": entry.happened.at,
        "recorded_at": entry.recorded_at,
        "bytes": entry.bytes,
        "corrects": optional(entry.corrects),
        "struck": entry.struck is not None,
    }
