"""Disputes with outside platforms, in memory."""

from collections.abc import Sequence
from typing import Any

from tests.fakes.following import MemoryFollowUps, MemoryRobots
from tests.fakes.imports import imports_on_fakes
from tests.fakes.memory import Memory
from tests.fakes.settlements import MemorySettlements
from tests.fakes.streams import MemoryStreams

from gongdao.domain.disputes import model as disputes
from gongdao.domain.disputes.events import DisputeOpened, DisputeStep
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.disputes.rules import came_already
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DisputeId, OrganisationId


class MemoryDisputes(MemoryStreams[Dispute, DisputeStep]):
    """All disputes."""

    table = "dispute"
    fold = staticmethod(disputes.fold)

    def several(self, streams: Sequence[str]) -> list[Held[Dispute]]:
        there = {held.now.id: held for held in self.all()}
        return [there[DisputeId(each)] for each in streams if each in there]

    def add(self, stream: str, steps: Sequence[DisputeStep], *, after: int) -> Held[Dispute]:
        held = super().add(stream, steps, after=after)
        now = held.now
        same = [d for d in self._of(now.organisation) if d.now.source_key == now.source_key]
        if now.source_key is not None and len(same) > 1:
            raise came_already()
        return held

    def of_organisation(
        self,
        organisation: OrganisationId,
        limit: int,
        *,
        only_open: bool = False,
        before: DisputeId | None = None,
    ) -> list[Held[Dispute]]:
        theirs = self._of(organisation)
        if before is not None:
            names = [held.now.id for held in theirs]
            if before not in names:
                raise NotFound("not_found", "There is no such dispute.")
            theirs = theirs[names.index(before) + 1 :]
        return [held for held in theirs if held.now.is_open or not only_open][:limit]

    def open_all(self, steps: Sequence[DisputeOpened]) -> None:
        for step in steps:
            self.add(step.dispute, [step], after=0)

    def known_sources(
        self, organisation: OrganisationId, source_keys: Sequence[str]
    ) -> dict[str, DisputeId]:
        theirs = self._of(organisation)
        found = [(held.now.source_key, held.now.id) for held in theirs]
        return {key: id_ for key, id_ in found if key is not None and key in source_keys}

    def from_source(self, organisation: OrganisationId, source_key: str) -> Held[Dispute] | None:
        theirs = self._of(organisation)
        return next((held for held in theirs if held.now.source_key == source_key), None)

    def of_order(self, organisation: OrganisationId, order_key: str) -> list[Held[Dispute]]:
        theirs = self._of(organisation)
        return [held for held in theirs if held.now.facts.order_key == order_key]

    def _of(self, organisation: OrganisationId) -> list[Held[Dispute]]:
        """Latest opened first; of those opened at once the lower id first."""
        theirs = [held for held in self.all() if held.now.organisation == organisation]
        theirs.sort(key=lambda held: held.now.id)
        return sorted(theirs, key=lambda held: held.now.opened_at, reverse=True)


def disputes_on_fakes(memory: Memory) -> dict[str, Any]:
    """The ports of organisations and of their disputes."""
    disputes = MemoryDisputes(memory)
    return {
        "disputes": disputes,
        "follow_ups": MemoryFollowUps(memory, disputes),
        "robots": MemoryRobots(memory),
        "settlements": MemorySettlements(memory),
        **imports_on_fakes(memory),
    }
