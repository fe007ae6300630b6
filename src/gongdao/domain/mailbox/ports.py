"""What mailboxes need from outside."""

from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.mailbox.model import Mailbox, MailStep


class Mailboxes(Streams[Mailbox, MailStep], Protocol):
    """All mailboxes."""

    def of(self, case: CaseId, reporter: PersonId) -> Held[Mailbox] | None:
        """The mailbox of one reporter in one case, if anybody ever wrote."""

    def of_case(self, case: CaseId, limit: int) -> list[Held[Mailbox]]:
        """The mailboxes of a case, the one last written to first."""

    def waiting(self, limit: int) -> list[Mailbox]:
        """Mailboxes in which a reporter's message is unread, the longest waiting first."""
