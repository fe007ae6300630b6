"""A text that was handed in to be looked at before it appears: what happened, how it stands.

It is never deleted. A clock or people let it appear; people alone may withhold it, by a decision
with a statement of reasons that can be appealed; and its author may take it back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, NewType, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import (
    AppealId,
    CaseId,
    Code,
    DecisionId,
    GroupId,
    PackRef,
    PersonId,
    Sealed,
)
from gongdao.domain.policy.screening import Category, Lane

HeldPostId = NewType("HeldPostId", str)


class Level(StrEnum):
    """Who is to look at it now."""

    CLOCK = "clock"
    """Nobody has to: it appears by itself."""
    OWNER = "owner"
    """The owner of its group, who may let it appear or pass it on."""
    DESK = "desk"
    """A reviewer: the second look."""
    THIRD = "third"
    """Another reviewer than the one before."""
    LEAD = "lead"
    """The lead of the desk, since the others let its time pass."""


class PostStage(StrEnum):
    """Where a text stands."""

    WAITING = "waiting"
    APPEARED = "appeared"
    """By itself: nothing stood out, its time came, or nobody looked in time."""
    RELEASED = "released"
    """A person let it appear."""
    WITHHELD = "withheld"
    """A person decided, with reasons, that it does not appear. It is kept for its author."""
    TAKEN_BACK = "taken_back"
    """By its author."""


class Because(StrEnum):
    """Why a text appeared by itself."""

    NOTHING_FOUND = "nothing_found"
    TIME_CAME = "time_came"
    NOBODY_LOOKED = "nobody_looked"


class Opinion(StrEnum):
    """What somebody who passes it on would do."""

    RELEASE = "release"
    WITHHOLD = "withhold"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Look:
    """What screening made of one version of the text."""

    text: Sealed
    found: Sealed
    """The findings as they were made at the time, as `found.py` writes them."""
    categories: tuple[Category, ...]
    """Of what stood out, the weightiest first."""
    lane: Lane
    lexicon: str
    model: str
    """Their versions; empty where there was none."""
    own: Sealed | None = None
    """Where words of the group's own list stand, as `own_words.py` writes it; None: nowhere."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Who looks next and until when; None waits for nobody."""

    level: Level
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PostScreened(Event):
    """A text was handed in and looked at by lists and model."""

    kind: ClassVar[str] = "held_post.screened"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    post: HeldPostId
    author: PersonId
    reference: Sealed
    """The operator's own name of it."""
    key: str
    """Keyed digest of that name."""
    place: Sealed | None
    """The operator's name of the group or channel that it lies in."""
    group: GroupId | None
    """That group, if its owner is known here."""
    wish: datetime | None
    """It is not to appear earlier, as its author wishes."""
    pack: PackRef
    look: Look
    wait: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdited(Event):
    """Its author changed it while it waited: it was looked at anew."""

    kind: ClassVar[str] = "held_post.edited"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    pack: PackRef
    look: Look
    wait: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostAppeared(Event):
    """It appears, and no person had to say so."""

    kind: ClassVar[str] = "held_post.appeared"
    personal: ClassVar[Personal] = Personal.NOTHING
    because: Because


@dataclass(frozen=True, slots=True, kw_only=True)
class PostPassedOn(Event):
    """Somebody looked and wants another to look, too."""

    kind: ClassVar[str] = "held_post.passed_on"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    opinion: Opinion
    note: Sealed | None
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOverdue(Event):
    """Nobody looked in time: somebody else has to, from now on."""

    kind: ClassVar[str] = "held_post.overdue"
    personal: ClassVar[Personal] = Personal.NOTHING
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReassigned(Event):
    """Nobody is left who could look where it waits: its group has no owner but its author."""

    kind: ClassVar[str] = "held_post.reassigned"
    personal: ClassVar[Personal] = Personal.NOTHING
    wait: Wait


@dataclass(frozen=True, slots=True, kw_only=True)
class PostReleased(Event):
    """A person let it appear."""

    kind: ClassVar[str] = "held_post.released"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    note: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PostWithheld(Event):
    """A person decided that it doesn't appear; the decision holds the reasons."""

    kind: ClassVar[str] = "held_post.withheld"
    personal: ClassVar[Personal] = Personal.NOTHING
    case: CaseId
    decision: DecisionId
    clause: Code


@dataclass(frozen=True, slots=True, kw_only=True)
class PostRestored(Event):
    """The decision that withheld it was overturned upon appeal: it appears after all."""

    kind: ClassVar[str] = "held_post.restored"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId


@dataclass(frozen=True, slots=True, kw_only=True)
class PostTakenBack(Event):
    """Its author took it back."""

    kind: ClassVar[str] = "held_post.taken_back"
    personal: ClassVar[Personal] = Personal.NOTHING


HeldPostStep = (
    PostScreened
    | PostEdited
    | PostAppeared
    | PostPassedOn
    | PostOverdue
    | PostReassigned
    | PostReleased
    | PostWithheld
    | PostRestored
    | PostTakenBack
)


@dataclass(frozen=True, slots=True)
class HeldPost:
    """A text as it stands."""

    id: HeldPostId
    author: PersonId
    reference: Sealed
    key: str
    place: Sealed | None
    group: GroupId | None
    wish: datetime | None
    pack: PackRef
    look: Look
    wait: Wait | None
    handed_in_at: datetime
    stage: PostStage = PostStage.WAITING
    edits: int = 0
    passed_by: tuple[PersonId, ...] = ()
    """Who looked at this version and passed it on: none of them rules on it."""
    passed: tuple[PostPassedOn, ...] = ()
    overdue: int = 0
    """How often a time to look passed unused."""
    led: int = 0
    """How often it was put to the leads of the desk for that."""
    because: Because | None = None
    ended_at: datetime | None = None
    case: CaseId | None = None
    decision: DecisionId | None = None
    clause: Code | None = None

    @property
    def for_owner_alone(self) -> bool:
        """Whether it waits for nothing but a look of its group's owner, by their own list."""
        light = self.look.lane in {Lane.PUBLISH, Lane.DELAY}
        return light and self.wait is not None and self.wait.level is Level.OWNER

    @property
    def appears_at(self) -> datetime | None:
        """When it appears by itself; None where a person looks first, or it is over."""
        by_itself = self.wait is not None and self.wait.level is Level.CLOCK
        return self.wait.until if self.wait and by_itself else None


def screened(step: PostScreened) -> HeldPost:
    """The text as it is handed in."""
    return HeldPost(
        id=step.post,
        author=step.author,
        reference=step.reference,
        key=step.key,
        place=step.place,
        group=step.group,
        wish=step.wish,
        pack=step.pack,
        look=step.look,
        wait=step.wait,
        handed_in_at=step.at,
    )


def after(post: HeldPost, step: HeldPostStep) -> HeldPost:
    """The text as it stands after one more step."""
    match step:
        case PostScreened():
            raise ValueError(f"held post {post.id} was handed in twice")
        case PostEdited():
            return replace(
                post,
                pack=step.pack,
                look=step.look,
                wait=step.wait,
                edits=post.edits + 1,
                passed_by=(),
                passed=(),
                overdue=0,
                led=0,
            )
        case PostPassedOn():
            by = (step.by.person,) if step.by.person else ()
            passed = replace(post, passed_by=(*post.passed_by, *by))
            return replace(passed, wait=step.wait, passed=(*post.passed, step))
        case PostOverdue():
            led = post.led + (step.wait.level is Level.LEAD)
            return replace(post, wait=step.wait, overdue=post.overdue + 1, led=led)
        case PostReassigned():
            return replace(post, wait=step.wait)
        case PostAppeared():
            return replace(_over(post, PostStage.APPEARED, step), because=step.because)
        case PostReleased() | PostRestored():
            return _over(post, PostStage.RELEASED, step)
        case PostWithheld():
            ended = _over(post, PostStage.WITHHELD, step)
            return replace(ended, case=step.case, decision=step.decision, clause=step.clause)
        case PostTakenBack():
            return _over(post, PostStage.TAKEN_BACK, step)
        case _:
            assert_never(step)


def fold(steps: Iterable[HeldPostStep]) -> HeldPost:
    """The standing after a whole stream; ValueError if it does not begin with its handing in."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, PostScreened):
        raise ValueError("a held post begins with held_post.screened")
    post = screened(first)
    for step in rest:
        post = after(post, step)
    return post


def _over(post: HeldPost, stage: PostStage, step: Event) -> HeldPost:
    return replace(post, stage=stage, wait=None, ended_at=step.at)
