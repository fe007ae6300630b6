"""What notices need from outside."""

from typing import Protocol

from gongdao.domain.kernel.events import Streams
from gongdao.domain.kernel.ids import CaseId, NoticeId, PersonId
from gongdao.domain.notices.model import Notice, NoticeStep


class Notices(Streams[Notice, NoticeStep], Protocol):
    """All notices."""

    def inbox(
        self,
        person: PersonId,
        limit: int,
        case: CaseId | None = None,
        before: NoticeId | None = None,
    ) -> list[Notice]:
        """What one person was told, newest first; of one case, or before a notice, if named.

        NotFound where that notice is not one of theirs.
        """

    def of_case(self, case: CaseId) -> list[Notice]:
        """Everything that anybody was told about a case, oldest first."""

    def undelivered(self, limit: int) -> list[Notice]:
        """Notices whose e-mail is failing, newest first: the desk shows them."""


class Mailer(Protocol):
    """A way to send e-mail."""

    def send(self, to: str, subject: str, body: str, message: str) -> None:
        """Hand a message over. `message` names it, unique.

        PeerFailed if it may be taken later, Refused if it never will be.
        """
