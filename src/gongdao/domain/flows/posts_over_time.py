"""What the passing of time and an overturned decision bring to texts that wait."""

from contextlib import suppress
from dataclasses import dataclass

from gongdao.domain.flows.one_by_one import noted, raise_first
from gongdao.domain.flows.post_letters import PostLetters, work_of
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import AppealId, DecisionId
from gongdao.domain.outgoing.model import MessageKind
from gongdao.domain.owners.model import Group
from gongdao.domain.screening import post_rules as rules
from gongdao.domain.screening.posts import Because, HeldPost, PostAppeared

_AT_ONCE = 500
"""Texts of a group that are handed on at once; what is left goes on when its time has passed."""


@dataclass(frozen=True, slots=True)
class PostsOverTime:
    """The clock worker and the flow of overturned decisions call this."""

    records: Records

    def look(self, limit: int) -> int:
        """Let appear, or hand further, what has waited its time; how many there were.

        One that cannot be handled holds up no other: the first such error is raised when the rest
        is done and kept.
        """
        r, done, problems = self.records, 0, list[Exception]()
        with r.work():
            for held in r.held_posts.due(r.clock(), limit):
                # Where a person acted at this very moment, they count.
                with noted(problems), suppress(MovedOn), r.work():
                    done += self._pass(held)
        raise_first(problems)
        return done

    def overturned(self, decision: DecisionId, appeal: AppealId, by: Actor) -> None:
        """What a decision withheld appears after all, within the transaction that overturns it."""
        r = self.records
        held = r.held_posts.of_decision(decision)
        steps = rules.restore(held.now, appeal, by, r.clock()) if held else []
        if held is None or not steps:
            return
        post = r.held_posts.add(held.now.id, steps, after=held.version).now
        PostLetters(r).announce(MessageKind.POST_RELEASED, post)

    def owners_changed(self, group: Group) -> None:
        """Hand to the desk what waits for owners who are none any more, within their change."""
        r = self.records
        for held in r.held_posts.waiting_in(group.id, _AT_ONCE):
            step = rules.owners_changed(held.now, group.owners, work_of(r, held.now.pack))
            if step is not None:
                PostLetters(r).waits(r.held_posts.add(held.now.id, [step], after=held.version).now)

    def _pass(self, held: Held[HeldPost]) -> int:
        r = self.records
        step = rules.time_passed(held.now, work_of(r, held.now.pack))
        if step is None:
            return 0
        post = r.held_posts.add(held.now.id, [step], after=held.version).now
        letters = PostLetters(r)
        if isinstance(step, PostAppeared):
            if step.because is Because.NOBODY_LOOKED:
                letters.appeared_unseen(post)
            letters.announce(MessageKind.POST_APPEARED, post)
        else:
            letters.overdue(post)
        return 1
