"""Ways back in memory."""

from datetime import datetime

from tests.fakes.streams import MemoryStreams

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, SanctionId
from gongdao.domain.ways_back import model as ways_back
from gongdao.domain.ways_back.model import WayBack, WayBackStep


class MemoryWaysBack(MemoryStreams[WayBack, WayBackStep]):
    """All ways back."""

    table = "way_back"
    fold = staticmethod(ways_back.fold)

    def of_sanction(self, sanction: SanctionId) -> Held[WayBack] | None:
        return next((held for held in self.all() if held.now.sanction == sanction), None)

    def of_case(self, case: CaseId) -> list[Held[WayBack]]:
        theirs = [held for held in self.all() if held.now.case == case]
        return sorted(theirs, key=lambda h: (h.now.opened_at, h.now.id))

    def to_look_at(self, now: datetime, limit: int) -> list[Held[WayBack]]:
        looks = [(held.now.next_look, held.now.id, held) for held in self.all()]
        come = [(look, name, held) for look, name, held in looks if look and look <= now]
        return [held for _, _, held in sorted(come, key=lambda each: each[:2])[:limit]]

    def to_check(self, limit: int) -> list[WayBack]:
        found = [held.now for held in self.all() if held.now.to_check]
        return sorted(found, key=lambda way: (way.to_check[0].at, way.id))[:limit]
