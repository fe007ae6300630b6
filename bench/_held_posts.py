"""Very many texts that wait, for measuring: the same events and rows as handing in writes, by COPY.

Never used by the product. Half wait for the clock, half for the desk; one in fifty is of the person
whose page is measured. What they say is the same for all, and its passage is really in it.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.db import connection

from gongdao.adapters import chance
from gongdao.bootstrap import App
from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.policy.screening import Category, Lane
from gongdao.domain.screening import found as findings
from gongdao.domain.screening import posts
from gongdao.domain.screening.model import Finding, Source
from gongdao.storage import codec
from gongdao.storage.bulk import copy, copy_rows
from gongdao.storage.held_posts import held_post_row

BATCH = 5000
OWN = 50
"""One in so many is of the author whose page is measured."""
TEXT = "你简直蠢如木头，" + "这条路我走了很多年，从来没有见过这样说话的人。" * 8
_EVENT = ("stream", "version", "kind", "at", "actor_role", "actor", "body", "leaf")


class ManyPosts:
    """Writes texts in batches; they share their words and their authors."""

    def __init__(self, app: App) -> None:
        self.r = r = app.records
        self.pack = r.packs.in_force("house", datetime.now(UTC).date()).ref
        self.authors = [r.parties.by_account(f"bench-{i}") for i in range(OWN - 1)]
        self.own = r.parties.by_account("bench-staff-0")
        self.text = r.texts.seal(TEXT, None)
        found = Finding(Category.ABUSE, 3, 7, Source.LEXICON, "蠢如木头 (plain)", 0.8)
        self.found = r.texts.seal(findings.written((found,)), None)
        self.written = 0

    def write(self, count: int, due_in: timedelta = timedelta(days=1)) -> None:
        """So many more, due after that long and a little."""
        until = self.written + count
        while self.written < until:
            self._batch(min(BATCH, until - self.written), due_in)
        with connection.cursor() as cursor:
            cursor.execute("vacuum analyze")

    def _batch(self, count: int, due_in: timedelta) -> None:
        names = [f"bench-draft-{self.written + n}" for n in range(count)]
        seals = self.r.texts.seal_all(names, None)
        now, events, rows = datetime.now(UTC), [], []
        for n, (name, seal) in enumerate(zip(names, seals, strict=True), self.written):
            step = self._step(n, name, seal, now + due_in)
            body = codec.encode(step)
            leaf = codec.leaf_hash(codec.event_entry(step.post, 1, step.kind, body))
            stream = UUID(step.post)
            events.append((stream, 1, step.kind, step.at, step.by.role.value, None, body, leaf))
            rows.append({"id": step.post, **held_post_row(posts.screened(step), 1)})
        copy("event", _EVENT, events)
        copy_rows("held_post_row", rows)
        self.written += count

    def _step(self, n: int, name: str, reference: Sealed, due: datetime) -> posts.PostScreened:
        clock = n % 2 == 0
        level = posts.Level.CLOCK if clock else posts.Level.DESK
        author = self.own if n % OWN == 0 else self.authors[n % OWN - 1]
        look = posts.Look(
            text=self.text,
            found=self.found,
            categories=(Category.ABUSE,),
            lane=Lane.DELAY if clock else Lane.SECOND_LOOK,
            lexicon="bench",
            model="",
        )
        return posts.PostScreened(
            at=datetime.now(UTC) - timedelta(seconds=n % 3600),
            by=Actor(Role.APP),
            post=posts.HeldPostId(chance.new_id()),
            author=PersonId(author),
            reference=reference,
            key=self.r.parties.subject_key("held_post", name),
            place=None,
            group=None,
            wish=None,
            pack=self.pack,
            look=look,
            wait=posts.Wait(level, due + timedelta(milliseconds=n)),
        )
