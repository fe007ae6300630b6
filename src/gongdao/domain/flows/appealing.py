"""Somebody appeals; the system finds a reviewer who took no part."""

from dataclasses import dataclass, replace

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be, seat
from gongdao.domain.appeals import rules
from gongdao.domain.appeals.model import (
    Appeal,
    AppealFiled,
    AppealStage,
    AppealStep,
    AppealWeighed,
    Filing,
    Side,
    Weighed,
)
from gongdao.domain.appeals.rules import Reopening, UnderAppeal
from gongdao.domain.decisions.model import Decision, DecisionState, Outcome
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.flows.reopening import reopening
from gongdao.domain.flows.telling import Telling
from gongdao.domain.intake.model import AppealOpened, Case
from gongdao.domain.kernel.events import Held, Role
from gongdao.domain.kernel.ids import AppealId, DecisionId, PersonId
from gongdao.domain.notices.model import Reader


@dataclass(frozen=True, slots=True)
class Appealing:
    """From the appeal to its reviewer."""

    records: Records
    telling: Telling
    clocks: Clocks

    def file(
        self,
        decision_id: DecisionId,
        grounds: str,
        caller: Caller,
        filing: Filing = Filing(),  # noqa: B008 – frozen and empty
        weighed: Weighed | None = None,
    ) -> AppealId:
        """File an appeal (the respondent) or ask for a review (the reporter)."""
        r = self.records
        with r.work():
            decision = r.decisions.get(decision_id).now
            held = r.cases.get(decision.case)
            seat(caller, parties_of(held.now))
            if caller.person is None:
                raise missing()
            policy = r.policy(decision.pack).appeals
            about = under_appeal(decision, held.now)
            rules.side_of(about, caller.person)
            earlier = r.appeals.of_decision(decision_id)
            about = replace(about, reopening=_once_more(r, decision, earlier, caller, filing))
            text = rules.check_grounds(policy, grounds)
            step = rules.file_appeal(
                AppealId(r.new_id()),
                about,
                caller.person,
                r.texts.seal(text, caller.person),
                earlier,
                policy,
                r.clock(),
                filing,
            )
            steps: list[AppealStep] = [step]
            if weighed is not None:
                steps.append(AppealWeighed(at=step.at, by=step.by, weighed=weighed))
            appeal = r.appeals.add(step.appeal, steps, after=0)
            r.drafts.forget(decision_id, caller.person)
            self._opened(step, held)
            self._assign(appeal, held.now)
        return step.appeal

    def _opened(self, step: AppealFiled, held: Held[Case]) -> None:
        """The case notes it, its clock starts, and the appellant is told."""
        case = held.now
        opened = AppealOpened(at=step.at, by=step.by, appeal=step.appeal, decision=step.decision)
        self.records.cases.add(case.id, [opened], after=held.version)
        due = self.clocks.start_appeal(case, step.appeal, step.level)
        template = "appeal_received" if step.side is Side.RESPONDENT else "review_received"
        gap = self.telling.due(case, due.at, provisional=due.provisional)
        self.telling.tell(step.appellant, _reader(step.side), template, case, gap)

    def assign_waiting(self, limit: int) -> int:
        """Look again for reviewers of appeals that wait; how many were handed over."""
        r = self.records
        assigned = 0
        with r.work():
            for held in r.appeals.waiting(limit):
                case = r.cases.get(held.now.case).now
                assigned += self._assign(held, case)
        return assigned

    def reassign_waiting(self, caller: Caller) -> int:
        """The same, asked for by somebody in charge."""
        must_be(caller, Role.OPERATOR, Role.SENIOR_REVIEWER)
        return self.assign_waiting(100)

    def _assign(self, held: Held[Appeal], case: Case) -> bool:
        r, appeal = self.records, held.now
        level = r.policy(case.pack).appeals.at(appeal.level)
        excluded = took_part(case)
        reviewer = rules.choose_reviewer(
            r.staff.reviewers(),
            excluded,
            senior=level.senior if level else True,
        )
        if reviewer is None:
            if appeal.stage is AppealStage.FILED:
                r.appeals.add(appeal.id, [rules.await_reviewer(r.clock())], after=held.version)
                self._tell(appeal, case, "appeal_waits_for_reviewer")
            return False
        step = rules.assign_reviewer(appeal, reviewer, excluded, r.clock())
        r.appeals.add(appeal.id, [step], after=held.version)
        self._tell(appeal, case, "appeal_assigned")
        return True

    def _tell(self, appeal: Appeal, case: Case, template: str) -> None:
        running = self.records.deadlines.running_about(appeal.id)
        gaps = [
            self.telling.due(case, held.now.due_at, provisional=held.now.provisional)
            for held in running[:1]
        ]
        self.telling.tell(appeal.appellant, _reader(appeal.side), template, case, *gaps)


def _once_more(
    r: Records, decision: Decision, earlier: list[Appeal], caller: Caller, filing: Filing
) -> Reopening | None:
    """What the exhibits that it names, or else whatever was added since, would open."""
    return reopening(r, decision, earlier, caller.person, filing.brings or None)


def took_part(case: Case) -> frozenset[PersonId]:
    """Everybody who may not hear an appeal in this case: staff who handled it, and its parties."""
    parties = {*case.reporters, *([case.respondent] if case.respondent else [])}
    return case.took_part | parties


def under_appeal(decision: Decision, case: Case) -> UnderAppeal:
    """What an appeal needs to know of a decision."""
    return UnderAppeal(
        decision=decision.id,
        case=decision.case,
        respondent=decision.respondent,
        reporters=case.reporters,
        violation=decision.outcome is Outcome.VIOLATION,
        overturned=decision.state is DecisionState.OVERTURNED,
        level=decision.level,
        closes_at=decision.appeal_closes,
    )


def _reader(side: Side) -> Reader:
    return Reader(side.value)
