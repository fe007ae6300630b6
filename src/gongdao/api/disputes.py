"""Disputes of organisations with outside platforms, and tables of orders and reviews."""

from dataclasses import replace
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from gongdao.api import door
from gongdao.api.dispute_schemas import (
    DisputeBroughtOut,
    DisputeFactsIn,
    DisputeIn,
    DisputeLineOut,
    DisputeNoteIn,
    DisputeOut,
    DisputePastedIn,
    DisputesOut,
    DisputeTableIn,
    DisputeTableOut,
    DisputeTablePreviewOut,
    DisputeTableWrongOut,
    DisputeTimeIn,
    FactsFoundOut,
)
from gongdao.api.schemas import DoneOut, IdOut
from gongdao.bootstrap import app
from gongdao.domain.disputes.events import Came, DisputeKind
from gongdao.domain.disputes.imports import ImportId
from gongdao.domain.flows.disputing import Told
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, ShopId
from gongdao.site.hints import hint_of

router = Router(tags=["disputes"])


@router.get(
    "/organisations/{organisation}/disputes",
    auth=door.SIGNED_IN,
    response=DisputesOut,
    operation_id="list_disputes",
)
def listed(
    request: HttpRequest,
    organisation: str,
    limit: Annotated[int, Query(ge=1, le=100)] = 50,
    before: Annotated[str | None, Query(max_length=40)] = None,
    *,
    only_open: bool = False,
) -> DisputesOut:
    """Disputes of one's organisation, latest opened first."""
    last = DisputeId(before) if before else None
    found = app().disputes.files.listed(
        OrganisationId(organisation), door.caller(request), limit, only_open=only_open, before=last
    )
    more = found[-1].now.id if len(found) == limit else None
    lines = [DisputeLineOut.line(each.now, each.text, each.shop) for each in found]
    return DisputesOut(disputes=lines, next=more)


@router.post(
    "/organisations/{organisation}/disputes",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="open_dispute",
)
def opened(request: HttpRequest, organisation: str, payload: DisputeIn) -> HttpResponse:
    """Open a dispute. What came in before, in whichever way, is refused."""
    who = door.caller(request)
    shop = ShopId(payload.shop) if payload.shop else None
    told = _told(payload, payload.kind, payload.platform, shop)

    def do() -> IdOut:
        starting, ours = app().disputes.starting, OrganisationId(organisation)
        return IdOut(id=starting.open(ours, told, who, again=payload.again))

    return door.answered(request, do)


@router.post(
    "/organisations/{organisation}/disputes/found",
    auth=door.SIGNED_IN,
    response=FactsFoundOut,
    operation_id="find_facts_in_text",
)
def found_in_text(
    request: HttpRequest, organisation: str, payload: DisputePastedIn
) -> HttpResponse:
    """What stands in a pasted text. Nothing is kept."""
    who = door.caller(request)
    app().disputes.organising.seat(OrganisationId(organisation), who)

    def do() -> FactsFoundOut:
        now = app().records.clock()
        known = Told(of=payload.kind, platform=payload.platform, noticed_at=now)
        proposal = app().disputes.starting.recognise(payload.text, known)
        told, read = proposal.told, proposal.read
        return FactsFoundOut(
            platform=proposal.platform,
            shown_on=told.shown_on,
            orders=list(read.orders),
            references=list(read.references),
            other_side=told.other_side,
            amount_fen=told.amount_fen,
            stars=told.stars,
            notes=[note.value for note in proposal.notes],
        )

    return door.answered(request, do, door.DONE)


@router.get(
    "/disputes/{dispute}", auth=door.SIGNED_IN, response=DisputeOut, operation_id="read_dispute"
)
def one(request: HttpRequest, dispute: str) -> DisputeOut:
    """One dispute of one's organisation, with what happened to it."""
    return DisputeOut.of(app().disputes.files.open(DisputeId(dispute), door.caller(request)))


@router.post(
    "/disputes/{dispute}/facts",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="put_dispute_right",
)
def facts(request: HttpRequest, dispute: str, payload: DisputeFactsIn) -> HttpResponse:
    """Put right what is known of it: all of it is said anew."""
    who, which = door.caller(request), DisputeId(dispute)

    def do() -> DoneOut:
        stories = app().disputes
        known = stories.files.told(which, who)
        told = _told(payload, known.of, known.platform, known.shop)
        stories.working.change(which, replace(told, came=known.came), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/drop", auth=door.SIGNED_IN, response=DoneOut, operation_id="drop_dispute"
)
def drop(request: HttpRequest, dispute: str, payload: DisputeNoteIn) -> HttpResponse:
    """Do nothing more about it."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().disputes.working.drop(DisputeId(dispute), payload.note, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/reopen",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="reopen_dispute",
)
def reopen(request: HttpRequest, dispute: str, payload: DisputeNoteIn) -> HttpResponse:
    """Take it up again, with a reason."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().disputes.working.reopen(DisputeId(dispute), payload.note, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/disputes/{dispute}/time",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="note_dispute_time",
)
def spend(request: HttpRequest, dispute: str, payload: DisputeTimeIn) -> HttpResponse:
    """Note work that went into it."""
    who = door.caller(request)

    def do() -> DoneOut:
        which = DisputeId(dispute)
        app().disputes.working.spend(which, payload.minutes, payload.on, who)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.post(
    "/organisations/{organisation}/imports/look",
    auth=door.SIGNED_IN,
    response=DisputeTablePreviewOut,
    operation_id="look_at_dispute_table",
)
def look(request: HttpRequest, organisation: str, payload: DisputeTableIn) -> HttpResponse:
    """What a table would bring, with its errors by line. Nothing is kept."""
    who, ours = door.caller(request), OrganisationId(organisation)
    app().disputes.organising.seat(ours, who)

    def do() -> DisputeTablePreviewOut:
        importing = app().disputes.importing
        content = importing.held(payload.upload)
        seen = importing.look(ours, content, payload.choice(), who, payload.columns)
        return DisputeTablePreviewOut(
            headings=list(seen.table.headings),
            columns=dict(seen.table.columns),
            brings=DisputeBroughtOut.of(seen.brings),
            wrong_in_all=seen.table.wrong_in_all,
            wrong=[
                DisputeTableWrongOut(
                    line=each.number,
                    code=each.problem.code,
                    hint=hint_of(each.problem),
                )
                for each in seen.table.wrong
            ],
            known=list(seen.known),
            ambiguous=list(seen.ambiguous),
        )

    return door.answered(request, do, door.DONE)


@router.post(
    "/organisations/{organisation}/imports",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="import_dispute_table",
)
def import_table(request: HttpRequest, organisation: str, payload: DisputeTableIn) -> HttpResponse:
    """Have a table taken in by a worker, all of it or nothing."""
    who, ours = door.caller(request), OrganisationId(organisation)
    app().disputes.organising.seat(ours, who)

    def do() -> IdOut:
        importing, choice = app().disputes.importing, payload.choice()
        columns = payload.columns
        if columns is None:
            content = importing.held(payload.upload)
            columns = dict(importing.look(ours, content, choice, who).table.columns)
        return IdOut(id=importing.begin(ours, payload.upload, choice, who, columns))

    return door.answered(request, do)


@router.get(
    "/organisations/{organisation}/imports/{table}",
    auth=door.SIGNED_IN,
    response=DisputeTableOut,
    operation_id="read_dispute_import",
)
def imported(request: HttpRequest, organisation: str, table: str) -> DisputeTableOut:
    """How far a table is."""
    ours = OrganisationId(organisation)
    return DisputeTableOut.of(
        app().disputes.importing.get(ours, ImportId(table), door.caller(request))
    )


def _told(payload: DisputeFactsIn, of: DisputeKind, platform: str, shop: ShopId | None) -> Told:
    return Told(
        of=of,
        platform=platform,
        shop=shop,
        came=Came.PASTED if payload.text else Came.BY_HAND,
        noticed_at=payload.noticed_at,
        text=payload.text,
        order=payload.order,
        other_side=payload.other_side,
        reference=payload.reference,
        url=payload.url,
        shown_on=payload.shown_on,
        amount_fen=payload.amount_fen,
        stars=payload.stars,
        kept_order=payload.kept_order,
    )
