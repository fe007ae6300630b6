"""What was found in exhibits, what they show together, and where two that are alike differ."""

from datetime import date, time

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.evidence import FileOut, file_out, own_case
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.evidence.chain import Happened, Link, Proves, Step
from gongdao.domain.evidence.findings import Found, ShownLine
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.chaining import CaseChain, ChainLink, Word
from gongdao.domain.flows.look_views import Seen, Side
from gongdao.domain.kernel.ids import CaseId, ExhibitId

router = Router(tags=["evidence"])


class BoxOut(Schema):
    """A place in a picture, in pixels from its upper left corner."""

    left: float
    top: float
    right: float
    low: float


class SpanOut(Schema):
    """A part of a line that was read."""

    line: int = Field(description="Its place among `lines`, from 0.")
    start: int
    end: int


class FoundOut(Schema):
    """One finding. It says what was seen, and never what that proves."""

    about: str
    says: str = Field(description="A code, in the words of the part that found it.")
    written: str = Field(description="As it stands in the exhibit.")
    confidence: float = Field(description="Orders work; it is no probability.")
    boxes: list[BoxOut]
    exhibit: str = Field(description="Another exhibit, where one is meant; for staff alone.")
    place: str = Field(description="In a document its first place, such as `page:3`.")
    spans: list[SpanOut] = Field(description="In a text every part of it that says this.")


class TextLineOut(Schema):
    """One line that was read."""

    text: str
    box: BoxOut
    confidence: float
    place: str = Field(description="Its page, sheet or slide, such as `sheet:2`.")


class FindingsOut(Schema):
    """What was found in an exhibit, as far as the caller may know it."""

    missed: str = Field(description="Why nothing was read; `waiting` until somebody has looked.")
    program: str
    looked_at: Moment | None
    width: int
    height: int
    found: list[FoundOut]
    lines: list[TextLineOut]

    @classmethod
    def of(cls, seen: Seen) -> "FindingsOut":
        """With its lines in the order in which they were read."""
        look = seen.look
        return cls(
            missed=seen.missed,
            program=seen.program,
            looked_at=seen.looked_at,
            width=look.width if look else 0,
            height=look.height if look else 0,
            found=[_found(each) for each in look.found] if look else [],
            lines=[_line(each) for each in look.lines] if look else [],
        )


class SideOut(Schema):
    """One of two pictures, and where it differs from the other."""

    exhibit: str
    case: str
    view: FileOut | None
    width: int
    height: int
    differs: list[BoxOut]


class DifferencesOut(Schema):
    """Two pictures that are alike. That they differ says nothing of who changed what."""

    one: SideOut
    other: SideOut


class StepOut(Schema):
    """Something that happened, as an exhibit shows it."""

    step: str
    day: date
    clock: time | None
    confidence: float


class GroundOut(Schema):
    """By what an exhibit seems to show something."""

    proves: str
    by: str
    confidence: float


class LinkOut(Schema):
    """What an exhibit shows, by a program or by somebody's word."""

    proves: list[str]
    happened: list[StepOut]
    grounds: list[GroundOut]
    orders: list[str]
    days: list[date] = Field(description="Read in it; those of no step could not be placed.")

    @classmethod
    def of(cls, link: Link) -> "LinkOut":
        """In a steady order."""
        return cls(
            proves=sorted(link.proves),
            happened=[_step(each) for each in link.happened],
            grounds=[
                GroundOut(proves=g.proves.value, by=g.by, confidence=round(g.confidence, 2))
                for g in link.grounds
            ],
            orders=sorted(link.orders),
            days=sorted(link.days),
        )


class WordOut(Schema):
    """What somebody said an exhibit shows."""

    link: LinkOut
    note: str
    at: Moment


class ChainLinkOut(Schema):
    """One exhibit of the chain."""

    exhibit: str
    number: int
    missed: str
    found: LinkOut | None
    by_party: WordOut | None
    by_staff: WordOut | None = Field(description="For staff alone.")
    counted: LinkOut = Field(description="What the order and the gaps go by.")


class GapOut(Schema):
    """Something that nothing shows, or that does not fit, and the exhibits by which it shows."""

    gap: str
    exhibits: list[int]


class ChainOut(Schema):
    """The exhibits in order of time, and the gaps: for a party over its own alone."""

    links: list[ChainLinkOut]
    gaps: list[GapOut]
    needs: list[str]
    shown: list[str]

    @classmethod
    def of(cls, chain: CaseChain) -> "ChainOut":
        """As the caller sees it."""
        return cls(
            links=[_link(each) for each in chain.links],
            gaps=[GapOut(gap=g.gap.value, exhibits=list(g.exhibits)) for g in chain.gaps],
            needs=sorted(chain.needs),
            shown=sorted(chain.shown),
        )


class DatedIn(Strict):
    """A step with its day."""

    step: Step
    day: date


class ExplainIn(Strict):
    """What you say an exhibit shows."""

    proves: list[Proves] = Field(max_length=4)
    happened: list[DatedIn] = Field(default_factory=list, max_length=20)
    note: str = Field("", max_length=5000)


class TakeIn(Strict):
    """Nothing is asked of you here but that you mean it."""


@router.get(
    "/evidence/{exhibit}/findings",
    auth=door.PARTY,
    response=FindingsOut,
    operation_id="read_findings",
)
def findings(request: HttpRequest, exhibit: str) -> FindingsOut:
    """What a program found in an exhibit.

    Staff read all of it. A party reads of its own files what stands in them, and nothing that was
    found by holding them beside the rest of the case.
    """
    return FindingsOut.of(app().looking.seen(ExhibitId(exhibit), door.caller(request)))


@router.get(
    "/evidence/{exhibit}/differences/{other}",
    auth=door.READER,
    response=DifferencesOut,
    operation_id="compare_exhibits",
)
def differences(request: HttpRequest, exhibit: str, other: str) -> DifferencesOut:
    """Where two pictures differ that were found to be alike."""
    found = app().looking.compare(ExhibitId(exhibit), ExhibitId(other), door.caller(request))
    return DifferencesOut(one=_side(found.one), other=_side(found.other))


@router.get(
    "/cases/{case}/evidence/chain",
    auth=door.PARTY,
    response=ChainOut,
    operation_id="read_evidence_chain",
)
def chain(request: HttpRequest, case: str) -> ChainOut:
    """What the exhibits that you may see show together, and what nothing shows."""
    return ChainOut.of(app().looking.chaining.chain_of(CaseId(case), door.caller(request)))


@router.get(
    "/receipts/{code}/evidence/chain",
    auth=door.ANYBODY,
    response=ChainOut,
    operation_id="read_my_evidence_chain",
)
def my_chain(request: HttpRequest, code: str) -> ChainOut:
    """The same over what you handed in with this receipt."""
    who = door.holder(request, code)
    return ChainOut.of(app().looking.chaining.chain_of(own_case(who), who))


@router.post(
    "/evidence/{exhibit}/explanations",
    auth=door.PARTY,
    response={201: DoneOut},
    operation_id="explain_exhibit",
)
def explain(request: HttpRequest, exhibit: str, payload: ExplainIn) -> HttpResponse:
    """Say what an exhibit shows, beside what was found: reviewers of any, a party of its own."""
    who = door.caller(request)

    def do() -> DoneOut:
        dated = [(each.step, each.day) for each in payload.happened]
        chaining = app().looking.chaining
        chaining.explain(ExhibitId(exhibit), payload.proves, dated, payload.note, who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/evidence/{exhibit}/original",
    auth=door.READER,
    response=FileOut,
    operation_id="take_original",
)
def take_original(request: HttpRequest, exhibit: str, payload: TakeIn) -> HttpResponse:
    """Take the original. A reporter's may say who they are in its metadata: it is kept who did."""
    del payload
    who = door.caller(request)

    def do() -> FileOut:
        mark = app().exhibiting.take_original(ExhibitId(exhibit), who)
        return FileOut.model_validate(file_out(mark))

    return door.answered(request, do, door.DONE)


def _found(found: Found) -> FoundOut:
    return FoundOut(
        about=found.about.value,
        says=found.says,
        written=found.written,
        confidence=round(found.confidence, 2),
        boxes=[_box(box) for box in found.boxes],
        exhibit=found.exhibit,
        place=found.place,
        spans=[SpanOut(line=s.line, start=s.start, end=s.end) for s in found.spans],
    )


def _line(line: ShownLine) -> TextLineOut:
    sure = round(line.confidence, 2)
    return TextLineOut(text=line.text, box=_box(line.box), confidence=sure, place=line.place)


def _box(box: Box) -> BoxOut:
    return BoxOut(
        left=round(box.left, 1),
        top=round(box.top, 1),
        right=round(box.right, 1),
        low=round(box.low, 1),
    )


def _side(side: Side) -> SideOut:
    width, height = side.size
    return SideOut(
        exhibit=side.file.view.id,
        case=side.file.case,
        view=file_out(side.file.view.view),
        width=width,
        height=height,
        differs=[_box(box) for box in side.boxes],
    )


def _step(happened: Happened) -> StepOut:
    return StepOut(
        step=happened.step.value,
        day=happened.day,
        clock=happened.clock,
        confidence=round(happened.confidence, 2),
    )


def _word(word: Word | None) -> WordOut | None:
    return None if word is None else WordOut(link=LinkOut.of(word.link), note=word.note, at=word.at)


def _link(link: ChainLink) -> ChainLinkOut:
    return ChainLinkOut(
        exhibit=link.exhibit.id,
        number=link.exhibit.number,
        missed=link.missed,
        found=LinkOut.of(link.found) if link.found else None,
        by_party=_word(link.by_party),
        by_staff=_word(link.by_staff),
        counted=LinkOut.of(link.counted),
    )
