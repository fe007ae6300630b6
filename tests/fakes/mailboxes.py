"""Mailboxes, and looks at an identity, in memory."""

from datetime import datetime

from tests.fakes.streams import MemoryStreams

from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, PersonId, UnmaskingId
from gongdao.domain.mailbox import model as mailbox
from gongdao.domain.mailbox.model import Mailbox, MailStep, Side, mailbox_id
from gongdao.domain.unmasking import model as unmasking
from gongdao.domain.unmasking.model import Unmasking, UnmaskingStep


class MemoryMailboxes(MemoryStreams[Mailbox, MailStep]):
    """All mailboxes."""

    table = "mailbox"
    fold = staticmethod(mailbox.fold)

    def of(self, case: CaseId, reporter: PersonId) -> Held[Mailbox] | None:
        name = mailbox_id(case, reporter)
        return self.get(name) if name in self._rows() else None

    def of_case(self, case: CaseId, limit: int) -> list[Held[Mailbox]]:
        found = sorted((h for h in self.all() if h.now.case == case), key=lambda h: h.now.id)
        return sorted(found, key=lambda h: h.now.messages[-1].sent_at, reverse=True)[:limit]

    def waiting(self, limit: int) -> list[Mailbox]:
        found = []
        for held in self.all():
            new = [m for m in held.now.messages if m.side is Side.REPORTER and m.read_at is None]
            if new:
                found.append((new[0].sent_at, held.now.id, held.now))
        return [box for _, _, box in sorted(found, key=lambda each: each[:2])[:limit]]


class MemoryUnmaskings(MemoryStreams[Unmasking, UnmaskingStep]):
    """Every look at an identity."""

    table = "unmasking"
    fold = staticmethod(unmasking.fold)

    def since(self, by: PersonId, moment: datetime) -> int:
        return sum(held.now.by == by and held.now.at > moment for held in self.all())

    def latest(self, limit: int, before: UnmaskingId | None = None) -> list[Unmasking]:
        looks = [held.now for held in self.all()]
        newest = sorted(looks, key=lambda look: (look.at, look.id), reverse=True)
        if before is not None:
            names = [look.id for look in newest]
            if before not in names:
                raise not_found()
            newest = newest[names.index(before) + 1 :]
        return newest[:limit]
