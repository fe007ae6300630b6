"""After a dispute: public replies, the file for a lawyer, papers; and an organisation's numbers."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.lint import FindingOut
from gongdao.api.schemas import DoneOut, Strict
from gongdao.bootstrap import afterwards as printing
from gongdao.bootstrap import app
from gongdao.domain.disputes.counting import Numbers, PlatformFigures, Rate
from gongdao.domain.flows.afterwards import OutsideOffered
from gongdao.domain.flows.counting_disputes import as_csv
from gongdao.domain.flows.legal_file import ElementShown
from gongdao.domain.flows.public_replies import PatternShown, ReplyLook
from gongdao.domain.kernel.ids import DisputeId, OrganisationId

router = Router(tags=["disputes"])
Language = Annotated[Literal["zh-hans", "en"], Query()]
_TEXT = Field(max_length=2_000)


class ReplyDraftIn(Strict):
    """A pattern, and what fills its gaps."""

    pattern: str = Field(max_length=80)
    issue: str = Field("", max_length=200)
    facts: str = Field("", max_length=200)
    done: str = Field("", max_length=200)


class ReplyIn(Strict):
    """A public reply."""

    text: str = _TEXT


class PaperIn(Strict):
    """Nothing needs to be said. Send `{}`."""


class PrivateOut(Schema):
    """A passage that leads to a person. Places are counted in Unicode characters from 0."""

    kind: str
    start: int
    end: int


class ReplyLookOut(Schema):
    """What is to be said of a reply before it goes up."""

    text: str
    length: int
    most: int | None = Field(description="The platform's own limit; null where it is unknown.")
    advised: int
    private: list[PrivateOut]
    findings: list[FindingOut]
    gaps: list[str]
    ready: bool = Field(description="Whether it can be recorded as put up.")

    @classmethod
    def of(cls, look: ReplyLook) -> "ReplyLookOut":
        """As the house sees it."""
        return cls(
            text=look.text,
            length=look.length,
            most=look.most,
            advised=look.advised,
            private=[PrivateOut(kind=p.kind.value, start=p.start, end=p.end) for p in look.private],
            findings=[FindingOut.of(each, look.text) for each in look.findings],
            gaps=list(look.gaps),
            ready=look.ready,
        )


class ReplyPatternOut(Schema):
    """A way to answer."""

    code: str
    title: str
    when: str
    asks: list[str]
    source: str

    @classmethod
    def of(cls, shown: PatternShown) -> "ReplyPatternOut":
        """As it is offered."""
        return cls(
            code=shown.code,
            title=shown.title,
            when=shown.when,
            asks=[gap for gap, _ in shown.asks],
            source=shown.source,
        )


class ElementOut(Schema):
    """One thing that a claim of reputation has to show."""

    code: str
    title: str
    asks: str
    held: list[str]
    missing: str
    source: str

    @classmethod
    def of(cls, shown: ElementShown) -> "ElementOut":
        """As it stands in the file."""
        return cls(
            code=shown.code,
            title=shown.title,
            asks=shown.asks,
            held=[f"{line.kind}: {line.text}" for line in shown.held],
            missing=shown.missing,
            source=shown.source,
        )


class OutsidePaperOut(Schema):
    """A paper that can be printed today."""

    code: str
    route: str
    title: str
    for_whom: str
    remarks: list[str]
    source: str
    claimed: bool

    @classmethod
    def of(cls, offered: OutsideOffered) -> "OutsidePaperOut":
        """As it is offered today."""
        return cls(
            code=offered.paper.code,
            route=offered.paper.route,
            title=offered.paper.title,
            for_whom=offered.for_whom,
            remarks=list(offered.remarks),
            source=offered.paper.source,
            claimed=offered.claimed,
        )


class AfterOut(Schema):
    """What can still be done."""

    reply: str | None = Field(description="What was put up, if anything.")
    most: int | None = Field(description="Characters of a reply there; null where unknown.")
    advised: int
    patterns: list[ReplyPatternOut]
    no_advice: str = Field(description="That the file for a lawyer is no legal advice.")
    elements: list[ElementOut]
    papers: list[OutsidePaperOut]


class RateOut(Schema):
    """How many of some disputes were upheld, of those that were answered."""

    key: str
    n: int
    upheld: int
    partly: int
    rejected: int
    low: float = Field(description="The 95 % interval of the share that was upheld.")
    high: float
    too_few: bool

    @classmethod
    def of(cls, rate: Rate) -> "RateOut":
        """As it was counted."""
        low, high = rate.interval
        return cls(
            key=rate.key,
            n=rate.n,
            upheld=rate.upheld,
            partly=rate.partly,
            rejected=rate.rejected,
            low=round(low, 4),
            high=round(high, 4),
            too_few=rate.too_few,
        )


class ReasonOut(Schema):
    """What rejections rested on; empty where nobody entered it."""

    code: str
    n: int


class HelpedOut(Schema):
    """Rejections with and without one kind of material. What goes together is not the cause."""

    material: str
    with_n: int
    with_rejected: int
    without_n: int
    without_rejected: int
    says: str


class OwnFiguresOut(Schema):
    """What one platform did with ours."""

    platform: str
    rate: RateOut
    days: float | None = Field(description="From filing to answer, in the middle.")
    answers: int
    hours: float

    @classmethod
    def of(cls, own: PlatformFigures) -> "OwnFiguresOut":
        """As it was counted."""
        return cls(
            platform=own.platform,
            rate=RateOut.of(own.rate),
            days=own.days,
            answers=own.answers,
            hours=own.hours,
        )


class NumbersOut(Schema):
    """An organisation's numbers."""

    disputes: int
    answered: int
    hours: float
    minutes_each: float | None
    by_platform: list[RateOut]
    by_ground: list[RateOut]
    by_material: list[RateOut]
    by_time_to_file: list[RateOut]
    reasons: list[ReasonOut]
    helped: list[HelpedOut]
    platforms: list[OwnFiguresOut]

    @classmethod
    def of(cls, found: Numbers) -> "NumbersOut":
        """As they were counted."""
        return cls(
            disputes=found.disputes,
            answered=found.answered,
            hours=found.hours,
            minutes_each=found.minutes_each,
            by_platform=[RateOut.of(each) for each in found.by_platform],
            by_ground=[RateOut.of(each) for each in found.by_ground],
            by_material=[RateOut.of(each) for each in found.by_fullness],
            by_time_to_file=[RateOut.of(each) for each in found.by_speed],
            reasons=[ReasonOut(code=code, n=n) for code, n in found.reasons],
            helped=[
                HelpedOut(
                    material=each.material.value,
                    with_n=each.with_n,
                    with_rejected=each.with_rejected,
                    without_n=each.without_n,
                    without_rejected=each.without_rejected,
                    says=each.says.value,
                )
                for each in found.helped
            ],
            platforms=[OwnFiguresOut.of(each) for each in found.platforms],
        )


@router.get(
    "/disputes/{dispute}/after",
    auth=door.SIGNED_IN,
    response=AfterOut,
    operation_id="after_dispute",
)
def after(request: HttpRequest, dispute: str, language: Language = "zh-hans") -> AfterOut:
    """What can still be done: replies, the file for a lawyer, papers by the rules in force."""
    who, which = door.caller(request), DisputeId(dispute)
    stories = app().disputes
    story, held = stories.afterwards, stories.disputing.held(which, who)[0].now
    file = story.legal_file(which, language, who)
    return AfterOut(
        reply=app().records.opened(held.reply) if held.reply else None,
        most=story.replies.most(held),
        advised=story.replies.policy().reply.most,
        patterns=[ReplyPatternOut.of(each) for each in story.replies.patterns(language)],
        no_advice=file.no_advice,
        elements=[ElementOut.of(each) for each in file.elements],
        papers=[OutsidePaperOut.of(each) for each in story.offered(which, language, who)],
    )


@router.post(
    "/disputes/{dispute}/after/drafts",
    auth=door.SIGNED_IN,
    response=ReplyLookOut,
    operation_id="draft_public_reply",
)
def draft(
    request: HttpRequest, dispute: str, payload: ReplyDraftIn, language: Language = "zh-hans"
) -> ReplyLookOut:
    """A reply by a pattern; what was not given stands in brackets. Nothing is kept."""
    given = payload.model_dump(exclude={"pattern"})
    replies, who = app().disputes.afterwards.replies, door.caller(request)
    return ReplyLookOut.of(replies.draft(DisputeId(dispute), payload.pattern, given, language, who))


@router.post(
    "/disputes/{dispute}/after/looks",
    auth=door.SIGNED_IN,
    response=ReplyLookOut,
    operation_id="look_at_public_reply",
)
def look(
    request: HttpRequest, dispute: str, payload: ReplyIn, language: Language = "zh-hans"
) -> ReplyLookOut:
    """What must not stand in a reply, and what could be worded better. Nothing is kept."""
    replies, who = app().disputes.afterwards.replies, door.caller(request)
    return ReplyLookOut.of(replies.look(DisputeId(dispute), payload.text, language, who))


@router.post(
    "/disputes/{dispute}/after/replies",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="record_public_reply",
)
def replied(request: HttpRequest, dispute: str, payload: ReplyIn) -> HttpResponse:
    """Record that a reply was put up on the platform; refused where it gives somebody away."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().disputes.afterwards.replies.published(DisputeId(dispute), payload.text, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/after/papers/{paper}",
    auth=door.SIGNED_IN,
    response=None,
    operation_id="print_outside_paper",
)
def print_paper(
    request: HttpRequest, dispute: str, paper: str, payload: PaperIn, language: Language = "zh-hans"
) -> HttpResponse:
    """A paper, or `legal_file`, as PDF/A; English is a reading copy."""
    del payload
    content = printing.printed(DisputeId(dispute), paper, language, door.caller(request))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="gongdao-{paper}.pdf"'
    return answer


@router.get(
    "/organisations/{organisation}/numbers",
    auth=door.SIGNED_IN,
    response=NumbersOut,
    operation_id="organisation_numbers",
)
def organisation_numbers(request: HttpRequest, organisation: str) -> NumbersOut:
    """Success by platform, ground, material and time to file; hours; what rejections said."""
    counting, who = app().disputes.counting, door.caller(request)
    return NumbersOut.of(counting.of(OrganisationId(organisation), who))


@router.get(
    "/organisations/{organisation}/numbers.csv",
    auth=door.SIGNED_IN,
    response=None,
    operation_id="organisation_numbers_csv",
)
def organisation_table(request: HttpRequest, organisation: str) -> HttpResponse:
    """The same as a table."""
    found = app().disputes.counting.of(OrganisationId(organisation), door.caller(request))
    return HttpResponse(as_csv(found), content_type="text/csv; charset=utf-8")
