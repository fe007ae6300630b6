"""Measures take effect, are taken back, and end when their time is over."""

from dataclasses import dataclass

from gongdao.domain.decisions import rules
from gongdao.domain.decisions.model import Decision, Measure, Sanction, SanctionState
from gongdao.domain.decisions.statement import measure_line
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.flows.ways_opened import follow
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import AppealId, SanctionId
from gongdao.domain.notices.model import Reader
from gongdao.domain.outgoing.model import MessageKind
from gongdao.domain.policy.model import Clause, Penalty
from gongdao.domain.ways_back.model import WayBack


@dataclass(frozen=True, slots=True)
class Sanctioning:
    """Imposing, lifting and ending; called within the unit of work of what causes it."""

    records: Records
    telling: Telling
    clocks: Clocks
    announcing: Announcing

    def impose(self, decision: Decision, measure: Measure, clause: Clause, by: Actor) -> None:
        """Let a measure take effect under a decision whose statement is already kept."""
        r = self.records
        if decision.respondent is not None:
            Regrading(r).catch_up(decision.respondent)
        new_id = SanctionId(r.new_id())
        step = rules.impose(
            new_id,
            decision,
            measure,
            self.clocks.ends_at(measure.duration),
            r.calendar.due(r.clock(), clause.strike_expires, roll=False).at,
            decision.statement_zh,
            by,
            r.clock(),
        )
        sanction = r.sanctions.add(new_id, [step], after=0).now
        case = r.cases.get(decision.case).now
        follow(r, sanction, by)
        self.announcing.sanction(MessageKind.SANCTION_IMPOSED, case, sanction)
        if measure.penalty is Penalty.RECTIFICATION and measure.duration is not None:
            self.clocks.start_rectification(case, decision.id, measure.duration)
        Firming(r).reconsider(sanction.respondent)
        Regrading(r).reconsider(sanction.respondent)

    def lift_all(self, decision: Decision, appeal: AppealId, *, forgiven: bool, by: Actor) -> int:
        """Take back every sanction that rests on a decision; how many there were."""
        r = self.records
        case, lifted = r.cases.get(decision.case).now, 0
        for held in r.sanctions.of_decision(decision.id):
            if held.now.state is not SanctionState.LIFTED:
                step = rules.lift(held.now, appeal, forgiven=forgiven, by=by, now=r.clock())
                sanction = r.sanctions.add(held.now.id, [step], after=held.version).now
                follow(r, sanction, by)
                self.announcing.sanction(MessageKind.SANCTION_LIFTED, case, sanction)
                lifted += 1
        self.clocks.cancel_about(decision.id, "appeal", by)
        if lifted:
            Firming(r).reconsider(decision.respondent)
            Regrading(r).reconsider(decision.respondent)
        return lifted

    def ease(self, held: Held[Sanction], gone: WayBack, by: Actor) -> None:
        """Make a sanction lighter, since the way back from it was gone to its end."""
        r, now = self.records, self.records.clock()
        step = rules.ease(
            held.now, gone.id, gone.ends_at, gone.strike_expires_at, by, now, lifted=gone.lifted
        )
        eased = r.sanctions.add(held.now.id, [step], after=held.version).now
        kind = MessageKind.SANCTION_LIFTED if gone.lifted else MessageKind.SANCTION_EASED
        self.announcing.sanction(kind, r.cases.get(eased.case).now, eased)
        if gone.lifted:
            self.clocks.cancel_about(eased.decision, "way_back", by)
        Regrading(r).reconsider(eased.respondent)

    def end_due(self, limit: int) -> int:
        """End sanctions whose time is over and tell the people; how many there were."""
        r = self.records
        with r.work():
            over = r.sanctions.to_end(r.clock(), limit)
            found = [(r.cases.get(held.now.case).now, held) for held in over]
            # Everybody who announces holds the subject: in one order, so that nobody waits in turn.
            for case, held in sorted(found, key=lambda pair: pair[0].subject.key):
                step = rules.end(held.now, SYSTEM, r.clock())
                ended = r.sanctions.add(held.now.id, [step], after=held.version).now
                follow(r, ended, SYSTEM)
                self.announcing.sanction(MessageKind.SANCTION_ENDED, case, ended)
                named = self.named(case, held.now.measure)
                self.telling.tell(
                    held.now.respondent, Reader.RESPONDENT, "sanction_ended", case, named
                )
        return len(over)

    def named(self, case: Case, measure: Measure | None) -> Gap:
        """A measure in words."""
        zh, en = (self.telling.words(case, language) for language in ("zh", "en"))
        return Gap(
            zh={"sanction": measure_line(measure, zh)}, en={"sanction": measure_line(measure, en)}
        )
