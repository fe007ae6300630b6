"""Flags on buyers, and who did what in an organisation."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.organisations import EndIn
from gongdao.api.schemas import DoneOut, IdOut, Moment, Strict
from gongdao.bootstrap import app
from gongdao.domain.flows.flagging import Flagged, FlagView
from gongdao.domain.kernel.ids import DisputeId, EntryId, FlagId, OrganisationId

router = Router(tags=["organisations"])


class FlagIn(Strict):
    """A flag on a buyer."""

    reason: str = Field(max_length=80)
    confirmed: bool = Field(description="That it is no answer to an honest review.")
    dispute: str | None = Field(None, max_length=40, description="With this buyer: the evidence.")
    entry: str | None = Field(None, max_length=40, description="Of one's own journal.")
    platform: str = Field("", max_length=80)
    buyer: str = Field("", max_length=200)
    note: str = Field("", max_length=5000)
    days: int | None = None


class FlagOut(Schema):
    """A flag that holds now."""

    id: str
    platform: str
    buyer: str
    reason: str
    note: str
    dispute: str | None
    until: Moment

    @classmethod
    def of(cls, view: FlagView) -> "FlagOut":
        """As members see it."""
        return cls(
            id=view.id,
            platform=view.platform,
            buyer=view.buyer,
            reason=view.reason,
            note=view.note,
            dispute=view.dispute,
            until=view.until,
        )


class FlagsOut(Schema):
    """Flags that hold now, by their end."""

    flags: list[FlagOut]


class AuditLineOut(Schema):
    """Somebody did something."""

    at: Moment
    name: str
    role: str
    what: str
    dispute: str | None


class AuditOut(Schema):
    """Who did what, the latest first."""

    lines: list[AuditLineOut]


@router.get(
    "/organisations/{organisation}/flags",
    auth=door.SIGNED_IN,
    response=FlagsOut,
    operation_id="list_flags",
)
def flags(request: HttpRequest, organisation: str, platform: str = "", buyer: str = "") -> FlagsOut:
    """The flags that hold now; with platform and buyer, those on whoever an order names."""
    which, who = OrganisationId(organisation), door.caller(request)
    flagging = app().disputes.flagging
    asked = bool(platform or buyer)
    held = flagging.on_buyer(which, platform, buyer, who) if asked else flagging.holding(which, who)
    return FlagsOut(flags=[FlagOut.of(each) for each in held])


@router.post(
    "/organisations/{organisation}/flags",
    auth=door.SIGNED_IN,
    response={201: IdOut},
    operation_id="flag_buyer",
)
def flag(request: HttpRequest, organisation: str, payload: FlagIn) -> HttpResponse:
    """Flag a buyer for a time. It answers no honest review."""
    which, who = OrganisationId(organisation), door.caller(request)
    said = Flagged(
        reason=payload.reason,
        confirmed=payload.confirmed,
        dispute=DisputeId(payload.dispute) if payload.dispute else None,
        entry=EntryId(payload.entry) if payload.entry else None,
        platform=payload.platform,
        buyer=payload.buyer,
        note=payload.note,
        days=payload.days,
    )
    return door.answered(request, lambda: IdOut(id=app().disputes.flagging.flag(which, said, who)))


@router.post(
    "/organisations/{organisation}/flags/{flag_id}/end",
    auth=door.SIGNED_IN,
    response=DoneOut,
    operation_id="end_flag",
)
def end_flag(request: HttpRequest, organisation: str, flag_id: str, payload: EndIn) -> HttpResponse:
    """Take a flag off before its end."""
    given = (OrganisationId(organisation), FlagId(flag_id), payload.why, door.caller(request))

    def do() -> DoneOut:
        app().disputes.flagging.end(*given)
        return DoneOut()

    return door.answered(request, do, door.DONE)


@router.get(
    "/organisations/{organisation}/audit",
    auth=door.SIGNED_IN,
    response=AuditOut,
    operation_id="read_audit",
)
def audit(request: HttpRequest, organisation: str, before: datetime | None = None) -> AuditOut:
    """Who did what and when: for owners and managers."""
    given = (OrganisationId(organisation), door.caller(request), before)
    return AuditOut(
        lines=[
            AuditLineOut(
                at=line.at,
                name=line.who.name if line.who else "",
                role=line.role,
                what=line.what,
                dispute=line.dispute,
            )
            for line in app().disputes.overseeing.audit(*given)
        ]
    )
