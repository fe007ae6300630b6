"""Webhooks: where the operator's app is told of measures and decisions, and how it went."""

from datetime import timedelta
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from gongdao.api import door
from gongdao.api.schemas import DoneOut, Moment, Strict
from gongdao.bootstrap import webhooks
from gongdao.domain.flows.webhook_desk import Shown
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import Sending, SendingId, SendingState, Target, TargetId

router = Router(tags=["webhooks"])


class WebhookIn(Strict):
    """An address of the operator's app."""

    url: Annotated[str, Field(max_length=2000)]


class RotationIn(Strict):
    """For how long the old secret signs beside the new one."""

    overlap_hours: Annotated[int, Field(ge=0, le=720)] = 24


class WebhookSecretOut(Schema):
    """A secret, shown this once."""

    id: str
    secret: str

    @classmethod
    def of(cls, shown: Shown) -> "WebhookSecretOut":
        """Of what the story gave."""
        return cls(id=shown.target, secret=shown.secret)


class WebhookOut(Schema):
    """An address, without its secret."""

    id: str
    url: str
    added_at: Moment
    overlap_until: Moment | None

    @classmethod
    def of(cls, target: Target) -> "WebhookOut":
        """Of a target."""
        return cls(
            id=target.id,
            url=target.url,
            added_at=target.added_at,
            overlap_until=target.overlap_until,
        )


class AttemptOut(Schema):
    """One attempt: the status or the error, and the beginning of the answer."""

    at: Moment
    status: int | None
    error: str | None
    answer: str


class SendingOut(Schema):
    """One message on its way to one address."""

    number: str
    id: str
    type: str
    case: str
    webhook: str
    at: Moment
    state: SendingState
    attempts: list[AttemptOut]

    @classmethod
    def of(cls, sending: Sending) -> "SendingOut":
        """Of a sending."""
        return cls(
            number=sending.id,
            id=sending.message,
            type=sending.kind.value,
            case=sending.case,
            webhook=sending.target,
            at=sending.at,
            state=sending.state,
            attempts=[
                AttemptOut(at=a.at, status=a.status, error=a.error, answer=a.answer)
                for a in sending.attempts
            ],
        )


class RemovalIn(Strict):
    """Nothing needs to be said: `{}`."""


class ReplayIn(Strict):
    """One message by its number, or everything since a moment."""

    number: Annotated[str | None, Field(max_length=20)] = None
    since: AwareDatetime | None = None
    webhook: Annotated[str | None, Field(max_length=36)] = None


class ReplayedOut(Schema):
    """How many messages are sent again."""

    replayed: int


@router.get(
    "/webhooks", auth=door.SUPERVISOR, response=list[WebhookOut], operation_id="list_webhooks"
)
def list_webhooks(request: HttpRequest) -> list[WebhookOut]:
    """Every address, without its secret."""
    return [WebhookOut.of(target) for target in webhooks().listed(door.caller(request))]


@router.post(
    "/webhooks",
    auth=door.OPERATOR,
    response={201: WebhookSecretOut},
    operation_id="add_webhook",
)
def add_webhook(request: HttpRequest, payload: WebhookIn) -> HttpResponse:
    """Send messages to an address from now on. Its secret is shown this once."""
    who = door.caller(request)
    return door.answered(request, lambda: WebhookSecretOut.of(webhooks().add(payload.url, who)))


@router.get(
    "/webhooks/sendings",
    auth=door.SUPERVISOR,
    response=list[SendingOut],
    operation_id="list_webhook_sendings",
)
def list_sendings(
    request: HttpRequest,
    state: SendingState | None = None,
    webhook: Annotated[str | None, Query(max_length=36)] = None,
    case: Annotated[str | None, Query(max_length=36)] = None,
    limit: Annotated[int, Query(ge=1, le=200)] = 50,
) -> list[SendingOut]:
    """What was sent, newest first, with every attempt and what was answered."""
    found = webhooks().sendings(
        door.caller(request),
        limit,
        state=state,
        target=TargetId(webhook) if webhook else None,
        case=CaseId(case) if case else None,
    )
    return [SendingOut.of(sending) for sending in found]


@router.post(
    "/webhooks/replays",
    auth=door.OPERATOR,
    response={201: ReplayedOut},
    operation_id="replay_webhooks",
)
def replay(request: HttpRequest, payload: ReplayIn) -> HttpResponse:
    """Send again, with the same id and body: one message, or everything since a moment."""
    who = door.caller(request)

    def do() -> ReplayedOut:
        target = TargetId(payload.webhook) if payload.webhook else None
        number = SendingId(payload.number) if payload.number else None
        return ReplayedOut(replayed=webhooks().replay_some(number, payload.since, target, who))

    return door.answered(request, do)


@router.post(
    "/webhooks/{webhook}/rotation",
    auth=door.OPERATOR,
    response={201: WebhookSecretOut},
    operation_id="rotate_webhook",
)
def rotate(request: HttpRequest, webhook: str, payload: RotationIn) -> HttpResponse:
    """Give an address another secret; for a while both sign."""
    who = door.caller(request)
    overlap = timedelta(hours=payload.overlap_hours)

    def do() -> WebhookSecretOut:
        return WebhookSecretOut.of(webhooks().rotate(TargetId(webhook), who, overlap))

    return door.answered(request, do)


@router.post(
    "/webhooks/{webhook}/removal",
    auth=door.OPERATOR,
    response=DoneOut,
    operation_id="remove_webhook",
)
def remove(request: HttpRequest, webhook: str, payload: RemovalIn) -> HttpResponse:
    """Send nothing more to an address; what still waits for it is given up."""
    del payload
    who = door.caller(request)

    def do() -> DoneOut:
        webhooks().remove(TargetId(webhook), who)
        return DoneOut()

    return door.answered(request, do, door.DONE)
