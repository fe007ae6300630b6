"""The patterns by which appeals fail, pointed out before one is sent. None stops anybody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.errors import Fact
from gongdao.domain.policy.forecast import Pattern, Thresholds


@dataclass(frozen=True, slots=True)
class AboutToSend:
    """What is known of an appeal that is about to be sent."""

    now: datetime
    closes_at: datetime | None
    """Until when this level may be asked."""
    levels_left: bool
    """Whether there is a further level at all."""
    gaps: tuple[str, ...]
    """What does not fit, or is missing, in the chain of the exhibits that were brought."""
    exhibits: int
    missing: tuple[str, ...]
    """Codes of required material that is not there."""
    tone: tuple[int, ...]
    """The weights of the kinds of passages that were marked."""
    strikes: int
    alike: float = 0.0
    """How alike the statement is to the earlier refused one that it is most like."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A pattern that shows, and by what."""

    pattern: Pattern
    facts: dict[str, Fact]


def patterns(draft: AboutToSend, by: Thresholds) -> tuple[Sign, ...]:
    """Every pattern that shows, the gravest first."""
    return tuple(_signs(draft, by))


def _signs(draft: AboutToSend, by: Thresholds) -> Iterator[Sign]:
    yield from _window(draft, by)
    if draft.gaps or (draft.missing and not draft.exhibits):
        yield Sign(Pattern.BROKEN_CHAIN, {"gaps": len(draft.gaps) or len(draft.missing)})
    if draft.alike >= by.alike:
        yield Sign(Pattern.SAME_FACTS, {"share": round(draft.alike * 100)})
    if draft.strikes >= by.repetition:
        yield Sign(Pattern.REPETITION, {"count": draft.strikes})
    grave = sum(weight >= by.tone for weight in draft.tone)
    if grave:
        yield Sign(Pattern.TONE, {"kinds": grave})


def _window(draft: AboutToSend, by: Thresholds) -> Iterator[Sign]:
    if not draft.levels_left:
        yield Sign(Pattern.WINDOW_MISSED, {})
    elif draft.closes_at is None:
        return
    elif passed(draft.closes_at, draft.now):
        yield Sign(Pattern.WINDOW_MISSED, {"closed": draft.closes_at})
    elif draft.closes_at - draft.now <= by.near.flat():
        yield Sign(Pattern.WINDOW_NEAR, {"closes": draft.closes_at})
