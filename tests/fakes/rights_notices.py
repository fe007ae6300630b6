"""Notices about rights, in memory."""

from collections.abc import Sequence

from tests.fakes.streams import MemoryNotices, MemoryStreams

from gongdao.domain.access.rules import not_found
from gongdao.domain.counter_notices import model
from gongdao.domain.counter_notices.events import RightsNoticeId, RightsStep
from gongdao.domain.counter_notices.model import RightsNotice
from gongdao.domain.counter_notices.ports import Entry
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId


class MemoryRightsNotices(MemoryStreams[RightsNotice, RightsStep]):
    """All notices about rights."""

    table = "rights_notice"
    fold = staticmethod(model.fold)

    def latest(self, limit: int, before: str | None = None) -> Sequence[Entry]:
        found = sorted((h.now for h in self.all()), key=lambda n: (n.given_at, n.id), reverse=True)
        if before is not None:
            last = self.by_number(before).now
            found = [n for n in found if (n.given_at, n.id) < (last.given_at, last.id)]
        return [self._entry(notice) for notice in found[:limit]]

    def by_number(self, number: str) -> Held[RightsNotice]:
        found = next((held for held in self.all() if held.now.number == number), None)
        if found is None:
            raise not_found()
        return found

    def open_ones(self, limit: int) -> Sequence[RightsNotice]:
        still = [held.now for held in self.all() if held.now.ended_at is None]
        still.sort(key=lambda n: (n.stage.is_judged, n.given_at, n.id))
        return still[:limit]

    def arrived(self, limit: int) -> Sequence[Held[RightsNotice]]:
        self.memory.must_be_open()
        return [held for held in self.all() if self._reached(held.now)][:limit]

    def _reached(self, notice: RightsNotice) -> bool:
        if notice.under_way is None:
            return False
        letter = MemoryNotices(self.memory).get(notice.under_way).now
        return letter.emailed_at is not None or letter.read_at is not None

    def of_person(self, person: PersonId) -> Sequence[RightsNoticeId]:
        theirs = [h.now for h in self.all() if person in {h.now.notifier, h.now.respondent}]
        theirs.sort(key=lambda n: (n.given_at, n.id), reverse=True)
        return [notice.id for notice in theirs]

    def _entry(self, notice: RightsNotice) -> Entry:
        history = self.history(notice.id)
        return Entry(notice, history[0].leaf, history[-1].leaf)
