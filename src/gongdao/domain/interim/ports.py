"""What interim measures need from outside."""

from datetime import datetime
from typing import Protocol

from gongdao.domain.interim.model import Interim, InterimStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId


class Interims(Streams[Interim, InterimStep], Protocol):
    """All interim measures."""

    def of_case(self, case: CaseId) -> list[Held[Interim]]:
        """Every one that a case ever had, oldest first."""

    def to_end(self, now: datetime, limit: int) -> list[Held[Interim]]:
        """Those in force whose time is over; locks them and skips what another holds."""
