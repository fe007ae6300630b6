"""Which grounds may hold against a review; and the grounds of a dispute."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.quiz_schemas import WordsOut
from gongdao.api.schemas import Strict
from gongdao.bootstrap import app
from gongdao.bootstrap.eligibility import TEXTS_AT_ONCE, allow_judging
from gongdao.domain.disputes.eligibility import GroundFound, Verdict
from gongdao.domain.flows.judging import Eligibility, OfferedGround
from gongdao.domain.kernel.ids import DisputeId

router = Router(tags=["disputes"])
_ANSWERS: dict[str, bool] = Field(
    default_factory=dict,
    max_length=50,
    description="Answers to the questions of the grounds, by the question's code.",
)


class ReviewsIn(Strict):
    """Texts of reviews. Nothing of them is kept or written to a log."""

    texts: list[str] = Field(min_length=1, max_length=TEXTS_AT_ONCE)
    answers: dict[str, bool] = _ANSWERS


class AnswersIn(Strict):
    """What was answered."""

    answers: dict[str, bool] = _ANSWERS


class GroundsIn(Strict):
    """The grounds to file on, against the advice too; none: it is an opinion."""

    chosen: list[str] = Field(max_length=20)
    answers: dict[str, bool] = _ANSWERS


class GroundMarkOut(Schema):
    """A passage. Places are counted in Unicode characters from 0; the end is not part of it."""

    start: int
    end: int
    passage: str
    cue: str
    why: WordsOut


class NeedOut(Schema):
    """Evidence that a ground needs."""

    kind: str
    title: WordsOut
    must: bool


class EligibleGroundOut(Schema):
    """A ground: how sure in percent, by which passages, and what it needs."""

    ground: str
    sure: int
    spans: list[GroundMarkOut]
    needs: list[NeedOut]

    @classmethod
    def of(cls, found: GroundFound, text: str) -> "EligibleGroundOut":
        """From what was found."""
        return cls(
            ground=found.code,
            sure=found.sure,
            spans=[
                GroundMarkOut(
                    start=mark.start,
                    end=mark.end,
                    passage=text[mark.start : mark.end],
                    cue=mark.cue,
                    why=WordsOut.of(mark.why),
                )
                for mark in found.spans
            ],
            needs=[
                NeedOut(kind=n.kind.value, title=WordsOut.of(n.title), must=n.must)
                for n in found.needs
            ],
        )


class VerdictOut(Schema):
    """What may hold. An advice: the platform decides."""

    grounds: list[EligibleGroundOut]
    opinion: bool
    sure: int
    sarcastic: bool

    @classmethod
    def of(cls, verdict: Verdict, text: str) -> "VerdictOut":
        """From what was judged."""
        return cls(
            grounds=[EligibleGroundOut.of(each, text) for each in verdict.grounds],
            opinion=verdict.opinion,
            sure=verdict.sure,
            sarcastic=verdict.sarcastic,
        )


class VerdictsOut(Schema):
    """One verdict for each text, in their order."""

    results: list[VerdictOut]
    decides: str = "platform"
    """Always: this is no decision."""
    stored: bool = False
    """Always false: nothing of the texts is kept."""


class AskOut(Schema):
    """A question that is answered with yes or no."""

    code: str
    ask: WordsOut


class OfferedOut(Schema):
    """A ground that may be chosen."""

    code: str
    title: WordsOut
    detail: WordsOut | None
    source: str | None
    """Where the platform's pack has it from; null: the house's own words."""
    found: EligibleGroundOut | None
    questions: list[AskOut]

    @classmethod
    def of(cls, ground: OfferedGround, text: str) -> "OfferedOut":
        """From its view."""
        return cls(
            code=ground.code,
            title=WordsOut.of(ground.title),
            detail=WordsOut.of(ground.detail) if ground.detail else None,
            source=ground.of_platform.source if ground.of_platform else None,
            found=EligibleGroundOut.of(ground.found, text) if ground.found else None,
            questions=[AskOut(code=q.code, ask=WordsOut.of(q.ask)) for q in ground.questions],
        )


class InsteadOut(Schema):
    """Something that helps more than an appeal."""

    code: str
    title: WordsOut
    detail: WordsOut


class EligibilityOut(Schema):
    """The grounds of a dispute, what was chosen, and what to do instead where there is none."""

    dispute: str
    verdict: VerdictOut | None
    """Null: no program reads this kind of dispute."""
    offered: list[OfferedOut]
    judged: bool
    chosen: list[str]
    against: list[str]
    """Chosen though nothing spoke for them."""
    instead: list[InsteadOut]
    decides: str = "platform"

    @classmethod
    def of(cls, seen: Eligibility) -> "EligibilityOut":
        """From its view."""
        return cls(
            dispute=seen.dispute.id,
            verdict=VerdictOut.of(seen.verdict, seen.text) if seen.verdict else None,
            offered=[OfferedOut.of(each, seen.text) for each in seen.offered],
            judged=seen.dispute.judged,
            chosen=list(seen.dispute.grounds),
            against=list(seen.against),
            instead=list(_instead(seen)),
        )


def _instead(seen: Eligibility) -> Iterable[InsteadOut]:
    for each in seen.opinion.instead if seen.is_opinion else ():
        yield InsteadOut(
            code=each.code, title=WordsOut.of(each.title), detail=WordsOut.of(each.detail)
        )


@router.post("/eligibility", auth=door.ANYBODY, response=VerdictsOut, operation_id="judge_reviews")
def judge(request: HttpRequest, payload: ReviewsIn) -> VerdictsOut:
    """Say which grounds may hold against reviews. Nothing is stored; so many texts a minute."""
    allow_judging(door.address(request), len(payload.texts))
    judging = app().disputes.judging
    found = [judging.judge(text, payload.answers) for text in payload.texts]
    pairs = zip(found, payload.texts, strict=True)
    return VerdictsOut(results=[VerdictOut.of(each, text) for each, text in pairs])


@router.post(
    "/disputes/{dispute}/eligibility",
    auth=door.SIGNED_IN,
    response=EligibilityOut,
    operation_id="judge_dispute",
)
def of_dispute(request: HttpRequest, dispute: str, payload: AnswersIn) -> EligibilityOut:
    """The grounds that a dispute may have, after these answers. Nothing is kept of them."""
    caller = door.caller(request)
    return EligibilityOut.of(app().disputes.judging.of(DisputeId(dispute), payload.answers, caller))


@router.post(
    "/disputes/{dispute}/grounds",
    auth=door.SIGNED_IN,
    response={201: EligibilityOut},
    operation_id="choose_grounds",
)
def choose(request: HttpRequest, dispute: str, payload: GroundsIn) -> HttpResponse:
    """File on these grounds. What was found is noted beside them."""
    caller, judging = door.caller(request), app().disputes.judging
    return door.answered(
        request,
        lambda: EligibilityOut.of(
            judging.choose(DisputeId(dispute), payload.chosen, caller, payload.answers)
        ),
    )
