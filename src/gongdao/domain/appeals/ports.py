"""What appeals need from outside."""

from typing import Protocol

from gongdao.domain.appeals.model import Appeal, AppealStep
from gongdao.domain.appeals.standard import Materials, MaterialsStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import DecisionId, PersonId


class Appeals(Streams[Appeal, AppealStep], Protocol):
    """All appeals."""

    def of_decision(self, decision: DecisionId) -> list[Appeal]:
        """The appeals against a decision, first level first."""

    def waiting(self, limit: int) -> list[Held[Appeal]]:
        """Appeals for which nobody independent was there yet, oldest first."""


class MaterialStreams(Streams[Materials, MaterialsStep], Protocol):
    """What people brought to decisions. A stream has no row: it is asked for by its name alone."""

    def of(self, decision: DecisionId, person: PersonId) -> Held[Materials] | None:
        """What one person brought to one decision, if they brought anything."""
