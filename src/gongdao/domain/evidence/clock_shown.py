"""The device's own time in a screenshot: in the status bar, on a lock screen, over notifications.

A time may stand anywhere in a picture. It is the device's only where devices put it: in the highest
row, at its left or right end; or large, with a date beside it.
"""

import re
from dataclasses import dataclass
from datetime import time
from enum import StrEnum

from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture

STRIP = 0.13
"""How far down a status bar reaches, as a share of the screen's width: iPhones leave room."""
SMALL = 0.075
"""The letters of a status bar are at most so high, by the screen's width."""
LARGE = 0.085
"""Those of a lock screen's or a shade's clock are at least so high."""
LOCK = 0.15
"""From here on it is a lock screen's."""
ENDS = (0.3, 0.68)
"""A status bar's time stands left of the first or right of the second share of the width."""
UPPER = 1.0
"""A large clock stands within the first so many widths from above."""

_TIME = r"([01]?\d|2[0-3])[:：;]([0-5]\d)"
_IN_BAR = re.compile(rf"(?<![\d.:/\-年月日]){_TIME}(?![\d:：/\-])")
_BEHIND_CHARGE = re.compile(r"^(\d{1,2}|100)%?([01]\d|2[0-3])[:：]([0-5]\d)$")
"""The battery's charge, read as one with the time beside it."""
_ALONE = re.compile(rf"\s*{_TIME}\s*")
_NOT_OF_A_BAR = re.compile(r"[一-鿿]|\d[-/]\d|\d{4}\.")
_CARRIERS = re.compile(
    r"中国(移动|联通|电信|广电)|移动|联通|电信|无服务|勿扰|返回|微信|支付宝|淘宝"
)
"""Chinese that does stand in status bars: carriers, and the app that one came from."""
_DATE = re.compile(r"\d{1,2}月\d{1,2}日|星期[一二三四五六日天]|周[一二三四五六日]")
_LOCK_DATE = re.compile(r"\d{1,2}月\d{1,2}日\s*(星期|周)[一二三四五六日天]")


class Place(StrEnum):
    """Where the time stands."""

    STATUS_BAR = "status_bar"
    LOCK_SCREEN = "lock_screen"
    SHADE = "shade"


@dataclass(frozen=True, slots=True)
class ClockShown:
    """The device's time as a picture shows it."""

    at: time
    place: Place
    box: Box
    confidence: float


def clock_shown(picture: ReadPicture) -> ClockShown | None:
    """The device's time, or None where the picture shows none that is surely the device's."""
    return _in_bar(picture) or _large(picture)


def may_hide_clock(picture: ReadPicture) -> bool:
    """Whether a date stands where lock screens have one, and no time was read beside it."""
    upper = [line for line in picture.lines if line.box.top < UPPER * picture.width]
    dated = any(_LOCK_DATE.search(line.text) for line in upper)
    return dated and clock_shown(picture) is None


def _in_bar(picture: ReadPicture) -> ClockShown | None:
    """A time in the highest row, at one of its ends and with nothing but signs beside it."""
    wide = picture.width
    near = [line for line in picture.lines if line.box.middle[1] <= STRIP * wide]
    for line in sorted(near, key=lambda each: each.box.left):
        found = _IN_BAR.search(_BEHIND_CHARGE.sub(r"\1% \2:\3", line.text))
        if found is None or line.box.height > SMALL * wide:
            continue
        if _says_more(found.string[: found.start()] + found.string[found.end() :]):
            continue
        if not _at_an_end(line, found.start(), wide) or _below_others(line, near):
            continue
        at = time(int(found[1]), int(found[2]))
        return ClockShown(at, Place.STATUS_BAR, line.box, line.confidence)
    return None


def _says_more(rest: str) -> bool:
    """Whether the line is a sentence: a status bar has signs, and a carrier's name at most."""
    return _NOT_OF_A_BAR.search(_CARRIERS.sub("", rest)) is not None


def _at_an_end(line: ReadLine, begin: int, wide: float) -> bool:
    """The place of the time within its line is taken from its place among the letters."""
    at = line.box.left + line.box.width * begin / max(len(line.text), 1)
    return at < ENDS[0] * wide or at > ENDS[1] * wide


def _below_others(line: ReadLine, near: list[ReadLine]) -> bool:
    """Whether a row of text stands above: then this is no status bar."""
    return any(other.box.low <= line.box.top for other in near if other is not line)


def _large(picture: ReadPicture) -> ClockShown | None:
    wide = picture.width
    dates = [line.box for line in picture.lines if _DATE.search(line.text)]
    for line in picture.lines:
        found = _ALONE.fullmatch(line.text)
        if found is None or line.box.height < LARGE * wide or line.box.top > UPPER * wide:
            continue
        if not any(_beside(line.box, date) for date in dates):
            continue
        lock = line.box.height >= LOCK * wide
        place = Place.LOCK_SCREEN if lock else Place.SHADE
        at = time(int(found[1]), int(found[2]))
        return ClockShown(at, place, line.box, line.confidence)
    return None


def _beside(clock: Box, date: Box) -> bool:
    """Whether a date stands right above, below or next to a clock."""
    away = max(clock.top - date.low, date.top - clock.low)
    return away <= clock.height * 0.8
