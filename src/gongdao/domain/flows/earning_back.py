"""Going a way back: exams, pledges and proofs by the respondent, and the reviewers' checks."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import decider, party
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.examining import Examining, Explained
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.masking import masking
from gongdao.domain.flows.records import Records, missing, parties_of
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.studying import Studying
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.flows.ways_gone import WayGone, terms_of
from gongdao.domain.flows.ways_learned import WaysLearned
from gongdao.domain.intake import rules as intake
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.reaching import ProofChecked
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import Code, ExhibitId, PersonId, Sealed
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.policy.sitting import Sitting
from gongdao.domain.policy.ways_back import (
    ExamStep,
    PledgeStep,
    ProofStep,
    StepKind,
    Way,
    WaysBackPolicy,
    WayStep,
)
from gongdao.domain.ways_back import rules
from gongdao.domain.ways_back.model import ProofAccepted, QuizFailed, Try, WayBack, WayBackId

S = TypeVar("S", bound=WayStep)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a try at an exam went: every answer with its explanation."""

    marked: Marked
    passed: bool
    again_at: datetime | None
    """When the next try may begin, where this one failed."""


@dataclass(frozen=True, slots=True)
class Signature:
    """The name below a pledge, and how it was drawn, where it was."""

    name: str
    strokes: Sequence[Sequence[Sequence[int]]] = ()


@dataclass(frozen=True, slots=True)
class Going:
    """A way back under somebody's feet."""

    held: Held[WayBack]
    case: Held[Case]
    policy: WaysBackPolicy
    way: Way
    by: Actor


@dataclass(frozen=True, slots=True)
class EarningBack:
    """Everything that is done on a way back."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning

    def begin_quiz(self, way_back: WayBackId, step: Code, caller: Caller) -> Paper:
        """Begin a try at an exam; the same questions again while it is open."""
        r = self.records
        with r.work():
            going = self._mine(way_back, caller)
            exam = _step(going, step, ExamStep)
            waits = self._open_paper(going.held.now, exam)
            if waits is not None:
                return waits
            rules.leads_on(going.way, going.held.now, exam.code)
            put = Examining(r).begin(going.held.now.respondent, exam.quiz, exam.questions)
            event = rules.begin_quiz(
                going.way, going.held.now, exam, put.paper, put.seed, going.by, r.clock()
            )
            self._gone().add(going.held, [event], going.by)
        return put.paper

    def open_paper(self, way_back: WayBackId, step: Code, caller: Caller) -> Paper | None:
        """The questions of the try that waits for its answers; None where none does."""
        going = self._mine(way_back, caller)
        return self._open_paper(going.held.now, _step(going, step, ExamStep))

    def explained(self, way_back: WayBackId, step: Code, caller: Caller) -> Explained[Try] | None:
        """What was right in the last try, once it has ended; None while one waits."""
        going = self._mine(way_back, caller)
        last = going.held.now.last_try(_step(going, step, ExamStep).code)
        return Examining(self.records).explained(last)

    def answer_quiz(
        self, way_back: WayBackId, step: Code, answers: Mapping[Code, Code], caller: Caller
    ) -> Outcome:
        """Answer every question of the open try; it counts wherever else the same is asked."""
        r = self.records
        with r.work():
            going = self._mine(way_back, caller)
            exam = _step(going, step, ExamStep)
            rules.leads_on(going.way, going.held.now, exam.code)
            waits = going.held.now.open_try(exam.code)
            begun, marked = Examining(r).mark(exam.quiz, waits, answers)
            event = rules.answer_quiz(exam, marked, going.by, r.clock())
            self._gone().add(going.held, [event], going.by)
            self._elsewhere(begun, marked, going.held.now.respondent)
        failed = isinstance(event, QuizFailed)
        return Outcome(
            marked, not failed, event.again_at if isinstance(event, QuizFailed) else None
        )

    def sign(
        self, way_back: WayBackId, step: Code, signature: Signature, language: str, caller: Caller
    ) -> None:
        """Sign a pledge, in the language that it was read in."""
        r = self.records
        with r.work():
            going = self._mine(way_back, caller)
            pledge = _step(going, step, PledgeStep)
            name = rules.check_name(going.policy, signature.name)
            strokes = rules.check_strokes(going.policy, signature.strokes)
            event = rules.sign(
                going.way,
                going.held.now,
                pledge,
                language,
                self._signed(pledge, language, name, strokes, going.by.person),
                going.by,
                r.clock(),
            )
            self._gone().add(going.held, [event], going.by)

    def hand_in(
        self,
        way_back: WayBackId,
        step: Code,
        said: str,
        exhibits: Sequence[ExhibitId],
        caller: Caller,
    ) -> None:
        """Hand a proof in, with exhibits that one brought to the case; a person will check it."""
        r = self.records
        with r.work():
            going = self._mine(way_back, caller)
            proof = _step(going, step, ProofStep)
            text = intake.check_reasons(r.policy(going.case.now.pack), said)
            brought = self._own(going, exhibits)
            rules.check_files(proof, brought)
            sealed = r.texts.seal(text, going.by.person)
            event = rules.hand_in(
                going.way, going.held.now, proof, sealed, brought, going.by, r.clock()
            )
            self._gone().add(going.held, [event], going.by)
            self._rectified(going, proof, sealed)

    def check(
        self, way_back: WayBackId, step: Code, reasons: str, caller: Caller, *, accept: bool
    ) -> None:
        """Say, as a reviewer, whether a proof shows what it has to; the respondent is told."""
        r = self.records
        with r.work():
            held = r.ways_back.get(way_back)
            case = r.cases.get(held.now.case)
            by = decider(caller, parties_of(case.now))
            hears_no_appeal(r, case.now, by)
            text = intake.check_reasons(r.policy(case.now.pack), reasons)
            masking(r, case.now).check(text)
            event = rules.judge(
                held.now, step, r.texts.seal(text, held.now.respondent), by, r.clock(),
                accept=accept,
            )  # fmt: skip
            took = ProofChecked(at=r.clock(), by=by, way_back=way_back)
            r.cases.add(case.now.id, [took], after=case.version)
            gone = self._gone().add(held, [event], by)
            if gone.is_open:
                self._tell(gone, step, text, case.now, accepted=isinstance(event, ProofAccepted))

    def _mine(self, way_back: WayBackId, caller: Caller) -> Going:
        """For the respondent alone; everybody else finds nothing."""
        r = self.records
        found = r.ways_back.get(way_back)
        case = r.cases.get(found.now.case)
        by = party(caller, parties_of(case.now), Seat.RESPONDENT)
        held = r.ways_back.get(way_back)  # the case is ours now: as it stands behind the lock
        policy, way = terms_of(r, held.now)
        return Going(held, case, policy, way, by)

    def _open_paper(self, standing: WayBack, exam: ExamStep) -> Paper | None:
        if not standing.is_open or exam.code in standing.done:
            return None
        return Examining(self.records).again(standing.open_try(exam.code))

    def _elsewhere(self, begun: Sitting, marked: Marked, person: PersonId) -> None:
        """The same try on other ways back, and on the course that asks out of this bank."""
        given = (self.records, self.telling, self.sanctioning)
        WaysLearned(*given).answered(begun, marked, person)
        Studying(*given).answered(begun, marked, person)

    def _signed(
        self,
        pledge: PledgeStep,
        language: str,
        name: str,
        strokes: rules.Strokes,
        about: PersonId | None,
    ) -> tuple[Sealed, Sealed | None]:
        seal = self.records.texts.seal
        written = seal(f"{pledge.text.in_(language)}\n\n{name}", about)
        return written, seal(json.dumps(strokes), about) if strokes else None

    def _own(self, going: Going, exhibits: Sequence[ExhibitId]) -> tuple[ExhibitId, ...]:
        """Only what the respondent brought to this very case."""
        found = self.records.exhibits.of_case(going.case.now.id)
        theirs = {e.id for e, _ in found if e.owner == going.by.person}
        if not theirs.issuperset(exhibits):
            raise missing()
        return tuple(dict.fromkeys(exhibits))

    def _rectified(self, going: Going, proof: ProofStep, said: Sealed) -> None:
        """Who shows how they put it right has said so, too: the clock that ran for it is met."""
        r, case = self.records, going.case
        if proof.kind is StepKind.RECTIFICATION and self.clocks.rectification_runs(case.now):
            step = intake.rectify(case.now, said, going.by, r.clock())
            after = r.cases.add(case.now.id, [step], after=case.version).now
            self.clocks.end_rectification(after, going.by)

    def _tell(
        self, standing: WayBack, step: Code, reasons: str, case: Case, *, accepted: bool
    ) -> None:
        policy, _ = terms_of(self.records, standing)
        found = policy.step(step)
        title = found.title if found else None
        said = Gap(
            both={"reasons": reasons},
            zh={"step": title.zh if title else step},
            en={"step": title.en if title else step},
        )
        template = "way_back_proof_accepted" if accepted else "way_back_proof_refused"
        self.telling.tell(standing.respondent, Reader.RESPONDENT, template, case, said)

    def _gone(self) -> WayGone:
        return WayGone(self.records, self.telling, self.sanctioning)


def _step(going: Going, code: Code, kind: type[S]) -> S:
    found = going.policy.step(code)
    if not isinstance(found, kind):
        raise Refused("way_back.no_such_step", hint_noop("This step is not asked here."))
    return found
