"""What an organisation's own disputes come to: how many were upheld, by what, and what was missing.

Counts alone, with the interval that so few can bear (Wilson, 95 %). What goes together is not what
causes: whoever shows it says so. Nothing here decides anything.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from statistics import median

from gongdao.domain.disputes.events import Outcome
from gongdao.domain.disputes.model import Dispute, Filing
from gongdao.domain.kernel.intervals import wilson

TOO_FEW = 20
"""Below this many a share says nothing."""
_DAY = timedelta(days=1)


class Material(StrEnum):
    """What can be there when a dispute is filed."""

    TEXT = "text"
    ORDER = "order"
    OTHER_SIDE = "other_side"
    SHOWN_ON = "shown_on"
    STATEMENT = "statement"
    EXHIBITS = "exhibits"
    MORE_EXHIBITS = "more_exhibits"
    """Two or more."""


class Speed(StrEnum):
    """How long after it reached us it was filed."""

    DAY = "day"
    THREE_DAYS = "three_days"
    WEEK = "week"
    LATER = "later"


class Fullness(StrEnum):
    """How much of the material was there when it was filed first."""

    LITTLE = "little"
    SOME = "some"
    MOST = "most"


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of some disputes were upheld."""

    key: str
    n: int
    """Those that were answered; the others say nothing yet."""
    upheld: int
    partly: int
    rejected: int

    @property
    def too_few(self) -> bool:
        """Whether the share says nothing."""
        return self.n < TOO_FEW

    @property
    def interval(self) -> tuple[float, float]:
        """Between which shares the true one lies, most probably."""
        return wilson(self.upheld, self.n)


class Hint(StrEnum):
    """What two shares beside each other allow to say."""

    TOO_FEW = "too_few"
    NO_DIFFERENCE = "no_difference"
    REJECTED_MORE = "rejected_more"
    """Without it, more were rejected."""


@dataclass(frozen=True, slots=True)
class Helped:
    """Rejections with and without one kind of material."""

    material: Material
    with_n: int
    with_rejected: int
    without_n: int
    without_rejected: int

    @property
    def says(self) -> Hint:
        """Only what both numbers can bear."""
        if min(self.with_n, self.without_n) < TOO_FEW:
            return Hint.TOO_FEW
        low_without = wilson(self.without_rejected, self.without_n)[0]
        high_with = wilson(self.with_rejected, self.with_n)[1]
        return Hint.REJECTED_MORE if low_without > high_with else Hint.NO_DIFFERENCE


@dataclass(frozen=True, slots=True)
class PlatformFigures:
    """What one platform did with ours, to stand beside what is claimed of it."""

    platform: str
    rate: Rate
    days: float | None
    """From filing to answer, in the middle; None where nothing was answered."""
    answers: int
    hours: float


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of it."""

    disputes: int
    answered: int
    hours: float
    minutes_each: float | None
    """Work on one that was answered, in the middle."""
    by_platform: tuple[Rate, ...]
    by_ground: tuple[Rate, ...]
    by_fullness: tuple[Rate, ...]
    by_speed: tuple[Rate, ...]
    reasons: tuple[tuple[str, int], ...]
    """What rejections rested on, the commonest first; empty code: nobody entered it."""
    rejections: int
    helped: tuple[Helped, ...]
    platforms: tuple[PlatformFigures, ...]


def numbers(disputes: Sequence[Dispute]) -> Numbers:
    """Count them."""
    answered = [each for each in disputes if _outcome(each) is not None]
    rejections = [
        filing
        for each in disputes
        for filing in each.filings
        if filing.outcome in {Outcome.REJECTED, Outcome.PARTLY}
    ]
    reasons = Counter(filing.reason or "" for filing in rejections)
    return Numbers(
        disputes=len(disputes),
        answered=len(answered),
        hours=_hours(disputes),
        minutes_each=median(each.minutes for each in answered) if answered else None,
        by_platform=_rates(answered, lambda each: (each.platform,)),
        by_ground=_rates(answered, lambda each: each.grounds or ("",)),
        by_fullness=_rates(answered, lambda each: (_fullness(each),), Fullness),
        by_speed=_rates(answered, lambda each: (_speed(each),), Speed),
        reasons=tuple(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        rejections=len(rejections),
        helped=tuple(_helped(answered, material) for material in Material),
        platforms=tuple(_platforms(disputes)),
    )


def material_of(dispute: Dispute) -> frozenset[Material]:
    """What was there when it was filed first."""
    facts, first = dispute.facts, dispute.filings[0] if dispute.filings else None
    there = {
        Material.TEXT: facts.text,
        Material.ORDER: facts.order,
        Material.OTHER_SIDE: facts.other_side,
        Material.SHOWN_ON: facts.shown_on,
        Material.STATEMENT: first and first.statement,
        Material.EXHIBITS: first and first.exhibits,
        Material.MORE_EXHIBITS: first and len(first.exhibits) > 1,
    }
    return frozenset(material for material, known in there.items() if known)


def _outcome(dispute: Dispute) -> Outcome | None:
    """Of the last filing that was answered."""
    said = [filing.outcome for filing in dispute.filings if filing.outcome]
    return said[-1] if said else None


def _rates(
    answered: Iterable[Dispute],
    keys: Callable[[Dispute], Iterable[str]],
    order: Iterable[str] = (),
) -> tuple[Rate, ...]:
    """One for each key, in the order given or the largest first."""
    counted: dict[str, Counter[Outcome]] = {key: Counter() for key in order}
    for each in answered:
        outcome = _outcome(each)
        for key in keys(each):
            if outcome is not None:
                counted.setdefault(key, Counter())[outcome] += 1
    rates = [_rate(key, count) for key, count in counted.items()]
    return tuple(rates if order else sorted(rates, key=lambda rate: (-rate.n, rate.key)))


def _rate(key: str, count: Counter[Outcome]) -> Rate:
    return Rate(
        str(key),
        count.total(),
        count[Outcome.UPHELD],
        count[Outcome.PARTLY],
        count[Outcome.REJECTED],
    )


def _speed(dispute: Dispute) -> Speed:
    took = dispute.filings[0].at - dispute.facts.noticed_at
    if took <= _DAY:
        return Speed.DAY
    if took <= 3 * _DAY:
        return Speed.THREE_DAYS
    return Speed.WEEK if took <= 7 * _DAY else Speed.LATER


def _fullness(dispute: Dispute) -> Fullness:
    there, all_ = len(material_of(dispute)), len(Material)
    if 3 * there <= all_:
        return Fullness.LITTLE
    return Fullness.SOME if 3 * there <= 2 * all_ else Fullness.MOST


def _helped(answered: Sequence[Dispute], material: Material) -> Helped:
    with_it = [each for each in answered if material in material_of(each)]
    without = [each for each in answered if material not in material_of(each)]
    return Helped(material, len(with_it), _rejected(with_it), len(without), _rejected(without))


def _rejected(disputes: Iterable[Dispute]) -> int:
    return sum(_outcome(each) is Outcome.REJECTED for each in disputes)


def _platforms(disputes: Sequence[Dispute]) -> Iterator[PlatformFigures]:
    for platform in sorted({each.platform for each in disputes}):
        theirs = [each for each in disputes if each.platform == platform]
        took = [_days(filing) for each in theirs for filing in each.filings if filing.answered_at]
        count = Counter(said for each in theirs if (said := _outcome(each)) is not None)
        yield PlatformFigures(
            platform=platform,
            rate=_rate(platform, count),
            days=round(median(took), 1) if took else None,
            answers=len(took),
            hours=_hours(theirs),
        )


def _days(filing: Filing) -> float:
    answered_at = filing.answered_at or filing.at
    return (answered_at - filing.at) / _DAY


def _hours(disputes: Iterable[Dispute]) -> float:
    return round(sum(each.minutes for each in disputes) / 60, 1)
