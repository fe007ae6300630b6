"""What somebody brings to their appeal, held against what the pack asks: at once, piece by piece.

It begins before anything is filed and needs no sign-in where a code opens the case. Nobody but
whoever brings it and the staff sees it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import insider, not_found, seat
from gongdao.domain.appeals import rules, standard
from gongdao.domain.appeals.completeness import Completeness, MaterialState, state_of, weigh
from gongdao.domain.appeals.material_rules import Period
from gongdao.domain.appeals.standard import (
    HolderNamed,
    MaterialAnswered,
    MaterialAttached,
    MaterialDetached,
    MaterialsBegun,
    MaterialsStep,
    materials_id,
)
from gongdao.domain.decisions.model import Decision
from gongdao.domain.flows.appealing import under_appeal
from gongdao.domain.flows.material_views import MaterialsView, shown
from gongdao.domain.flows.read_material import read_material
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import AppealId, Code, DecisionId, ExhibitId, PersonId
from gongdao.domain.policy.evidence_standard import EvidenceStandard, For, Holder, Listed


@dataclass(frozen=True, slots=True)
class _Opened:
    """One person's material for one decision."""

    decision: Decision
    case: Case
    person: PersonId
    side: For
    held: Held[standard.Materials] | None
    policy: EvidenceStandard | None

    @property
    def holder(self) -> Holder:
        """What they said they are, or else what the pack takes them for."""
        if self.held is not None and self.held.now.holder:
            return Holder(self.held.now.holder)
        return self.policy.holder_of(self.case.subject.kind) if self.policy else Holder.PERSON

    @property
    def asked(self) -> tuple[Listed, ...]:
        """What they are asked for; nothing where the pack does not say."""
        if self.policy is None:
            return ()
        what = self.decision.clause or self.case.category
        return self.policy.asked_of(what, self.side, self.holder)

    def brought(self, material: Code) -> standard.Brought:
        """What they brought for one thing."""
        return self.held.now.of(material) if self.held else standard.Brought()

    def listed(self, material: Code) -> Listed:
        """One of these."""
        found = next((each for each in self.asked if each.material.code == material), None)
        if found is None:
            raise Refused(
                "material.unknown",
                hint_noop("{material} is not asked for here. Choose one from the list."),
                material=material,
            )
        return found


@dataclass(frozen=True, slots=True)
class Materials:
    """From the list of what is asked to what is there."""

    records: Records

    def standard(self, decision: DecisionId, caller: Caller) -> tuple[Listed, ...]:
        """What the caller is asked to bring, required first; NotFound for strangers."""
        return self._open(decision, caller).asked

    def must_be_asked(self, decision: DecisionId, material: Code, caller: Caller) -> None:
        """Refuse what is not on the caller's list, before a file for it is kept."""
        self._open(decision, caller).listed(material)

    def holder(self, decision: DecisionId, caller: Caller) -> Holder:
        """As what the caller appeals, such as a person or a firm."""
        return self._open(decision, caller).holder

    def of(self, decision: DecisionId, caller: Caller) -> Completeness:
        """What is there, what is to be mended, and what is still missing."""
        return self._weighed(self._open(decision, caller), self.records.clock())

    def view(self, decision: DecisionId, caller: Caller) -> MaterialsView:
        """The same in words, with what is asked and what the answers were."""
        return self._viewed(self._open(decision, caller), self.records.clock())

    def attach(
        self, decision: DecisionId, material: Code, exhibit: ExhibitId, caller: Caller
    ) -> MaterialState:
        """Let one of the caller's own exhibits stand for something; how that stands then."""
        r = self.records
        with r.work():
            mine = self._open(decision, caller)
            listed = mine.listed(material)
            there = mine.brought(material).exhibits
            self._must_be_own(exhibit, mine)
            if exhibit not in there:
                if len(there) >= listed.material.files_max:
                    raise Refused(
                        "material.too_many",
                        hint_noop("At most {most} files stand for it. Take one away first."),
                        most=listed.material.files_max,
                    )
                step = MaterialAttached(
                    at=r.clock(), by=_by(mine), material=material, exhibit=exhibit
                )
                self._add(mine, step)
        return self._now(decision, material, caller)

    def detach(
        self, decision: DecisionId, material: Code, exhibit: ExhibitId, caller: Caller
    ) -> MaterialState:
        """Let it stand for that no longer; the exhibit stays in the case file."""
        r = self.records
        with r.work():
            mine = self._open(decision, caller)
            mine.listed(material)
            if exhibit in mine.brought(material).exhibits:
                step = MaterialDetached(
                    at=r.clock(), by=_by(mine), material=material, exhibit=exhibit
                )
                self._add(mine, step)
        return self._now(decision, material, caller)

    def answer(
        self,
        decision: DecisionId,
        material: Code,
        caller: Caller,
        *,
        yes: bool,
        question: Code = "",
    ) -> MaterialState:
        """Say what no program can judge; without a question, to the first that is open."""
        r = self.records
        with r.work():
            mine = self._open(decision, caller)
            (state,) = self._states(mine, [mine.listed(material)], r.clock())
            known = (*state.questions, *(code for code, _ in state.answered))
            chosen = question or next(iter(known), "")
            if chosen not in known:
                raise Refused(
                    "material.not_asked",
                    hint_noop("Nothing is asked there now. Read the list again."),
                )
            if (chosen, yes) not in state.answered:
                step = MaterialAnswered(
                    at=r.clock(), by=_by(mine), material=material, question=chosen, yes=yes
                )
                self._add(mine, step)
        return self._now(decision, material, caller)

    def put(
        self,
        decision: DecisionId,
        material: Code,
        exhibits: Sequence[ExhibitId] | None,
        answers: Mapping[Code, bool],
        caller: Caller,
    ) -> None:
        """These exhibits and no others stand for it, and these are the answers; all or nothing."""
        with self.records.work():
            mine = self._open(decision, caller)
            there = mine.brought(mine.listed(material).material.code).exhibits
            wanted = there if exhibits is None else exhibits
            for exhibit in there:  # taken away first, so that a full list can be exchanged
                if exhibit not in wanted:
                    self.detach(decision, material, exhibit, caller)
            for exhibit in wanted:
                self.attach(decision, material, exhibit, caller)
            for question, yes in answers.items():
                self.answer(decision, material, caller, yes=yes, question=question)

    def name_holder(self, decision: DecisionId, holder: Holder, caller: Caller) -> None:
        """Say as what one appeals; what is asked follows from it."""
        r = self.records
        with r.work():
            mine = self._open(decision, caller)
            if mine.holder is not holder:
                self._add(mine, HolderNamed(at=r.clock(), by=_by(mine), holder=holder.value))

    def seen_by_staff(self, appeal: AppealId, caller: Caller) -> MaterialsView:
        """The same list for the reviewer, held against the day on which the appeal was filed."""
        r = self.records
        filed = r.appeals.get(appeal).now
        case = r.cases.get(filed.case).now
        insider(caller, parties_of(case))
        theirs = self._opened(r.decisions.get(filed.decision).now, case, filed.appellant)
        return self._viewed(theirs, filed.filed_at)

    def _open(self, decision_id: DecisionId, caller: Caller) -> _Opened:
        decision = self.records.decisions.get(decision_id).now
        case = self.records.cases.get(decision.case).now
        seat(caller, parties_of(case))
        if caller.person is None:
            raise not_found()
        if caller.person != case.respondent and caller.person not in case.reporters:
            raise not_found()
        return self._opened(decision, case, caller.person)

    def _opened(self, decision: Decision, case: Case, person: PersonId) -> _Opened:
        r = self.records
        return _Opened(
            decision=decision,
            case=case,
            person=person,
            side=For(rules.side_of(under_appeal(decision, case), person).value),
            held=r.materials.of(decision.id, person),
            policy=r.packs.at(decision.pack).standard,
        )

    def _weighed(self, mine: _Opened, at: datetime) -> Completeness:
        return weigh(self._states(mine, mine.asked, at))

    def _viewed(self, mine: _Opened, at: datetime) -> MaterialsView:
        complete, policy = self._weighed(mine, at), mine.policy
        pairs = zip(mine.asked, complete.items, strict=True)
        by_holder = policy is not None and mine.side is For.RESPONDENT
        return MaterialsView(
            side=mine.side,
            holder=mine.holder,
            holders=policy.holders if policy and by_holder else (),
            complete=complete,
            shown=tuple(shown(policy, *pair) for pair in pairs) if policy else (),
        )

    def _states(self, mine: _Opened, wanted: Sequence[Listed], at: datetime) -> list[MaterialState]:
        brought = {each.material.code: mine.brought(each.material.code) for each in wanted}
        exhibits = {exhibit for each in brought.values() for exhibit in each.exhibits}
        read, period = read_material(self.records, mine.case, exhibits), _period(mine, at)
        found = []
        for listed in wanted:
            theirs = brought[listed.material.code]
            files = [read[exhibit] for exhibit in theirs.exhibits if exhibit in read]
            found.append(state_of(listed, theirs, files, period))
        return found

    def _now(self, decision: DecisionId, material: Code, caller: Caller) -> MaterialState:
        found = self.of(decision, caller).items
        return next(each for each in found if each.material == material)

    def _must_be_own(self, exhibit: ExhibitId, mine: _Opened) -> None:
        found = self.records.exhibits.get(exhibit).now
        if found.case != mine.case.id or found.owner != mine.person:
            raise not_found()

    def _add(self, mine: _Opened, step: MaterialsStep) -> None:
        stream = materials_id(mine.decision.id, mine.person)
        begun = MaterialsBegun(
            at=step.at, by=step.by, decision=mine.decision.id, case=mine.case.id,
            side=mine.side, person=mine.person,
        )  # fmt: skip
        steps: list[MaterialsStep] = [step] if mine.held else [begun, step]
        self.records.materials.add(stream, steps, after=mine.held.version if mine.held else 0)


def _by(mine: _Opened) -> Actor:
    return Actor(Role(mine.side.value), mine.person)


def _period(mine: _Opened, at: datetime) -> Period:
    """In the operator's own days."""
    last = at.astimezone(CHINA).date()
    if mine.policy is None:
        return Period(last, last)
    first = mine.case.opened_at.astimezone(CHINA) - mine.policy.period.before.flat()
    return Period(first.date(), last)
