"""What the other side says, held against the record: each contradiction quotes both.

The words are looked for by the pack's phrases, so each says how sure it is, and none is a
decision: somebody looks at both quotations and sees for themselves. What fits is left out.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from gongdao.domain.policy.dispute_chain import ClaimRule, DisputeChainPolicy
from gongdao.domain.policy.phrases import finder

_SUM = re.compile(r"(?P<sum>\d{1,7}(?:\.\d{1,2})?)\s{0,2}(?:块|元|rmb|yuan)")
_FIGURE = re.compile(r"[0-9]+|[零一二两三四五]")
_FIGURES = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_AFTER = 12
"""So far behind its cue a sum of money may stand."""
_AROUND = 40
"""So many characters of a line are quoted at most on either side."""
_BY_SHOWN_DAY = 0.6
"""How much less sure a visit's day is where only the day beside the review is known."""
_UNDATED = 0.7
"""How much less sure a contradiction is where nobody knows when the words were written."""
_CERTAIN = 99


class Kind(StrEnum):
    """What contradicts what."""

    NOT_RECEIVED = "not_received"
    NOT_USED = "not_used"
    NEVER_CONTACTED = "never_contacted"
    CLOSED_DAY = "closed_day"
    BEFORE_DELIVERY = "before_delivery"
    BEFORE_ORDER = "before_order"
    AMOUNT = "amount"
    STARS = "stars"


class Place(StrEnum):
    """Where something stands."""

    TEXT = "text"
    """In the words as they were entered."""
    EXHIBIT = "exhibit"
    FACTS = "facts"
    """Among what is known of the dispute, as entered or imported."""
    MEMBER = "member"
    """A member of the organisation says so, and no exhibit shows it."""


@dataclass(frozen=True, slots=True)
class Quote:
    """One side of it."""

    place: Place
    words: str = ""
    """Empty where a day or a figure says it."""
    exhibit: int = 0
    """Its number; 0 where it is none."""
    day: date | None = None
    clock: time | None = None
    figure: int | None = None
    """An amount in fen, or stars."""
    span: tuple[int, int] | None = None
    """Of the text as it was entered."""


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What they say, what the record says, and how sure it is that these contradict each other."""

    kind: Kind
    theirs: Quote
    record: Quote
    step: str = ""
    """What the record shows to have happened."""
    sure: int = 0
    """Whole percent."""


@dataclass(frozen=True, slots=True)
class Said:
    """Words of the other side."""

    text: str
    exhibit: int = 0
    """The exhibit in which they were read; 0: they were entered."""
    written_on: date | None = None
    days: tuple[tuple[str, date], ...] = ()
    """Days that stand in them, as written."""
    sure: float = 1.0

    def quote(
        self, start: int, end: int, *, day: date | None = None, figure: int | None = None
    ) -> Quote:
        """A passage of them."""
        place = Place.EXHIBIT if self.exhibit else Place.TEXT
        span = None if self.exhibit else (start, end)
        words = self.text[start:end]
        return Quote(place, words, self.exhibit, day, figure=figure, span=span)


@dataclass(frozen=True, slots=True)
class Shown:
    """A step that the record shows."""

    step: str
    """As in an evidence chain, or `closed`."""
    day: date
    clock: time | None = None
    exhibit: int = 0
    """0: a member says so."""
    sure: float = 1.0
    words: str = ""

    @property
    def quote(self) -> Quote:
        """Where it stands."""
        place = Place.EXHIBIT if self.exhibit else Place.MEMBER
        return Quote(place, self.words, self.exhibit, self.day, self.clock)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an exhibit that is not the other side's complaint itself."""

    exhibit: int
    text: str
    sure: float = 1.0


@dataclass(frozen=True, slots=True)
class Record:
    """Everything that words are held against."""

    shown: tuple[Shown, ...] = ()
    lines: tuple[Line, ...] = ()
    amount_fen: int | None = None
    stars: int | None = None
    amounts: tuple[tuple[int, int], ...] = field(default=())
    """Sums in exhibits of the trade, in fen, each with its exhibit's number."""

    def steps(self, step: str) -> list[Shown]:
        """All of one kind, the earliest first."""
        return sorted((each for each in self.shown if each.step == step), key=lambda s: s.day)


def contradictions(
    said: Sequence[Said], record: Record, policy: DisputeChainPolicy
) -> tuple[Contradiction, ...]:
    """Everything in which the words and the record contradict each other, the surest first."""
    found: dict[tuple[Kind, Place, int], Contradiction] = {}
    for words in said:
        for each in _of(words, record, policy):
            where = each.kind, each.record.place, each.record.exhibit
            if where not in found or each.sure > found[where].sure:
                found[where] = each
    return tuple(sorted(found.values(), key=lambda each: -each.sure))


def closed_words(text: str, policy: DisputeChainPolicy) -> tuple[str, bool] | None:
    """The words by which a text says that a shop is closed, and whether for a range of days."""
    even = _even(text)
    place = next(iter(finder(policy.closed).spans(even)), None)
    if place is None:
        return None
    start, end = place
    words = text[max(0, start - _AROUND) : end + _AROUND].strip()
    return words, finder(policy.until).found_in(even)


def _of(words: Said, record: Record, policy: DisputeChainPolicy) -> Iterator[Contradiction]:
    yield from _not_received(words, record, policy.claim("not_received"))
    yield from _not_used(words, record, policy.claim("not_used"))
    yield from _never_contacted(words, record, policy.claim("never_contacted"))
    yield from _closed(words, record, policy)
    yield from _too_early(words, record, policy)
    yield from _amount(words, record, policy.claim("spent"))
    yield from _stars(words, record, policy.claim("stars"))


def _claims(words: Said, rule: ClaimRule | None) -> list[tuple[int, int]]:
    """Where something is said; not where it only looks so."""
    if rule is None:
        return []
    even = _even(words.text)
    spared = list(finder(rule.but_not).spans(even)) if rule.but_not else []
    return [
        (start, end)
        for start, end in finder(rule.phrases).spans(even)
        if not any(left < end and start < right for left, right in spared)
    ]


def _not_received(words: Said, record: Record, rule: ClaimRule | None) -> Iterator[Contradiction]:
    """On the day of the words it had arrived. On an earlier one they say what is so."""
    arrived = _until(record.steps("delivered"), words)
    for start, end in _claims(words, rule)[:1]:
        for each in arrived:
            sure = _sure(rule, words, each.sure, dated=words.written_on is not None)
            theirs = words.quote(start, end, day=words.written_on)
            yield Contradiction(Kind.NOT_RECEIVED, theirs, each.quote, each.step, sure)


def _never_contacted(
    words: Said, record: Record, rule: ClaimRule | None
) -> Iterator[Contradiction]:
    talked = _until(record.steps("talked"), words)
    for start, end in _claims(words, rule)[:1]:
        for each in talked:
            sure = _sure(rule, words, each.sure, dated=words.written_on is not None)
            theirs = words.quote(start, end, day=words.written_on)
            yield Contradiction(Kind.NEVER_CONTACTED, theirs, each.quote, each.step, sure)


def _not_used(words: Said, record: Record, rule: ClaimRule | None) -> Iterator[Contradiction]:
    if rule is None or not rule.against:
        return
    opposite = finder(rule.against)
    for start, end in _claims(words, rule)[:1]:
        for line in record.lines:
            place = next(iter(opposite.spans(_even(line.text))), None)
            if place is not None:
                around = slice(max(0, place[0] - _AROUND), place[1] + _AROUND)
                quote = Quote(Place.EXHIBIT, line.text[around].strip(), line.exhibit)
                sure = _sure(rule, words, line.sure)
                theirs = words.quote(start, end, day=words.written_on)
                yield Contradiction(Kind.NOT_USED, theirs, quote, sure=sure)


def _closed(words: Said, record: Record, policy: DisputeChainPolicy) -> Iterator[Contradiction]:
    """They tell of a visit on a day on which the shop was closed."""
    rule = policy.claim("visited")
    visits, closed = _claims(words, rule), record.steps("closed")
    if not visits or not closed:
        return
    told = list(_told_days(words, policy))
    shown = [(*visits[0], words.written_on, _BY_SHOWN_DAY)] if words.written_on else []
    for start, end, day, factor in told or shown:
        for each in closed:
            if each.day == day:
                sure = _sure(rule, words, each.sure * factor)
                theirs = words.quote(start, end, day=day)
                yield Contradiction(Kind.CLOSED_DAY, theirs, each.quote, each.step, sure)


def _told_days(
    words: Said, policy: DisputeChainPolicy
) -> Iterator[tuple[int, int, date | None, float]]:
    """Days that stand in the words, and those that follow from “yesterday”."""
    for written, day in words.days:
        start = words.text.find(written)
        if start >= 0:
            yield start, start + len(written), day, 1.0
    if words.written_on is None:
        return
    even = _even(words.text)
    for rule in policy.days:
        for start, end in finder(rule.phrases).spans(even):
            yield start, end, words.written_on + timedelta(days=rule.days), 0.9


def _too_early(words: Said, record: Record, policy: DisputeChainPolicy) -> Iterator[Contradiction]:
    """Written before it arrived or was ordered, and not to say that it has not come."""
    if words.written_on is None or words.exhibit or _claims(words, policy.claim("not_received")):
        return
    theirs = Quote(Place.FACTS, day=words.written_on)
    for kind, step in ((Kind.BEFORE_DELIVERY, "delivered"), (Kind.BEFORE_ORDER, "ordered")):
        first = record.steps(step)[:1]
        if first and words.written_on < first[0].day:
            sure = min(_CERTAIN, round(90 * first[0].sure))
            yield Contradiction(kind, theirs, first[0].quote, step, sure)


def _amount(words: Said, record: Record, rule: ClaimRule | None) -> Iterator[Contradiction]:
    known = [(fen, Quote(Place.EXHIBIT, exhibit=n, figure=fen)) for fen, n in record.amounts]
    if record.amount_fen is not None:
        known.append((record.amount_fen, Quote(Place.FACTS, figure=record.amount_fen)))
    even = _even(words.text)
    for start, end in _claims(words, rule):
        stands = _SUM.search(even, end, min(len(even), end + _AFTER))
        said = round(float(stands["sum"]) * 100) if stands else None
        if stands is None or said is None or said in {fen for fen, _ in known}:
            continue
        for _, quote in known[-1:]:
            sure = _sure(rule, words, 1.0 if quote.place is Place.FACTS else 0.6)
            theirs = words.quote(start, stands.end(), figure=said)
            yield Contradiction(Kind.AMOUNT, theirs, quote, sure=sure)


def _stars(words: Said, record: Record, rule: ClaimRule | None) -> Iterator[Contradiction]:
    if record.stars is None:
        return
    for start, end in _claims(words, rule):
        figure = _FIGURE.search(_even(words.text), start, end)
        said = _number(figure[0]) if figure else None
        if said is not None and said != record.stars:
            theirs = words.quote(start, end, figure=said)
            quote = Quote(Place.FACTS, figure=record.stars)
            yield Contradiction(Kind.STARS, theirs, quote, sure=_sure(rule, words, 1.0))


def _until(steps: Iterable[Shown], words: Said) -> list[Shown]:
    """Those up to the day of the words; all of them where nobody knows that day."""
    last = words.written_on
    return [each for each in steps if last is None or each.day <= last]


def _sure(rule: ClaimRule | None, words: Said, of_record: float, *, dated: bool = True) -> int:
    best = (rule.sure if rule else 0) * words.sure * min(1.0, of_record)
    return min(_CERTAIN, round(best * (1.0 if dated else _UNDATED)))


def _number(written: str) -> int | None:
    return _FIGURES.get(written) if written in _FIGURES else int(written)


def _even(text: str) -> str:
    """The text as it is compared, with every character at its place."""
    return "".join(map(_plain, text))


def _plain(char: str) -> str:
    if char.isascii():
        return char.lower()
    folded = unicodedata.normalize("NFKC", char).casefold()
    if folded in {"’", "‘"}:
        return "'"
    return folded if len(folded) == 1 else char
