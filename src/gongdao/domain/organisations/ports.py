"""What organisations need from outside."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Event, Held, Streams
from gongdao.domain.kernel.ids import Code, DisputeId, InvitationId, OrganisationId, PersonId
from gongdao.domain.organisations.flags import BuyerFlag, FlagStep
from gongdao.domain.organisations.model import Organisation, OrganisationStep


class Organisations(Streams[Organisation, OrganisationStep], Protocol):
    """All organisations."""

    def of_member(self, person: PersonId) -> Sequence[Held[Organisation]]:
        """Those in which somebody is a member now, oldest first."""

    def inviting(self, invitation: InvitationId) -> Held[Organisation] | None:
        """The one that gave this invitation, while it can be followed."""


class Flags(Streams[BuyerFlag, FlagStep], Protocol):
    """All flags on buyers. Each is asked for by its organisation alone."""

    def on_buyer(
        self, organisation: OrganisationId, platform: Code, buyer_key: str, now: datetime
    ) -> Sequence[BuyerFlag]:
        """Those of an organisation that hold now on a buyer, by their end."""

    def holding(
        self, organisation: OrganisationId, now: datetime, limit: int
    ) -> Sequence[BuyerFlag]:
        """Those of an organisation that hold now, by their end."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that happened in an organisation."""

    event: Event
    dispute: DisputeId | None
    """In which dispute, if in one."""


class Trails(Protocol):
    """Everything that happened in an organisation and its disputes, in one line."""

    def of_organisation(
        self, organisation: OrganisationId, limit: int, before: datetime | None = None
    ) -> Sequence[Trace]:
        """The latest first; with `before`, what happened earlier than then."""
