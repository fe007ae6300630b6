"""What ways back need from outside."""

from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, SanctionId
from gongdao.domain.ways_back.model import WayBack, WayBackStep


class WaysBack(Streams[WayBack, WayBackStep], Protocol):
    """All ways back."""

    def of_sanction(self, sanction: SanctionId) -> Held[WayBack] | None:
        """The way back from a sanction; None where there is none."""

    def of_case(self, case: CaseId) -> list[Held[WayBack]]:
        """Those of a case's sanctions, oldest first."""

    def to_look_at(self, now: datetime, limit: int) -> list[Held[WayBack]]:
        """Open ones with a wait that is over, to look at: they may be old a moment later."""

    def to_check(self, limit: int) -> list[WayBack]:
        """Open ones with a proof that nobody has checked, the longest waiting first."""
