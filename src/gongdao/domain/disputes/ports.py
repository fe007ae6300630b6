"""What disputes need from outside."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from gongdao.domain.disputes.events import DisputeOpened, DisputeStep
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import DisputeId, OrganisationId


class Disputes(Streams[Dispute, DisputeStep], Protocol):
    """All disputes."""

    def several(self, streams: Sequence[str]) -> Sequence[Held[Dispute]]:
        """Some of them, in the order asked for; absent ones are left out."""

    def of_organisation(
        self,
        organisation: OrganisationId,
        limit: int,
        *,
        only_open: bool = False,
        before: DisputeId | None = None,
    ) -> Sequence[Held[Dispute]]:
        """Those of an organisation, latest opened first; `before`: those behind it in that order.

        NotFound for a `before` that is none of theirs.
        """

    def open_all(self, steps: Sequence[DisputeOpened]) -> None:
        """Open many at once, as `add` would one by one."""

    def known_sources(
        self, organisation: OrganisationId, source_keys: Sequence[str]
    ) -> Mapping[str, DisputeId]:
        """Which of these are there already, and as which dispute."""

    def from_source(self, organisation: OrganisationId, source_key: str) -> Held[Dispute] | None:
        """The one of an organisation that came from this, if it is there already."""

    def of_order(self, organisation: OrganisationId, order_key: str) -> Sequence[Held[Dispute]]:
        """Those of an organisation about one order, latest opened first."""
