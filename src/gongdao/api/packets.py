"""Packets of cases: made from the caller's chair, and fetched by a link."""

from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import Moment, Strict
from gongdao.bootstrap import app, packet_handing, packets
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.kernel.ids import CaseId

router = Router(tags=["evidence"])


class PacketUnmaskIn(Strict):
    """Why the packet is to say who reported: a look at each reporter, kept and told as any."""

    ground: str = Field(max_length=80, description="One of the pack's codes.")
    reason: str = Field(max_length=5000)


class PacketIn(Strict):
    """What is wanted in a packet."""

    originals: bool = Field(False, description="Files as they came, instead of drawn copies.")
    language: Literal["zh-hans", "en"] = Field("zh-hans", description="Of its document.")
    unmask: PacketUnmaskIn | None = None


class LeftOutOut(Schema):
    """Something that is not in it."""

    what: str
    why: str


class PacketOut(Schema):
    """A packet that was made."""

    case: str
    made_for: str
    as_of: Moment
    name: str
    size: int
    tagmanifest: Annotated[str, Field(description="SHA-256 of what the operator signed.")]
    url: str = Field(description="Fetches the ZIP for ten minutes.")
    left_out: list[LeftOutOut]


class PacketMadeOut(Schema):
    """That a packet was made."""

    at: Moment
    role: str
    person: str | None = Field(description="Of the staff; a party is said by its role alone.")
    made_for: str
    tagmanifest: str
    originals: bool
    unmasked: bool
    language: str


@router.post(
    "/cases/{case}/packet", auth=door.PARTY, response={201: PacketOut}, operation_id="make_packet"
)
def make(request: HttpRequest, case: str, payload: PacketIn) -> HttpResponse:
    """Make the packet of a case from your chair: the same state gives the same bytes."""
    return _make(request, CaseId(case), payload, door.caller(request))


@router.post(
    "/receipts/{code}/packet",
    auth=door.ANYBODY,
    response={201: PacketOut},
    operation_id="make_my_packet",
)
def make_mine(request: HttpRequest, code: str, payload: PacketIn) -> HttpResponse:
    """The same for a reporter, with the code of their receipt."""
    who = door.holder(request, code)
    if who.only_case is None:
        raise not_found()
    return _make(request, who.only_case, payload, who)


@router.get(
    "/cases/{case}/packets",
    auth=door.READER,
    response=list[PacketMadeOut],
    operation_id="list_packets",
)
def listed(request: HttpRequest, case: str) -> list[PacketMadeOut]:
    """Every packet that was made of a case, by whom and for which chair."""
    if not app().exhibiting.inside(CaseId(case), door.caller(request)):
        raise not_found()
    return [
        PacketMadeOut(
            at=made.event.at,
            role=made.event.by.role.value,
            person=made.event.staff,
            made_for=made.event.made_for,
            tagmanifest=made.event.digest,
            originals=made.event.originals,
            unmasked=made.event.unmasked,
            language=made.event.language,
        )
        for made in packets.makings(CaseId(case))
    ]


def _make(request: HttpRequest, case: CaseId, payload: PacketIn, who: Caller) -> HttpResponse:
    def do() -> PacketOut:
        packet_handing.allow(str(who.person or door.address(request)))
        why = payload.unmask
        reason = packets.Reason(why.ground, why.reason) if why else None
        wanted = Wanted(payload.originals, payload.language)
        ready = packets.make(case, who, wanted, reason, packet_handing.MOST)
        link = reverse("packet_file", args=[packet_handing.link(ready)])
        return PacketOut(
            case=ready.case,
            made_for=ready.made_for,
            as_of=ready.as_of,
            name=ready.name,
            size=ready.size,
            tagmanifest=ready.digest,
            url=app().records.address + link,
            left_out=[LeftOutOut(what=each.what, why=each.why) for each in ready.left_out],
        )

    return door.answered(request, do)
