"""Days, moments, sums and stars as people and spreadsheets of China write them."""

import re
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.kernel.clock import CHINA

_DAY = re.compile(
    r"(?P<year>20\d\d)\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})\s*日?"
    r"(?:[T\s]+(?P<hour>\d{1,2})[:：](?P<minute>\d\d)(?:[:：](?P<second>\d\d)(?:\.\d+)?)?)?"
    r"(?P<zone>Z|[+-]\d\d:?\d\d)?"
)
_TIGHT = re.compile(r"(?P<year>20\d\d)(?P<month>\d\d)(?P<day>\d\d)")
_SUM = re.compile(r"[¥￥]?\s*(\d{1,3}(?:,\d{3})+|\d{1,10})(?:\.(\d{1,2}))?\s*(?:元|块|RMB|CNY)?")
_STARS = re.compile(r"([0-5])(?:\.0+)?\s*(?:星|分|stars?)?(?:\s*/\s*5)?", re.IGNORECASE)
_NUMBERS = "零一二三四五"
_WORDS = {"差评": 1, "中评": 3, "好评": 5, "bad": 1, "neutral": 3, "good": 5}
_FEN = 100


@dataclass(frozen=True, slots=True)
class WrittenMoment:
    """A moment as it was written."""

    at: datetime
    day_only: bool
    """Then `at` is the day's beginning."""


def moment(text: str) -> WrittenMoment | None:
    """A day or a moment with its year, on the Chinese clock if no other is named; else None."""
    said = text.strip()
    found = _DAY.fullmatch(said) or _TIGHT.fullmatch(said)
    if found is None:
        return None
    parts = found.groupdict()
    hour, zone = parts.get("hour"), parts.get("zone")
    clock = (int(hour), int(parts["minute"]), int(parts["second"] or 0)) if hour else (0, 0, 0)
    try:
        at = datetime(
            int(parts["year"]), int(parts["month"]), int(parts["day"]), *clock, tzinfo=CHINA
        )
        if zone and hour:
            at = datetime.fromisoformat(f"{at:%Y-%m-%dT%H:%M:%S}{zone}")
    except ValueError:
        return None
    return WrittenMoment(at, hour is None)


def fen(text: str) -> int | None:
    """A sum of money in hundredths of a yuan; None where it is none."""
    found = _SUM.fullmatch(text.strip())
    if found is None:
        return None
    return int(found[1].replace(",", "")) * _FEN + int((found[2] or "0").ljust(2, "0"))


def stars(text: str) -> int | None:
    """Stars from 0 to 5, as a figure, a word or drawn; None where they are none."""
    said = text.strip()
    if said and set(said) <= {"★", "☆"}:
        return min(said.count("★"), 5)
    if len(said) == len("五星") and said[0] in _NUMBERS and said[1] in "星分":
        return _NUMBERS.index(said[0])
    if said.casefold() in _WORDS:
        return _WORDS[said.casefold()]
    found = _STARS.fullmatch(said)
    return int(found[1]) if found else None
