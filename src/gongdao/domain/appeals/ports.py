"""What appeals need from outside."""

from typing import Protocol

from gongdao.domain.appeals.model import Appeal, AppealStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import DecisionId


class Appeals(Streams[Appeal, AppealStep], Protocol):
    """All appeals."""

    def of_decision(self, decision: DecisionId) -> list[Appeal]:
        """The appeals against a decision, first level first."""

    def waiting(self, limit: int) -> list[Held[Appeal]]:
        """Appeals for which nobody independent was there yet, oldest first."""
