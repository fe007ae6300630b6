"""Texts that wait before they appear, in PostgreSQL."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError
from django.db.models import Q, QuerySet

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DecisionId, GroupId, PersonId
from gongdao.domain.screening import posts
from gongdao.domain.screening.post_rules import waits_already
from gongdao.domain.screening.posts import HeldPost, HeldPostId, HeldPostStep, Level, PostStage
from gongdao.storage.held_post_models import HeldPostRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row, optional


class PgHeldPosts(PgStreams[HeldPost, HeldPostStep]):
    """All texts that were handed in."""

    begins = "held_post.screened"
    fold = staticmethod(posts.fold)

    def project(self, stream: str, standing: HeldPost, version: int) -> None:
        try:
            keep_row(HeldPostRow.objects, stream, held_post_row(standing, version))
        except IntegrityError as problem:
            if "held_post_waits_once" not in str(problem):
                raise
            raise waits_already() from problem

    def due(self, now: datetime, limit: int) -> list[Held[HeldPost]]:
        rows = HeldPostRow.objects.select_for_update(skip_locked=True)
        # The levels are named, so that the index that begins with them finds what is due.
        found = rows.filter(stage="waiting", level__in=list(Level), until__lte=now)
        return self._found(found.order_by("until", "id"), limit)

    def waiting(
        self, levels: Sequence[Level], limit: int, after: HeldPostId | None = None
    ) -> list[Held[HeldPost]]:
        behind = Q()
        last = HeldPostRow.objects.filter(pk=as_uuid(after)).first() if after else None
        if last is not None and last.until is not None:
            behind = Q(until__gt=last.until) | Q(until=last.until, id__gt=last.id)
        # Level by level: each is read in the order of the index and no further than is needed.
        found: list[tuple[datetime, UUID]] = []
        for level in levels:
            rows = HeldPostRow.objects.filter(behind, stage="waiting", level=level.value)
            first = rows.order_by("until", "id").values_list("until", "id")[:limit]
            found += [(until, name) for until, name in first if until is not None]
        return self.several([str(name) for _, name in sorted(found)[:limit]])

    def how_many(self, levels: Sequence[Level], most: int) -> int:
        rows = HeldPostRow.objects.filter(stage="waiting", level__in=list(levels))
        return rows[:most].count()

    def waiting_in(self, group: GroupId, limit: int) -> list[Held[HeldPost]]:
        return self._found(_for_owner(group).order_by("until", "id"), limit)

    def how_many_in(self, group: GroupId, most: int) -> int:
        return _for_owner(group)[:most].count()

    def of_author(
        self, author: PersonId, limit: int, before: HeldPostId | None = None
    ) -> list[Held[HeldPost]]:
        rows = HeldPostRow.objects.filter(_behind(before), author=as_uuid(author))
        return self._found(rows.order_by("-handed_in_at", "-id"), limit)

    def listed(
        self, limit: int, before: HeldPostId | None = None, stage: PostStage | None = None
    ) -> list[Held[HeldPost]]:
        rows = HeldPostRow.objects.filter(_behind(before)).order_by("-handed_in_at", "-id")
        if stage is not None:
            rows = rows.filter(stage=stage.value)
        return self._found(rows, limit)

    def of_decision(self, decision: DecisionId) -> Held[HeldPost] | None:
        found = self._found(HeldPostRow.objects.filter(decision=as_uuid(decision)), 1)
        return found[0] if found else None

    def _found(self, rows: QuerySet[HeldPostRow], limit: int) -> list[Held[HeldPost]]:
        ids = [str(row.id) for row in rows[:limit]]
        return self.several(ids) if ids else []


def _for_owner(group: GroupId) -> QuerySet[HeldPostRow]:
    return HeldPostRow.objects.filter(
        stage="waiting", level=Level.OWNER.value, group=as_uuid(group)
    )


def _behind(before: HeldPostId | None) -> Q:
    """Handed in before that one; NotFound if there is no such one."""
    if before is None:
        return Q()
    last = HeldPostRow.objects.filter(pk=as_uuid(before)).first()
    if last is None:
        raise absent()
    at = last.handed_in_at
    return Q(handed_in_at__lt=at) | Q(handed_in_at=at, id__lt=last.id)


def held_post_row(post: HeldPost, version: int) -> dict[str, object]:
    """A text's row."""
    return {
        "version": version,
        "author": UUID(post.author),
        "key": post.key,
        "group": optional(post.group),
        "stage": post.stage.value,
        "level": post.wait.level.value if post.wait else None,
        "until": post.wait.until if post.wait else None,
        "handed_in_at": post.handed_in_at,
        "decision": optional(post.decision),
    }
