"""What an overturned decision undoes. Runs in the transaction that records it."""

from dataclasses import dataclass

from gongdao.domain.appeals.model import Appeal, Side
from gongdao.domain.decisions.model import Decision
from gongdao.domain.decisions.statement import measure_line
from gongdao.domain.flows import teaching
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.misusing import Misusing
from gongdao.domain.flows.posts_over_time import PostsOverTime
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.repetition import place_new
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake.model import Case, CaseReopened
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.notices.model import Reader


@dataclass(frozen=True, slots=True)
class WhenOverturned:
    """All of it happens, or none: sanctions lifted, strikes forgiven, everybody told."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning
    reporting: Reporting
    holding: Holding
    misusing: Misusing

    def __call__(self, decision: Decision, appeal: Appeal, reasons: str, by: Actor) -> None:
        """Undo what the decision did; a reporter's review reopens the case instead."""
        held = self.records.cases.get(decision.case)
        self.holding.lift_all(held.now, by)
        if appeal.side is Side.RESPONDENT:
            teaching.promise(self.records, held.now, decision, appeal.id)
            self._restore(held, decision, appeal, reasons, by)
        else:
            self._reopen(held, appeal, reasons, by)

    def _restore(
        self, held: Held[Case], decision: Decision, appeal: Appeal, reasons: str, by: Actor
    ) -> None:
        r, case = self.records, held.now
        self.sanctioning.lift_all(decision, appeal.id, forgiven=True, by=by)
        PostsOverTime(r).overturned(decision.id, appeal.id, by)
        said = Gap(both={"reasons": reasons})
        self.telling.tell(
            appeal.appellant,
            Reader.RESPONDENT,
            "appeal_overturned",
            case,
            said,
            self._restored(case, decision),
        )
        reached = self.telling.tell_reporters(case, "appeal_overturned_to_reporter", said)
        told = [self.reporting.told(reporter, notice) for reporter, notice in reached]
        r.cases.add(case.id, told, after=held.version)

    def _reopen(self, held: Held[Case], appeal: Appeal, reasons: str, by: Actor) -> None:
        r = self.records
        step = CaseReopened(at=r.clock(), by=by, appeal=appeal.id)
        case = r.cases.add(held.now.id, [step], after=held.version).now
        place_new(r, case)
        due = self.clocks.start_decision(case)
        said = Gap(both={"reasons": reasons})
        until = self.telling.due(case, due.at, provisional=due.provisional)
        self.telling.tell(appeal.appellant, Reader.REPORTER, "review_reopened", case, said, until)
        self.misusing.marks_fell(case)

    def _restored(self, case: Case, decision: Decision) -> Gap:
        """What was put back, a line each."""
        lines = {}
        for language in ("zh", "en"):
            words = self.telling.words(case, language)
            named = measure_line(decision.measure, words)
            parts = [words.restored["strike"], words.restored["record"]]
            if decision.measure is not None:
                parts.insert(0, words.restored["sanction"].format(sanction=named))
            lines[language] = "\n".join(f"· {part}" for part in parts)
        return Gap(zh={"restored": lines["zh"]}, en={"restored": lines["en"]})
