"""What labels say of screening: how many alarms were right, by category, by source and by entry."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.kernel.intervals import wilson
from gongdao.domain.policy.screening import Category, ScreeningPolicy
from gongdao.domain.screening.labels import Label, Noted
from gongdao.domain.screening.model import How, Source

FEW = 20
"""Under so many, a share says nothing."""
_HOWS = frozenset(How)
Keep = Callable[[Sequence[Label]], list[Label]]
"""Which labels count."""


class Compared(StrEnum):
    """Where an interval lies beside somebody's figure."""

    TOO_FEW = "too_few"
    LOWER = "lower"
    WITHIN = "within"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many alarms were right, and how many false."""

    category: Category | None
    key: str
    """The source or the entry; empty for a whole category."""
    true: int
    false: int

    @property
    def n(self) -> int:
        """Alarms on texts that were decided."""
        return self.true + self.false

    @property
    def few(self) -> bool:
        """Whether the share says nothing yet."""
        return self.n < FEW

    @property
    def precision(self) -> float | None:
        """The share that was right; None where there is nothing."""
        return self.true / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """95 % for the share that was right."""
        return wilson(self.true, self.n)

    @property
    def false_interval(self) -> tuple[float, float]:
        """95 % for the share that was false."""
        return wilson(self.false, self.n)

    def beside(self, claim: float) -> Compared:
        """Whether the false share is told apart from a claimed one."""
        if self.few:
            return Compared.TOO_FEW
        low, high = self.false_interval
        if high < claim:
            return Compared.LOWER
        return Compared.HIGHER if low > claim else Compared.WITHIN


@dataclass(frozen=True, slots=True)
class Missed:
    """What screening said of texts of one category that were decided."""

    category: Category
    harmless: int
    flagged: int
    """Harmless texts that had been flagged."""
    true: int
    missed: int
    """Texts of the category that no alarm was raised for."""

    @property
    def interval(self) -> tuple[float, float]:
        """95 % for the share of harmless texts that was flagged."""
        return wilson(self.flagged, self.harmless)


@dataclass(frozen=True, slots=True)
class Numbers:
    """All of it."""

    labels: int
    said: tuple[tuple[str, int], ...]
    """How many rulings, decisions and reviews speak."""
    whole: Tally
    by_category: tuple[Tally, ...]
    by_source: tuple[Tally, ...]
    by_entry: tuple[Tally, ...]
    """The most false alarms first."""
    texts: tuple[Missed, ...]


def entry_of(noted: Noted) -> str | None:
    """The lexicon's entry that a finding rests on; None where the model made it."""
    entry, _, how = noted.evidence.rpartition(" (")
    return entry if entry and how.removesuffix(")") in _HOWS else None


def source_of(noted: Noted) -> Source:
    """What a finding rests on."""
    return Source.MODEL if entry_of(noted) is None else Source.LEXICON


def numbers(labels: Sequence[Label], policy: ScreeningPolicy) -> Numbers:
    """Count the labels that count; an alarm is a text that was delayed at least."""
    said = Counter(each.said.value for each in labels)
    alarms = [each for each in labels if _alarmed(each, policy)]
    sources = _tallied(alarms, lambda noted: source_of(noted).value)
    return Numbers(
        labels=len(labels),
        said=tuple(sorted(said.items())),
        whole=_sum(None, "", alarms),
        by_category=tuple(
            _sum(category, "", [each for each in alarms if each.category is category])
            for category in _categories(labels)
        ),
        by_source=tuple(sorted(sources, key=lambda t: (t.category or "", t.key))),
        by_entry=tuple(sorted(entries(labels), key=lambda t: (-t.false, -t.n, t.key))),
        texts=tuple(_missed(category, labels, policy) for category in _categories(labels)),
    )


def entries(labels: Iterable[Label], keep: Keep = list) -> list[Tally]:
    """The findings of each entry, however weak; one text counts once for an entry.

    `keep` leaves out of an entry's labels what weighs too much.
    """
    return list(_tallied(labels, entry_of, keep))


def reviewers(labels: Iterable[Label]) -> dict[tuple[Category, str], int]:
    """How many people's word the findings of each entry are, as far as that is known."""
    found: dict[tuple[Category, str], set[PersonId | None]] = {}
    for each in labels:
        for noted in each.findings:
            entry = entry_of(noted)
            if entry is not None:
                found.setdefault((each.category, entry), set()).add(each.by)
    return {key: len(people) for key, people in found.items()}


def learned(tally: Tally, prior: float, weight: float) -> float:
    """An entry's share, drawn towards what was believed before: few findings move it little."""
    return (tally.true + prior * weight) / (tally.n + weight)


def _tallied(
    labels: Iterable[Label], key: Callable[[Noted], str | None], keep: Keep = list
) -> Iterator[Tally]:
    found: dict[tuple[Category, str], list[Label]] = {}
    for each in labels:
        keys = {known for noted in each.findings if (known := key(noted)) is not None}
        for one in keys:
            found.setdefault((each.category, one), []).append(each)
    for (category, one), theirs in found.items():
        yield _sum(category, one, keep(theirs))


def _sum(category: Category | None, key: str, alarms: Sequence[Label]) -> Tally:
    true = sum(each.true for each in alarms)
    return Tally(category, key, true, len(alarms) - true)


def _alarmed(label: Label, policy: ScreeningPolicy) -> bool:
    bar = policy.of(label.category).delay
    return any(each.score >= bar for each in label.findings)


def _missed(category: Category, labels: Sequence[Label], policy: ScreeningPolicy) -> Missed:
    theirs = [each for each in labels if each.category is category]
    harmless = [each for each in theirs if not each.true]
    true = [each for each in theirs if each.true]
    return Missed(
        category,
        len(harmless),
        sum(_alarmed(each, policy) for each in harmless),
        len(true),
        sum(not _alarmed(each, policy) for each in true),
    )


def _categories(labels: Sequence[Label]) -> list[Category]:
    known = {each.category for each in labels}
    return [each for each in Category if each in known]
