"""Taking reports in by the thousand: checked at once, kept together, put in line right after.

`Reporting.file` does all of it in one go, for a person at a page. Here the first half stands alone:
it asks no record, so that it costs little, and what it makes is kept as one packet for many
reports. `Sorting` does the second half, by the same rules.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import (
    Submission,
    about_oneself,
    check_submission,
    make_report,
    pack_of_the_day,
)
from gongdao.domain.intake.model import Report
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import PersonId, ReportId
from gongdao.domain.kernel.work import Texts
from gongdao.domain.policy.model import CasePolicy
from gongdao.domain.policy.pack import RulePack


@dataclass(frozen=True, slots=True)
class Arrival:
    """A submission that can be taken."""

    submission: Submission
    reporter_account: str | None
    """Who reports, in the operator's app; None for somebody new."""
    pack: RulePack
    received_at: datetime


@dataclass(frozen=True, slots=True)
class WaitingReport:
    """A report that was acknowledged and is not in line yet, with all that its place depends on."""

    report: Report
    statement: str
    """In clear, to recognise its wording by."""
    account: str | None
    """Whose the subject is, in the operator's app."""
    newcomer: bool
    """Whether the reporter is a party of their own, made with the report."""
    contact: str | None
    language: str


@dataclass(frozen=True, slots=True)
class Receiving:
    """The first half."""

    records: Records
    _days: dict[date, tuple[RulePack, CasePolicy]] = field(default_factory=dict)

    def check(self, submission: Submission, reporter_account: str | None) -> Arrival:
        """Refused, unless it can be taken; nothing is kept yet."""
        now = self.records.clock()
        pack, policy = self._rules_of(now)
        check_submission(policy, submission)
        if reporter_account and _same(reporter_account, submission.account):
            raise about_oneself()
        return Arrival(submission, reporter_account, pack, now)

    def report(self, arrival: Arrival, reporter: PersonId, texts: Texts) -> Report:
        """The report that an arrival makes. Whom it is about is looked up later."""
        return make_report(
            arrival.submission,
            report=ReportId(self.records.new_id()),
            reporter=reporter,
            respondent=None,
            pack=arrival.pack,
            received_at=arrival.received_at,
            texts=texts,
            parties=self.records.parties,
        )

    def _rules_of(self, now: datetime) -> tuple[RulePack, CasePolicy]:
        """The rules of the day, looked up once a day."""
        day = now.astimezone(CHINA).date()
        if day not in self._days:
            pack = pack_of_the_day(self.records.packs, now)
            self._days.clear()
            self._days[day] = pack, self.records.policy(pack.ref)
        return self._days[day]


def _same(one: str, other: str | None) -> bool:
    return other is not None and one.strip().casefold() == other.strip().casefold()
