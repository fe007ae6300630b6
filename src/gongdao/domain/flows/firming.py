"""A firm is verified, brings training and a deposit, may use the lane, and may lose all that."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, firm_account, must_be, not_found
from gongdao.domain.deadlines.model import Deadline, DeadlineKind
from gongdao.domain.decisions.model import strikes
from gongdao.domain.firms import rules
from gongdao.domain.firms.model import (
    Firm,
    FirmApplied,
    FirmId,
    FirmStage,
    FirmStep,
    Papers,
    QualificationEnded,
    QualificationLost,
    QualificationRestored,
)
from gongdao.domain.firms.rules import Application, Needs, Trained
from gongdao.domain.flows.file_clocks import Limit, cancel, meet, start
from gongdao.domain.flows.firm_papers import (
    pack_with_firms,
    take_file,
    tell,
    until,
)
from gongdao.domain.flows.graded import effects
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.telling import Gap, shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.firms import FirmPolicy
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.training.rules import holds


@dataclass(frozen=True, slots=True)
class Firming:
    """Everything that happens to a firm."""

    records: Records

    def apply(self, given: Application, upload: str, language: str, caller: Caller) -> FirmId:
        """Ask to be verified, for the first time, after a refusal, or to renew."""
        r, by = self.records, firm_account(caller)
        person = _person(by)
        asked = pack_with_firms(r)[1].qualification
        with r.work():
            held = r.firms.of_person(person)
            number = rules.check_application(given, held.now if held else None, r.clock())
            firm = held.now.id if held else FirmId(r.new_id())
            papers = Papers(
                name=r.texts.seal(given.name.strip(), person),
                number=r.texts.seal(number, person),
                number_key=r.parties.subject_key("firm", number),
                representative=r.texts.seal(given.representative.strip(), person),
                undertaking=r.texts.seal(asked.undertaking.in_(language), person),
                signature=r.texts.seal(given.signature.strip(), person),
                licence=take_file(r, upload, person),
            )
            step = FirmApplied(at=r.clock(), by=by, firm=firm, person=person, papers=papers)
            r.firms.add(firm, [step], after=held.version if held else 0)
            start(r, DeadlineKind.CHECK, firm, firm, Limit(asked.check_within, asked.source))
        return firm

    def decide(self, firm_id: FirmId, reasons: str, caller: Caller, *, accept: bool) -> None:
        """A reviewer finds that the papers hold, or that they do not."""
        r, by = self.records, self._staff(firm_id, caller)
        _, policy = pack_with_firms(r)
        asked = policy.qualification
        with r.work():
            held = r.firms.get(firm_id)
            firm, text = held.now, rules.check_text(asked, reasons)
            sealed = r.texts.seal(text, firm.person)
            meet(r, firm.id, DeadlineKind.CHECK, by)
            if not accept:
                step: FirmStep = rules.refuse(firm, sealed, by, r.clock())
                r.firms.add(firm.id, [step], after=held.version)
                self._tell(firm, "firm_refused", Gap(both={"reasons": text}))
                return
            asks = firm.pending or firm.papers
            same = r.firms.with_number(asks.number_key)
            if any(f.stage is FirmStage.VERIFIED and f.id != firm.id for f in same):
                raise rules.number_taken()
            cancel(r, firm.id, [DeadlineKind.RENEWAL], "renewed", by)
            limit = Limit(asked.valid, asked.source, asked.remind_before)
            due = start(r, DeadlineKind.RENEWAL, firm.id, firm.id, limit)
            step = rules.accept(firm, sealed, due.at, by, r.clock())
            self._kept(held, step, policy)
            self._tell(firm, "firm_accepted", Gap(both={"reasons": text}), until(due.at))

    def hours(self, firm_id: FirmId, minutes: int, proof: str, caller: Caller) -> None:
        """Training that was taken, by the word of whoever on the staff saw its proof."""
        r, by = self.records, self._staff(firm_id, caller)
        with r.work():
            held, policy, sealed = self._with_words(firm_id, proof)
            self._kept(held, rules.record_hours(minutes, sealed, by, r.clock()), policy)

    def exam(self, firm_id: FirmId, proof: str, caller: Caller, *, passed: bool) -> None:
        """An exam that was taken."""
        r, by = self.records, self._staff(firm_id, caller)
        with r.work():
            held, policy, sealed = self._with_words(firm_id, proof)
            step = rules.record_exam(sealed, by, r.clock(), passed=passed)
            self._kept(held, step, policy)

    def deposit(self, firm_id: FirmId, fen: int, reason: str, caller: Caller) -> None:
        """A line of the ledger: no money is moved here."""
        r, by = self.records, self._staff(firm_id, caller)
        with r.work():
            held, policy, sealed = self._with_words(firm_id, reason)
            self._kept(held, rules.enter_deposit(held.now, fen, sealed, by, r.clock()), policy)

    def contest(self, grounds: str, caller: Caller) -> None:
        """Object to the loss; a person decides on it."""
        r, by = self.records, firm_account(caller)
        with r.work():
            held, policy = self._mine(caller), pack_with_firms(r)[1].qualification
            sealed = r.texts.seal(rules.check_text(policy, grounds), held.now.person)
            step = rules.contest(held.now, sealed, by, r.clock())
            r.firms.add(held.now.id, [step], after=held.version)
            meet(r, held.now.id, DeadlineKind.CONTEST, by)
            limit = Limit(policy.heard_within, policy.source)
            start(r, DeadlineKind.HEARING, held.now.id, held.now.id, limit)

    def hear(self, firm_id: FirmId, reasons: str, caller: Caller, *, restored: bool) -> None:
        """A senior reviewer decides on an objection."""
        must_be(caller, Role.SENIOR_REVIEWER)
        r, by = self.records, self._staff(firm_id, caller)
        with r.work():
            held, policy = r.firms.get(firm_id), pack_with_firms(r)[1]
            text = rules.check_text(policy.qualification, reasons)
            sealed = r.texts.seal(text, held.now.person)
            step = rules.hear(held.now, sealed, by, r.clock(), restored=restored)
            self._kept(held, step, policy)
            meet(r, firm_id, DeadlineKind.HEARING, by)
            template = "firm_restored" if restored else "firm_loss_upheld"
            self._tell(held.now, template, Gap(both={"reasons": text}))
            self._end_if_over(firm_id)

    def reconsider(self, person: PersonId | None) -> None:
        """What a firm's violations change, within the unit of work that changed their number."""
        r = self.records
        held = r.firms.of_person(person) if person is not None else None
        if held is None:
            return
        pack, policy = pack_with_firms(r)
        worst = rules.repeated(policy.qualification, self._counted(held.now.person))
        loss = held.now.loss
        if held.now.stage is FirmStage.VERIFIED:
            # Whom an objection gave it back does not lose it again to the same violations.
            before = loss.strikes if loss and worst and loss.clause == worst[0] else 0
            if worst is not None and worst[1] > before:
                self._lose(held, worst, pack, policy)
                return
            self._kept(held, None, policy)
        elif held.now.stage is FirmStage.LOST and worst is None:
            step = QualificationRestored(at=r.clock(), by=SYSTEM)
            self._kept(held, step, policy)
            kinds = [DeadlineKind.CONTEST, DeadlineKind.HEARING]
            cancel(r, held.now.id, kinds, "restored", SYSTEM)
            why = policy.qualification.overturned
            self._tell(held.now, "firm_restored", _in_both("reasons", why))
            self._end_if_over(held.now.id)

    def ended(self, deadline: Deadline) -> None:
        """The time of a verification is over."""
        self._end(self.records.firms.get(deadline.case), deadline.due_at)

    def _end_if_over(self, firm: FirmId) -> None:
        """What is given back after its time is over at once: while it was lost nothing ended it."""
        held = self.records.firms.get(firm)
        if held.now.until is not None and held.now.until < self.records.clock():
            self._end(held, held.now.until)

    def _end(self, held: Held[Firm], due_at: datetime) -> None:
        r = self.records
        if held.now.stage is FirmStage.VERIFIED:
            self._kept(held, QualificationEnded(at=r.clock(), by=SYSTEM), pack_with_firms(r)[1])
            self._tell(held.now, "firm_ended", until(due_at))

    def remind(self, deadline: Deadline) -> None:
        """It will be over soon."""
        held = self.records.firms.get(deadline.case)
        if held.now.stage is FirmStage.VERIFIED:
            self._tell(held.now, "firm_ends_soon", until(deadline.due_at))

    def needs(self, firm: Firm) -> Needs:
        """What the lane asks of a firm, for those who may see it."""
        return self._needs(firm, pack_with_firms(self.records)[1])

    def mine(self, caller: Caller) -> Firm | None:
        """One's own firm, if there is one."""
        person = firm_account(caller).person
        held = self.records.firms.of_person(person) if person is not None else None
        return held.now if held else None

    def open(self, firm_id: FirmId, caller: Caller) -> Firm:
        """A firm, for staff; NotFound for others and for whoever's own it is."""
        self._staff(firm_id, caller)
        return self.records.firms.get(firm_id).now

    def listed(self, caller: Caller, limit: int = 100) -> list[Firm]:
        """Firms on which somebody must decide first."""
        must_be(caller, *DECIDERS, Role.OPERATOR)
        return [f for f in self.records.firms.listed(limit) if f.person != caller.person]

    def _lose(
        self, held: Held[Firm], worst: tuple[str, int], pack: RulePack, policy: FirmPolicy
    ) -> None:
        r, (clause, count) = self.records, worst
        asked = policy.qualification
        limit = Limit(asked.contest_within, asked.source)
        due = start(r, DeadlineKind.CONTEST, held.now.id, held.now.id, limit)
        said = _statement(pack, policy, worst, due.at)
        step = QualificationLost(
            at=r.clock(),
            by=SYSTEM,
            clause=clause,
            strikes=count,
            statement_zh=r.texts.seal(said.zh, held.now.person),
            statement_en=r.texts.seal(said.en, held.now.person),
            contest_until=due.at,
        )
        self._kept(held, step, policy)
        self._tell(held.now, "firm_lost", _in_both("statement", said), until(due.at))

    def _kept(self, held: Held[Firm], step: FirmStep | None, policy: FirmPolicy) -> None:
        """Keep a step, and open or close the lane by what it changes."""
        r, firm, version = self.records, held.now, held.version
        if step is not None:
            kept = r.firms.add(firm.id, [step], after=version)
            firm, version = kept.now, kept.version
        change = rules.lane(firm, self._needs(firm, policy), r.clock())
        if change is not None:
            r.firms.add(firm.id, [change], after=version)

    def _needs(self, firm: Firm, policy: FirmPolicy) -> Needs:
        valid = policy.qualification.valid.flat()
        since = (firm.accepted_at or self.records.clock()) - valid
        violations = sum(self._counted(firm.person).values())
        trained = self._trained(firm.person, since)
        least = effects(self.records, firm.person).deposit
        return rules.needs(policy, firm, violations, since, trained, least)

    def trained(self, firm: Firm) -> Trained:
        """What its account took on courses here, as far as it counts now."""
        valid = pack_with_firms(self.records)[1].qualification.valid.flat()
        return self._trained(firm.person, (firm.accepted_at or self.records.clock()) - valid)

    def _trained(self, person: PersonId, since: datetime) -> Trained:
        r = self.records
        asked = pack_with_firms(r)[0].training
        held = r.learners.of_person(person) if asked is not None else None
        if asked is None or held is None:
            return Trained()
        day = since.astimezone(CHINA).date()
        seconds = held.now.seconds_since(asked.firms.courses, day)
        exam = holds(r.certificates.of_person(person), asked.firms.exams, r.clock())
        return Trained(seconds // 60, exam=exam)

    def _counted(self, person: PersonId) -> Counter[str]:
        """How many violations of each rule count now."""
        r = self.records
        theirs = r.sanctions.seen_of(person)
        clauses = {sanction.clause for sanction in theirs}
        return Counter({clause: strikes(theirs, clause, r.clock()) for clause in clauses})

    def _with_words(self, firm_id: FirmId, said: str) -> tuple[Held[Firm], FirmPolicy, Sealed]:
        held, policy = self.records.firms.get(firm_id), pack_with_firms(self.records)[1]
        text = rules.check_text(policy.qualification, said)
        return held, policy, self.records.texts.seal(text, held.now.person)

    def _staff(self, firm_id: FirmId, caller: Caller) -> Actor:
        """The caller as somebody on the staff; Refused where it is their own firm."""
        must_be(caller, *DECIDERS, Role.OPERATOR)
        if caller.person is None:
            raise not_found()
        if self.records.firms.get(firm_id).now.person == caller.person:
            raise Refused(
                "firm.own", hint_noop("This is your own firm. Somebody else must decide on it.")
            )
        known = (Role.SENIOR_REVIEWER, Role.REVIEWER, Role.OPERATOR)
        return Actor(next(role for role in known if role in caller.roles), caller.person)

    def _mine(self, caller: Caller) -> Held[Firm]:
        held = self.records.firms.of_person(_person(firm_account(caller)))
        if held is None:
            raise NotFound("firm.none", hint_noop("This account has not applied as a firm."))
        return held

    def _tell(self, firm: Firm, template: str, *gaps: Gap) -> None:
        tell(self.records, firm.person, Reader.FIRM, template, firm.id, *gaps)


def _in_both(gap: str, words: Words) -> Gap:
    return Gap(zh={gap: words.zh}, en={gap: words.en})


def _statement(pack: RulePack, policy: FirmPolicy, worst: tuple[str, int], ends: datetime) -> Words:
    """Why it was lost, in both languages."""
    clause, count = worst
    known = pack.cases.clause(clause) if pack.cases else None
    said = policy.qualification.lost
    filled = {
        language: said.in_(language).format(
            title=known.title.in_(language) if known else clause,
            count=count,
            pack=pack.ref,
            until=shown(ends),
        )
        for language in ("zh", "en")
    }
    return Words(zh=filled["zh"], en=filled["en"])


def _person(by: Actor) -> PersonId:
    if by.person is None:
        raise not_found()
    return by.person
