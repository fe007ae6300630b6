"""A case is decided: findings, clause, measure, statement of reasons, and everybody is told."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider
from gongdao.domain.decisions import rules
from gongdao.domain.decisions import statement as letters
from gongdao.domain.decisions.model import (
    DecisionMade,
    Measure,
    Outcome,
    Sanction,
    strikes,
)
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows import teaching
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.flows.ways_opened import way_said
from gongdao.domain.intake import rules as intake
from gongdao.domain.intake.model import Case, CaseDecided
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import CasePolicy, Clause, Ground
from gongdao.domain.triage.rules import check_free

_TO_REPORTER = {
    Outcome.VIOLATION: "decision_to_reporter_violation",
    Outcome.NO_VIOLATION: "decision_to_reporter_no_violation",
    Outcome.NOT_ACCEPTED: "report_declined",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """A decision as it would be made."""

    by: Actor
    closing: CaseDecided
    grounds: letters.Grounds
    zh: letters.Statement
    en: letters.Statement


@dataclass(frozen=True, slots=True)
class Deciding:
    """Everything that a decision does, in one transaction."""

    records: Records
    telling: Telling
    clocks: Clocks
    reporting: Reporting
    sanctioning: Sanctioning
    announcing: Announcing
    holding: Holding

    def decide(self, case_id: CaseId, ruling: Ruling, caller: Caller) -> DecisionId:
        """Decide a case, or decline a report; the statement exists before the measure does."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            plan = self._plan(held.now, ruling, caller)
            grounds, by = plan.grounds, plan.by
            made = self._made(held.now, ruling, plan)
            decision = r.decisions.add(grounds.decision, [made], after=0).now
            r.decisions.cite(held.now.pack, r.packs.digest(held.now.pack))
            held = r.cases.add(case_id, [plan.closing], after=held.version)
            self.holding.lift_all(held.now, by)
            self.announcing.decision(held.now, decision)
            teaching.promise(r, held.now, decision)
            if made.measure is not None and grounds.clause is not None:
                self.sanctioning.impose(decision, made.measure, grounds.clause, by)
            if made.outcome is Outcome.VIOLATION:
                Regrading(r).spoken_for(held.now.reporters[0])
            self.clocks.end_acceptance(held.now, by)
            self.clocks.end_decision(held.now, by)
            self._tell(held, plan)
        return decision.id

    def draft(self, case_id: CaseId, ruling: Ruling, caller: Caller) -> Plan:
        """What deciding like this would say, or the refusal that it would meet; keeps nothing."""
        r = self.records
        with r.work():
            return self._plan(r.cases.get(case_id).now, ruling, caller)

    def proposal(self, case: Case, clause: Clause) -> tuple[Measure, int]:
        """What the ladder says for this clause now, and the strike that it would be."""
        r = self.records
        had = r.sanctions.seen_of(case.respondent) if case.respondent else []
        return self._due(case, clause, had)

    def record(self, case: Case) -> Mapping[str, int]:
        """How many violations of each clause count against the respondent now."""
        r = self.records
        had = r.sanctions.seen_of(case.respondent) if case.respondent else []
        counts = {s.clause: strikes(had, s.clause, r.clock()) for s in had}
        return {clause: count for clause, count in counts.items() if count}

    def _due(self, case: Case, clause: Clause, had: list[Sanction]) -> tuple[Measure, int]:
        strike = strikes(had, clause.code, self.records.clock()) + 1
        return rules.measure_of(rules.due_rung(clause, strike, case.raise_by)), strike

    def _held(self, respondent: PersonId, opener: PersonId) -> list[Sanction]:
        """The respondent's sanctions; both whose records the decision changes are held.

        In one order, so that no two decisions wait for each other.
        """
        r, people = self.records, {respondent}
        if r.grades.of_person(opener) is not None:
            people.add(opener)
        return {person: r.sanctions.of_person(person) for person in sorted(people)}[respondent]

    def _plan(self, case: Case, ruling: Ruling, caller: Caller) -> Plan:
        """Everything that can be refused is refused here, before anything is written."""
        r = self.records
        by = decider(caller, parties_of(case))
        check_free(r.queues.get(case.id), by.person, r.clock())
        rules.check_outcome(ruling)
        policy = r.policy(case.pack)
        new_id = DecisionId(r.new_id())
        closing = intake.decided(case, new_id, ruling.outcome.value, by, r.clock())
        grounds = self._grounds(case, ruling, policy, new_id)
        masking(r, case).check(ruling.findings, ruling.reasons, ruling.departure or "")
        zh, en = (self._letter(grounds, case, language) for language in ("zh", "en"))
        return Plan(by, closing, grounds, zh, en)

    def _grounds(
        self, case: Case, ruling: Ruling, policy: CasePolicy, new_id: DecisionId
    ) -> letters.Grounds:
        r = self.records
        clause, due, measure, strike = None, None, None, 0
        legal: tuple[str, ...] = ()
        if ruling.outcome is not Outcome.NOT_ACCEPTED:
            clause = rules.clause_in_force(policy, ruling.clause, case.opened_at)
            legal = rules.check_legal_basis(clause, ruling.legal_basis)
        if ruling.outcome is Outcome.VIOLATION and clause is not None and case.respondent:
            due, strike = self._due(case, clause, self._held(case.respondent, case.reporters[0]))
            measure = rules.choose_measure(due, ruling.measure, ruling.departure)
        expires = (
            r.calendar.due(r.clock(), clause.strike_expires, roll=False).at if clause else None
        )
        return letters.Grounds(
            decision=new_id,
            case=case.id,
            subject=masking(r, case)(r.opened(case.subject.ref)),
            subject_kind=case.subject.kind,
            answer=case.answer.value,
            due=due,
            strike_expires_at=expires if measure else None,
            outcome=ruling.outcome,
            findings=intake.check_reasons(policy, ruling.findings),
            reasons=intake.check_reasons(policy, ruling.reasons),
            pack=case.pack,
            decided_at=r.clock(),
            automated=ruling.automated,
            clause=clause,
            ground=_ground(policy, ruling),
            legal_basis=legal,
            measure=measure,
            ends_at=self.clocks.ends_at(measure.duration) if measure else None,
            strikes=strike,
            departure=(ruling.departure or "").strip() or None,
            raised_by=case.raise_by if measure else 0,
            appeal_closes=self.clocks.closes_at(policy.appeals.levels[0].window),
            way_back=way_said(r, case.pack, clause, measure),
        )

    def _letter(self, grounds: letters.Grounds, case: Case, language: str) -> letters.Statement:
        words = self.telling.words(case, language)
        return letters.write(grounds, words, self.records.policy(case.pack).appeals, language)

    def _made(
        self,
        case: Case,
        ruling: Ruling,
        plan: Plan,
    ) -> DecisionMade:
        seal, about, grounds = self.records.texts.seal, case.respondent, plan.grounds
        closes = grounds.appeal_closes or grounds.decided_at
        return DecisionMade(
            at=grounds.decided_at,
            by=plan.by,
            decision=grounds.decision,
            case=case.id,
            respondent=case.respondent,
            outcome=ruling.outcome,
            pack=case.pack,
            clause=grounds.clause.code if grounds.clause else None,
            ground=ruling.ground,
            legal_basis=grounds.legal_basis,
            findings=seal(grounds.findings, about),
            reasons=seal(grounds.reasons, about),
            measure=grounds.measure,
            strikes=grounds.strikes,
            departure=seal(grounds.departure, about) if grounds.departure else None,
            raised_by=grounds.raised_by,
            automated=ruling.automated,
            appeal_closes=closes,
            statement_zh=seal(plan.zh.sealed_form(), about),
            statement_en=seal(plan.en.sealed_form(), about),
        )

    def _tell(self, held: Held[Case], plan: Plan) -> None:
        """The respondent of a violation gets the letter; every reporter gets an answer."""
        r, case, grounds = self.records, held.now, plan.grounds
        closes = letters.shown(grounds.appeal_closes or grounds.decided_at)
        said = Gap(both={"appeal_closes": closes, "reasons": grounds.reasons})
        if grounds.outcome is Outcome.VIOLATION and case.respondent is not None:
            letter = Gap(zh={"statement": plan.zh.text()}, en={"statement": plan.en.text()})
            self.telling.tell(
                case.respondent, Reader.RESPONDENT, "decision_to_respondent", case, said, letter
            )
        template, outcome = _TO_REPORTER[grounds.outcome], self._outcome(case, grounds)
        reached = self.telling.tell_reporters(case, template, said, outcome)
        told = [self.reporting.told(reporter, notice) for reporter, notice in reached]
        r.cases.add(case.id, told, after=held.version)

    def _outcome(self, case: Case, grounds: letters.Grounds) -> Gap:
        """What the reporter may know of the measure: its kind, not the other's record."""
        kind = grounds.measure.penalty.value if grounds.measure else "none"
        zh, en = (self.telling.words(case, language) for language in ("zh", "en"))
        return Gap(
            zh={"outcome": zh.outcome_to_reporter[kind]},
            en={"outcome": en.outcome_to_reporter[kind]},
        )


def _ground(policy: CasePolicy, ruling: Ruling) -> Ground | None:
    """Why a report was not accepted, which the pack must know."""
    if ruling.outcome is not Outcome.NOT_ACCEPTED:
        return None
    found = policy.decline_ground(ruling.ground or "")
    if found is None:
        raise Refused(
            "decision.unknown_ground",
            hint_noop("Name one of the reasons for not taking a report up: {known}."),
            known=", ".join(g.code for g in policy.decline),
        )
    return found
