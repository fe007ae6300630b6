"""What deciding needs from outside."""

from datetime import datetime
from typing import Protocol

from gongdao.domain.decisions.model import Decision, DecisionStep, Sanction, SanctionStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import DecisionId, PackRef, PersonId


class Decisions(Streams[Decision, DecisionStep], Protocol):
    """All decisions."""

    def cite(self, pack: PackRef, digest: str) -> None:
        """Pin the pack version that a decision rests on; it can never change afterwards."""


class Sanctions(Streams[Sanction, SanctionStep], Protocol):
    """All sanctions."""

    def of_person(self, person: PersonId) -> list[Sanction]:
        """Every sanction that a person ever had, oldest first; locks the person's count."""

    def seen_of(self, person: PersonId) -> list[Sanction]:
        """The same to look at alone: holds nobody up, and may be old a moment later."""

    def of_decision(self, decision: DecisionId) -> list[Held[Sanction]]:
        """The sanctions that rest on a decision."""

    def to_end(self, now: datetime, limit: int) -> list[Held[Sanction]]:
        """Sanctions in force whose time is over; locks them and skips what another holds."""
