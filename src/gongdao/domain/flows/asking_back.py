"""Asking the appellant something back, and what happens when no answer comes."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import decider, not_found, seat
from gongdao.domain.appeals import hearing
from gongdao.domain.appeals.model import Appeal, Side
from gongdao.domain.appeals.opinions import Question
from gongdao.domain.deadlines.model import Deadline
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.telling import Gap, Telling, shown
from gongdao.domain.intake.model import CaseDecided
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import AppealId, CaseId
from gongdao.domain.notices.model import Reader


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question to the appellant, as they and staff see it."""

    appeal: str
    text: str
    asked_at: datetime
    until: datetime | None
    """So long the clock stands still for it; None where it does not."""
    answer: str | None
    answered_at: datetime | None
    lapsed: bool
    open: bool


@dataclass(frozen=True, slots=True)
class AskingBack:
    """Questions to the appellant: asked, answered, or left open until the clock runs on."""

    records: Records
    telling: Telling
    clocks: Clocks

    def ask(self, appeal_id: AppealId, question: str, caller: Caller) -> datetime | None:
        """Ask; until when the appeal's clock stands still for it, None where it cannot."""
        r = self.records
        with r.work():
            held = r.appeals.get(appeal_id)
            appeal, case = held.now, r.cases.get(held.now.case).now
            by = decider(caller, parties_of(case))
            text = check_reasons(r.policy(case.pack), question)
            masking(r, case).check(text)
            sealed = r.texts.seal(text, appeal.appellant)
            hearing.ask(appeal, sealed, None, by, r.clock())  # refused before any clock is touched
            until = self.clocks.pause_appeal(case, appeal_id, by)
            step = hearing.ask(appeal, sealed, until, by, r.clock())
            r.appeals.add(appeal_id, [step], after=held.version)
            gap = Gap(both={"question": text, "until": shown(until) if until else "—"})
            template = f"{_of(appeal)}_question" if until else f"{_of(appeal)}_question_running"
            self.telling.tell(appeal.appellant, Reader(appeal.side.value), template, case, gap)
        return until

    def answer(self, appeal_id: AppealId, text: str, caller: Caller) -> None:
        """The appellant answers, and the clock runs on."""
        r = self.records
        with r.work():
            held = r.appeals.get(appeal_id)
            appeal, case = held.now, r.cases.get(held.now.case).now
            seat(caller, parties_of(case))
            if caller.person is None or caller.person != appeal.appellant:
                raise not_found()
            by = Actor(Role(appeal.side.value), caller.person)
            said = check_reasons(r.policy(case.pack), text)
            step = hearing.answer(appeal, r.texts.seal(said, caller.person), by, r.clock())
            r.appeals.add(appeal_id, [step], after=held.version)
            self.clocks.resume_appeal(appeal_id, by)

    def of_case(self, case_id: CaseId, caller: Caller) -> list[QuestionView]:
        """The questions of a case's appeals that this caller may read: one's own, or all of them.

        Staff see all; each appellant their own; nobody else learns that anything was asked.
        """
        r = self.records
        case = r.cases.get(case_id).now
        chair = seat(caller, parties_of(case))
        inside = chair in {Seat.STAFF, Seat.AUDITOR}
        decided = [
            recorded.event.decision
            for recorded in r.cases.history(case_id)
            if isinstance(recorded.event, CaseDecided)
        ]
        appeals = [a for decision in decided for a in r.appeals.of_decision(decision)]
        return [
            question
            for appeal in appeals
            if inside or appeal.appellant == caller.person
            for question in self.of(appeal)
        ]

    def of(self, appeal: Appeal) -> list[QuestionView]:
        """The questions of one appeal, in words."""
        return [self._view(appeal, question) for question in appeal.hearing.questions]

    def _view(self, appeal: Appeal, question: Question) -> QuestionView:
        r = self.records
        return QuestionView(
            appeal=appeal.id,
            text=r.opened(question.text),
            asked_at=question.asked_at,
            until=question.until,
            answer=r.opened(question.answer) if question.answer else None,
            answered_at=question.answered_at,
            lapsed=question.lapsed,
            open=appeal.stage.is_open and question is appeal.hearing.question,
        )


def let_lapse(records: Records, telling: Telling, deadline: Deadline) -> None:
    """The clock ran on by itself: the appellant learns it, and can still answer."""
    held = records.appeals.get(deadline.about)
    appeal = held.now
    step = hearing.lapse(appeal, records.clock())
    if step is None:
        return
    records.appeals.add(appeal.id, [step], after=held.version)
    case = records.cases.get(appeal.case).now
    gap = telling.due(case, deadline.due_at, provisional=deadline.provisional)
    template = f"{_of(appeal)}_question_lapsed"
    telling.tell(appeal.appellant, Reader(appeal.side.value), template, case, gap)


def _of(appeal: Appeal) -> str:
    return "appeal" if appeal.side is Side.RESPONDENT else "review"
