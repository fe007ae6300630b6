"""Webhooks in PostgreSQL: targets, messages, their way to each target, every attempt.

Whoever looks at or changes the lanes of a subject holds that subject's lock until the transaction
ends. So ids count up in the order in which messages are kept, and of a sending that ends and a
message that comes at the same moment one sees the other.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Prefetch, QuerySet

from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import (
    Attempt,
    Call,
    Message,
    MessageId,
    MessageKind,
    Sending,
    SendingId,
    SendingState,
    Target,
    TargetId,
)
from gongdao.storage.people import Secrets
from gongdao.storage.streams import absent, as_uuid, optional
from gongdao.storage.webhook_tables import (
    WebhookAttempt,
    WebhookMessage,
    WebhookSending,
    WebhookTarget,
)

_LOCKS = 6006
"""Our part of the numbers under which PostgreSQL keeps advisory locks."""
_WAITING = SendingState.WAITING.value


@dataclass(frozen=True, slots=True)
class PgWebhooks:
    """Everything about webhooks."""

    secrets: Secrets

    def targets(self) -> list[Target]:
        rows = WebhookTarget.objects.filter(removed_at=None).order_by("added_at", "id")
        return [_target(row) for row in rows]

    def add(self, target: Target, secret: str) -> None:
        WebhookTarget.objects.create(
            id=UUID(target.id),
            url=target.url,
            secret=self.secrets.encrypt(secret),
            added_at=target.added_at,
        )

    def rotate(self, target: TargetId, secret: str, overlap_until: datetime) -> None:
        row = _open_target(target)
        row.old_secret, row.secret = row.secret, self.secrets.encrypt(secret) or b""
        row.overlap_until = overlap_until
        row.save(update_fields=["old_secret", "secret", "overlap_until"])

    def remove(self, target: TargetId, now: datetime) -> None:
        row = _open_target(target)
        row.removed_at = now
        row.secret, row.old_secret = b"", None
        row.save(update_fields=["removed_at", "secret", "old_secret"])
        WebhookSending.objects.filter(target=row, state=_WAITING).update(
            state=SendingState.GIVEN_UP.value
        )

    def enter(self, message: Message) -> list[SendingId]:
        _hold(message.subject)
        targets = WebhookTarget.objects.filter(removed_at=None).order_by("added_at", "id")
        if not targets:
            return []
        kept = WebhookMessage.objects.create(
            id=UUID(message.id),
            kind=message.kind.value,
            subject=message.subject,
            case=UUID(message.case),
            about=optional(message.about),
            body=self.secrets.encrypt(message.body),
            at=message.at,
        )
        first = []
        for target in targets:
            behind = _lane(target.id, message.subject).exists()
            sending = WebhookSending.objects.create(
                message=kept, target=target, subject=message.subject, state=_WAITING
            )
            if not behind:
                first.append(SendingId(str(sending.pk)))
        return first

    def turn(self, sending: SendingId, now: datetime) -> Call | None:
        row = _held_row(sending)
        if row is None or row.state != _WAITING or row.target.removed_at is not None:
            return None
        if _lane(row.target_id, row.subject).filter(id__lt=row.pk).exists():
            return None
        body = self.secrets.decrypt(row.message.body)
        secrets = [self.secrets.decrypt(row.target.secret)]
        if row.target.overlap_until is not None and now < row.target.overlap_until:
            secrets.append(self.secrets.decrypt(row.target.old_secret))
        return Call(
            message=MessageId(str(row.message_id)),
            url=row.target.url,
            secrets=tuple(secret for secret in secrets if secret),
            body=body or "",
        )

    def keep(self, sending: SendingId, attempt: Attempt, state: SendingState) -> SendingId | None:
        row = _held_row(sending)
        if row is None:
            return None
        WebhookAttempt.objects.create(
            sending=row,
            at=attempt.at,
            status=attempt.status,
            error=attempt.error,
            answer=self.secrets.encrypt(attempt.answer),
        )
        if row.state != _WAITING or state is SendingState.WAITING:
            return None
        row.state = state.value
        row.save(update_fields=["state"])
        following = _lane(row.target_id, row.subject).order_by("id").first()
        return SendingId(str(following.pk)) if following else None

    def again(self, sending: SendingId) -> bool:
        row = _held_row(sending)
        if row is None or row.target.removed_at is not None:
            raise absent()
        if row.state != _WAITING:
            row.state = _WAITING
            row.save(update_fields=["state"])
        return not _lane(row.target_id, row.subject).filter(id__lt=row.pk).exists()

    def ended_since(self, since: datetime, target: TargetId | None) -> list[SendingId]:
        rows = WebhookSending.objects.filter(message__at__gte=since, target__removed_at=None)
        if target is not None:
            rows = rows.filter(target=_open_target(target))
        ended = rows.exclude(state=_WAITING).order_by("subject", "id")
        return [SendingId(str(key)) for key in ended.values_list("id", flat=True)]

    def recent(
        self,
        limit: int,
        *,
        state: SendingState | None = None,
        target: TargetId | None = None,
        case: CaseId | None = None,
    ) -> Sequence[Sending]:
        tried = Prefetch("attempts", WebhookAttempt.objects.order_by("id"))
        rows = WebhookSending.objects.select_related("message").prefetch_related(tried)
        if state is not None:
            rows = rows.filter(state=state.value)
        if target is not None:
            rows = rows.filter(target=as_uuid(target))
        if case is not None:
            rows = rows.filter(message__case=as_uuid(case))
        return [self._sending(row) for row in rows.order_by("-id")[:limit]]

    def _sending(self, row: WebhookSending) -> Sending:
        return Sending(
            id=SendingId(str(row.pk)),
            message=MessageId(str(row.message_id)),
            kind=MessageKind(row.message.kind),
            case=CaseId(str(row.message.case)),
            target=TargetId(str(row.target_id)),
            at=row.message.at,
            state=SendingState(row.state),
            attempts=tuple(
                Attempt(a.at, a.status, a.error, self.secrets.decrypt(a.answer) or "")
                for a in row.attempts.all()
            ),
        )


def forget(before: datetime) -> int:
    """Remove messages from before then that wait for nothing; how many rows that was."""
    old = WebhookMessage.objects.filter(at__lt=before)
    waiting = WebhookSending.objects.filter(state=_WAITING, message__at__lt=before)
    return old.exclude(id__in=waiting.values("message")).delete()[0]


def _hold(subject: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(%s, hashtext(%s))", [_LOCKS, subject])


def _held_row(sending: SendingId) -> WebhookSending | None:
    """The sending as it stands while its subject is held."""
    if not (sending.isascii() and sending.isdigit()):
        return None
    subject = WebhookSending.objects.filter(id=int(sending)).values_list("subject", flat=True)
    found = subject.first()
    if found is None:
        return None
    _hold(found)
    rows = WebhookSending.objects.select_related("message", "target")
    return rows.filter(id=int(sending)).first()


def _lane(target: UUID, subject: str) -> "QuerySet[WebhookSending]":
    return WebhookSending.objects.filter(target=target, subject=subject, state=_WAITING)


def _open_target(target: TargetId) -> WebhookTarget:
    row = WebhookTarget.objects.filter(id=as_uuid(target), removed_at=None).first()
    if row is None:
        raise absent()
    return row


def _target(row: WebhookTarget) -> Target:
    return Target(TargetId(str(row.id)), row.url, row.added_at, row.overlap_until)
