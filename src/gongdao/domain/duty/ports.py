"""What duties and the calendar feed need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.duty.model import Complaint, ComplaintStep
from gongdao.domain.duty.roster import Roster, RosterStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, DeadlineId, DecisionId, OrganisationId, PersonId


class Complaints(Streams[Complaint, ComplaintStep], Protocol):
    """All complaints that were entered with a tier."""

    def of_owner(self, owner: PersonId | None, limit: int) -> list[Complaint]:
        """A firm's, or the operator's own; the open ones first, then the latest."""


class Rosters(Protocol):
    """The operator's roster: one stream."""

    def now(self) -> Held[Roster] | None:
        """As it stands; None before it was set."""

    def write(self, steps: Sequence[RosterStep], *, after: int) -> Held[Roster]:
        """Keep what happened to it; MovedOn if somebody else was faster."""


class TeamRosters(Protocol):
    """Rosters of organisations: one stream each."""

    def of(self, organisation: OrganisationId) -> Held[Roster] | None:
        """As it stands; None before it was set."""

    def write(
        self, organisation: OrganisationId, steps: Sequence[RosterStep], *, after: int
    ) -> Held[Roster]:
        """Keep what happened to it; MovedOn if somebody else was faster."""


@dataclass(frozen=True, slots=True)
class Dated:
    """A deadline that concerns somebody."""

    deadline: DeadlineId
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Window:
    """Until when somebody may appeal against a decision."""

    decision: DecisionId
    case: CaseId
    closes_at: datetime
    over: bool
    """Whether an appeal was filed or the decision holds no more."""
    version: int
    changed_at: datetime


class Feeds(Protocol):
    """Calendar feeds: secret addresses, of which only a digest is kept, and what stands in them."""

    def make(self, person: PersonId, now: datetime) -> str:
        """A new address's token; an earlier one of that person opens nothing any more."""

    def revoke(self, person: PersonId) -> bool:
        """No address of that person opens anything; whether there was one."""

    def made_at(self, person: PersonId) -> datetime | None:
        """Since when somebody has a feed; None for nobody's."""

    def opens(self, token: str) -> PersonId | None:
        """Whose feed it is."""

    def deadlines(self, person: PersonId, since: datetime, limit: int) -> list[Dated]:
        """What concerns somebody as a party, on the staff or as a firm: open, or ended since."""

    def windows(self, person: PersonId, since: datetime, limit: int) -> list[Window]:
        """Windows for appeals of somebody against whom a decision went, that close after then."""
