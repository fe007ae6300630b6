"""A dispute as its members see it: with its texts opened, and with what happened to it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import assert_never

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import (
    CallLogged,
    DisputeAssigned,
    DisputeChecked,
    DisputeCommented,
    DisputeDaysSaid,
    DisputeEnded,
    DisputeFactsChanged,
    DisputeFiled,
    DisputeMoved,
    DisputeOpened,
    DisputeOutcomeRecorded,
    DisputeReopened,
    DisputeSeenThere,
    DisputeSentOut,
    DisputeStatementKept,
    DisputeStep,
    GroundsChosen,
    MoreMaterialAsked,
    MoreMaterialSent,
    ReplyPublished,
    TimeSpent,
)
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import Disputing, Told
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.timeline import Entry
from gongdao.domain.kernel.events import Recorded
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, Sealed
from gongdao.domain.kernel.work import ReadAhead
from gongdao.domain.organisations.model import Right, Shop
from gongdao.domain.policy.pack import RulePack

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Said:
    """The texts of a dispute; empty where there is none, a dash once it was erased."""

    text: str = ""
    order: str = ""
    other_side: str = ""
    reference: str = ""
    url: str = ""
    statement: str = ""
    reply: str = ""


@dataclass(frozen=True, slots=True)
class DisputeView:
    """One dispute, for a member."""

    now: Dispute
    version: int
    pack: RulePack
    """The platform's, as it was when the dispute was opened."""
    shop: str
    """The name of the shop or account; empty where none was named."""
    said: Said
    timeline: tuple[Entry, ...]
    same_order: tuple[Dispute, ...]
    """Others of the organisation about the same order."""
    may_work: bool
    read_at: datetime


@dataclass(frozen=True, slots=True)
class DisputeLine:
    """One dispute in a list."""

    now: Dispute
    text: str
    shop: str


@dataclass(frozen=True, slots=True)
class DisputeFiles:
    """Reading disputes."""

    records: Records
    disputing: Disputing

    def open(self, dispute: DisputeId, caller: Caller) -> DisputeView:
        """One of them; NotFound for whoever is no member of its organisation."""
        r = self.records
        held, by = self.disputing.held(dispute, caller)
        now, whose = held.now, r.organisations.get(held.now.organisation).now
        history = r.disputes.history(dispute)
        ahead = _ahead(r, now, history)
        key = now.facts.order_key
        same = r.disputes.of_order(now.organisation, key) if key else []
        shop = whose.shops.get(now.shop) if now.shop else None
        return DisputeView(
            now=now,
            version=held.version,
            pack=r.pack(now.pack),
            shop=ahead.opened(shop.name) if shop else "",
            said=_said(ahead, now),
            timeline=tuple(entry(ahead, each) for each in history),
            same_order=tuple(other.now for other in same if other.now.id != dispute),
            may_work=by.person in whose.holders(Right.WORK),
            read_at=r.clock(),
        )

    def told(self, dispute: DisputeId, caller: Caller) -> Told:
        """What is known of it, as somebody would say it: to be put right and handed in again."""
        view = self.open(dispute, caller)
        now, facts, said = view.now, view.now.facts, view.said
        return Told(
            of=now.kind, platform=now.platform, noticed_at=facts.noticed_at, text=said.text,
            shop=now.shop, came=now.came, order=said.order, other_side=said.other_side,
            reference=said.reference, url=said.url, shown_on=facts.shown_on,
            amount_fen=facts.amount_fen, stars=facts.stars, kept_order=facts.kept_order,
        )  # fmt: skip

    def listed(
        self,
        organisation: OrganisationId,
        caller: Caller,
        limit: int,
        *,
        only_open: bool = False,
        before: DisputeId | None = None,
    ) -> list[DisputeLine]:
        """Those of an organisation, latest opened first; `before` is the last one of a page."""
        r = self.records
        held, _ = self.disputing.organising.seat(organisation, caller)
        most = min(limit, MOST_LISTED)
        found = [
            each.now
            for each in r.disputes.of_organisation(
                organisation, most, only_open=only_open, before=before
            )
        ]
        shops = held.now.shops
        texts = [d.facts.text for d in found if d.facts.text]
        names = [shop.name for shop in shops.values()]
        ahead = replace(r, texts=ReadAhead(r.texts, r.texts.several([*texts, *names])))
        return [
            DisputeLine(
                now=each,
                text=ahead.opened(each.facts.text) if each.facts.text else "",
                shop=_shop_name(ahead, shops.get(each.shop) if each.shop else None),
            )
            for each in found
        ]


def entry(r: Records, recorded: Recorded[DisputeStep]) -> Entry:
    """One line of a dispute's timeline."""
    event = recorded.event
    seal = text_of(event)
    return Entry(
        at=event.at,
        role=event.by.role.value,
        kind=event.kind,
        text=r.opened(seal) if seal else None,
        leaf=recorded.leaf,
        detail=detail_of(event),
    )


def text_of(event: DisputeStep) -> Sealed | None:
    """The words that a timeline shows of a step."""
    match event:
        case DisputeOpened() | DisputeFactsChanged() | DisputeMoved() | DisputeDaysSaid():
            return None
        case (
            GroundsChosen()
            | DisputeAssigned()
            | TimeSpent()
            | DisputeSeenThere()
            | DisputeChecked()
        ):
            return None
        case DisputeCommented() | DisputeStatementKept() | ReplyPublished() | DisputeSentOut():
            return event.text
        case DisputeFiled():
            return event.reference
        case MoreMaterialAsked():
            return event.what
        case MoreMaterialSent() | DisputeEnded():
            return event.note
        case CallLogged():
            return event.said
        case DisputeOutcomeRecorded():
            return event.words
        case DisputeReopened():
            return event.why
        case _:
            assert_never(event)


def detail_of(event: DisputeStep) -> str | None:
    """A code that says more of a step."""
    match event:
        case DisputeOpened():
            return event.came.value
        case DisputeFiled():
            return event.instance.value
        case DisputeOutcomeRecorded():
            return event.outcome.value
        case DisputeEnded() | DisputeSentOut():
            return event.how.value
        case DisputeSeenThere():
            return event.state.value
        case _:
            return None


def _ahead(r: Records, now: Dispute, history: Sequence[Recorded[DisputeStep]]) -> Records:
    seals = [seal for each in history if (seal := text_of(each.event))]
    facts = now.facts
    more = [facts.text, facts.order, facts.other_side, facts.reference, facts.url]
    wanted = [*seals, *(seal for seal in (*more, now.statement, now.reply) if seal)]
    return replace(r, texts=ReadAhead(r.texts, r.texts.several(wanted)))


def _said(r: Records, now: Dispute) -> Said:
    seals = {each.name: getattr(now.facts, each.name, None) for each in fields(Said)}
    seals |= {"statement": now.statement, "reply": now.reply}
    return Said(**{name: r.opened(seal) if seal else "" for name, seal in seals.items()})


def _shop_name(r: Records, shop: Shop | None) -> str:
    return r.opened(shop.name) if shop else ""
