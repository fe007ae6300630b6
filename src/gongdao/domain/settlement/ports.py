"""What negotiations need from outside."""

from collections.abc import Sequence
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import InvitationId
from gongdao.domain.settlement.events import Matter, SettlementStep
from gongdao.domain.settlement.model import Settlement


class Settlements(Streams[Settlement, SettlementStep], Protocol):
    """All negotiations.

    Of one matter at most one is open: `add` refuses a second, whichever came first.
    """

    def of_matter(self, matter: Matter) -> Sequence[Held[Settlement]]:
        """Those about one thing, latest opened first."""

    def about(self, matters: Sequence[Matter]) -> Sequence[Held[Settlement]]:
        """Those about any of these, which are of one kind; latest opened first."""

    def inviting(self, invitation: InvitationId) -> Held[Settlement] | None:
        """The one that a code leads to."""
