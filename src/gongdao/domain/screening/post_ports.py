"""What texts that wait need from outside."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import DecisionId, GroupId, PersonId
from gongdao.domain.screening.posts import HeldPost, HeldPostId, HeldPostStep, Level, PostStage


class HeldPosts(Streams[HeldPost, HeldPostStep], Protocol):
    """All texts that were handed in to be looked at before they appear."""

    def due(self, now: datetime, limit: int) -> Sequence[Held[HeldPost]]:
        """Those whose wait is over, the oldest first; locked, without what others hold."""

    def waiting(
        self, levels: Sequence[Level], limit: int, after: HeldPostId | None = None
    ) -> Sequence[Held[HeldPost]]:
        """Those that wait at one of these levels, the soonest due first.

        With `after` those behind that one; all of them, if it waits for nobody any more.
        """

    def how_many(self, levels: Sequence[Level], most: int) -> int:
        """How many wait at one of these levels; counted up to `most`."""

    def waiting_in(self, group: GroupId, limit: int) -> Sequence[Held[HeldPost]]:
        """Those of a group that wait for its owner, the soonest due first."""

    def how_many_in(self, group: GroupId, most: int) -> int:
        """How many of a group wait for its owner; counted up to `most`."""

    def of_author(
        self, author: PersonId, limit: int, before: HeldPostId | None = None
    ) -> Sequence[Held[HeldPost]]:
        """Somebody's own, the latest first, after one of them; NotFound if there is no such one."""

    def listed(
        self, limit: int, before: HeldPostId | None = None, stage: PostStage | None = None
    ) -> Sequence[Held[HeldPost]]:
        """All, the latest first, after one of them; NotFound if there is no such one."""

    def of_decision(self, decision: DecisionId) -> Held[HeldPost] | None:
        """The text that a decision withheld, if one did."""
