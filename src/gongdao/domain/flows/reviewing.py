"""A reviewer ends an appeal: upheld, changed or overturned; with a second person where it must."""

from dataclasses import dataclass
from datetime import datetime
from typing import assert_never

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider
from gongdao.domain.appeals import hearing
from gongdao.domain.appeals import rules as appeals
from gongdao.domain.appeals.model import Appeal, AppealStep, Side
from gongdao.domain.appeals.opinions import HeldMeasure, HeldOutcome, Leaning
from gongdao.domain.decisions import rules as decisions
from gongdao.domain.decisions import statement as letters
from gongdao.domain.decisions.model import Decision, DecisionChanged, Measure
from gongdao.domain.decisions.rules import clause_in_force
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.appealing import took_part
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.hearing_views import endings_for_two
from gongdao.domain.flows.high_profile import HighProfile
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.overturned import WhenOverturned
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.reporting import Reporting
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.flows.ways_opened import way_said
from gongdao.domain.intake.model import AppealClosed, Case
from gongdao.domain.intake.reaching import AppealAdvised
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import AppealId, Sealed
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.statement_words import StatementWords


@dataclass(frozen=True, slots=True)
class OnTheTable:
    """An appeal with everything that ending it touches."""

    appeal: Held[Appeal]
    decision: Held[Decision]
    case: Held[Case]
    by: Actor
    reasons: str
    sealed: Sealed


@dataclass(frozen=True, slots=True)
class Reviewing:
    """Everything that the reviewer of an appeal can do."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning
    reporting: Reporting
    when_overturned: WhenOverturned
    announcing: Announcing

    def uphold(self, appeal_id: AppealId, reasons: str, caller: Caller) -> bool:
        """The decision stands; False where a second person must confirm that first."""
        return self._end(appeal_id, Leaning.UPHOLD, None, reasons, caller)

    def change(self, appeal_id: AppealId, measure: Measure, reasons: str, caller: Caller) -> bool:
        """A milder measure takes its place; False where a second person must confirm that first."""
        return self._end(appeal_id, Leaning.CHANGE, measure, reasons, caller)

    def overturn(self, appeal_id: AppealId, reasons: str, caller: Caller) -> bool:
        """The decision was wrong; False where a second person must confirm that first."""
        return self._end(appeal_id, Leaning.OVERTURN, None, reasons, caller)

    def confirm(self, appeal_id: AppealId, reasons: str, caller: Caller) -> None:
        """A second person stands for a held outcome: it takes effect at once, as it was written."""
        r = self.records
        with r.work():
            appeal, case, by, said = self._second(appeal_id, reasons, caller)
            held, step = hearing.confirm(
                appeal.now,
                said,
                took_part(case.now),
                by,
                r.clock(),
                senior=self._senior(appeal.now, case.now),
            )
            appeal = r.appeals.add(appeal_id, [step], after=appeal.version)
            advised = AppealAdvised(at=step.at, by=by, appeal=appeal_id)
            case = r.cases.add(case.now.id, [advised], after=case.version)
            decision = r.decisions.get(appeal.now.decision)
            text = r.opened(held.reasons)
            on = OnTheTable(appeal, decision, case, held.by, text, held.reasons)
            self._carry_out(on, held.ending, _measure(held))

    def refuse(self, appeal_id: AppealId, reasons: str, caller: Caller) -> None:
        """A second person does not stand for it; its reviewer reads why and looks again."""
        r = self.records
        with r.work():
            appeal, case, by, said = self._second(appeal_id, reasons, caller)
            senior = self._senior(appeal.now, case.now)
            step = hearing.refuse(
                appeal.now, said, took_part(case.now), by, r.clock(), senior=senior
            )
            r.appeals.add(appeal_id, [step], after=appeal.version)
            advised = AppealAdvised(at=step.at, by=by, appeal=appeal_id)
            r.cases.add(case.now.id, [advised], after=case.version)

    def _end(
        self,
        appeal_id: AppealId,
        ending: Leaning,
        measure: Measure | None,
        reasons: str,
        caller: Caller,
    ) -> bool:
        r = self.records
        with r.work():
            on = self._take(appeal_id, reasons, caller)
            why = HighProfile(r).why(on.case.now)
            policy = r.policy(on.decision.now.pack).appeals
            if why and ending in endings_for_two(policy, on.decision.now):
                self._hold(on, ending, measure, why)
                return False
            self._carry_out(on, ending, measure)
        return True

    def _hold(
        self, on: OnTheTable, ending: Leaning, measure: Measure | None, why: tuple[str, ...]
    ) -> None:
        """Nothing happens yet, and nobody outside is told; every clock runs on."""
        r = self.records
        kept = None
        if measure is not None:
            self._changed(on, measure, (on.sealed, on.sealed))  # refused now, not by the second
            kept = HeldMeasure(measure.penalty, measure.scope, measure.duration)
        step = hearing.hold(on.appeal.now, ending, on.sealed, kept, why, on.by, r.clock())
        r.appeals.add(on.appeal.now.id, [step], after=on.appeal.version)

    def _carry_out(self, on: OnTheTable, ending: Leaning, measure: Measure | None) -> None:
        """Everything that the outcome does, in the transaction that records it."""
        match ending:
            case Leaning.UPHOLD:
                self._uphold(on)
            case Leaning.CHANGE:
                if measure is None:
                    raise BadInput(
                        "appeal.no_measure", hint_noop("Pick the measure that takes its place.")
                    )
                self._change(on, measure)
            case Leaning.OVERTURN:
                self._overturn(on)
            case _:
                assert_never(ending)

    def _uphold(self, on: OnTheTable) -> None:
        """The next level opens, and the ways outside are named."""
        r, appeal = self.records, on.appeal.now
        closes = self._next_closes(on)
        step = decisions.uphold(on.decision.now, appeal.id, appeal.level, closes, on.by, r.clock())
        closed = self._close(on, appeals.uphold(appeal, on.sealed, on.by, r.clock()))
        held = r.decisions.add(on.decision.now.id, [step], after=on.decision.version)
        self.announcing.appeal(on.case.now, closed, held.now)
        template = "appeal_upheld" if appeal.side is Side.RESPONDENT else "review_upheld"
        self._tell(on, template, self._window(on, closes), self._measure(on))
        self._feedback_stands(on)

    def _change(self, on: OnTheTable, measure: Measure) -> None:
        """The milder measure comes with a new statement."""
        r = self.records
        closes = self._next_closes(on)
        zh, en = self._new_letters(on, measure, closes)
        about = on.decision.now.respondent
        sealed = (r.texts.seal(zh.sealed_form(), about), r.texts.seal(en.sealed_form(), about))
        step = self._changed(on, measure, sealed)
        closed = self._close(on, appeals.change(on.appeal.now, on.sealed, on.by, r.clock()))
        changed = r.decisions.add(on.decision.now.id, [step], after=on.decision.version).now
        self.announcing.appeal(on.case.now, closed, changed)
        self.sanctioning.lift_all(changed, on.appeal.now.id, forgiven=False, by=on.by)
        policy = r.policy(changed.pack)
        clause = clause_in_force(policy, changed.clause, on.case.now.opened_at)
        self.sanctioning.impose(changed, measure, clause, on.by)
        letter = Gap(zh={"statement": zh.text()}, en={"statement": en.text()})
        named = self.sanctioning.named(on.case.now, measure)
        self._tell(on, "appeal_changed", self._window(on, closes), letter, named)
        self._feedback_stands(on)

    def _changed(
        self, on: OnTheTable, measure: Measure, sealed: tuple[Sealed, Sealed]
    ) -> DecisionChanged:
        closes = self._next_closes(on)
        level = on.appeal.now.level
        now = self.records.clock()
        return decisions.change(
            on.decision.now, on.appeal.now.id, level, closes, measure, sealed, on.by, now
        )

    def _overturn(self, on: OnTheTable) -> None:
        """Everything that the decision did is undone."""
        r, appeal = self.records, on.appeal.now
        step = decisions.overturn(on.decision.now, appeal.id, appeal.level, on.by, r.clock())
        closed = self._close(on, appeals.overturn(appeal, on.sealed, on.by, r.clock()))
        overturned = r.decisions.add(on.decision.now.id, [step], after=on.decision.version)
        self.announcing.appeal(on.case.now, closed, overturned.now)
        self.when_overturned(overturned.now, appeal, on.reasons, on.by)

    def _second(
        self, appeal_id: AppealId, reasons: str, caller: Caller
    ) -> tuple[Held[Appeal], Held[Case], Actor, Sealed]:
        r = self.records
        appeal = r.appeals.get(appeal_id)
        case = r.cases.get(appeal.now.case)
        by = decider(caller, parties_of(case.now))
        text = check_reasons(r.policy(case.now.pack), reasons)
        return appeal, case, by, r.texts.seal(text, appeal.now.appellant)

    def _senior(self, appeal: Appeal, case: Case) -> bool:
        level = self.records.policy(case.pack).appeals.at(appeal.level)
        return level is not None and level.senior

    def _take(self, appeal_id: AppealId, reasons: str, caller: Caller) -> OnTheTable:
        r = self.records
        appeal = r.appeals.get(appeal_id)
        decision = r.decisions.get(appeal.now.decision)
        case = r.cases.get(appeal.now.case)
        by = decider(caller, parties_of(case.now))
        appeals.check_reviewer(appeal.now, by)
        text = check_reasons(r.policy(case.now.pack), reasons)
        masking(r, case.now).check(text)
        sealed = r.texts.seal(text, appeal.now.appellant)
        return OnTheTable(appeal, decision, case, by, text, sealed)

    def _close(self, on: OnTheTable, step: AppealStep) -> Appeal:
        r, appeal = self.records, on.appeal.now
        closed = r.appeals.add(appeal.id, [step], after=on.appeal.version).now
        r.cases.add(
            on.case.now.id,
            [
                AppealClosed(
                    at=step.at,
                    by=on.by,
                    appeal=appeal.id,
                    decision=appeal.decision,
                    outcome=closed.stage.value,
                )
            ],
            after=on.case.version,
        )
        self.clocks.end_appeal(appeal.id, on.by)
        return closed

    def _next_closes(self, on: OnTheTable) -> datetime | None:
        level = self.records.policy(on.decision.now.pack).appeals.at(on.appeal.now.level + 1)
        return self.clocks.closes_at(level.window) if level else None

    def _tell(self, on: OnTheTable, template: str, *gaps: Gap) -> None:
        appeal = on.appeal.now
        reader = Reader(appeal.side.value)
        self.telling.tell(appeal.appellant, reader, template, on.case.now, _said(on), *gaps)

    def _measure(self, on: OnTheTable) -> Gap:
        return self.sanctioning.named(on.case.now, on.decision.now.measure)

    def _window(self, on: OnTheTable, closes: datetime | None) -> Gap:
        """Whether and until when the next level may be asked, in words."""
        r, appeal = self.records, on.appeal.now
        code = r.codes.issue(on.case.now.id, appeal.appellant)
        lines = {}
        for language in ("zh", "en"):
            words = self.telling.words(on.case.now, language)
            if closes is None:
                lines[language] = words.no_further_level + self._once_more(on, words, language)
                continue
            open_ = words.next_level_open
            if appeal.side is Side.REPORTER:
                open_ = words.next_level_open_reporter
            lines[language] = open_.format(
                appeal_closes=letters.shown(closes),
                level=appeal.level + 1,
                appeal_link=f"{r.address}/appeal/{code}/",
                track_link=f"{r.address}/track/{code}/",
            )
        return Gap(zh={"next_level": lines["zh"]}, en={"next_level": lines["en"]})

    def _once_more(self, on: OnTheTable, words: StatementWords, language: str) -> str:
        """What new evidence can still do, where it can."""
        reopens = self.records.policy(on.decision.now.pack).appeals.reopens
        if reopens is None or on.appeal.now.round > 1 or not words.once_more:
            return ""
        until = letters.shown(self.clocks.closes_at(reopens.within))
        blank = "" if language == "zh" else " "
        return blank + words.once_more.format(until=until)

    def _new_letters(
        self, on: OnTheTable, measure: Measure, closes: datetime | None
    ) -> tuple[letters.Statement, letters.Statement]:
        r, was = self.records, on.decision.now
        policy = r.policy(was.pack)
        grounds = letters.Grounds(
            decision=was.id,
            case=was.case,
            subject_kind=on.case.now.subject.kind,
            answer=on.case.now.answer.value,
            replaces=was.decided_at,
            subject=masking(r, on.case.now)(r.opened(on.case.now.subject.ref)),
            outcome=was.outcome,
            findings=r.opened(was.findings),
            reasons=on.reasons,
            pack=was.pack,
            decided_at=r.clock(),
            automated=False,
            clause=policy.clause(was.clause or ""),
            legal_basis=was.legal_basis,
            measure=measure,
            ends_at=self.clocks.ends_at(measure.duration),
            strikes=was.strikes,
            raised_by=was.raised_by,
            appeal_closes=closes,
            way_back=way_said(r, was.pack, policy.clause(was.clause or ""), measure),
        )
        zh, en = (self.telling.words(on.case.now, language) for language in ("zh", "en"))
        return (
            letters.write(grounds, zh, policy.appeals, "zh"),
            letters.write(grounds, en, policy.appeals, "en"),
        )

    def _feedback_stands(self, on: OnTheTable) -> None:
        """The reporter learns how it ended, whoever appealed."""
        r = self.records
        held = r.cases.get(on.case.now.id)
        who, template = on.appeal.now.appellant, f"appeal_{held.now.outcome}_to_reporter"
        reached = self.telling.tell_reporters(held.now, template, _said(on), but=who)
        if who in held.now.reporters:
            reached.append((who, r.notices.inbox(who, 1, held.now.id)[0].id))
        told = [self.reporting.told(reporter, notice) for reporter, notice in reached]
        r.cases.add(held.now.id, told, after=held.version)


def _measure(held: HeldOutcome) -> Measure | None:
    kept = held.measure
    return Measure(kept.penalty, kept.scope, kept.duration) if kept else None


def _said(on: OnTheTable) -> Gap:
    return Gap(both={"reasons": on.reasons})
