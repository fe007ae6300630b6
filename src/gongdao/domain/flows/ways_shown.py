"""Ways back as their respondent and staff see them: how far, what next, how long."""

import json
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, may_read_desk, not_found, seat
from gongdao.domain.decisions.model import Sanction, SanctionState
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.ways_gone import terms_of
from gongdao.domain.flows.ways_opened import way_from
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.ids import CaseId, Code, ExhibitId, SanctionId, Sealed
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.ways_back import ExamStep, ProofStep, WaysBackPolicy, WayStep
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import Checked, WayBack, WayBackId


class StepState(StrEnum):
    """Where one step stands."""

    TODO = "todo"
    BEGUN = "begun"
    """A try at an exam waits for its answers."""
    LATER = "later"
    """The next try opens at a known time."""
    WAITING = "waiting"
    """Only time is needed."""
    CHECKING = "checking"
    REFUSED = "refused"
    """A proof was not enough; another can be handed in."""
    DONE = "done"


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step."""

    code: Code
    kind: str
    title: Words
    detail: Words
    state: StepState
    until: datetime | None = None
    """When the waiting is over, or the next try opens."""
    reasons: str = ""
    """Why a proof was refused, or accepted."""
    at: datetime | None = None
    """When it was signed, handed in, checked."""


@dataclass(frozen=True, slots=True)
class WayShown:
    """The way back from one sanction, or why there is none."""

    sanction: SanctionId
    way_back: WayBackId | None
    title: Words | None
    effect: Words | None
    stage: str
    """`open`, `fulfilled`, `closed`; `none` where an appeal alone leads back."""
    done: int = 0
    of: int = 0
    alternatives: tuple[tuple[StepShown, ...], ...] = ()
    ended_at: datetime | None = None
    ends_at: datetime | None = None
    lifted: bool = False
    why_none: Words | None = None

    def step(self, code: Code) -> StepShown:
        """One of its steps; NotFound for any other."""
        found = next((s for each in self.alternatives for s in each if s.code == code), None)
        if found is None:
            raise not_found()
        return found


@dataclass(frozen=True, slots=True)
class PledgeShown:
    """A pledge as it was signed, for its signer and staff."""

    title: Words
    written: str
    """The words with the name below."""
    strokes: tuple[tuple[tuple[int, int], ...], ...]
    at: datetime
    text: str
    """SHA-256 of the words alone."""
    version: int
    """Of the event in its stream."""
    leaf: str
    way_back: WayBackId
    case: CaseId
    seals: tuple[Sealed, ...]


@dataclass(frozen=True, slots=True)
class ProofShown:
    """A proof that waits for a reviewer."""

    way_back: WayBackId
    case: CaseId
    step: Code
    title: Words
    detail: Words
    said: str
    exhibits: tuple[ExhibitId, ...]
    at: datetime
    mine: bool
    """Whether whoever looks decided the case: shown, and no hindrance."""


@dataclass(frozen=True, slots=True)
class WaysShown:
    """Reads ways back."""

    records: Records

    def of_case(self, case_id: CaseId, caller: Caller) -> list[WayShown]:
        """Those of a case's sanctions, for its respondent and staff; NotFound for others."""
        case = self.records.cases.get(case_id).now
        self._see(case, caller)
        return self.of(case)

    def of_sanction(self, sanction: SanctionId, caller: Caller) -> WayShown:
        """The one of a sanction; NotFound for whoever may not see that."""
        r = self.records
        found = r.sanctions.get(sanction).now
        self._see(r.cases.get(found.case).now, caller)
        shown = self._shown(found)
        if shown is None:
            raise not_found()
        return shown

    def of(self, case: Case) -> list[WayShown]:
        """The same, where the case was read already and whoever asks may see it."""
        r = self.records
        if case.decision is None:
            return []
        found = [held.now for held in r.sanctions.of_decision(case.decision)]
        return [shown for shown in map(self._shown, found) if shown is not None]

    def pledge(self, way_back: WayBackId, step: Code, caller: Caller) -> PledgeShown:
        """A pledge with its place among the records; NotFound before it was signed."""
        r = self.records
        standing = r.ways_back.get(way_back).now
        self._see(r.cases.get(standing.case).now, caller)
        policy, _ = terms_of(r, standing)
        pledge, asked = standing.pledge(step), policy.step(step)
        if pledge is None or asked is None:
            raise not_found()
        record = next(
            each
            for each in r.ways_back.history(way_back)
            if each.event.kind == "way_back.pledge_signed" and each.event.at == pledge.at
        )
        drawn = r.texts.open(pledge.drawn) if pledge.drawn else None
        return PledgeShown(
            title=asked.title,
            written=r.opened(pledge.signed),
            strokes=_strokes(drawn),
            at=pledge.at,
            text=pledge.text,
            version=record.version,
            leaf=record.leaf,
            way_back=way_back,
            case=standing.case,
            seals=(pledge.signed, *([pledge.drawn] if pledge.drawn else [])),
        )

    def to_check(self, caller: Caller, limit: int) -> list[ProofShown]:
        """What waits for a reviewer, the longest first; nothing of the caller's own cases."""
        may_read_desk(caller)
        found = []
        for standing in self.records.ways_back.to_check(limit):
            case = self.records.cases.get(standing.case).now
            if _inside(case, caller):
                found += self._proofs(standing, case, caller)
        return found

    def proofs(self, way_back: WayBackId, caller: Caller) -> list[ProofShown]:
        """What waits on one way back, for staff."""
        standing = self.records.ways_back.get(way_back).now
        case = self.records.cases.get(standing.case).now
        if not _inside(case, caller):
            raise not_found()
        return self._proofs(standing, case, caller)

    def _see(self, case: Case, caller: Caller) -> None:
        if seat(caller, parties_of(case)) is Seat.REPORTER:
            raise not_found()

    def _proofs(self, standing: WayBack, case: Case, caller: Caller) -> list[ProofShown]:
        policy, _ = terms_of(self.records, standing)
        return [
            ProofShown(
                way_back=standing.id,
                case=standing.case,
                step=proof.step,
                title=asked.title,
                detail=asked.detail,
                said=self.records.opened(proof.said),
                exhibits=proof.exhibits,
                at=proof.at,
                mine=caller.has(*DECIDERS) and caller.person in case.decided_by,
            )
            for proof in standing.to_check
            if isinstance(asked := policy.step(proof.step), ProofStep)
        ]

    def _shown(self, sanction: Sanction) -> WayShown | None:
        r = self.records
        held = r.ways_back.of_sanction(sanction.id)
        if held is None:
            return self._none(sanction)
        policy, way = terms_of(r, held.now)
        far = rules.progress(way.needs, held.now.done)
        return WayShown(
            sanction=sanction.id,
            way_back=held.now.id,
            title=way.title,
            effect=way.effect,
            stage=held.now.stage.value,
            done=far.done,
            of=far.of,
            alternatives=tuple(
                tuple(self._step(policy, held.now, code) for code in each)
                for each in way.needs.alternatives()
            ),
            ended_at=held.now.ended_at,
            ends_at=held.now.ends_at,
            lifted=held.now.lifted,
        )

    def _none(self, sanction: Sanction) -> WayShown | None:
        """Where only an appeal leads back, that is said; of the rest nothing is said."""
        r = self.records
        if sanction.state is not SanctionState.IN_FORCE:
            return None
        pack = r.decisions.get(sanction.decision).now.pack
        policy, clause = r.pack(pack).ways_back, r.policy(pack).clause(sanction.clause)
        if policy is None or clause is None or way_from(r, pack, clause.code, sanction.measure):
            return None
        measure = sanction.measure
        none = policy.none_from(clause, measure.penalty, measure.scope, measure.duration)
        if none is None:
            return None
        return WayShown(sanction.id, None, None, None, "none", why_none=none.why)

    def _step(self, policy: WaysBackPolicy, standing: WayBack, code: Code) -> StepShown:
        asked = policy.step(code)
        if asked is None:
            raise not_found()
        state, until = self._state(asked, standing)
        proof, pledge = standing.last_proof(code), standing.pledge(code)
        at = pledge.at if pledge else proof.checked_at or proof.at if proof else None
        reasons = self.records.opened(proof.reasons) if proof and proof.reasons else ""
        return StepShown(
            code=code,
            kind=asked.kind.value,
            title=asked.title,
            detail=asked.detail,
            state=state,
            until=until,
            reasons=reasons,
            at=at,
        )

    def _state(self, asked: WayStep, standing: WayBack) -> tuple[StepState, datetime | None]:
        if asked.code in standing.done:
            return StepState.DONE, None
        wait = next((w for w in standing.waits if w.step == asked.code), None)
        if wait is not None:
            return StepState.WAITING, wait.until
        if isinstance(asked, ExamStep):
            return self._exam(asked, standing)
        proof = standing.last_proof(asked.code)
        if proof is not None and proof.checked is not Checked.ACCEPTED:
            waits = proof.checked is Checked.WAITING
            return StepState.CHECKING if waits else StepState.REFUSED, None
        return StepState.TODO, None

    def _exam(self, asked: ExamStep, standing: WayBack) -> tuple[StepState, datetime | None]:
        last = standing.last_try(asked.code)
        if last is None:
            return StepState.TODO, None
        if last.right is None:
            return StepState.BEGUN, None
        later = last.again_at is not None and last.again_at > self.records.clock()
        return (StepState.LATER, last.again_at) if later else (StepState.TODO, None)


def _inside(case: Case, caller: Caller) -> bool:
    return seat(caller, parties_of(case)) in {Seat.STAFF, Seat.AUDITOR}


def _strokes(drawn: str | None) -> tuple[tuple[tuple[int, int], ...], ...]:
    found = json.loads(drawn) if drawn else []
    return tuple(tuple((point[0], point[1]) for point in stroke) for stroke in found)
