"""Shares as bars with the intervals that they lie within, for a chart and its table alike."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One line of a chart and of its table. The share and its interval of 95 % are in percent."""

    title: str
    n: int
    few: bool
    """Whether so few tell nothing."""
    percent: int
    low: int
    high: int

    @property
    def width(self) -> int:
        """Of the interval's bar, never too thin to see."""
        return max(self.high - self.low, 2)


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with its table."""

    name: str
    title: str
    note: str
    bars: tuple[Share, ...]


def in_percent(part: int, whole: int, interval: tuple[float, float]) -> dict[str, int]:
    """A share and its interval, as a line has them; of nothing it is 0."""
    low, high = interval
    percent = round(100 * part / whole) if whole else 0
    return {"percent": percent, "low": round(100 * low), "high": round(100 * high)}
