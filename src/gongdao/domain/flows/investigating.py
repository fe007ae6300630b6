"""Staff take a report up, ask the respondent, and write down what they find."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import decider, party
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake import rules
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.notices.model import Reader
from gongdao.domain.triage.rules import check_free


@dataclass(frozen=True, slots=True)
class Investigating:
    """Everything between receipt and decision."""

    records: Records
    telling: Telling
    clocks: Clocks

    def accept(self, case_id: CaseId, reasons: str, caller: Caller) -> None:
        """Take a report up; the reporter is told until when it will be decided."""
        r = self.records
        with r.work():
            held, by = self._open(case_id, caller)
            text = rules.check_reasons(r.policy(held.now.pack), reasons)
            step = rules.accept(held.now, r.texts.seal(text, held.now.respondent), by, r.clock())
            case = r.cases.add(case_id, [step], after=held.version).now
            self.clocks.end_acceptance(case, by)
            due = self.clocks.start_decision(case)
            said = Gap(both={"reasons": text})
            until = self.telling.due(case, due.at, provisional=due.provisional)
            self.telling.tell_reporters(case, "report_accepted", said, until)

    def request_answer(self, case_id: CaseId, question: str, caller: Caller) -> None:
        """Ask the respondent for their side; their clock begins to run."""
        r = self.records
        with r.work():
            held, by = self._open(case_id, caller)
            text = rules.check_reasons(r.policy(held.now.pack), question)
            masking(r, held.now).check(text)
            sealed = r.texts.seal(text, held.now.respondent)
            step = rules.request_answer(held.now, sealed, by, r.clock())
            case = r.cases.add(case_id, [step], after=held.version).now
            due = self.clocks.start_answer(case)
            respondent = case.respondent
            if respondent is None:  # the rule refused already; said for the type checker
                return
            said = Gap(both={"reasons": text})
            until = self.telling.due(case, due.at, provisional=due.provisional)
            self.telling.tell(respondent, Reader.RESPONDENT, "answer_requested", case, said, until)

    def answer(self, case_id: CaseId, text: str, caller: Caller) -> None:
        """Take the respondent's side to the file."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = party(caller, parties_of(held.now), Seat.RESPONDENT)
            said = rules.check_reasons(r.policy(held.now.pack), text)
            step = rules.answer(held.now, r.texts.seal(said, by.person), by, r.clock())
            case = r.cases.add(case_id, [step], after=held.version).now
            self.clocks.end_answer(case, by)

    def rectify(self, case_id: CaseId, text: str, caller: Caller) -> None:
        """The respondent says how they put it right; the clock that ran for it is met."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            by = party(caller, parties_of(held.now), Seat.RESPONDENT)
            said = rules.check_reasons(r.policy(held.now.pack), text)
            if not self.clocks.rectification_runs(held.now):
                raise Refused(
                    "case.nothing_to_rectify", hint_noop("No rectification is awaited here.")
                )
            step = rules.rectify(held.now, r.texts.seal(said, by.person), by, r.clock())
            case = r.cases.add(case_id, [step], after=held.version).now
            self.clocks.end_rectification(case, by)

    def note(self, case_id: CaseId, text: str, caller: Caller) -> None:
        """Write something down, for staff alone."""
        r = self.records
        with r.work():
            held, by = self._open(case_id, caller)
            said = rules.check_reasons(r.policy(held.now.pack), text)
            sealed = r.texts.seal(said, held.now.respondent)
            r.cases.add(case_id, [rules.note(held.now, sealed, by, r.clock())], after=held.version)

    def pause(self, case_id: CaseId, reason: str, caller: Caller) -> None:
        """Hold the decision's clock for a reason that the law knows, such as notarisation."""
        with self.records.work():
            held, by = self._open(case_id, caller)
            self.clocks.pause_decision(held.now, reason, by)

    def resume(self, case_id: CaseId, reason: str, caller: Caller) -> None:
        """Let the decision's clock run on."""
        with self.records.work():
            held, by = self._open(case_id, caller)
            self.clocks.resume_decision(held.now, reason, by)

    def _open(self, case_id: CaseId, caller: Caller) -> tuple[Held[Case], Actor]:
        r = self.records
        held = r.cases.get(case_id)
        by = decider(caller, parties_of(held.now))
        check_free(r.queues.get(case_id), by.person, r.clock())
        return held, by
