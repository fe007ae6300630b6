"""A text that waits, as those see it who may see it at all; each page and answer picks from it."""

from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.screening import WaitingPolicy
from gongdao.domain.screening import found as findings
from gongdao.domain.screening import own_words
from gongdao.domain.screening.model import Category, Finding, Lane, Source
from gongdao.domain.screening.post_rules import needs_two
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
    appears_at: datetime | None
    because: str | None
    handed_in_at: datetime
    ended_at: datetime | None
    edits: int
    edits_left: int
    overdue: int
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


def view_of(r: Records, held: Held[HeldPost]) -> PostView:
    """Everything of one text."""
    post = held.now
    screening = r.packs.at(post.pack).screening
    waiting = screening.waiting if screening else None
    names = waiting.names if waiting else {}
    text = r.opened(post.look.text)
    return PostView(
        id=post.id,
        version=held.version,
        reference=r.opened(post.reference),
        place=r.opened(post.place) if post.place else "",
        group=post.group,
        author=post.author,
        account=r.parties.account(post.author) or "—",
        text=text,
        lane=post.look.lane,
        stage=post.stage,
        level=post.wait.level if post.wait else None,
        until=post.wait.until if post.wait else None,
        appears_at=post.appears_at,
        because=post.because.value if post.because else None,
        handed_in_at=post.handed_in_at,
        ended_at=post.ended_at,
        edits=post.edits,
        edits_left=max((waiting.edits if waiting else 0) - post.edits, 0),
        overdue=post.overdue,
        why=tuple(names[each] for each in post.look.categories if each in names),
        found=_found(r, post, text),
        for_owner_alone=post.for_owner_alone,
        passed=_passed(r, post),
        lexicon=post.look.lexicon,
        model=post.look.model,
        pack=str(post.pack),
        case=post.case,
        decision=post.decision,
        clause=post.clause,
        needs_two=needs_two(post),
        looked=frozenset(post.passed_by),
    )


def found_of(r: Records, post: HeldPost) -> tuple[Finding, ...]:
    """The findings as they were made at the time; none once they were erased."""
    kept = r.texts.open(post.look.found)
    return findings.read(kept) if kept else ()


def _found(r: Records, post: HeldPost, text: str) -> tuple[FoundView, ...]:
    screening = r.packs.at(post.pack).screening
    names = screening.waiting.names if screening and screening.waiting else {}
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
    own = _own(r, post, text, screening.waiting if screening else None)
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
