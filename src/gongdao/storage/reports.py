"""Reports in PostgreSQL, the case that each belongs to, and what its like is recognised by."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from gongdao.domain.intake.crowd import Crowd, Mark
from gongdao.domain.intake.model import Apart, Report
from gongdao.domain.kernel.errors import NotFound, hint_noop
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId
from gongdao.storage import codec
from gongdao.storage.crowds import crowds
from gongdao.storage.models import ReportCase, ReportRow
from gongdao.storage.people import PgCodes
from gongdao.storage.streams import as_uuid

_BODIES = """
    select r.body from report_case c join report r on r.id = c.report
        and r.received_at = c.received_at
"""


@dataclass(frozen=True, slots=True)
class PgReports:
    """All reports."""

    codes: PgCodes

    def add(self, report: Report) -> str:
        body = codec.encode(report)
        leaf = codec.leaf_hash(codec.report_entry(body))
        ReportRow.objects.create(
            id=UUID(report.id),
            received_at=report.received_at,
            reporter=UUID(report.reporter),
            code=self.codes.digest_of(self.codes.of_report(report.id)),
            body=body,
            leaf=leaf,
        )
        return leaf.hex()

    def join(self, case: CaseId, report: Report, mark: Mark, apart: Apart | None) -> None:
        ReportCase.objects.create(
            report=UUID(report.id),
            case=UUID(case),
            reporter=UUID(report.reporter),
            received_at=report.received_at,
            subject_key=report.subject.key,
            category=report.category,
            wording=mark.wording,
            young=mark.young,
            apart=apart.value if apart else None,
        )

    def crowd(self, report: Report, mark: Mark) -> Crowd:
        """With the report itself, which is not yet among them."""
        return crowds([report.subject.key], report.received_at)[report.subject.key].take(mark)

    def last_by(self, report: Report) -> datetime | None:
        found = ReportCase.objects.filter(
            reporter=as_uuid(report.reporter),
            subject_key=report.subject.key,
            category=report.category,
        )
        return found.order_by("-received_at").values_list("received_at", flat=True).first()

    def get(self, report: ReportId) -> Report:
        return codec.decode_report(self._row(report).body)

    def leaf(self, report: ReportId) -> str:
        return bytes(self._row(report).leaf).hex()

    def leaves(self, reports: Sequence[ReportId]) -> dict[ReportId, str]:
        wanted = [as_uuid(report) for report in reports]
        rows = ReportRow.objects.filter(id__in=wanted).values_list("id", "leaf")
        return {ReportId(str(report)): bytes(leaf).hex() for report, leaf in rows}

    def leaf_under(self, code: str) -> str | None:
        """The leaf of the report whose receipt has this code; None if it is here no more."""
        found = ReportRow.objects.filter(code=self.codes.digest_of(code))
        leaf = found.values_list("leaf", flat=True).first()
        return None if leaf is None else bytes(leaf).hex()

    def case_of(self, report: ReportId) -> CaseId:
        found = ReportCase.objects.filter(report=as_uuid(report))
        case = found.values_list("case", flat=True).first()
        if case is None:
            raise NotFound("not_found", hint_noop("There is no such report."))
        return CaseId(str(case))

    def of_case(self, case: CaseId, reporter: PersonId) -> list[Report]:
        where = 'where c."case" = %s and c.reporter = %s order by c.received_at, c.report'
        return _read(where, [as_uuid(case), as_uuid(reporter)])

    def several(self, reports: Sequence[ReportId]) -> list[Report]:
        wanted = [as_uuid(report) for report in reports]
        found = _read("where c.report = any(%s)", [wanted])
        place = {report: n for n, report in enumerate(reports)}
        return sorted(found, key=lambda report: place[report.id])

    def of_reporter(self, reporter: PersonId) -> list[Report]:
        where = "where c.reporter = %s order by c.received_at desc, c.report limit 200"
        return _read(where, [as_uuid(reporter)])

    def _row(self, report: ReportId) -> ReportRow:
        row = ReportRow.objects.filter(id=as_uuid(report)).first()
        if row is None:
            raise NotFound("not_found", hint_noop("There is no such report."))
        return row


def _read(where: str, values: list[Any]) -> list[Report]:
    with connection.cursor() as cursor:
        cursor.execute(_BODIES + where, values)
        return [codec.decode_report(body) for (body,) in cursor.fetchall()]
