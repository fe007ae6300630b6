"""A person reports something, follows it, and may take it back."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import party
from gongdao.domain.deadlines.model import DeadlineKind
from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.owning import Owning
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.repetition import place_new
from gongdao.domain.flows.submitting import (
    Submission as Submission,  # noqa: PLC0414 – what `Reporting.file` takes
)
from gongdao.domain.flows.submitting import (
    about_oneself,
    check_submission,
    make_report,
    pack_of_the_day,
)
from gongdao.domain.flows.telling import Gap, Telling, shown
from gongdao.domain.intake import joining, rules
from gongdao.domain.intake.crowd import Mark
from gongdao.domain.intake.model import (
    AnswerRequested,
    Case,
    CaseSetAside,
    CaseStage,
    Report,
    ReporterTold,
)
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Role
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId, ReportId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import CasePolicy, Category
from gongdao.domain.standing.ports import Limit

RECEIVED, ASIDE = "report_received", "report_set_aside"
"""The notices that a report arrived."""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter keeps. The code is shown once and opens the case to its holder."""

    code: str
    report: ReportId
    case: CaseId
    leaf: str
    """Hash (hex) of the report in the log."""
    signed: SignedReceipt
    """The same, signed: it can be shown to others, and holds the code."""


@dataclass(frozen=True, slots=True)
class Reporting:
    """Everything that a reporter can do."""

    records: Records
    telling: Telling
    clocks: Clocks
    holding: Holding
    owning: Owning
    believing: Believing

    def file(self, submission: Submission, caller: Caller) -> Receipt:
        """File a report: kept, receipted and put before the acceptance check, or refused."""
        r = self.records
        now = r.clock()
        pack = pack_of_the_day(r.packs, now)
        policy = r.policy(pack.ref)
        check_submission(policy, submission)
        with r.work():
            reporter = self._reporter(submission, caller)
            account = (submission.account or "").strip()
            respondent = r.parties.by_account(account) if account else None
            if respondent is not None and respondent == reporter:
                raise about_oneself()
            report = make_report(
                submission,
                report=ReportId(r.new_id()),
                reporter=reporter,
                respondent=respondent,
                pack=pack,
                received_at=now,
                texts=r.texts,
                parties=r.parties,
            )
            r.decisions.cite(pack.ref, r.packs.digest(pack.ref))
            case, leaf = self._put_in_line(report, respondent, policy, submission.statement)
            code = r.codes.of_report(report.id)
            signed = r.receipts.sign(code, report.id, report.received_at, leaf)
        return Receipt(code, report.id, case, leaf, signed)

    def _put_in_line(
        self, report: Report, respondent: PersonId | None, policy: CasePolicy, statement: str
    ) -> tuple[CaseId, str]:
        """Open a case for a report, or let it join the open one about the same subject."""
        r = self.records
        signs = policy.joining.flood
        known_since = r.parties.known_since(report.reporter)
        young = joining.is_young(signs, known_since, report.received_at)
        mark = Mark(r.parties.wording(statement), young)
        limit = self.believing.limit(report) if known_since else None
        if limit is not None:
            return self._set_aside(report, respondent, mark, limit)
        held = r.cases.open_on(report, respondent)
        if held is not None and held.now.respondent == report.reporter:
            raise about_oneself()
        leaf = r.reports.add(report)
        if held is None:
            case_id = CaseId(r.new_id())
            r.reports.join(case_id, report, mark, None)
            case = self._open(case_id, report, respondent)
            if known_since:
                self.believing.opened(case, report)
        else:
            crowd, last = r.reports.crowd(report, mark), r.reports.last_by(report)
            apart = joining.apart(policy.joining, mark, crowd, last, report.received_at)
            r.reports.join(held.now.id, report, mark, apart)
            step = rules.join(report, apart)
            case = r.cases.add(held.now.id, [step], after=held.version).now
            self.owning.reports_joined(case, [report])
            if apart is None:
                self.believing.joined(case, report)
        self.confirm(report, case)
        return case.id, leaf

    def _set_aside(
        self, report: Report, respondent: PersonId | None, mark: Mark, limit: Limit
    ) -> tuple[CaseId, str]:
        """Keep a report as always, in a case of its own that waits: its reporter is limited."""
        r, case_id = self.records, CaseId(self.records.new_id())
        leaf = r.reports.add(report)
        r.reports.join(case_id, report, mark, None)
        opened = rules.open_case(case_id, report, respondent, Actor(Role.REPORTER, report.reporter))
        aside = rules.set_aside(limit.measure, limit.until, r.clock())
        case = r.cases.add(case_id, [opened, aside], after=0).now
        self.confirm(report, case)
        return case.id, leaf

    def _open(self, case_id: CaseId, report: Report, respondent: PersonId | None) -> Case:
        opened = rules.open_case(case_id, report, respondent, Actor(Role.REPORTER, report.reporter))
        case = self.records.cases.add(case_id, [opened], after=0).now
        place_new(self.records, case)
        self.clocks.start_acceptance(case)
        self.owning.case_opened(case)
        return case

    def confirm(self, report: Report, case: Case) -> None:
        """Tell the reporter that it arrived, and what comes next: as of their own report."""
        if case.stage is CaseStage.SET_ASIDE:
            self._tell_set_aside(report, case)
            return
        gap = Gap(both={"received_at": shown(report.received_at)})
        running = self.records.deadlines.running(case.id)
        awaited = {DeadlineKind.ACCEPTANCE, DeadlineKind.DECISION}
        due = next((h.now for h in running if h.now.kind in awaited), None)
        when = (
            self.telling.due(case, due.due_at, provisional=due.provisional)
            if due is not None
            else Gap(both={"due_at": ""}, zh={"provisional_note": ""}, en={"provisional_note": ""})
        )
        self.telling.tell(report.reporter, Reader.REPORTER, RECEIVED, case, when, gap)

    def _tell_set_aside(self, report: Report, case: Case) -> None:
        r = self.records
        steps = [recorded.event for recorded in r.cases.history(case.id)]
        until = next(step.until for step in steps if isinstance(step, CaseSetAside))
        gap = Gap(
            both={
                "received_at": shown(report.received_at),
                "until": shown(until),
                "credibility_link": f"{r.address}/mine/credibility/",
            }
        )
        self.telling.tell(report.reporter, Reader.REPORTER, ASIDE, case, gap)

    def withdraw(self, case_id: CaseId, reasons: str, caller: Caller) -> None:
        """Take a report back, where the pack allows it."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = party(caller, parties_of(held.now), Seat.REPORTER)
            policy = r.policy(held.now.pack)
            rule = _category(policy, held.now.category).withdrawal
            sealed = r.texts.seal(reasons.strip(), by.person) if reasons.strip() else None
            step = rules.withdraw(held.now, rule, sealed, by, r.clock())
            held = r.cases.add(case_id, [step], after=held.version)
            reporter = by.person or held.now.reporters[0]
            template = "withdrawal_goes_on" if step.goes_on else "withdrawal_confirmed"
            words = rule.why if step.goes_on == rule.case_goes_on else policy.joining.others
            why = Gap(zh={"reasons": words.zh}, en={"reasons": words.en})
            notice = self.telling.tell(reporter, Reader.REPORTER, template, held.now, why)
            r.cases.add(case_id, [self.told(reporter, notice)], after=held.version)
            if not step.goes_on:
                self.holding.lift_all(held.now, SYSTEM)
                self.clocks.cancel_all(held.now, "withdrawn", by)
                self._tell_respondent_withdrawn(held.now)

    def told(self, reporter: PersonId, notice: NoticeId) -> ReporterTold:
        """The reporter knows the outcome."""
        return ReporterTold(at=self.records.clock(), by=SYSTEM, reporter=reporter, notice=notice)

    def _tell_respondent_withdrawn(self, case: Case) -> None:
        """Only a respondent who was told of the case is told that it ended."""
        steps = self.records.cases.history(case.id)
        asked = any(isinstance(recorded.event, AnswerRequested) for recorded in steps)
        if case.respondent is not None and asked and case.stage is CaseStage.WITHDRAWN:
            self.telling.tell(case.respondent, Reader.RESPONDENT, "withdrawn_to_respondent", case)

    def _reporter(self, submission: Submission, caller: Caller) -> PersonId:
        if caller.person is not None:
            if (submission.contact or "").strip():
                self.records.parties.reachable(caller.person, submission.contact or "")
            return caller.person
        language = "zh-hans" if submission.language.startswith("zh") else "en"
        return self.records.parties.newcomer(submission.contact, language)


def _category(policy: CasePolicy, code: str) -> Category:
    """The category of an open case: its pack cannot have lost it."""
    found = policy.category(code)
    if found is None:
        raise Refused("report.unknown_category", hint_noop("Read the rules again."))
    return found
