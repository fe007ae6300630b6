"""What intake needs from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.intake.crowd import Crowd, Mark
from gongdao.domain.intake.model import Apart, Case, CaseStep, Report
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId


class Cases(Streams[Case, CaseStep], Protocol):
    """All cases."""

    def open_on(self, report: Report, respondent: PersonId | None) -> Held[Case] | None:
        """The undecided case that a report joins, if there is one.

        From here to the end of the unit of work nobody else opens or joins a case of this subject.
        """


class Receipts(Protocol):
    """Signs what was received."""

    def sign(self, code: str, report: ReportId, received_at: datetime, leaf: str) -> SignedReceipt:
        """The signed receipt of a report with its code and leaf hash (hex)."""


class Reports(Protocol):
    """All reports. A report, once added, is never changed or dropped."""

    def add(self, report: Report) -> str:
        """Keep a report with its log leaf; the leaf's hash (hex) comes back."""

    def join(self, case: CaseId, report: Report, mark: Mark, apart: Apart | None) -> None:
        """Keep which case a report belongs to, and what it is recognised by. Never changed."""

    def crowd(self, report: Report, mark: Mark) -> Crowd:
        """What else was reported of the report's subject, up to the report itself."""

    def last_by(self, report: Report) -> datetime | None:
        """When the same reporter reported the same subject for the same category before."""

    def several(self, reports: Sequence[ReportId]) -> list[Report]:
        """These reports in this order; what is not there is left out."""

    def get(self, report: ReportId) -> Report:
        """One report; NotFound if there is none."""

    def leaf(self, report: ReportId) -> str:
        """The report's leaf hash (hex) in the log."""

    def leaves(self, reports: Sequence[ReportId]) -> Mapping[ReportId, str]:
        """The leaf hash (hex) of each of these reports in the log."""

    def case_of(self, report: ReportId) -> CaseId:
        """The case that a report belongs to; NotFound if there is none."""

    def of_case(self, case: CaseId, reporter: PersonId) -> list[Report]:
        """One reporter's reports that a case rests on, oldest first."""

    def of_reporter(self, reporter: PersonId) -> list[Report]:
        """What one person reported, newest first."""
