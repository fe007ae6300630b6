"""Which platform's screen a picture shows, and whether all of the screen is in view."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.evidence.clock_shown import ClockShown
from gongdao.domain.evidence.reading import ReadLine, ReadPicture
from gongdao.domain.policy.pictures import Layout, WholePolicy


@dataclass(frozen=True, slots=True)
class LayoutSeen:
    """A platform's screen, and the lines it was recognised by."""

    platform: str
    screen: str
    lines: tuple[ReadLine, ...]
    confidence: float


def layout_of(picture: ReadPicture, layouts: Sequence[Layout]) -> LayoutSeen | None:
    """The screen whose words stand in the picture most plainly, or None; a tie is None, too."""
    seen = [found for layout in layouts if (found := _found(picture, layout)) is not None]
    seen.sort(key=lambda each: len(each.lines), reverse=True)
    if len(seen) > 1 and len(seen[0].lines) == len(seen[1].lines):
        same = seen[0].platform == seen[1].platform
        return seen[0] if same else None
    return seen[0] if seen else None


def _found(picture: ReadPicture, layout: Layout) -> LayoutSeen | None:
    lines, words = [], 0
    for word in layout.words:
        line = next((line for line in picture.lines if _plain(word) in _plain(line.text)), None)
        if line is not None:
            words += 1
            lines.append(line)
    if words < layout.needs:
        return None
    sure = min(0.95, 0.5 + 0.15 * words)
    return LayoutSeen(layout.platform, layout.screen, tuple(lines), sure)


def _plain(text: str) -> str:
    return text.replace(" ", "").replace(",", "，")


class Missing(StrEnum):
    """Why a picture does not show, or does not surely show, the whole of a screen."""

    CLOCK = "clock"
    """The upper end was not seen: there is no device's time."""
    SHAPE = "shape"
    """It has not the shape of a telephone's screen: cut, or several screens put together."""


def whole_screen(
    picture: ReadPicture, clock: ClockShown | None, policy: WholePolicy
) -> tuple[Missing, ...]:
    """What speaks against the whole screen being in view; nothing where nothing does."""
    room = policy.room_photographed if picture.photographed else policy.room
    ratio = picture.height / max(picture.width, 1)
    shaped = any(abs(ratio - known) <= room * known for known in policy.ratios)
    against = (Missing.CLOCK,) if clock is None else ()
    return against if shaped else (*against, Missing.SHAPE)
