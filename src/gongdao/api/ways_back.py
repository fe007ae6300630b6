"""Ways back: what is asked, exams, pledges and proofs; and the reviewers' checks."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.exhibit_records import RecordOut
from gongdao.api.quiz_schemas import AnswerOut, QuizPaperOut, WordsOut
from gongdao.api.schemas import DoneOut, Moment, Strict, Text
from gongdao.bootstrap import app, pledges
from gongdao.domain.flows.earning_back import EarningBack, Outcome, Signature
from gongdao.domain.flows.ways_shown import ProofShown, StepShown, WayShown, WaysShown
from gongdao.domain.kernel.ids import CaseId, ExhibitId, SanctionId
from gongdao.domain.ways_back.model import WayBackId

router = Router(tags=["ways back"])
_AT_ONCE = 100


class WayStepOut(Schema):
    """One step, and where it stands."""

    code: str
    kind: str
    title: WordsOut
    detail: WordsOut
    state: str
    until: Moment | None
    at: Moment | None
    reasons: str

    @classmethod
    def of(cls, step: StepShown) -> "WayStepOut":
        """From its view."""
        return cls(
            code=step.code,
            kind=step.kind,
            title=WordsOut.of(step.title),
            detail=WordsOut.of(step.detail),
            state=step.state.value,
            until=step.until,
            at=step.at,
            reasons=step.reasons,
        )


class WayBackOut(Schema):
    """The way back from one sanction; `none` where an appeal alone leads back."""

    sanction: str
    way_back: str | None
    stage: str
    title: WordsOut | None
    effect: WordsOut | None
    done: int
    of: int
    alternatives: list[list[WayStepOut]]
    ended_at: Moment | None
    ends_at: Moment | None
    lifted: bool
    why_none: WordsOut | None

    @classmethod
    def from_view(cls, way: WayShown) -> "WayBackOut":
        """From its view."""
        return cls(
            sanction=way.sanction,
            way_back=way.way_back,
            stage=way.stage,
            title=WordsOut.of(way.title) if way.title else None,
            effect=WordsOut.of(way.effect) if way.effect else None,
            done=way.done,
            of=way.of,
            alternatives=[[WayStepOut.of(step) for step in each] for each in way.alternatives],
            ended_at=way.ended_at,
            ends_at=way.ends_at,
            lifted=way.lifted,
            why_none=WordsOut.of(way.why_none) if way.why_none else None,
        )


class WaysOut(Schema):
    """The ways back of a case's sanctions."""

    ways: list[WayBackOut]


class BeginIn(Strict):
    """An empty object: nothing more has to be said. The questions come in both languages."""


class QuizAnswersIn(Strict):
    """The chosen option of every question."""

    answers: dict[Annotated[str, Field(max_length=80)], Annotated[str, Field(max_length=80)]] = (
        Field(max_length=100)
    )


class OutcomeOut(Schema):
    """How a try went."""

    passed: bool
    right: int
    asked: int
    again_at: Moment | None
    answers: list[AnswerOut]

    @classmethod
    def of(cls, outcome: Outcome) -> "OutcomeOut":
        """From the story's outcome."""
        return cls(
            passed=outcome.passed,
            right=outcome.marked.right,
            asked=len(outcome.marked.answers),
            again_at=outcome.again_at,
            answers=[AnswerOut.of(each) for each in outcome.marked.answers],
        )


class PledgeIn(Strict):
    """The name below a pledge; strokes of a drawn one are points from 0 to 1000 each way."""

    name: str = Field(max_length=200)
    language: Literal["zh", "en"] = "zh"
    strokes: list[list[Annotated[list[int], Field(max_length=2)]]] = Field(
        default=[], max_length=4000
    )


class ProofIn(Strict):
    """What it shows, and which of one's exhibits in the case show it."""

    said: str = Text
    exhibits: list[Annotated[str, Field(max_length=80)]] = Field(default=[], max_length=100)


class WayProofCheckIn(Strict):
    """Whether a proof shows what it has to, and why."""

    accept: bool
    reasons: str = Text


class ProofOut(Schema):
    """A proof that waits for a reviewer."""

    way_back: str
    case: str
    step: str
    title: WordsOut
    said: str
    exhibits: list[str]
    at: Moment
    mine: bool
    """Whether whoever looks decided the case."""

    @classmethod
    def of(cls, proof: ProofShown) -> "ProofOut":
        """From its view."""
        return cls(
            way_back=proof.way_back,
            case=proof.case,
            step=proof.step,
            title=WordsOut.of(proof.title),
            said=proof.said,
            exhibits=list(proof.exhibits),
            at=proof.at,
            mine=proof.mine,
        )


class WayProofsOut(Schema):
    """Proofs that wait, the longest first."""

    proofs: list[ProofOut]


def _story() -> EarningBack:
    return app().around_appeals.ways_back


def _shown() -> WaysShown:
    return WaysShown(app().records)


@router.get(
    "/cases/{case}/ways-back", auth=door.PARTY, response=WaysOut, operation_id="list_ways_back"
)
def list_ways_back(request: HttpRequest, case: str) -> WaysOut:
    """How the sanctions of a case can end earlier, for its respondent and staff."""
    found = _shown().of_case(CaseId(case), door.caller(request))
    return WaysOut(ways=[WayBackOut.from_view(way) for way in found])


@router.get(
    "/sanctions/{sanction}/way-back",
    auth=door.PARTY,
    response=WayBackOut,
    operation_id="read_way_back",
)
def read_way_back(request: HttpRequest, sanction: str) -> WayBackOut:
    """How one sanction can end earlier; not found where nothing is said of that."""
    return WayBackOut.from_view(_shown().of_sanction(SanctionId(sanction), door.caller(request)))


@router.post(
    "/ways-back/{way_back}/exams/{step}",
    auth=door.PARTY,
    response={201: QuizPaperOut},
    operation_id="begin_exam",
)
def begin_exam(request: HttpRequest, way_back: str, step: str, payload: BeginIn) -> HttpResponse:
    """Begin a try, or go on with the one that is open."""
    del payload
    who = door.caller(request)

    def do() -> QuizPaperOut:
        return QuizPaperOut.of(_story().begin_quiz(WayBackId(way_back), step, who))

    return door.answered(request, do)


@router.post(
    "/ways-back/{way_back}/exams/{step}/answers",
    auth=door.PARTY,
    response=OutcomeOut,
    operation_id="answer_exam",
)
def answer_exam(
    request: HttpRequest, way_back: str, step: str, payload: QuizAnswersIn
) -> HttpResponse:
    """Answer every question of the open try; each is explained."""
    who = door.caller(request)

    def do() -> OutcomeOut:
        given = (WayBackId(way_back), step, payload.answers, who)
        return OutcomeOut.of(_story().answer_quiz(*given))

    return door.answered(request, do, door.DONE)


@router.post(
    "/ways-back/{way_back}/pledges/{step}",
    auth=door.PARTY,
    response=DoneOut,
    operation_id="sign_pledge",
)
def sign_pledge(request: HttpRequest, way_back: str, step: str, payload: PledgeIn) -> HttpResponse:
    """Sign a pledge in the language that it was read in."""
    who, signature = door.caller(request), Signature(payload.name, payload.strokes)

    def do() -> DoneOut:
        _story().sign(WayBackId(way_back), step, signature, payload.language, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/ways-back/{way_back}/pledges/{step}/record",
    auth=door.PARTY,
    response=RecordOut,
    operation_id="give_pledge_record",
)
def give_pledge_record(request: HttpRequest, way_back: str, step: str) -> RecordOut:
    """The record of a signed pledge with its place in the public log, for `gongdao verify`."""
    return RecordOut.of(pledges.record(WayBackId(way_back), step, door.caller(request)))


@router.post(
    "/ways-back/{way_back}/proofs/{step}",
    auth=door.PARTY,
    response=DoneOut,
    operation_id="hand_in_proof",
)
def hand_in_proof(request: HttpRequest, way_back: str, step: str, payload: ProofIn) -> HttpResponse:
    """Hand in what a reviewer has to check."""
    who, exhibits = door.caller(request), [ExhibitId(each) for each in payload.exhibits]

    def do() -> DoneOut:
        _story().hand_in(WayBackId(way_back), step, payload.said, exhibits, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/ways-back/proofs",
    auth=door.READER,
    response=WayProofsOut,
    operation_id="list_proofs_to_check",
)
def list_proofs(request: HttpRequest) -> WayProofsOut:
    """What waits for a reviewer, the longest first."""
    found = _shown().to_check(door.caller(request), _AT_ONCE)
    return WayProofsOut(proofs=[ProofOut.of(proof) for proof in found])


@router.post(
    "/ways-back/{way_back}/proofs/{step}/check",
    auth=door.DECIDER,
    response=DoneOut,
    operation_id="check_proof",
)
def check_proof(
    request: HttpRequest, way_back: str, step: str, payload: WayProofCheckIn
) -> HttpResponse:
    """Accept or refuse a proof with reasons; the person concerned is told."""
    who = door.caller(request)

    def do() -> DoneOut:
        given = (WayBackId(way_back), step, payload.reasons, who)
        _story().check(*given, accept=payload.accept)
        return DoneOut()

    return door.answered(request, do, door.DONE)
