"""What intake needs from outside."""

from collections.abc import Mapping
from typing import Protocol

from gongdao.domain.intake.model import Case, CaseStep, Report
from gongdao.domain.kernel.events import Streams
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId


class Cases(Streams[Case, CaseStep], Protocol):
    """All cases."""


class Reports(Protocol):
    """All reports. A report, once added, is never changed or dropped."""

    def add(self, report: Report) -> str:
        """Keep a report with its log leaf; the leaf's hash (hex) comes back."""

    def get(self, report: ReportId) -> Report:
        """One report; NotFound if there is none."""

    def leaf(self, report: ReportId) -> str:
        """The report's leaf hash (hex) in the log."""

    def leaves(self, case: CaseId) -> Mapping[ReportId, str]:
        """The leaf hash of each report that a case rests on."""

    def of_case(self, case: CaseId) -> list[Report]:
        """The reports that a case rests on, oldest first."""

    def of_reporter(self, reporter: PersonId) -> list[Report]:
        """What one person reported, newest first."""
