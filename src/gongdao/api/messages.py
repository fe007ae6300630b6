"""Messages between reporters and reviewers, and the look at who a reporter is."""

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict, Text
from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.mailing import MailboxView
from gongdao.domain.flows.unmask import UnmaskingLine
from gongdao.domain.kernel.ids import CaseId, UnmaskingId

router = Router(tags=["messages"])


class MessageIn(Strict):
    """A message of a reporter."""

    text: str = Text


class MessageToIn(MessageIn):
    """A message to one reporter of a case."""

    reporter: int = Field(1, ge=1, description="Which one, counted from 1.")


class MessageOut(Schema):
    """One message. Neither end is named."""

    side: str = Field(description="`reporter` or `staff`.")
    sent_at: Moment
    text: str
    read_at: Moment | None
    new: bool


class MailboxOut(Schema):
    """A mailbox between one reporter and the reviewers of a case."""

    reporter: int = Field(description="Counted from 1; 0 for the reporter themselves.")
    messages: list[MessageOut]
    left_today: int
    text_max: int

    @classmethod
    def of(cls, view: MailboxView) -> "MailboxOut":
        """As the caller sees it."""
        messages = [
            MessageOut(side=m.side, sent_at=m.sent_at, text=m.text, read_at=m.read_at, new=m.new)
            for m in view.messages
        ]
        return cls(
            reporter=view.reporter,
            messages=messages,
            left_today=view.left_today,
            text_max=view.text_max,
        )


class UnmaskIn(Strict):
    """Why an identity is looked at."""

    ground: str = Field(max_length=80, description="One of the grounds that the pack lists.")
    reason: str = Text


class IdentityOut(Schema):
    """Who a reporter is, as far as they said. Shown in this answer alone."""

    account: str | None
    contact: str | None
    name: str | None


class UnmaskingOut(Schema):
    """One look at an identity."""

    id: str
    at: Moment
    case: str
    reporter: int
    by: str
    role: str
    ground: str
    reason: str

    @classmethod
    def of(cls, line: UnmaskingLine) -> "UnmaskingOut":
        """As auditors see it."""
        return cls(
            id=line.id,
            at=line.at,
            case=line.case,
            reporter=line.reporter,
            by=line.by,
            role=line.role,
            ground=line.ground,
            reason=line.reason,
        )


@router.get(
    "/receipts/{code}/messages",
    auth=door.ANYBODY,
    response=MailboxOut,
    operation_id="read_my_messages",
)
def read_mine(request: HttpRequest, code: str) -> MailboxOut:
    """The reporter's mailbox; what is new in it counts as read from now."""
    who = door.holder(request, code)
    (found,) = app().mailing.open(_own(who), who)
    return MailboxOut.of(found)


@router.post(
    "/receipts/{code}/messages",
    auth=door.ANYBODY,
    response={201: DoneOut},
    operation_id="write_to_reviewers",
)
def write_mine(request: HttpRequest, code: str, payload: MessageIn) -> HttpResponse:
    """Write to the reviewers of the case; they do not learn who writes."""
    who = door.holder(request, code)

    def do() -> DoneOut:
        app().mailing.write(_own(who), payload.text, who)
        return DoneOut()

    return door.answered(request, do)


@router.get(
    "/cases/{case}/messages",
    auth=door.PARTY,
    response=list[MailboxOut],
    operation_id="read_messages",
)
def read(request: HttpRequest, case: str) -> list[MailboxOut]:
    """The mailboxes of a case: all of them for staff, their own for a reporter."""
    found = app().mailing.open(CaseId(case), door.caller(request))
    return [MailboxOut.of(each) for each in found]


@router.post(
    "/cases/{case}/messages",
    auth=door.PARTY,
    response={201: DoneOut},
    operation_id="write_message",
)
def write(request: HttpRequest, case: str, payload: MessageToIn) -> HttpResponse:
    """A reviewer writes to a reporter, or a signed-in reporter to the reviewers."""
    who = door.caller(request)

    def do() -> DoneOut:
        app().mailing.write(CaseId(case), payload.text, who, payload.reporter)
        return DoneOut()

    return door.answered(request, do)


@router.post(
    "/cases/{case}/reporters/{number}/unmask",
    auth=door.UNMASKER,
    response=IdentityOut,
    operation_id="unmask_reporter",
)
def unmask(request: HttpRequest, case: str, number: int, payload: UnmaskIn) -> IdentityOut:
    """Who a reporter is, this once: kept with your reason, and told to the reporter at once.

    An Idempotency-Key counts for nothing here, since no copy of the answer is kept.
    """
    who = door.caller(request)
    found = app().unmask.show(CaseId(case), number, payload.ground, payload.reason, who)
    return IdentityOut(account=found.account, contact=found.contact, name=found.name)


@router.get(
    "/unmaskings", auth=door.AUDITOR, response=list[UnmaskingOut], operation_id="list_unmaskings"
)
def list_unmaskings(
    request: HttpRequest,
    before: Annotated[str | None, Query(max_length=36)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[UnmaskingOut]:
    """Every look at a reporter's identity, newest first, for auditors. It names no reporter."""
    mark = UnmaskingId(before) if before else None
    found = app().unmask.listed(door.caller(request), limit, mark)
    return [UnmaskingOut.of(line) for line in found]


def _own(who: Caller) -> CaseId:
    if who.only_case is None:
        raise not_found()
    return who.only_case
