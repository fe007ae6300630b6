"""Records byte by byte, as a packet holds them: read as they are kept, and never written anew."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongdao.domain.evidence.packet_makings import PacketMade, makings_id
from gongdao.domain.evidence.packing import Kept
from gongdao.domain.kernel.events import Recorded
from gongdao.domain.kernel.ids import CaseId, ReportId
from gongdao.storage import codec
from gongdao.storage.streams import append, as_uuid, read_events

_EVENTS = """
    select stream, version, kind, at, body, leaf from event
    join unnest(%s::uuid[]) with ordinality wanted (stream, place) using (stream)
    order by place, version
"""
_REPORTS = """
    select id, received_at, body, leaf from report
    join unnest(%s::uuid[]) with ordinality wanted (id, place) using (id) order by place
"""


@dataclass(frozen=True, slots=True)
class PgShelf:
    """The records of this installation."""

    def events(self, streams: Sequence[str]) -> list[Kept]:
        return [
            _kept(body, leaf, kind, stream, at, codec.event_entry(str(stream), version, kind, body))
            for stream, version, kind, at, body, leaf in _rows(_EVENTS, streams)
        ]

    def reports(self, reports: Sequence[ReportId]) -> list[Kept]:
        return [
            _kept(body, leaf, "report", report, at, codec.report_entry(body))
            for report, at, body, leaf in _rows(_REPORTS, reports)
        ]


def _rows(query: str, ids: Sequence[str]) -> list[Any]:
    if not ids:
        return []
    with connection.cursor() as cursor:
        cursor.execute(query, [[as_uuid(each) for each in ids]])
        return list(cursor.fetchall())


def _kept(body: str, leaf: bytes, what: str, of: object, at: datetime, content: bytes) -> Kept:
    return Kept(bytes(leaf).hex(), content, what, str(of), json.loads(body), at)


class PgMakings:
    """That packets were made. The stream has no row: it is asked for by its case alone."""

    def of_case(self, case: CaseId) -> list[Recorded[PacketMade]]:
        return [recorded for _, recorded in read_events([makings_id(case)])]

    def add(self, made: PacketMade) -> None:
        before = self.of_case(made.case)
        append(makings_id(made.case), [made], len(before))


@contextmanager
def one_moment() -> Iterator[None]:
    """Within it everything is read as it was at one moment, whatever others keep meanwhile."""
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("set transaction isolation level repeatable read")
        yield
