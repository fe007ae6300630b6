"""Reading a case: everybody sees it from their own chair, and nothing else.

A view is built for one chair from what that chair may see, instead of hiding fields of a fuller
one: what was never put in cannot leak (invariant 3).
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import seat
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.deadlines.model import Deadline, DeadlineStage
from gongdao.domain.decisions import statement as letters
from gongdao.domain.decisions.model import Decision, Outcome, Sanction
from gongdao.domain.flows.actions import actions
from gongdao.domain.flows.group_views import OwnerTurn, owner_turns
from gongdao.domain.flows.interim_shown import InterimView, interim_shown, with_interim
from gongdao.domain.flows.masking import Masking, masking
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.flows.timeline import Entry, stage_shown, timeline
from gongdao.domain.intake.model import Case, Report, numbers_of
from gongdao.domain.kernel.ids import CaseId, DecisionId, Sealed
from gongdao.domain.kernel.work import ReadAhead


@dataclass(frozen=True, slots=True)
class ClockView:
    """A running clock as people see it."""

    kind: str
    due_at: datetime
    provisional: bool
    paused: bool
    missed: bool
    rule: str
    source: str
    span: str
    calendar: str


@dataclass(frozen=True, slots=True)
class AppealView:
    """An appeal as its parties see it: never who hears it."""

    id: str
    decision: str
    level: int
    side: str
    stage: str
    filed_at: datetime
    closed_at: datetime | None
    grounds: str | None
    reasons: str | None
    reviewer: str | None
    """For staff alone."""


@dataclass(frozen=True, slots=True)
class SanctionView:
    """A sanction as its respondent and staff see it."""

    id: str
    penalty: str
    scope: str
    duration: str | None
    imposed_at: datetime
    ends_at: datetime | None
    state: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as one chair sees it."""

    id: str
    outcome: str
    state: str
    clause: str | None
    pack: str
    decided_at: datetime
    appeal_closes: datetime | None
    level: int
    reasons: str
    statement_zh: letters.Statement | None
    """The letter; None for the reporter, who is told the outcome and its reasons."""
    statement_en: letters.Statement | None
    digest: str
    """Digest of the Chinese letter as it was sent: the check code at its foot."""
    sanctions: tuple[SanctionView, ...] = ()
    decided_by: str | None = None
    """For staff alone."""


@dataclass(frozen=True, slots=True)
class ReportView:
    """A report, for its own reporter and for staff."""

    id: str
    received_at: datetime
    statement: str
    remedy: str | None
    category: str = ""
    leaf: str | None = None
    reporter: int = 0
    """Which reporter of the case, counted from 1, for staff; 0 for the reporter themselves."""


@dataclass(frozen=True, slots=True)
class Arrived:
    """How many reports a case rests on, as staff see it."""

    counted: int
    apart: int
    """How many are kept apart: repeated, or sent with a flood."""
    flood: bool
    """Whether some came with a coordinated flood."""


@dataclass(frozen=True, slots=True)
class CaseView:
    """A case from one chair."""

    id: CaseId
    seat: Seat
    stage: str
    answer: str
    outcome: str | None
    subject_kind: str
    subject_ref: str
    snapshot: str
    category: str
    category_title_zh: str
    category_title_en: str
    pack: str
    opened_at: datetime
    changed_at: datetime
    clocks: tuple[ClockView, ...]
    timeline: tuple[Entry, ...]
    decisions: tuple[DecisionView, ...]
    appeals: tuple[AppealView, ...]
    reports: tuple[ReportView, ...]
    can: tuple[str, ...]
    """What this chair can do now, as stable codes."""
    account: str | None = None
    """The respondent's account, for staff and the respondent."""
    unanswered: bool = False
    interim: tuple[InterimView, ...] = ()
    owner_turns: tuple[OwnerTurn, ...] = ()
    """What the owner of its group was asked and said, for staff alone."""
    arrived: Arrived | None = None
    """How many reports it rests on; for staff alone."""

    @property
    def decision(self) -> DecisionView | None:
        """The latest decision."""
        return self.decisions[-1] if self.decisions else None

    def category_title(self, language: str) -> str:
        """The category in `zh…`, or else in English."""
        return self.category_title_zh if language.startswith("zh") else self.category_title_en


SHOWN_REPORTS = 50
"""So many of a case's reports are read into its file: the latest; the number says the rest."""


@dataclass(frozen=True, slots=True)
class CaseFiles:
    """Opens case files."""

    records: Records

    def open(self, case_id: CaseId, caller: Caller) -> CaseView:
        """The case from the caller's chair; NotFound for anybody without one."""
        r = self.records
        case = r.cases.get(case_id).now
        chair = seat(caller, parties_of(case))
        return self._view(case, chair, caller)

    def by_code(self, code: str) -> tuple[CaseView, Caller]:
        """The case that a code opens, and who holds it."""
        case_id, person = self.records.codes.opens(code)
        caller = Caller(person, only_case=case_id)
        return self.open(case_id, caller), caller

    def decision_for(self, decision: DecisionId, caller: Caller) -> tuple[CaseView, DecisionView]:
        """A decision from the caller's chair."""
        found = self.records.decisions.get(decision).now
        view = self.open(found.case, caller)
        shown = next((d for d in view.decisions if d.id == decision), None)
        if shown is None:
            raise missing()
        return view, shown

    def _view(self, case: Case, chair: Seat, caller: Caller) -> CaseView:
        r = self.records
        category = r.policy(case.pack).category(case.category)
        history = r.cases.history(case.id)
        decisions = self._decisions(history)
        appeals = [a for d in decisions for a in r.appeals.of_decision(d.id)]
        shown = [d for d in decisions if _shown_to(d, chair)]
        theirs = [a for a in appeals if _is_theirs(a, chair, caller)]
        reports = self._reports(case, chair, caller)
        ahead = _reading_ahead(r, _seals(case, shown, theirs, reports, chair))
        staff, interim = chair in {Seat.STAFF, Seat.AUDITOR}, interim_shown(r, case, chair)
        mask = masking(r, case) if chair is Seat.RESPONDENT else Masking(())
        return CaseView(
            id=case.id,
            seat=chair,
            stage=stage_shown(case, chair),
            answer=case.answer.value if chair is not Seat.REPORTER else "",
            outcome=case.outcome,
            subject_kind=case.subject.kind.value,
            subject_ref=mask(ahead.opened(case.subject.ref)),
            snapshot=mask(ahead.opened(case.subject.snapshot)),
            category=case.category,
            category_title_zh=category.title.zh if category else case.category,
            category_title_en=category.title.en if category else case.category,
            pack=str(case.pack),
            opened_at=case.opened_at,
            changed_at=case.changed_at,
            clocks=self._clocks(case, chair, theirs),
            timeline=with_interim(r, timeline(r, case, history, chair, caller), interim, chair),
            interim=interim,
            decisions=tuple(_decision(ahead, d, chair) for d in shown),
            appeals=tuple(_appeal(ahead, a, chair) for a in theirs),
            reports=_report_views(ahead, case, reports, chair),
            can=actions(r, case, chair, caller, decisions, appeals),
            account=_account(r, case, chair),
            unanswered=staff and case.raise_by > 0,
            owner_turns=owner_turns(r, case) if staff else (),
            arrived=Arrived(case.counted, case.apart, case.flood) if staff else None,
        )

    def _decisions(self, history: Sequence[Any]) -> list[Decision]:
        made = [r.event.decision for r in history if r.event.kind == "case.decided"]
        return [self.records.decisions.get(decision).now for decision in made]

    def _clocks(self, case: Case, chair: Seat, appeals: Sequence[Appeal]) -> tuple[ClockView, ...]:
        held = self.records.deadlines.running(case.id)
        mine = {appeal.id for appeal in appeals}
        return tuple(clock_view(h.now) for h in held if _concerns(h.now, chair, mine))

    def _reports(self, case: Case, chair: Seat, caller: Caller) -> list[Report]:
        """A reporter's own report; all of them for staff; none, not even a number, for others."""
        if chair is Seat.RESPONDENT:
            return []
        reports = self.records.reports
        if chair is not Seat.REPORTER or caller.person is None:
            return reports.several(case.reports[-SHOWN_REPORTS:])
        return reports.of_case(case.id, caller.person)


def _account(r: Records, case: Case, chair: Seat) -> str | None:
    """Whose case it is, for everybody but the reporter."""
    known = case.respondent is not None and chair is not Seat.REPORTER
    return r.parties.account(case.respondent) if known and case.respondent else None


def _reading_ahead(records: Records, seals: Sequence[Sealed]) -> Records:
    """The same records with these texts read in one go."""
    known = records.texts.several(seals)
    return replace(records, texts=ReadAhead(records.texts, known))


def _decision(r: Records, decision: Decision, chair: Seat) -> DecisionView:
    full = _in_full(decision, chair)
    letter = (decision.statement_zh, decision.statement_en)
    zh, en = (r.texts.open(seal) if full else None for seal in letter)
    sanctions = (
        tuple(_sanction(h.now) for h in r.sanctions.of_decision(decision.id)) if full else ()
    )
    return DecisionView(
        id=decision.id,
        outcome=decision.outcome.value,
        state=decision.state.value,
        clause=decision.clause,
        pack=str(decision.pack),
        decided_at=decision.decided_at,
        appeal_closes=decision.appeal_closes,
        level=decision.level,
        reasons=r.opened(decision.reasons),
        statement_zh=letters.parse(zh) if zh else None,
        statement_en=letters.parse(en) if en else None,
        digest=decision.statement_zh,
        sanctions=sanctions,
        decided_by=decision.decided_by if chair in {Seat.STAFF, Seat.AUDITOR} else None,
    )


def _appeal(r: Records, appeal: Appeal, chair: Seat) -> AppealView:
    return AppealView(
        id=appeal.id,
        decision=appeal.decision,
        level=appeal.level,
        side=appeal.side.value,
        stage=appeal.stage.value,
        filed_at=appeal.filed_at,
        closed_at=appeal.closed_at,
        grounds=r.opened(appeal.grounds),
        reasons=r.opened(appeal.reasons) if appeal.reasons else None,
        reviewer=appeal.reviewer if chair in {Seat.STAFF, Seat.AUDITOR} else None,
    )


def _report_views(
    r: Records, case: Case, reports: Sequence[Report], chair: Seat
) -> tuple[ReportView, ...]:
    leaves = r.reports.leaves([report.id for report in reports])
    numbers = numbers_of(case, {report.reporter for report in reports})
    return tuple(
        ReportView(
            id=report.id,
            received_at=report.received_at,
            statement=r.opened(report.statement),
            remedy=report.remedy,
            category=report.category,
            leaf=leaves.get(report.id),
            reporter=0 if chair is Seat.REPORTER else numbers[report.reporter],
        )
        for report in reports
    )


def _seals(
    case: Case,
    decisions: Sequence[Decision],
    appeals: Sequence[Appeal],
    reports: Sequence[Report],
    chair: Seat,
) -> list[Sealed]:
    """The texts that this chair reads, and no other."""
    found = [case.subject.ref, case.subject.snapshot]
    for decision in decisions:
        found.append(decision.reasons)
        if _in_full(decision, chair):
            found += [decision.statement_zh, decision.statement_en]
    for appeal in appeals:
        found += [appeal.grounds, *([appeal.reasons] if appeal.reasons else [])]
    return found + [report.statement for report in reports]


def _in_full(decision: Decision, chair: Seat) -> bool:
    """The letter of a violation is its respondent's; its reporter is told outcome and reasons."""
    return chair is not Seat.REPORTER or decision.outcome is not Outcome.VIOLATION


def _shown_to(decision: Decision, chair: Seat) -> bool:
    """A report that was not taken up, or no violation found, is not the respondent's affair."""
    return chair is not Seat.RESPONDENT or decision.outcome is Outcome.VIOLATION


def _is_theirs(appeal: Appeal, chair: Seat, caller: Caller) -> bool:
    """Everybody sees their own appeals, of several reporters too; staff see all."""
    return chair in {Seat.STAFF, Seat.AUDITOR} or appeal.appellant == caller.person


def _concerns(deadline: Deadline, chair: Seat, appeals: set[Any]) -> bool:
    if chair in {Seat.STAFF, Seat.AUDITOR}:
        return True
    if deadline.about in appeals:
        return True
    kinds = {
        Seat.REPORTER: {"acceptance", "decision"},
        Seat.RESPONDENT: {"answer", "rectification"},
    }
    return deadline.kind.value in kinds[chair]


def clock_view(deadline: Deadline) -> ClockView:
    """A running clock as people see it."""
    return ClockView(
        kind=deadline.kind.value,
        due_at=deadline.due_at,
        provisional=deadline.provisional,
        paused=deadline.stage is DeadlineStage.PAUSED,
        missed=deadline.stage is DeadlineStage.MISSED,
        rule=deadline.rule.code,
        source=deadline.rule.source,
        span=str(deadline.span),
        calendar=deadline.calendar,
    )


def _sanction(sanction: Sanction) -> SanctionView:
    return SanctionView(
        id=sanction.id,
        penalty=sanction.measure.penalty.value,
        scope=sanction.measure.scope.value,
        duration=str(sanction.measure.duration) if sanction.measure.duration else None,
        imposed_at=sanction.imposed_at,
        ends_at=sanction.ends_at,
        state=sanction.state.value,
    )
