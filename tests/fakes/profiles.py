"""The operator's marks on parties of high profile, in memory."""

from tests.fakes.streams import MemoryStreams

from gongdao.domain.appeals import profiles
from gongdao.domain.appeals.profiles import Profile, ProfileStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId


class MemoryProfiles(MemoryStreams[Profile, ProfileStep]):
    """All marks on parties of high profile."""

    table = "profile"
    fold = staticmethod(profiles.fold)

    def of(self, party: PersonId) -> Held[Profile] | None:
        return self.get(party) if party in self._rows() else None

    def marked(self, limit: int) -> list[Profile]:
        found = [held.now for held in self.all() if held.now.marked]
        return sorted(found, key=lambda one: one.since, reverse=True)[:limit]
