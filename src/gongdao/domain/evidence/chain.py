"""What the exhibits of a case show together, in order of time, and what nothing shows (D2).

It looks at what was found in each exhibit, so it is as sure as those findings are: a gap says that
nothing *was found*, and somebody may see it at once in a picture that was read badly.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from gongdao.domain.evidence.agreement import day_of
from gongdao.domain.evidence.read_facts import FactKind, ReadFact, facts_in, facts_of
from gongdao.domain.evidence.reading import ReadPicture


class Proves(StrEnum):
    """What an exhibit can show."""

    TRANSACTION = "transaction"
    CONTENT = "content"
    COMMUNICATION = "communication"
    IDENTITY = "identity"


class Step(StrEnum):
    """What happened, in the order in which it should."""

    ORDERED = "ordered"
    PAID = "paid"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    PUBLISHED = "published"
    TALKED = "talked"
    SHOWN = "shown"
    """Something else that a person dated."""


class Gap(StrEnum):
    """What is missing or does not fit."""

    NO_TRANSACTION = "no_transaction"
    NO_CONTENT = "no_content"
    NO_COMMUNICATION = "no_communication"
    NO_IDENTITY = "no_identity"
    NO_ORDER = "no_order"
    """Paid, and nothing shows what for."""
    NO_DELIVERY = "no_delivery"
    """Ordered or shipped and written about, and nothing shows that it arrived."""
    BEFORE_DELIVERY = "before_delivery"
    """Written about on a day before it arrived."""
    BEFORE_ORDER = "before_order"
    """Written about on a day before it was ordered."""
    SEVERAL_ORDERS = "several_orders"
    """The exhibits show orders with different numbers."""
    UNDATED = "undated"
    """An exhibit in which no day was found."""


_LABELS: Mapping[Step, re.Pattern[str]] = {
    Step.ORDERED: re.compile(r"创建时间|下单时间|拼单时间"),
    Step.PAID: re.compile(r"付款时间|支付时间|转账时间"),
    Step.SHIPPED: re.compile(r"发货时间|揽收"),
    Step.DELIVERED: re.compile(r"成交时间|签收|收货时间|送达时间|确认收货"),
}
_OF_SCREEN: Mapping[str, Proves] = {
    "bill": Proves.TRANSACTION,
    "order": Proves.TRANSACTION,
    "reviews": Proves.CONTENT,
    "chat": Proves.COMMUNICATION,
}
_NUMBERS_OF_TRADE = frozenset(("order", "transaction", "merchant", "parcel"))
_LACKS: Mapping[Proves, Gap] = {
    Proves.TRANSACTION: Gap.NO_TRANSACTION,
    Proves.CONTENT: Gap.NO_CONTENT,
    Proves.COMMUNICATION: Gap.NO_COMMUNICATION,
    Proves.IDENTITY: Gap.NO_IDENTITY,
}
NEEDED = frozenset((Proves.TRANSACTION, Proves.CONTENT, Proves.COMMUNICATION))
"""What a dispute over a review needs (D2); a case of another kind needs less."""
_NO_YEAR = 0.7
"""How much surer a day is that is written with its year."""


@dataclass(frozen=True, slots=True)
class Happened:
    """A step that an exhibit shows, and when."""

    step: Step
    day: date
    clock: time | None = None
    confidence: float = field(default=1.0, compare=False)

    @property
    def order(self) -> tuple[datetime, int]:
        """By time; of one day by the order in which things should happen."""
        moment = datetime.combine(self.day, self.clock or time())
        return moment, list(Step).index(self.step)


@dataclass(frozen=True, slots=True)
class Ground:
    """By what an exhibit seems to show something, and how sure the reading of it is."""

    proves: Proves
    by: str
    """`screen`, `number` or `name`."""
    confidence: float


@dataclass(frozen=True, slots=True)
class Link:
    """What one exhibit shows."""

    number: int
    """Of the exhibit within its case."""
    proves: frozenset[Proves]
    happened: tuple[Happened, ...] = ()
    days: tuple[date, ...] = ()
    orders: frozenset[str] = frozenset()
    grounds: tuple[Ground, ...] = ()
    """By what it was found; none where a person said it."""


@dataclass(frozen=True, slots=True)
class Missing:
    """A gap, and the exhibits by which it shows."""

    gap: Gap
    exhibits: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Chain:
    """The exhibits in order of time, and the gaps."""

    links: tuple[Link, ...]
    gaps: tuple[Missing, ...]


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in a picture beside its facts."""

    screen: str = ""
    """The kind of screen, or empty where none was recognised."""
    screen_sure: float = 1.0
    name_sure: float = 0.0
    """How surely somebody's name or id stands in it; 0 where none was found."""
    near: date | None = None
    """The day it was handed in: by it a day without a year is understood."""


def link_of_picture(number: int, picture: ReadPicture, seen: Seen) -> Link:
    """What a picture shows."""
    facts = facts_of(picture)
    grounds = _grounds(facts, seen)
    proves = frozenset(ground.proves for ground in grounds)
    dated = dict(_days(facts, seen.near))
    days = tuple(sorted(dated))
    happened = list(_labelled(picture))
    if days and not happened and Proves.TRANSACTION not in proves:
        told = Step.TALKED if Proves.COMMUNICATION in proves else Step.PUBLISHED
        if proves & {Proves.COMMUNICATION, Proves.CONTENT}:
            happened.append(Happened(told, days[0], confidence=dated[days[0]]))
    orders = {f.written for f in facts if f.kind is FactKind.NUMBER and f.label == "order"}
    steps = tuple(sorted(set(happened), key=lambda each: each.order))
    return Link(number, proves, steps, days, frozenset(orders), grounds)


def _grounds(facts: Sequence[ReadFact], seen: Seen) -> tuple[Ground, ...]:
    grounds = []
    if seen.screen in _OF_SCREEN:
        grounds.append(Ground(_OF_SCREEN[seen.screen], "screen", seen.screen_sure))
    trade = [f for f in facts if f.kind is FactKind.NUMBER and f.label in _NUMBERS_OF_TRADE]
    if trade:
        best = max(fact.confidence for fact in trade)
        grounds.append(Ground(Proves.TRANSACTION, "number", best))
    if seen.name_sure > 0:
        grounds.append(Ground(Proves.IDENTITY, "name", seen.name_sure))
    return tuple(grounds)


def _days(facts: Sequence[ReadFact], near: date | None) -> list[tuple[date, float]]:
    """Every day with how surely it was read; the surest reading of a day comes last."""
    found = [(fact.day, fact.confidence) for fact in facts if fact.day is not None]
    if near is not None:
        found += [
            (day, fact.confidence * _NO_YEAR)
            for fact in facts
            if fact.day is None and (day := day_of(fact, near)) is not None
        ]
    return sorted(found, key=lambda each: each[1])


def _labelled(picture: ReadPicture) -> Sequence[Happened]:
    """Moments behind a label, in its line or to its right."""
    found = []
    for line in picture.lines:
        step = next((s for s, label in _LABELS.items() if label.search(line.text)), None)
        if step is None:
            continue
        near = line.box.height * 0.6
        beside = [
            other.text
            for other in picture.lines
            if other.box.left > line.box.left
            and abs(other.box.middle[1] - line.box.middle[1]) < near
        ]
        moment = _first_moment([line.text, *beside])
        if moment is not None and moment.day is not None:
            sure = min(moment.confidence, line.confidence)
            found.append(Happened(step, moment.day, moment.clock, sure))
    return found


def _first_moment(texts: Sequence[str]) -> ReadFact | None:
    facts = (fact for text in texts for fact in facts_in(_spaced(text)))
    return next((fact for fact in facts if fact.day is not None), None)


def _spaced(text: str) -> str:
    """A date and a time between which the space was not read."""
    return re.sub(r"(\d{4}[-/.年]\d{1,2}[-/.月]\d\d)(?=\d\d[:：]\d)", r"\1 ", text)


def chain(links: Sequence[Link], needed: frozenset[Proves] = NEEDED) -> Chain:
    """All exhibits in order of time, and what is missing or does not fit."""
    ordered = tuple(sorted(links, key=_first_day))
    shown = frozenset(each for link in links for each in link.proves)
    gaps = [Missing(_LACKS[each]) for each in Proves if each in needed - shown]
    return Chain(ordered, (*gaps, *_misfits(links)))


def _first_day(link: Link) -> tuple[date, int]:
    """The day an exhibit begins with; undated ones come last, by their numbers."""
    first = [each.day for each in link.happened[:1]] or list(link.days[:1])
    return (first[0] if first else date.max, link.number)


def _misfits(links: Sequence[Link]) -> list[Missing]:
    """What does not fit between the steps."""
    by_step: dict[Step, list[tuple[date, int]]] = {step: [] for step in Step}
    for link in links:
        for each in link.happened:
            by_step[each.step].append((each.day, link.number))
    gaps = []
    trade = by_step[Step.ORDERED] + by_step[Step.SHIPPED]
    written = by_step[Step.PUBLISHED]
    if by_step[Step.PAID] and not trade:
        gaps.append(Missing(Gap.NO_ORDER, _exhibits(by_step[Step.PAID])))
    if trade and written and not by_step[Step.DELIVERED]:
        gaps.append(Missing(Gap.NO_DELIVERY, _exhibits(trade + written)))
    gaps += _too_early(written, by_step[Step.DELIVERED], Gap.BEFORE_DELIVERY)
    gaps += _too_early(written, by_step[Step.ORDERED], Gap.BEFORE_ORDER)
    orders = [(link.number, link.orders) for link in links if link.orders]
    if orders and not frozenset.intersection(*(numbers for _, numbers in orders)):
        gaps.append(Missing(Gap.SEVERAL_ORDERS, tuple(number for number, _ in orders)))
    undated = tuple(link.number for link in links if not link.days and not link.happened)
    return [*gaps, Missing(Gap.UNDATED, undated)] if undated else gaps


def _too_early(
    written: Sequence[tuple[date, int]], after: Sequence[tuple[date, int]], gap: Gap
) -> list[Missing]:
    if not after:
        return []
    least = min(after)
    early = [each for each in written if each[0] < least[0]]
    return [Missing(gap, _exhibits([*early, least]))] if early else []


def _exhibits(places: Sequence[tuple[date, int]]) -> tuple[int, ...]:
    return tuple(sorted({number for _, number in places}))
