"""Hearing an appeal: opinions before anything foretold is shown, notes, a colleague's opinion."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, decider, must_be, not_found, seat
from gongdao.domain.appeals import hearing
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.appeals.opinions import Leaning, WaitsFor
from gongdao.domain.appeals.rules import check_reviewer
from gongdao.domain.decisions.model import Decision
from gongdao.domain.flows import hearing_views as views
from gongdao.domain.flows.appealing import took_part
from gongdao.domain.flows.asking_back import AskingBack
from gongdao.domain.flows.casefile import ClockView, clock_view
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.hearing_actions import of_hearer
from gongdao.domain.flows.hearing_views import HearingView
from gongdao.domain.flows.high_profile import HighProfile
from gongdao.domain.flows.lists import CaseLists, QueueName
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.reopening import Finality, finality
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.reaching import AppealAdvised
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, PersonId

_LOOKED_AT = 50
"""So many appeals at the front are looked at for the next one."""


@dataclass(frozen=True, slots=True)
class Hearings:
    """Everything between an appeal's assignment and its outcome."""

    records: Records
    lists: CaseLists
    asking: AskingBack
    high_profile: HighProfile
    exhibiting: Exhibiting

    def write_opinion(
        self, appeal_id: AppealId, leaning: Leaning, reasons: str, caller: Caller
    ) -> None:
        """Write the first opinion, or the second one that its reviewer asked for."""
        r = self.records
        with r.work():
            held, case, by = self._at(appeal_id, caller)
            appeal = held.now
            text = check_reasons(r.policy(case.now.pack), reasons)
            sealed = r.texts.seal(text, appeal.appellant)
            if appeal.reviewer == by.person:
                step = hearing.write_opinion(appeal, leaning, sealed, by, r.clock())
                r.appeals.add(appeal_id, [step], after=held.version)
                return
            parts = took_part(case.now)
            given = hearing.give_second(appeal, leaning, sealed, parts, by, r.clock())
            r.appeals.add(appeal_id, [given], after=held.version)
            # In the case's own stream, too: whoever advised has taken part in it from now on.
            advised = AppealAdvised(at=given.at, by=by, appeal=appeal_id)
            r.cases.add(case.now.id, [advised], after=case.version)

    def note(self, appeal_id: AppealId, text: str, caller: Caller) -> None:
        """Write something down for staff alone; no letter and no party's page ever has it."""
        r = self.records
        with r.work():
            held, case, by = self._at(appeal_id, caller)
            said = check_reasons(r.policy(case.now.pack), text)
            sealed = r.texts.seal(said, held.now.appellant)
            step = hearing.note(held.now, sealed, by, r.clock())
            r.appeals.add(appeal_id, [step], after=held.version)

    def ask_second(self, appeal_id: AppealId, of: PersonId, question: str, caller: Caller) -> None:
        """Ask a colleague who took no part for their opinion; the reviewer decides all the same."""
        r = self.records
        with r.work():
            held, case, by = self._at(appeal_id, caller)
            if of not in {person for person, _ in self._fit(held.now, case.now)}:
                check_reviewer(held.now, by)
                hearing.check_independent(held.now, None, frozenset())
            text = check_reasons(r.policy(case.now.pack), question)
            sealed = r.texts.seal(text, held.now.appellant)
            parts = took_part(case.now)
            step = hearing.ask_second(held.now, of, sealed, parts, by, r.clock())
            r.appeals.add(appeal_id, [step], after=held.version)

    def colleagues(self, appeal_id: AppealId, caller: Caller) -> list[tuple[PersonId, str]]:
        """Whom its reviewer may ask for an opinion, by name."""
        held, case, _ = self._at(appeal_id, caller)
        return self._fit(held.now, case.now)

    def next(self, caller: Caller) -> CaseId | None:
        """The appeal that comes next for a reviewer: one's own, an opinion asked, a second person.

        An appeal belongs to the reviewer whom the system chose, so nothing is claimed here: it is
        the first that is this person's move.
        """
        must_be(caller, *DECIDERS)
        now = self.records.clock()
        page = self.lists.queue(QueueName.APPEALS, caller.person, None, None, _LOOKED_AT, now)
        mine = [line for line in page.lines if line.my_move]
        if mine:
            return CaseId(mine[0].id)
        waiting = self.lists.queue(QueueName.WAITING, caller.person, None, None, _LOOKED_AT, now)
        for line in waiting.lines:
            second = line.waits_for == WaitsFor.SECOND_PERSON and line.appeal
            if second and "confirm_outcome" in self._can(AppealId(second), caller):
                return CaseId(line.id)
        return None

    def final(self, decision_id: DecisionId, caller: Caller) -> Finality | None:
        """How final a decision's outcome is for this caller, and on what ground."""
        r = self.records
        decision = r.decisions.get(decision_id).now
        seat(caller, parties_of(r.cases.get(decision.case).now))
        return finality(r, decision, r.appeals.of_decision(decision_id), caller.person)

    def open(self, appeal_id: AppealId, caller: Caller) -> HearingView:
        """The appeal as somebody on the staff sees it now."""
        r = self.records
        appeal = r.appeals.get(appeal_id).now
        case = r.cases.get(appeal.case).now
        chair = seat(caller, parties_of(case))
        if chair not in {Seat.STAFF, Seat.AUDITOR}:
            raise not_found()
        return self._view(appeal, r.decisions.get(appeal.decision).now, case, chair, caller)

    def _view(
        self, appeal: Appeal, decision: Decision, case: Case, chair: Seat, caller: Caller
    ) -> HearingView:
        r = self.records
        policy = r.policy(decision.pack).appeals
        since, why = self._since(appeal, decision), self.high_profile.why(case)
        files = self.exhibiting.of(case, caller)
        return HearingView(
            case=case.id,
            decision=decision.id,
            levels=len(policy.levels),
            clock=self._clock(appeal),
            since=since,
            exhibits=tuple(each for each in files if each.received_at > since),
            questions=tuple(self.asking.of(appeal)),
            two_people=why,
            two_people_for=views.endings_for_two(policy, decision) if why else (),
            further=views.further(policy, appeal),
            can=of_hearer(r, case, appeal, caller) if chair is Seat.STAFF else (),
            **views.as_filed(r, appeal, caller),
            **views.as_thought(r, appeal, chair, caller),
        )

    def _since(self, appeal: Appeal, decision: Decision) -> datetime:
        """When it was last decided before this appeal."""
        earlier = self.records.appeals.of_decision(decision.id)
        ended = [a.closed_at for a in earlier if a.closed_at and a.filed_at < appeal.filed_at]
        return max([decision.decided_at, *ended])

    def _clock(self, appeal: Appeal) -> ClockView | None:
        running = self.records.deadlines.running_about(appeal.id)
        return next((clock_view(held.now) for held in running), None)

    def _can(self, appeal_id: AppealId, caller: Caller) -> tuple[str, ...]:
        r = self.records
        appeal = r.appeals.get(appeal_id).now
        return of_hearer(r, r.cases.get(appeal.case).now, appeal, caller)

    def _fit(self, appeal: Appeal, case: Case) -> list[tuple[PersonId, str]]:
        out = took_part(case) | {appeal.appellant, appeal.reviewer}
        found = [(s.person, s.name) for s in self.records.staff.reviewers() if s.person not in out]
        return sorted(found, key=lambda one: one[1])

    def _at(self, appeal_id: AppealId, caller: Caller) -> tuple[Held[Appeal], Held[Case], Actor]:
        r = self.records
        held = r.appeals.get(appeal_id)
        case = r.cases.get(held.now.case)
        return held, case, decider(caller, parties_of(case.now))
