"""Texts that wait before they appear, in memory."""

from collections.abc import Sequence
from datetime import datetime

from tests.fakes.streams import MemoryStreams

from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DecisionId, GroupId, PersonId
from gongdao.domain.screening import posts
from gongdao.domain.screening.post_rules import waits_already
from gongdao.domain.screening.posts import HeldPost, HeldPostId, HeldPostStep, Level, PostStage


class MemoryHeldPosts(MemoryStreams[HeldPost, HeldPostStep]):
    """All texts that were handed in."""

    table = "held_post"
    fold = staticmethod(posts.fold)

    def add(self, stream: str, steps: Sequence[HeldPostStep], *, after: int) -> Held[HeldPost]:
        held = super().add(stream, steps, after=after)
        if sum(each.now.key == held.now.key for each in self._waiting()) > 1:
            raise waits_already()
        return held

    def due(self, now: datetime, limit: int) -> list[Held[HeldPost]]:
        return [each for each in self._waiting() if each.now.wait and each.now.wait.until <= now][
            :limit
        ]

    def waiting(
        self, levels: Sequence[Level], limit: int, after: HeldPostId | None = None
    ) -> list[Held[HeldPost]]:
        found = self._waiting()
        names = [each.now.id for each in found]
        behind = found[names.index(after) + 1 :] if after in names else found
        return [each for each in behind if each.now.wait and each.now.wait.level in levels][:limit]

    def how_many(self, levels: Sequence[Level], most: int) -> int:
        return len(self.waiting(levels, most))

    def waiting_in(self, group: GroupId, limit: int) -> list[Held[HeldPost]]:
        theirs = self.waiting([Level.OWNER], len(self.all()))
        return [each for each in theirs if each.now.group == group][:limit]

    def how_many_in(self, group: GroupId, most: int) -> int:
        return len(self.waiting_in(group, most))

    def of_author(
        self, author: PersonId, limit: int, before: HeldPostId | None = None
    ) -> list[Held[HeldPost]]:
        theirs = self._behind(before)
        return [each for each in theirs if each.now.author == author][:limit]

    def listed(
        self, limit: int, before: HeldPostId | None = None, stage: PostStage | None = None
    ) -> list[Held[HeldPost]]:
        found = self._behind(before)
        return [each for each in found if stage in {None, each.now.stage}][:limit]

    def _behind(self, before: HeldPostId | None) -> list[Held[HeldPost]]:
        found = self._latest()
        if before is None:
            return found
        names = [each.now.id for each in found]
        if before not in names:
            raise not_found()
        return found[names.index(before) + 1 :]

    def of_decision(self, decision: DecisionId) -> Held[HeldPost] | None:
        return next((each for each in self.all() if each.now.decision == decision), None)

    def _waiting(self) -> list[Held[HeldPost]]:
        found = [each for each in self.all() if each.now.wait is not None]
        return sorted(found, key=lambda each: (each.now.wait and each.now.wait.until, each.now.id))

    def _latest(self) -> list[Held[HeldPost]]:
        return sorted(
            self.all(), key=lambda each: (each.now.handed_in_at, each.now.id), reverse=True
        )
