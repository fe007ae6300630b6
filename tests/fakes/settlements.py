"""Negotiations, in memory."""

from collections.abc import Sequence

from tests.fakes.streams import MemoryStreams

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import InvitationId
from gongdao.domain.settlement import model
from gongdao.domain.settlement.events import Matter, SettlementStep
from gongdao.domain.settlement.model import Settlement
from gongdao.domain.settlement.rules import open_already


class MemorySettlements(MemoryStreams[Settlement, SettlementStep]):
    """All negotiations."""

    table = "settlement"
    fold = staticmethod(model.fold)

    def add(self, stream: str, steps: Sequence[SettlementStep], *, after: int) -> Held[Settlement]:
        held = super().add(stream, steps, after=after)
        if len([each for each in self.of_matter(held.now.matter) if each.now.is_open]) > 1:
            raise open_already()
        return held

    def of_matter(self, matter: Matter) -> list[Held[Settlement]]:
        return self.about([matter])

    def about(self, matters: Sequence[Matter]) -> list[Held[Settlement]]:
        theirs = [held for held in self.all() if held.now.matter in matters]
        return sorted(theirs, key=lambda held: (held.now.opened_at, held.now.id), reverse=True)

    def inviting(self, invitation: InvitationId) -> Held[Settlement] | None:
        return next((held for held in self.all() if held.now.invitation == invitation), None)
