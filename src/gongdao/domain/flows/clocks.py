"""Starting, ending and holding the clocks of a case."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import Deadline, DeadlineKind, DeadlineSet, RuleRef
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.flows.records import Records
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.calendar import Due
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import AppealId, DeadlineId, OwnerTaskId
from gongdao.domain.kernel.spans import Span
from gongdao.domain.owners import rules as owners
from gongdao.domain.owners.model import OwnerTask, TaskStage, Why
from gongdao.domain.policy.model import CasePolicy, Clockwork, OwnerRule

ASKED = "appellant_asked"
"""Why an appeal's clock stands still."""


@dataclass(frozen=True, slots=True)
class Clocks:
    """Every clock of every case; called within the unit of work of the step that moves it."""

    records: Records

    def start_acceptance(self, case: Case) -> Due:
        """Until when the acceptance check must be over."""
        policy = self.records.policy(case.pack)
        return self._start(
            case, DeadlineKind.ACCEPTANCE, case.id, acceptance(policy, case.category)
        )

    def acceptance_set(self, case: Case) -> DeadlineSet:
        """The first step of that clock, for whoever keeps many together.

        It starts when the report was received, however long it lay before it was put in line.
        """
        work = acceptance(self.records.policy(case.pack), case.category)
        return self._set(case, DeadlineKind.ACCEPTANCE, case.id, work, case.opened_at)

    def start_decision(self, case: Case) -> Due:
        """Until when the case must be decided."""
        work = self.records.policy(case.pack).procedure.decision
        return self._start(case, DeadlineKind.DECISION, case.id, work)

    def start_answer(self, case: Case) -> Due:
        """Until when the respondent may answer."""
        work = self.records.policy(case.pack).procedure.answer
        return self._start(case, DeadlineKind.ANSWER, case.id, work)

    def start_appeal(self, case: Case, appeal: AppealId, level: int) -> Due:
        """Until when an appeal must be decided."""
        rule = self.records.policy(case.pack).appeals.at(level)
        if rule is None:
            raise Refused("appeal.no_further_level", hint_noop("There is no such level."))
        work = Clockwork(
            span=rule.decide_within,
            remind_before=(Span.parse("2wd"),),
            source=rule.source,
            as_of=rule.as_of,
            basis=rule.basis,
        )
        return self._start(case, DeadlineKind.APPEAL_DECISION, appeal, work)

    def start_rectification(self, case: Case, decision: str, span: Span) -> Due:
        """Until when the respondent must put right what the decision names."""
        work = self.records.policy(case.pack).procedure.decision
        work = work.model_copy(update={"span": span, "remind_before": ()})
        return self._start(case, DeadlineKind.RECTIFICATION, decision, work)

    def end_acceptance(self, case: Case, by: Actor) -> None:
        """The acceptance check is over."""
        self._meet(case.id, DeadlineKind.ACCEPTANCE, by)

    def end_decision(self, case: Case, by: Actor) -> None:
        """The case is decided: its decision is made, and no answer is awaited any more."""
        self._release_owner(case, by)
        self._meet(case.id, DeadlineKind.DECISION, by)
        for missed in _of_kind(self.records.deadlines.running_about(case.id), DeadlineKind.ANSWER):
            self._cancel(missed, "decided", by)

    def end_answer(self, case: Case, by: Actor) -> None:
        """The respondent answered."""
        self._meet(case.id, DeadlineKind.ANSWER, by)

    def rectification_runs(self, case: Case) -> bool:
        """Whether the respondent still has something to put right."""
        running = self.records.deadlines.running(case.id)
        return bool(_of_kind(running, DeadlineKind.RECTIFICATION))

    def end_rectification(self, case: Case, by: Actor) -> None:
        """The respondent put it right."""
        if case.decision is not None:
            self._meet(case.decision, DeadlineKind.RECTIFICATION, by)

    def end_appeal(self, appeal: AppealId, by: Actor) -> None:
        """The appeal is decided."""
        self._meet(appeal, DeadlineKind.APPEAL_DECISION, by)

    def cancel_all(self, case: Case, because: str, by: Actor) -> None:
        """Nothing of the case binds anybody any more."""
        self._release_owner(case, by)
        for held in self.records.deadlines.running(case.id):
            self._cancel(held, because, by)

    def cancel_about(self, about: str, because: str, by: Actor) -> None:
        """One thing binds nobody any more."""
        for held in self.records.deadlines.running_about(about):
            self._cancel(held, because, by)

    def pause_decision(self, case: Case, reason: str, by: Actor) -> None:
        """Hold the decision's clock for a reason that the pack names, up to its cap."""
        r = self.records
        known = r.policy(case.pack).procedure.pauses
        rule = next((p for p in known if p.code == reason), None)
        if rule is None:
            raise Refused(
                "deadline.unknown_reason",
                hint_noop("The clock may be held for: {known}."),
                known=", ".join(p.code for p in known) or "–",
            )
        held = self._decision(case)
        step = rules.pause(held.now, reason, rule.cap, r.calendar, by=by, now=r.clock())
        r.deadlines.add(held.now.id, [step], after=held.version)

    def resume_decision(self, case: Case, reason: str, by: Actor) -> None:
        """Let the decision's clock run on."""
        r = self.records
        held = self._decision(case)
        step = rules.resume(held.now, reason, r.calendar, by=by, now=r.clock())
        r.deadlines.add(held.now.id, [step], after=held.version)

    def pause_appeal(self, case: Case, appeal: AppealId, by: Actor) -> datetime | None:
        """Hold an appeal's clock while its appellant is asked, up to the pack's cap.

        Until when; None where it cannot stand still: it has run out, or the cap is used up.
        """
        r = self.records
        rule = r.policy(case.pack).appeals.questions
        held = self._of_appeal(appeal)
        if rule is None or held is None:
            return None
        try:
            step = rules.pause(held.now, ASKED, rule.cap, r.calendar, by=by, now=r.clock())
        except Refused:
            return None
        r.deadlines.add(held.now.id, [step], after=held.version)
        return step.lapses_at

    def resume_appeal(self, appeal: AppealId, by: Actor) -> None:
        """Let an appeal's clock run on, if a question holds it."""
        r, held = self.records, self._of_appeal(appeal)
        open_ = held is not None and any(
            h.is_open and h.pause.reason == ASKED for h in held.now.halts
        )
        if held is not None and open_:
            step = rules.resume(held.now, ASKED, r.calendar, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)

    def _of_appeal(self, appeal: AppealId) -> Held[Deadline] | None:
        running = self.records.deadlines.running_about(appeal)
        return next(iter(_of_kind(running, DeadlineKind.APPEAL_DECISION)), None)

    def ends_at(self, span: Span | None) -> datetime | None:
        """When a measure of that length, taken now, ends; None if it has no end.

        A sanction is counted to the hour and never rolls: nobody is restricted longer because a
        holiday lies at its end.
        """
        if span is None:
            return None
        r = self.records
        return r.calendar.due(r.clock(), span, roll=False).at

    def closes_at(self, span: Span) -> datetime:
        """When a window that opens now closes; it rolls to a working day, in people's favour."""
        r = self.records
        return r.calendar.due(r.clock(), span, roll=True).at

    def start_owner(self, case: Case, task: OwnerTaskId, rule: OwnerRule, from_: datetime) -> Due:
        """Until when the owner of a group may act, counted from when they are shown the task."""
        r = self.records
        term = Term(
            case=case.id,
            kind=DeadlineKind.OWNER,
            about=task,
            rule=RuleRef(f"{case.pack.platform}.{DeadlineKind.OWNER}", rule.source),
            span=rule.act_within,
            remind_before=(),
        )
        new_id = DeadlineId(r.new_id())
        step = rules.set_deadline(new_id, term, from_, r.calendar, by=SYSTEM, now=r.clock())
        return r.deadlines.add(new_id, [step], after=0).now.due

    def end_owner(self, task: OwnerTaskId, by: Actor) -> None:
        """The owner of a group said what they did."""
        self._meet(task, DeadlineKind.OWNER, by)

    def _release_owner(self, case: Case, by: Actor) -> None:
        """Nothing is asked of the owner of a group in a case that is over."""
        r = self.records
        for held in r.owner_tasks.of_case(case.id):
            self.release_task(held, Why.CASE_CLOSED, by)

    def release_task(self, held: Held[OwnerTask], why: Why, by: Actor) -> None:
        """Nothing is asked of the owner any more, and no time of theirs runs."""
        r = self.records
        self.cancel_about(held.now.id, why.value, by)
        if held.now.stage is TaskStage.OPEN:
            r.owner_tasks.add(held.now.id, [owners.skip(why, r.clock())], after=held.version)

    def _start(self, case: Case, kind: DeadlineKind, about: str, work: Clockwork) -> Due:
        step = self._set(case, kind, about, work, self.records.clock())
        return self.records.deadlines.add(step.deadline, [step], after=0).now.due

    def _set(
        self, case: Case, kind: DeadlineKind, about: str, work: Clockwork, starts_at: datetime
    ) -> DeadlineSet:
        r = self.records
        term = Term(
            case=case.id,
            kind=kind,
            about=about,
            rule=RuleRef(f"{case.pack.platform}.{kind}", work.source),
            span=work.span,
            remind_before=work.remind_before,
        )
        new_id = DeadlineId(r.new_id())
        return rules.set_deadline(new_id, term, starts_at, r.calendar, by=SYSTEM, now=r.clock())

    def _meet(self, about: str, kind: DeadlineKind, by: Actor) -> None:
        r = self.records
        for held in _of_kind(r.deadlines.running_about(about), kind):
            step = rules.meet(held.now, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)

    def _cancel(self, held: Held[Deadline], because: str, by: Actor) -> None:
        r = self.records
        step = rules.cancel(held.now, because, by=by, now=r.clock())
        r.deadlines.add(held.now.id, [step], after=held.version)

    def _decision(self, case: Case) -> Held[Deadline]:
        running = self.records.deadlines.running_about(case.id)
        found = next(iter(_of_kind(running, DeadlineKind.DECISION)), None)
        if found is None:
            raise Refused(
                "deadline.none_running", hint_noop("No clock runs for a decision in this case.")
            )
        return found


def acceptance(policy: CasePolicy, category: str) -> Clockwork:
    """The clock of the acceptance check: where somebody must not wait, theirs."""
    work = policy.procedure.acceptance
    weights = policy.triage
    flag = weights.flag(category) if weights else None
    if weights is None or flag is None:
        return work
    source = {"source": weights.source, "as_of": weights.as_of, "basis": weights.basis}
    return work.model_copy(update={"span": flag.within, "remind_before": (), **source})


def _of_kind(held: Iterable[Held[Deadline]], kind: DeadlineKind) -> list[Held[Deadline]]:
    return [one for one in held if one.now.kind is kind]
