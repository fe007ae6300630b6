"""Asking the owners of groups, or no more, for reports that were put in line together."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.flows.owning import Owning
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.ids import CaseId, ReportId

ASK_OWNER = "ask_owner"
"""The outbox topic that does so."""


@dataclass(frozen=True, slots=True)
class AskingOwners:
    """The handler of the outbox topic."""

    records: Records
    owning: Owning

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Ask once; a case that staff took up is theirs. `reports` are those that joined it."""
        del last  # tried again like any other; what is given up is seen at the desk
        r = self.records
        with r.work():
            case = r.cases.get(CaseId(payload["case"])).now
            joined = [ReportId(each) for each in payload.get("reports", "").split()]
            if joined:
                self.owning.reports_joined(case, r.reports.several(joined))
            elif case.stage is CaseStage.RECEIVED and not r.owner_tasks.of_case(case.id):
                self.owning.case_opened(case)
