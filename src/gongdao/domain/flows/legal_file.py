"""The file for a claim of reputation: what has to be shown, what is held, what is missing.

It is put together from the dispute's own file. It says nothing of prospects, and says that it is
no legal advice.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from gongdao.domain.disputes.model import Dispute, Filing
from gongdao.domain.flows.exhibit_views import ExhibitView
from gongdao.domain.flows.papers import SHORT, Annex
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import DisputeId
from gongdao.domain.policy.afterwards import (
    Element,
    Happened,
    HeldKind,
    LegalFilePolicy,
    LegalWords,
)


@dataclass(frozen=True, slots=True)
class HeldLine:
    """Something that the file holds for an element."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ElementShown:
    """One thing to be shown."""

    code: str
    title: str
    asks: str
    held: tuple[HeldLine, ...]
    missing: str
    """What would show it; empty where something is held."""
    source: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One line of the chronology."""

    at: datetime
    day_alone: bool
    """Whether the hour is unknown."""
    text: str


@dataclass(frozen=True, slots=True)
class LegalFile:
    """The whole file, in one language."""

    dispute: DisputeId
    language: str
    day: date
    title: str
    organisation: str
    platform: str
    elements: tuple[ElementShown, ...]
    chronology: tuple[Moment, ...]
    annexes: tuple[Annex, ...]
    notes: tuple[str, ...]
    no_advice: str
    words: LegalWords

    @property
    def held(self) -> int:
        """For how many elements something is held."""
        return sum(bool(each.held) for each in self.elements)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What a dispute's file says, in plain words; empty where it says nothing."""

    organisation: str
    platform: str
    shop: str
    words: str
    link: str
    order: str
    other_side: str
    reference: str
    grounds: tuple[str, ...]
    """Titles of the grounds that were chosen."""
    filings: tuple[tuple[Filing, str, str], ...]
    """Each with its reference and with the words of the answer."""
    asked: tuple[str, ...]
    calls: tuple[tuple[str, str], ...]
    """With whom, and what was said."""
    exhibits: tuple[ExhibitView, ...]


def legal_file(
    now: Dispute, opened: Opened, policy: LegalFilePolicy, language: str, today: date
) -> LegalFile:
    """Put it together."""
    held = _held(now, opened, policy.words, language)
    return LegalFile(
        dispute=now.id,
        language=language,
        day=today,
        title=policy.title.in_(language),
        organisation=opened.organisation,
        platform=" · ".join(filter(None, (opened.platform, opened.shop))),
        elements=tuple(_element(each, held, policy.words, language) for each in policy.elements),
        chronology=tuple(
            sorted(_chronology(now, opened, policy.words, language), key=lambda each: each.at)
        ),
        annexes=annexes(opened.exhibits),
        notes=tuple(each.in_(language) for each in policy.notes),
        no_advice=policy.no_advice.in_(language),
        words=policy.words,
    )


def annexes(exhibits: tuple[ExhibitView, ...]) -> tuple[Annex, ...]:
    """The list of annexes: the exhibits by number."""
    return tuple(
        Annex(str(each.number), each.name, each.file.sha256[:SHORT] if each.file else "")
        for each in exhibits
    )


def filing_line(filing: Filing, reference: str, words: LegalWords, language: str) -> str:
    """One filing in a line."""
    whom = words.instances[filing.instance.value].in_(language)
    told = [whom, shown(filing.at), reference]
    if filing.outcome:
        told.append(words.outcomes[filing.outcome.value].in_(language))
    return (" · ").join(filter(None, told))


def _element(
    element: Element, held: Mapping[HeldKind, tuple[str, ...]], words: LegalWords, language: str
) -> ElementShown:
    lines = tuple(
        HeldLine(words.kinds[kind].in_(language), text)
        for kind in element.shown_by
        for text in held.get(kind, ())
    )
    return ElementShown(
        element.code,
        element.title.in_(language),
        element.asks.in_(language),
        lines,
        "" if lines else element.missing.in_(language),
        element.source,
    )


def _held(
    now: Dispute, opened: Opened, words: LegalWords, language: str
) -> Mapping[HeldKind, tuple[str, ...]]:
    """What the file holds, by kind."""

    def one(text: str) -> tuple[str, ...]:
        return (text,) if text else ()

    facts = now.facts
    return {
        HeldKind.WORDS: one(opened.words),
        HeldKind.DAY: one(f"{facts.shown_on:%Y-%m-%d}" if facts.shown_on else ""),
        HeldKind.LINK: one(opened.link),
        HeldKind.ORDER: one(opened.order),
        HeldKind.OTHER_SIDE: one(opened.other_side),
        HeldKind.SHOP: one(opened.shop),
        HeldKind.GROUND: opened.grounds,
        HeldKind.EXHIBITS: tuple(f"{each.number} · {each.name}" for each in opened.exhibits),
        HeldKind.FILING: tuple(
            filing_line(filing, reference, words, language)
            for filing, reference, _ in opened.filings
        ),
        HeldKind.ANSWER: tuple(said for _, _, said in opened.filings if said),
        HeldKind.CALL: tuple(
            f"{shown(call.called_at)} · {whom}"
            for call, (whom, _) in zip(now.calls, opened.calls, strict=True)
        ),
    }


def _chronology(now: Dispute, opened: Opened, words: LegalWords, language: str) -> Iterator[Moment]:
    def told(happened: Happened, what: str = "") -> str:
        return words.happened[happened].in_(language).format(what=what)

    if now.facts.shown_on:
        midnight = datetime.combine(now.facts.shown_on, time(), CHINA)
        yield Moment(midnight, day_alone=True, text=told(Happened.SHOWN))
    yield Moment(now.facts.noticed_at, day_alone=False, text=told(Happened.NOTICED))
    for filing, reference, said in opened.filings:
        whom = words.instances[filing.instance.value].in_(language)
        what = " · ".join(filter(None, (whom, reference)))
        yield Moment(filing.at, day_alone=False, text=told(Happened.FILED, what=what))
        if filing.outcome and filing.answered_at:
            outcome = words.outcomes[filing.outcome.value].in_(language)
            what = " · ".join(filter(None, (whom, outcome, said)))
            yield Moment(
                filing.answered_at, day_alone=False, text=told(Happened.ANSWERED, what=what)
            )
    for ask, what in zip(now.asked, opened.asked, strict=True):
        yield Moment(ask.at, day_alone=False, text=told(Happened.ASKED, what=what))
        if ask.sent_at:
            yield Moment(ask.sent_at, day_alone=False, text=told(Happened.SENT))
    for call, (whom, said) in zip(now.calls, opened.calls, strict=True):
        what = " · ".join(filter(None, (whom, said)))
        yield Moment(call.called_at, day_alone=False, text=told(Happened.CALLED, what=what))
    if now.ended_at:
        yield Moment(now.ended_at, day_alone=False, text=told(Happened.ENDED))
