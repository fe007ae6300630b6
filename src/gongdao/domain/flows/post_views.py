"""A text that waits, as those see it who may see it at all; each page and answer picks from it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.kernel.work import ReadAhead
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.screening import WaitingPolicy
from gongdao.domain.screening import found as findings
from gongdao.domain.screening import own_words
from gongdao.domain.screening import post_rules as rules
from gongdao.domain.screening.model import Category, Finding, Lane, Source
from gongdao.domain.screening.posts import HeldPost, Level, PostStage


@dataclass(frozen=True, slots=True)
class FoundView:
    """One thing that stands out. What it rests on and its score are for staff alone."""

    category: Category | None
    """None: it stands in the group's own list, which has none."""
    name: Words
    start: int
    end: int
    passage: str
    source: Source
    evidence: str
    score: float | None
    """None: nothing was counted of it."""


@dataclass(frozen=True, slots=True)
class PassedView:
    """What somebody thought who passed it on; staff alone read it."""

    role: str
    person: PersonId | None
    name: str
    opinion: str
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PostView:
    """A text with everything that is known of it."""

    id: str
    version: int
    reference: str
    place: str
    group: str | None
    author: PersonId
    account: str
    text: str
    lane: Lane
    stage: PostStage
    level: Level | None
    until: datetime | None
    appears_by: datetime | None
    """When it appears at the latest, if nobody looks at all."""
    because: str | None
    handed_in_at: datetime
    ended_at: datetime | None
    edits: int
    rule: WaitingPolicy | None
    """How it waits; None where its pack says nothing of that any more."""
    overdue: int
    then: Level | None
    """Who has to look if nobody does in time; None: it appears then."""
    why: tuple[Words, ...]
    found: tuple[FoundView, ...]
    for_owner_alone: bool
    """Whether it waits for its group's owner by their own list, and for nobody else."""
    passed: tuple[PassedView, ...]
    lexicon: str
    model: str
    pack: str
    case: str | None
    decision: str | None
    clause: str | None
    needs_two: bool
    looked: frozenset[PersonId]
    """Who looked at this version already, and may not rule on it."""

    @property
    def waits(self) -> bool:
        """Whether it still waits."""
        return self.stage is PostStage.WAITING

    @property
    def appears_at(self) -> datetime | None:
        """When it appears by itself; None where a person looks first, or it is over."""
        return self.until if self.level is Level.CLOCK else None

    @property
    def edits_left(self) -> int:
        """How often its author may still change it."""
        return max((self.rule.edits if self.rule else 0) - self.edits, 0)

    @property
    def longest(self) -> int:
        """Characters that it may have."""
        return self.rule.longest if self.rule else 0


def view_of(r: Records, held: Held[HeldPost]) -> PostView:
    """Everything of one text."""
    return views_of(r, [held])[0]


def _view(r: Records, held: Held[HeldPost], account: str | None) -> PostView:
    post = held.now
    waiting = _waiting(r, post)
    work = rules.Clockwork(waiting, r.calendar, r.clock()) if waiting else None
    text = r.opened(post.look.text)
    return PostView(
        id=post.id,
        version=held.version,
        reference=r.opened(post.reference),
        place=r.opened(post.place) if post.place else "",
        group=post.group,
        author=post.author,
        account=account or "—",
        text=text,
        lane=post.look.lane,
        stage=post.stage,
        level=post.wait.level if post.wait else None,
        until=post.wait.until if post.wait else None,
        appears_by=rules.appears_by(post, work) if work else None,
        because=post.because.value if post.because else None,
        handed_in_at=post.handed_in_at,
        ended_at=post.ended_at,
        edits=post.edits,
        rule=waiting,
        overdue=post.overdue,
        then=rules.if_nobody_looks(post, waiting) if waiting else None,
        why=tuple(waiting.names[each] for each in post.look.categories) if waiting else (),
        found=_found(r, post, text),
        for_owner_alone=post.for_owner_alone,
        passed=_passed(r, post),
        lexicon=post.look.lexicon,
        model=post.look.model,
        pack=str(post.pack),
        case=post.case,
        decision=post.decision,
        clause=post.clause,
        needs_two=rules.needs_two(post),
        looked=frozenset(post.passed_by),
    )


def views_of(r: Records, several: Sequence[Held[HeldPost]]) -> list[PostView]:
    """Everything of several texts; what is sealed is read in one go."""
    now = [held.now for held in several]
    each = [(p.reference, p.place, p.look.text, p.look.found, p.look.own) for p in now]
    seals = [seal for seals in each for seal in seals if seal]
    ahead = replace(r, texts=ReadAhead(r.texts, r.texts.several(seals)))
    accounts = r.parties.accounts({post.author for post in now})
    return [_view(ahead, held, accounts.get(held.now.author)) for held in several]


def found_of(r: Records, post: HeldPost) -> tuple[Finding, ...]:
    """The findings as they were made at the time; none once they were erased."""
    kept = r.texts.open(post.look.found)
    return findings.read(kept) if kept else ()


def _found(r: Records, post: HeldPost, text: str) -> tuple[FoundView, ...]:
    waiting = _waiting(r, post)
    names = waiting.names if waiting else {}
    plain = Words(zh="–", en="–")
    several = tuple(
        FoundView(
            category=each.category,
            name=names.get(each.category, plain),
            start=each.start,
            end=each.end,
            passage=text[each.start : each.end],
            source=each.source,
            evidence=each.evidence,
            score=each.score,
        )
        for each in found_of(r, post)
    )
    own = _own(r, post, text, waiting)
    weak = own and post.look.lane is Lane.PUBLISH  # then it doesn't wait for what was found
    return own if weak else several + own


def _own(
    r: Records, post: HeldPost, text: str, waiting: WaitingPolicy | None
) -> tuple[FoundView, ...]:
    """What stands in the group's own list; nothing once it was erased."""
    kept = r.texts.open(post.look.own) if post.look.own and waiting else None
    if kept is None or waiting is None:
        return ()
    return tuple(
        FoundView(
            category=None,
            name=waiting.own_list,
            start=each.start,
            end=each.end,
            passage=text[each.start : each.end],
            source=Source.GROUP,
            evidence=each.word,
            score=None,
        )
        for each in own_words.read(kept)
    )


def _waiting(r: Records, post: HeldPost) -> WaitingPolicy | None:
    screening = r.packs.at(post.pack).screening
    return screening.waiting if screening else None


def _passed(r: Records, post: HeldPost) -> tuple[PassedView, ...]:
    return tuple(
        PassedView(
            role=step.by.role.value,
            person=step.by.person,
            name=(r.staff.name(step.by.person) or "") if step.by.person else "",
            opinion=step.opinion.value,
            note=r.opened(step.note) if step.note else "",
            at=step.at,
        )
        for step in post.passed
    )
