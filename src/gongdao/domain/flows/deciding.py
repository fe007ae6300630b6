"""A case is decided: findings, clause, measure, statement of reasons, and everybody is told."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider
from gongdao.domain.decisions import rules
from gongdao.domain.decisions import statement as letters
from gongdao.domain.decisions.model import DecisionMade, Measure, Outcome, strikes
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.intake import rules as intake
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId, DecisionId
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.model import CasePolicy, Clause, Ground
from gongdao.domain.policy.pack import digest

_TO_REPORTER = {
    Outcome.VIOLATION: "decision_to_reporter_violation",
    Outcome.NO_VIOLATION: "decision_to_reporter_no_violation",
    Outcome.NOT_ACCEPTED: "report_declined",
}


@dataclass(frozen=True, slots=True)
class Deciding:
    """Everything that a decision does, in one transaction."""

    records: Records
    telling: Telling
    clocks: Clocks
    reporting: Reporting
    sanctioning: Sanctioning

    def decide(self, case_id: CaseId, ruling: Ruling, caller: Caller) -> DecisionId:
        """Decide a case, or decline a report; the statement exists before the measure does."""
        r = self.records
        rules.check_outcome(ruling)
        with r.work():
            held = r.cases.get(case_id)
            by = decider(caller, parties_of(held.now))
            policy = r.policy(held.now.pack)
            new_id = DecisionId(r.new_id())
            closing = intake.decided(held.now, new_id, ruling.outcome.value, by, r.clock())
            grounds = self._grounds(held.now, ruling, policy, new_id)
            masking(r, held.now).check(ruling.findings, ruling.reasons, ruling.departure or "")
            zh, en = (self._letter(grounds, held.now, language) for language in ("zh", "en"))
            made = self._made(held.now, ruling, grounds, (zh, en), by)
            decision = r.decisions.add(new_id, [made], after=0).now
            r.decisions.cite(held.now.pack, digest(r.pack(held.now.pack)))
            held = r.cases.add(case_id, [closing], after=held.version)
            if made.measure is not None and grounds.clause is not None:
                self.sanctioning.impose(decision, made.measure, grounds.clause, by)
            self.clocks.end_acceptance(held.now, by)
            self.clocks.end_decision(held.now, by)
            self._tell(held, grounds, zh, en)
        return new_id

    def proposal(self, case: Case, clause: Clause) -> tuple[Measure, int]:
        """What the ladder says for this clause now, and the strike that it would be."""
        r = self.records
        had = r.sanctions.of_person(case.respondent) if case.respondent else []
        strike = strikes(had, clause.code, r.clock()) + 1
        return rules.measure_of(rules.due_rung(clause, strike, case.raise_by)), strike

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
            due, strike = self.proposal(case, clause)
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
        )

    def _letter(self, grounds: letters.Grounds, case: Case, language: str) -> letters.Statement:
        words = self.telling.words(case, language)
        return letters.write(grounds, words, self.records.policy(case.pack).appeals, language)

    def _made(
        self,
        case: Case,
        ruling: Ruling,
        grounds: letters.Grounds,
        letter: tuple[letters.Statement, letters.Statement],
        by: Actor,
    ) -> DecisionMade:
        seal, about = self.records.texts.seal, case.respondent
        closes = grounds.appeal_closes or grounds.decided_at
        return DecisionMade(
            at=grounds.decided_at,
            by=by,
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
            statement_zh=seal(letter[0].sealed_form(), about),
            statement_en=seal(letter[1].sealed_form(), about),
        )

    def _tell(
        self,
        held: Held[Case],
        grounds: letters.Grounds,
        zh: letters.Statement,
        en: letters.Statement,
    ) -> None:
        """The respondent of a violation gets the letter; every reporter gets an answer."""
        r, case = self.records, held.now
        closes = letters.shown(grounds.appeal_closes or grounds.decided_at)
        said = Gap(both={"appeal_closes": closes, "reasons": grounds.reasons})
        if grounds.outcome is Outcome.VIOLATION and case.respondent is not None:
            letter = Gap(zh={"statement": zh.text()}, en={"statement": en.text()})
            self.telling.tell(
                case.respondent, Reader.RESPONDENT, "decision_to_respondent", case, said, letter
            )
        told = []
        for reporter in case.reporters:
            notice = self.telling.tell(
                reporter,
                Reader.REPORTER,
                _TO_REPORTER[grounds.outcome],
                case,
                said,
                self._outcome(case, grounds),
            )
            told.append(self.reporting.told(reporter, notice))
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
