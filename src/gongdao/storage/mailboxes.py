"""Mailboxes, and looks at an identity, in PostgreSQL."""

from datetime import datetime
from uuid import UUID

from django.db import connection

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, PersonId, UnmaskingId
from gongdao.domain.mailbox import model as mailbox
from gongdao.domain.mailbox.model import Mailbox, MailStep, Side, mailbox_id
from gongdao.domain.unmasking import model as unmasking
from gongdao.domain.unmasking.model import Unmasking, UnmaskingStep
from gongdao.storage.mailbox_models import MailboxRow, UnmaskingRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row, optional


class PgMailboxes(PgStreams[Mailbox, MailStep]):
    """All mailboxes."""

    begins = "mail.sent"
    fold = staticmethod(mailbox.fold)

    def project(self, stream: str, standing: Mailbox, version: int) -> None:
        row = mailbox_row(standing, version)
        keep_row(MailboxRow.objects, stream, row)

    def of(self, case: CaseId, reporter: PersonId) -> Held[Mailbox] | None:
        return next(iter(self.several([mailbox_id(case, reporter)])), None)

    def of_case(self, case: CaseId, limit: int) -> list[Held[Mailbox]]:
        rows = MailboxRow.objects.filter(case=as_uuid(case)).order_by("-last_at", "id")
        return self.several([str(i) for i in rows.values_list("id", flat=True)[:limit]])

    def waiting(self, limit: int) -> list[Mailbox]:
        rows = MailboxRow.objects.filter(waits_since__isnull=False).order_by("waits_since", "id")
        found = self.several([str(i) for i in rows.values_list("id", flat=True)[:limit]])
        return [held.now for held in found]


def mailbox_row(box: Mailbox, version: int) -> dict[str, object]:
    """A mailbox's row."""
    waits = (m.sent_at for m in box.messages if m.side is Side.REPORTER and m.read_at is None)
    return {
        "version": version,
        "case": UUID(box.case),
        "reporter": UUID(box.reporter),
        "last_at": box.messages[-1].sent_at,
        "waits_since": next(waits, None),
    }


class PgUnmaskings(PgStreams[Unmasking, UnmaskingStep]):
    """Every look at an identity."""

    begins = "identity.shown"
    fold = staticmethod(unmasking.fold)

    def project(self, stream: str, standing: Unmasking, version: int) -> None:
        row = unmasking_row(standing, version)
        keep_row(UnmaskingRow.objects, stream, row)

    def since(self, by: PersonId, moment: datetime) -> int:
        with connection.cursor() as cursor:
            # Of two looks at once the second waits here, so that it counts the first.
            cursor.execute("select pg_advisory_xact_lock(hashtextextended(%s, 7))", [by])
        return UnmaskingRow.objects.filter(by=as_uuid(by), at__gt=moment).count()

    def latest(self, limit: int, before: UnmaskingId | None = None) -> list[Unmasking]:
        rows = UnmaskingRow.objects.order_by("-at", "-id")
        if before is not None:
            mark = rows.filter(id=as_uuid(before)).first()
            if mark is None:
                raise absent()
            rows = rows.filter(at__lte=mark.at).exclude(at=mark.at, id__gte=mark.id)
        found = self.several([str(i) for i in rows.values_list("id", flat=True)[:limit]])
        return [held.now for held in found]


def unmasking_row(look: Unmasking, version: int) -> dict[str, object]:
    """A look's row."""
    return {
        "version": version,
        "case": UUID(look.case),
        "at": look.at,
        "by": optional(look.by),
        "ground": look.ground,
    }
