"""What the trust in reporters needs from outside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.standing.credibility import Decided
from gongdao.domain.standing.misuse import MeasureId, Misuse, MisuseStep


@dataclass(frozen=True, slots=True)
class Limit:
    """That reports are set aside now."""

    measure: MeasureId
    until: datetime


class Tracks(Protocol):
    """What became of what people reported, counted from the decisions that stand."""

    def decided(self, people: Sequence[PersonId], limit: int) -> Mapping[PersonId, list[Decided]]:
        """Each one's decided cases, the latest first; whoever has none is left out."""

    def reported(self, reporter: PersonId, whom: PersonId) -> bool:
        """Whether somebody ever reported somebody, decided or not."""


class Misuses(Streams[Misuse, MisuseStep], Protocol):
    """All files on misuse."""

    def of(self, reporter: PersonId) -> Held[Misuse] | None:
        """The file of one reporter."""

    def limited(self, people: Sequence[PersonId], now: datetime) -> Mapping[PersonId, Limit]:
        """Who of these is under a measure now."""

    def aside(self, reporter: PersonId) -> list[CaseId]:
        """The cases of one reporter that are set aside, oldest first."""

    def waiting(self, limit: int) -> list[Misuse]:
        """Files with an appeal that nobody has decided on, the oldest first."""

    def ran_out(self, now: datetime, limit: int) -> list[PersonId]:
        """Reporters whose measure is over by itself, and who were not told so; oldest first."""
