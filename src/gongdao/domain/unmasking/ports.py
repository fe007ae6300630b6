"""What unmasking needs from outside."""

from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Streams
from gongdao.domain.kernel.ids import PersonId, UnmaskingId
from gongdao.domain.unmasking.model import Unmasking, UnmaskingStep


class Unmaskings(Streams[Unmasking, UnmaskingStep], Protocol):
    """Every look at an identity."""

    def since(self, by: PersonId, moment: datetime) -> int:
        """How many looks somebody took after a moment; two at once are counted in turn."""

    def latest(self, limit: int, before: UnmaskingId | None = None) -> list[Unmasking]:
        """The latest looks of all, newest first; those before one, if it is named."""
