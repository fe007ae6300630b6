"""A text that waits, as its pages show it: marked passages, where it stands, what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.flows.post_views import FoundView, PostView
from gongdao.domain.screening.posts import Level, PostStage
from gongdao.web import pieces, times, words

STAGES: words.Words = {
    "waiting": gettext_lazy("Waits"),
    "appeared": gettext_lazy("Appeared by itself"),
    "released": gettext_lazy("Released"),
    "withheld": gettext_lazy("Withheld"),
    "taken_back": gettext_lazy("Taken back"),
}
LEVELS: words.Words = {
    "clock": gettext_lazy("Appears by itself"),
    "owner": gettext_lazy("Waits for the owner of its group"),
    "desk": gettext_lazy("Second look"),
    "third": gettext_lazy("Third look"),
    "lead": gettext_lazy("Overdue: for a senior reviewer"),
}
SOURCES: words.Words = {
    "lexicon": gettext_lazy("List of words"),
    "model": gettext_lazy("Model"),
    "group": gettext_lazy("The group's own list"),
}
OPINIONS: words.Words = {
    "release": gettext_lazy("I would release it"),
    "withhold": gettext_lazy("I would withhold it"),
    "unsure": gettext_lazy("I am not sure"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of the text, with the numbers of the findings that it belongs to."""

    text: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FoundLine:
    """One finding in words."""

    number: int
    category: str
    passage: str
    source: str
    evidence: str
    score: int | None
    """Of a hundred; None: nothing was counted of it."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A text on a page."""

    post: PostView
    stage: str
    level: str
    why: str
    segments: tuple[Segment, ...]
    found: tuple[FoundLine, ...]
    late: bool
    own: bool
    """Whether words of the group's own list stand in it."""
    withheld: bool


def shown(post: PostView) -> Shown:
    """A text on a page."""
    language = words.language()
    named = [each.in_(language) for each in post.why]
    return Shown(
        post=post,
        stage=words.said(STAGES, post.stage.value),
        level=words.said(LEVELS, post.level.value) if post.level else "",
        why=("、" if language.startswith("zh") else ", ").join(named),
        segments=segments(post.text, post.found),
        found=tuple(_line(number, each) for number, each in enumerate(post.found, 1)),
        late=post.overdue > 0,
        own=any(each.category is None for each in post.found),
        withheld=post.stage is PostStage.WITHHELD,
    )


def segments(text: str, found: tuple[FoundView, ...]) -> tuple[Segment, ...]:
    """The text cut where findings begin and end; they may overlap."""
    cuts = sorted({0, len(text), *(at for each in found for at in (each.start, each.end))})
    spans = [(a, b) for a, b in pairwise(cuts) if 0 <= a < b <= len(text)]
    return tuple(
        Segment(
            text[a:b],
            tuple(n for n, each in enumerate(found, 1) if each.start <= a and b <= each.end),
        )
        for a, b in spans
    )


def answers(post: PostView) -> pieces.Answers:
    """The three questions, for its author."""
    stands, then = _of_author(post)
    actions: tuple[pieces.Action, ...] = ()
    if post.case:
        read = _("Read the reasons and appeal")
        actions = (pieces.Action(read, reverse("mine_case", args=[post.case])),)
    return pieces.Answers(
        stands=stands,
        next=then,
        actions=actions if post.stage is PostStage.WITHHELD else (),
        nothing=_can(post),
        dated=True,
    )


def heading(post: PostView) -> str:
    """What its author reads first: when it appears by itself, or how it stands."""
    if post.appears_at is None:
        return words.said(STAGES, post.stage.value)
    at = times.moment(post.appears_at, app().records.clock())
    return _("Will appear at %(at)s") % {"at": at}


def silence(post: PostView) -> str:
    """What follows where nobody looks in time."""
    if not post.waits or post.level is Level.CLOCK:
        return ""
    if post.then is Level.DESK:
        return _("If nobody looks by then, the reviewers do.")
    if post.then is Level.LEAD:
        return _("If nobody looks by then, the senior reviewers are called.")
    return _("If nobody looks by then, it appears.")


def _can(post: PostView) -> str:
    if not post.waits:
        return _("Nothing.")
    if not post.edits_left:
        return _("Take it back, or do nothing.")
    return _("Edit it, take it back, or do nothing.")


def _of_author(post: PostView) -> tuple[str, str]:
    if post.waits:
        return _("Not yet. Nothing is deleted."), _awaited(post, app().records.clock())
    return {
        PostStage.APPEARED: (_("Your post has appeared."), _("Nothing more.")),
        PostStage.RELEASED: (
            _("A person let your post appear."),
            _("Nothing more. The hint does not count against you."),
        ),
        PostStage.WITHHELD: (
            _("A reviewer decided that your post does not appear. It is kept for you."),
            _("The decision says why, and until when you can appeal to somebody else."),
        ),
        PostStage.TAKEN_BACK: (_("You took your post back."), _("It does not appear.")),
    }[post.stage]


def _awaited(post: PostView, now: datetime) -> str:
    """What it waits for, until when, and what then; the clock is nobody's whom it would hurry."""
    until = post.until or now
    if post.level is Level.CLOCK and until - now < timedelta(minutes=1):
        return _("It appears by itself any moment now.")
    said = {
        "at": times.moment(until, now),
        "left": times.span(until - now),
        "late": times.moment(post.appears_by or until, now),
    }
    if post.level is Level.CLOCK:
        return _("In %(left)s it appears by itself. Nobody has to approve it.") % said
    if post.for_owner_alone:
        return _("The owner of the group looks by %(at)s. If they do not, it appears then.") % said
    return (
        _(
            "A person looks by %(at)s. If withheld, you get reasons and can appeal. "
            "If nobody looks, it appears by %(late)s."
        )
        % said
    )


def _line(number: int, each: FoundView) -> FoundLine:
    return FoundLine(
        number=number,
        category=each.name.in_(words.language()),
        passage=each.passage,
        source=words.said(SOURCES, each.source.value),
        evidence=each.evidence,
        score=None if each.score is None else round(each.score * 100),
    )
