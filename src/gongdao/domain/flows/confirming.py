"""Telling a reporter who left an address that the report arrived and is in line."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import ASIDE, RECEIVED, Reporting
from gongdao.domain.intake.model import Report
from gongdao.domain.kernel.ids import CaseId, ReportId

CONFIRM = "confirm_report"
"""The outbox topic that does so, for reports that were put in line together."""


@dataclass(frozen=True, slots=True)
class Confirming:
    """The handler of the outbox topic."""

    records: Records
    reporting: Reporting

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Tell them; whoever was told by an earlier try is not told again."""
        del last  # tried again like any other; what is given up is seen at the desk
        r = self.records
        with r.work():
            report = r.reports.get(ReportId(payload["report"]))
            case = r.cases.get(CaseId(payload["case"])).now
            if not self._told(report, case.id):
                self.reporting.confirm(report, case)

    def _told(self, report: Report, case: CaseId) -> bool:
        inbox = self.records.notices.inbox(report.reporter, 20, case)
        said = {RECEIVED, ASIDE}
        return any(n.template in said and n.issued_at >= report.received_at for n in inbox)
