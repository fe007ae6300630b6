"""A dispute's exhibits, its evidence chain, its statement and its filing: for members alone."""

from django.http import HttpRequest, HttpResponse
from ninja import Router

from gongdao.api import door
from gongdao.api.dispute_evidence_schemas import (
    ContradictionOut,
    DaysIn,
    DisputeChainOut,
    DisputeGapOut,
    DisputeStatementOut,
    EntryIn,
    FiledIn,
    FiledOut,
    FilingOut,
    LimitsOut,
    LookedOut,
    MomentOut,
    QuoteOut,
    StatementIn,
    WordIn,
)
from gongdao.api.evidence import BroughtOut, EvidenceIn, ExhibitOut
from gongdao.api.schemas import DoneOut
from gongdao.bootstrap import app
from gongdao.bootstrap.filing_zips import zipped
from gongdao.domain.disputes.events import SaidDay
from gongdao.domain.kernel.ids import Code, DisputeId, EntryId, ExhibitId

router = Router(tags=["disputes"])


@router.post(
    "/disputes/{dispute}/exhibits",
    auth=door.SIGNED_IN,
    response={201: BroughtOut},
    operation_id="bring_dispute_exhibits",
)
def bring(request: HttpRequest, dispute: str, payload: EvidenceIn) -> HttpResponse:
    """Bring files that were sent: all of them become exhibits, or none."""
    who = door.caller(request)

    def do() -> BroughtOut:
        told = payload.uploads, payload.said(), who
        brought = app().disputes.exhibits.attach(DisputeId(dispute), *told)
        return BroughtOut(exhibits=list(brought))

    return door.answered(request, do)


@router.post(
    "/disputes/{dispute}/exhibits/journal",
    auth=door.SIGNED_IN,
    response={201: BroughtOut},
    operation_id="bring_dispute_journal_entry",
)
def from_journal(request: HttpRequest, dispute: str, payload: EntryIn) -> HttpResponse:
    """Bring an entry of your own journal."""
    who = door.caller(request)

    def do() -> BroughtOut:
        entry = EntryId(payload.entry)
        brought = app().disputes.exhibits.from_journal(DisputeId(dispute), entry, who)
        return BroughtOut(exhibits=list(brought))

    return door.answered(request, do)


@router.get(
    "/disputes/{dispute}/exhibits",
    auth=door.SIGNED_IN,
    response=list[ExhibitOut],
    operation_id="list_dispute_exhibits",
)
def listed(request: HttpRequest, dispute: str) -> list[ExhibitOut]:
    """All exhibits of a dispute of yours."""
    found = app().disputes.exhibits.of(DisputeId(dispute), door.caller(request))
    return [ExhibitOut.of(seen) for seen in found]


@router.get(
    "/disputes/{dispute}/chain",
    auth=door.SIGNED_IN,
    response=DisputeChainOut,
    operation_id="read_dispute_chain",
)
def chain(request: HttpRequest, dispute: str) -> DisputeChainOut:
    """What happened in order of time, the gaps, and what contradicts the record."""
    found = app().disputes.chaining.of(DisputeId(dispute), door.caller(request))
    shown = [
        MomentOut(
            step=each.happened.step.value,
            day=each.happened.day,
            clock=each.happened.clock,
            exhibit=each.number,
            said=each.said,
        )
        for each in found.chain.moments
    ]
    told = [
        MomentOut(step=each.step, day=each.day, clock=None, exhibit=0, said=True)
        for each in found.dispute.days
    ]
    return DisputeChainOut(
        moments=sorted([*shown, *told], key=lambda each: each.day),
        gaps=[DisputeGapOut(gap=g.gap.value, exhibits=list(g.exhibits)) for g in found.chain.gaps],
        needs=sorted(found.chain.needs),
        shown=sorted(found.chain.shown),
        contradictions=[ContradictionOut.of(each) for each in found.contradictions],
    )


@router.post(
    "/disputes/{dispute}/chain/days",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="say_dispute_days",
)
def say_days(request: HttpRequest, dispute: str, payload: DaysIn) -> HttpResponse:
    """Say on which days things happened that no exhibit shows."""
    who = door.caller(request)

    def do() -> DoneOut:
        days = [SaidDay(each.step, each.day) for each in payload.days]
        app().disputes.chaining.say_days(DisputeId(dispute), days, who)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/disputes/{dispute}/chain/{exhibit}",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="explain_dispute_exhibit",
)
def explain(request: HttpRequest, dispute: str, exhibit: str, payload: WordIn) -> HttpResponse:
    """Say what an exhibit shows, beside what a program found."""
    who = door.caller(request)

    def do() -> DoneOut:
        told = payload.proves, list(payload.happened.items()), payload.note
        app().disputes.chaining.explain(DisputeId(dispute), ExhibitId(exhibit), *told, who)
        return DoneOut()

    return door.answered(request, do)


@router.get(
    "/disputes/{dispute}/statement",
    auth=door.SIGNED_IN,
    response=DisputeStatementOut,
    operation_id="read_dispute_statement",
)
def statement(request: HttpRequest, dispute: str, template: str = "") -> DisputeStatementOut:
    """The statement that is kept; with a template's code that one, filled in and not kept."""
    who, which, filing = door.caller(request), DisputeId(dispute), app().disputes.filing
    if template:
        draft = filing.draft(which, Code(template), who, "zh-hans")
        looked = filing.look(which, draft.text, who, "zh-hans")
        filled = {each.label: each.value for each in draft.filled}
        return DisputeStatementOut(
            text=draft.text, template=template, filled=filled, looked=LookedOut.of(looked)
        )
    view = filing.open(which, who, "zh-hans")
    seen = LookedOut.of(view.looked) if view.looked else None
    return DisputeStatementOut(
        text=view.statement, template=view.dispute.template, filled={}, looked=seen
    )


@router.post(
    "/disputes/{dispute}/statement",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="keep_dispute_statement",
)
def keep(request: HttpRequest, dispute: str, payload: StatementIn) -> HttpResponse:
    """Keep the statement. What could be worded better keeps nobody from it."""
    who = door.caller(request)

    def do() -> DoneOut:
        template = Code(payload.template) if payload.template else None
        app().disputes.filing.keep(DisputeId(dispute), payload.text, template, who)
        return DoneOut()

    return door.answered(request, do)


@router.get(
    "/disputes/{dispute}/filing",
    auth=door.SIGNED_IN,
    response=FilingOut,
    operation_id="read_dispute_filing",
)
def filing(request: HttpRequest, dispute: str) -> FilingOut:
    """The way on the platform with who says so, what its form takes, and what was filed."""
    view = app().disputes.filing.open(DisputeId(dispute), door.caller(request), "zh-hans")
    way = view.way
    return FilingOut(
        stage=view.dispute.stage.value,
        entry=[QuoteOut.of(each) for each in way.entry],
        materials=[QuoteOut.of(each) for each in way.materials],
        window=[QuoteOut.of(each) for each in way.window],
        handling=[QuoteOut.of(each) for each in way.handling],
        limits=LimitsOut.of(view.limits),
        templates=[each.code for each in view.templates],
        filings=[
            FiledOut(at=each.at, instance=each.instance.value, proof=each.proof)
            for each in view.dispute.filings
        ],
    )


@router.get(
    "/disputes/{dispute}/filing/packet",
    auth=door.SIGNED_IN,
    response={200: None},
    operation_id="save_dispute_packet",
)
def packet(request: HttpRequest, dispute: str) -> HttpResponse:
    """A ZIP in the form that the platform takes: statement, pictures in order, and a list."""
    made = app().disputes.filing_packets.packet(DisputeId(dispute), None, door.caller(request))
    answer = HttpResponse(zipped(made), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="{made.name}"'
    return answer


@router.post(
    "/disputes/{dispute}/filing",
    auth=door.SIGNED_IN,
    response={201: DoneOut},
    operation_id="record_dispute_filing",
)
def filed(request: HttpRequest, dispute: str, payload: FiledIn) -> HttpResponse:
    """Say that it was filed, with the platform's number and a screenshot as proof."""
    who = door.caller(request)

    def do() -> DoneOut:
        chosen = None if payload.exhibits is None else [ExhibitId(e) for e in payload.exhibits]
        proof = ExhibitId(payload.proof) if payload.proof else None
        told = payload.instance, payload.reference, proof, who, chosen
        app().disputes.filing.filed(DisputeId(dispute), *told)
        return DoneOut()

    return door.answered(request, do)
