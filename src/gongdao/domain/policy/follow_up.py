"""What a platform's pack says of the clocks of a dispute, and what a rejection rests on."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongdao.domain.kernel.spans import Span
from gongdao.domain.policy.basics import Code, Words
from gongdao.domain.policy.figures import Durations, Length, Texts, wording
from gongdao.domain.policy.follow_up_shape import FollowClock, FollowUpPolicy
from gongdao.domain.policy.pack import RulePack


@dataclass(frozen=True, slots=True)
class Said:
    """What a pack says under a path."""

    path: str
    words: Words
    span: Span | None
    """None where it gives no length that a clock can run."""
    source: str
    claimed: bool


@dataclass(frozen=True, slots=True)
class ReasonRead:
    """A reason that the words of a rejection speak for."""

    code: Code
    sure: int
    """Whole percent."""
    cues: tuple[str, ...]


def said(pack: RulePack, path: str) -> Said | None:
    """The figure of a platform's pack that we go by; None where it says nothing."""
    figures = _figures(pack, path)
    if not figures:
        return None
    figure = next(each for each in figures if each.used)
    span = figure.value.longest if isinstance(figure.value, Length) else None
    claimed = figure.basis.value == "claimed"
    return Said(path, wording(figure), span, figure.source, claimed)


def length(pack: RulePack, rule: FollowClock, kind: str) -> Said | None:
    """The first figure that gives a clock of this kind a length."""
    paths = rule.figures.get(kind, rule.figures.get("any", ()))
    found = (said(pack, path) for path in paths)
    return next((each for each in found if each is not None and each.span is not None), None)


def in_words(pack: RulePack, rule: FollowClock, kind: str) -> Said | None:
    """What the pack says where it gives no length; None if it says nothing at all."""
    paths = rule.figures.get(kind, rule.figures.get("any", ()))
    return next((each for path in paths if (each := said(pack, path)) is not None), None)


def read_reasons(policy: FollowUpPolicy, words: str) -> tuple[ReasonRead, ...]:
    """The reasons that a rejection's words speak for, the surest first.

    Each cue counts once. One doubt is always added, so that nothing is ever quite sure.
    """
    text = words.casefold()
    found = {
        rule.code: tuple(cue for cue in rule.cues if cue.casefold() in text)
        for rule in policy.reasons
    }
    every = sum(len(cues) for cues in found.values())
    read = [
        ReasonRead(code, round(100 * len(cues) / (every + 1)), cues)
        for code, cues in found.items()
        if cues
    ]
    return tuple(sorted(read, key=lambda each: -each.sure))


def _figures(pack: RulePack, path: str) -> Durations | Texts | None:
    part, _, name = path.partition(".")
    if part == "clocks":
        return next((each.limit for each in pack.clocks if each.code == name), None)
    value = getattr(getattr(pack, part), name, None)
    return value if isinstance(value, tuple) else None


def paths(policy: FollowUpPolicy) -> Iterator[str]:
    """Every path that is named."""
    for rule in policy.clocks:
        for each in rule.figures.values():
            yield from each
    for way in policy.instances:
        yield from way.figures
