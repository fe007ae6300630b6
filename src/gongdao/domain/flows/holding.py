"""Interim measures: imposed by a reviewer, lifted by anybody of them, by time, or with the case."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider
from gongdao.domain.flows.announcing import Announcing
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.telling import Gap, Telling, shown
from gongdao.domain.intake.model import Case, CaseStage, NoteAdded
from gongdao.domain.intake.rules import check_reasons
from gongdao.domain.interim import rules
from gongdao.domain.interim.model import Because, Interim, InterimId
from gongdao.domain.interim.rules import UnderReview, Wanted
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import CaseId, Sealed
from gongdao.domain.kernel.spans import Span
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.outgoing.model import MessageKind
from gongdao.domain.policy.interim import InterimKind
from gongdao.domain.policy.model import InterimRule, Words

_OPEN = {CaseStage.RECEIVED, CaseStage.INVESTIGATING}


@dataclass(frozen=True, slots=True)
class Holding:
    """Everything about measures that hold while a case is looked into."""

    records: Records
    telling: Telling
    announcing: Announcing

    def impose(
        self, case_id: CaseId, measure: InterimKind, span: Span, reasons: str, caller: Caller
    ) -> InterimId:
        """Let a measure hold for a while; its statement exists and is told with it."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            case = held.now
            by = decider(caller, parties_of(case))
            rule = self._rule(case, measure)
            text = check_reasons(r.policy(case.pack), reasons)
            masking(r, case).check(text)
            earlier = [one.now for one in r.interims.of_case(case_id)]
            wanted = self._wanted(rule, span, earlier)
            about = UnderReview(case_id, case.respondent, case.stage in _OPEN)
            respondent = rules.check(about, wanted, earlier, r.clock())
            gap = self._said(rule, wanted, text)
            zh, en = (self._statement(case, language, gap) for language in ("zh", "en"))
            sealed = (r.texts.seal(zh, respondent), r.texts.seal(en, respondent))
            new_id = InterimId(r.new_id())
            step = rules.impose(
                new_id, about, wanted, earlier, self._seal(text, case), sealed, by, r.clock()
            )
            # In the case's own stream, too: whoever decides or withdraws at this moment is told to
            # read again, and whoever imposed it took part in the case.
            note = NoteAdded(at=r.clock(), by=by, note=self._seal(text, case))
            r.cases.add(case_id, [note], after=held.version)
            interim = r.interims.add(new_id, [step], after=0).now
            letter = Gap(zh={"statement": zh}, en={"statement": en})
            self.telling.tell(respondent, Reader.RESPONDENT, "interim_imposed", case, gap, letter)
            self._announce(MessageKind.INTERIM_IMPOSED, case, interim)
        return new_id

    def lift(self, interim_id: InterimId, reasons: str, caller: Caller) -> None:
        """A reviewer lets it hold no more."""
        r = self.records
        with r.work():
            held = r.interims.get(interim_id)
            case = r.cases.get(held.now.case).now
            by = decider(caller, parties_of(case))
            text = check_reasons(r.policy(case.pack), reasons)
            masking(r, case).check(text)
            why = Gap(both={"why": text})
            self._lift(held, case, Because.REVIEWER, self._seal(text, case), why, by)

    def lift_all(self, case: Case, by: Actor) -> None:
        """Nothing holds any more in a case that has ended; within the unit of work that ends it."""
        for held in self.records.interims.of_case(case.id):
            if held.now.in_force:
                self._lift(held, case, Because.CASE_ENDED, None, self._why(case, "ended"), by)

    def end_due(self, limit: int) -> int:
        """Lift what has held its time; how many there were."""
        r = self.records
        with r.work():
            over = r.interims.to_end(r.clock(), limit)
            found = [(r.cases.get(held.now.case).now, held) for held in over]
            for case, held in sorted(found, key=lambda pair: pair[0].subject.key):
                self._lift(held, case, Because.OVER, None, self._why(case, "over"), SYSTEM)
        return len(over)

    def _lift(
        self,
        held: Held[Interim],
        case: Case,
        because: Because,
        reasons: Sealed | None,
        why: Gap,
        by: Actor,
    ) -> None:
        r = self.records
        step = rules.lift(held.now, because, reasons, by, r.clock())
        interim = r.interims.add(held.now.id, [step], after=held.version).now
        named = _title(self._rule_of(case, interim.measure))
        to = interim.respondent
        self.telling.tell(to, Reader.RESPONDENT, "interim_lifted", case, named, why)
        self._announce(MessageKind.INTERIM_LIFTED, case, interim)

    def _announce(self, kind: MessageKind, case: Case, interim: Interim) -> None:
        lifted = interim.lifted_at
        told = {
            "id": interim.id,
            "measure": interim.measure.value,
            "imposed_at": interim.imposed_at.isoformat(),
            "ends_at": interim.ends_at.isoformat(),
            "lifted_at": lifted.isoformat() if lifted else None,
            "because": interim.because.value if interim.because else None,
        }
        self.announcing.announce(kind, case, interim_measure=told)

    def _rule(self, case: Case, measure: InterimKind) -> InterimRule:
        """What the pack says of a measure for such a case; Refused where it allows none."""
        allowed = self.records.policy(case.pack).interim_for(case.category, case.subject.kind)
        found = next((rule for rule in allowed if rule.measure is measure), None)
        if found is None:
            raise Refused(
                "interim.not_allowed",
                hint_noop("The rules allow for such a case, until it is decided: {known}."),
                known=", ".join(rule.measure for rule in allowed) or "–",
            )
        return found

    def _rule_of(self, case: Case, measure: InterimKind) -> InterimRule | None:
        policy = self.records.policy(case.pack).interim
        return next((rule for rule in policy.measures if rule.measure is measure), None)

    def _wanted(self, rule: InterimRule, span: Span, earlier: list[Interim]) -> Wanted:
        """Counted to the hour or day and never rolled, and never beyond the first one's longest."""
        r = self.records
        now = r.clock()
        first = rules.first_imposed(rule.measure, earlier, now)
        return Wanted(
            rule.measure,
            ends_at=r.calendar.due(now, span, roll=False).at,
            cap_ends_at=r.calendar.due(first, rule.longest, roll=False).at,
        )

    def _said(self, rule: InterimRule, wanted: Wanted, reasons: str) -> Gap:
        both = {"reasons": reasons, "ends_at": shown(wanted.ends_at)}
        zh = {"measure": rule.title.zh, "effect": rule.effect.zh}
        return Gap(both=both, zh=zh, en={"measure": rule.title.en, "effect": rule.effect.en})

    def _statement(self, case: Case, language: str, gap: Gap) -> str:
        r = self.records
        template = notices.template(r.pack(case.pack), "interim_statement")
        category = r.policy(case.pack).category(case.category)
        filled = {
            "case": case.id,
            "subject": masking(r, case)(r.opened(case.subject.ref)),
            "category": category.title.in_(language) if category else case.category,
            "pack": str(case.pack),
            "imposed_at": shown(r.clock()),
            **gap.in_(language),
        }
        return "\n\n".join(notices.write(template.in_(language), filled))

    def _why(self, case: Case, which: str) -> Gap:
        policy = self.records.policy(case.pack).interim
        words = policy.over if which == "over" else policy.ended
        return Gap(zh={"why": words.zh}, en={"why": words.en})

    def _seal(self, text: str, case: Case) -> Sealed:
        return self.records.texts.seal(text, case.respondent)


def _title(rule: InterimRule | None) -> Gap:
    title = rule.title if rule else Words(zh="–", en="–")
    return Gap(zh={"measure": title.zh}, en={"measure": title.en})
