"""
Starting a dispute from what somebody has: a pasted text, a screenshot, or what they know.

What a program finds is proposed; a person confirms it. What is unclear is asked before anything is
kept, and nothing that was written is lost by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import Came, DisputeKind
from gongdao.domain.disputes.imports import KeptOrder
from gongdao.domain.disputes.reading_text import Language, ReadText, words_in
from gongdao.domain.evidence.agreement import day_of
from gongdao.domain.evidence.layouts import layout_of
from gongdao.domain.evidence.read_facts import FactKind, ReadFact, facts_in
from gongdao.domain.evidence.reading import Box, ReadLine, ReadPicture
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits
from gongdao.domain.flows.disputing import (
    MOST_CHARACTERS,
    NO_ORDER,
    Disputing,
    Told,
    source_of,
)
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId, OrganisationId, ShopId
from gongdao.domain.organisations.model import Right


class Note(StrEnum):
    """What somebody should know before they confirm."""

    NO_TEXT = "no_text"
    """No text was found: a picture of something else."""
    NOT_CHINESE = "not_chinese"
    SEVERAL_ORDERS = "several_orders"
    SEVERAL_DAYS = "several_days"
    FUTURE_DAY = "future_day"
    """A day in it lies in the future, and was not taken."""
    OTHER_PLATFORM = "other_platform"
    """It looks like another platform than was chosen."""


_PAID = re.compile("实付|实收|付款|支付|金额|合计|总价|paid|total|amount", re.IGNORECASE)
"""How screens of orders call what was paid."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a program found in a text; `told` is what would be opened."""

    told: Told
    read: ReadText
    notes: tuple[Note, ...]
    platform: Code | None
    """The one that it looks like, if any."""


@dataclass(frozen=True, slots=True)
class PictureRead:
    """How far the screenshot of a dispute is."""

    waiting: bool
    missed: str
    """Code of why nothing could be read; empty where it could."""
    proposal: Proposal | None


@dataclass(frozen=True, slots=True)
class Starting:
    """The ways into a dispute."""

    records: Records
    disputing: Disputing
    exhibits: DisputeExhibits

    def platforms(self) -> list[Code]:
        """Every outside platform that there is a pack for."""
        return [each for each in self.records.packs.platforms() if each != HOUSE]

    def recognise(self, text: str, known: Told) -> Proposal:
        """What stands in a text, beside what is known already."""
        now = self.records.clock()
        read = words_in(text, self._names())
        today = now.astimezone(CHINA).date()
        read_lines = [(line, fact) for line in text.splitlines() for fact in facts_in(line)]
        facts = [fact for _, fact in read_lines]
        days = list(dict.fromkeys(day for fact in facts if (day := day_of(fact, today))))
        past = [day for day in days if day <= today]
        platform = self._layout(text, now) or next(iter(read.platforms), None)
        told = replace(
            known,
            text=known.text or text.strip(),
            order=known.order or next(iter(read.orders), ""),
            reference=known.reference or next(iter(read.references), ""),
            other_side=known.other_side or read.other_side,
            shown_on=known.shown_on or next(iter(past), None),
            amount_fen=_first(known.amount_fen, _amount(read_lines)),
            stars=_first(known.stars, read.stars),
        )
        notes = {
            Note.NO_TEXT: read.language is Language.NONE,
            Note.NOT_CHINESE: read.language is Language.OTHER,
            Note.SEVERAL_ORDERS: len(read.orders) > 1,
            Note.SEVERAL_DAYS: len(past) > 1,
            Note.FUTURE_DAY: len(past) < len(days),
            Note.OTHER_PLATFORM: platform is not None and platform != known.platform,
        }
        return Proposal(told, read, tuple(n for n, holds in notes.items() if holds), platform)

    def open(
        self, organisation: OrganisationId, told: Told, caller: Caller, *, again: bool = False
    ) -> DisputeId:
        """Open one that somebody confirmed.

        Refused where its order number stands in several orders and none was chosen, and, without
        `again`, where there is a dispute over that order.
        """
        self.disputing.organising.seat(organisation, caller, Right.WORK)
        if not any(each.strip() for each in (told.text, told.order, told.reference)):
            raise BadInput(
                "dispute.nothing_known",
                hint_noop("Give its words, an order number, or the platform's number of it."),
            )
        orders = self.orders(organisation, told, caller)
        known = {each.id for each in orders}
        kept = told.kept_order
        if len(orders) > 1 and kept not in {*known, NO_ORDER}:
            raise Refused(
                "dispute.order_ambiguous",
                hint_noop("This order number stands in {n} of your orders. Choose which one."),
                n=len(orders),
            )
        if not again and self.same_order(organisation, told, caller):
            raise Refused(
                "dispute.order_there",
                hint_noop("There is a dispute over this order. Say that this is another matter."),
            )
        if kept not in {*known, NO_ORDER}:
            kept = orders[0].id if len(orders) == 1 else None
        source = source_of(told) if told.text.strip() or told.reference.strip() else ""
        return self.disputing.open(
            organisation, replace(told, kept_order=kept, source=source), caller
        )

    def orders(
        self, organisation: OrganisationId, told: Told, caller: Caller
    ) -> Sequence[KeptOrder]:
        """The orders of this number that were read in from tables, on the same platform."""
        held, _ = self.disputing.organising.seat(organisation, caller)
        key = self.disputing.key(held.now.party, "order", told.order)
        found = self.records.kept_orders.of_keys(organisation, [key]).get(key, ()) if key else ()
        return [each for each in found if each.platform == told.platform]

    def same_order(
        self, organisation: OrganisationId, told: Told, caller: Caller
    ) -> list[DisputeId]:
        """Disputes over the same order on the same platform."""
        held, _ = self.disputing.organising.seat(organisation, caller)
        key = self.disputing.key(held.now.party, "order", told.order)
        found = self.records.disputes.of_order(organisation, key) if key else ()
        return [each.now.id for each in found if each.now.platform == told.platform]

    def same_source(
        self, organisation: OrganisationId, told: Told, caller: Caller
    ) -> DisputeId | None:
        """The dispute that the same came in as before, if there is one."""
        self.disputing.organising.seat(organisation, caller)
        key = self.disputing.source_key(organisation, source_of(told))
        found = self.records.disputes.from_source(organisation, key)
        return found.now.id if found else None

    def from_picture(
        self,
        organisation: OrganisationId,
        of: DisputeKind,
        platform: Code,
        tokens: Sequence[str],
        caller: Caller,
        shop: ShopId | None = None,
    ) -> DisputeId:
        """Open one with a screenshot: it is its first exhibit, and a program reads it."""
        r = self.records
        told = Told(of=of, platform=platform, noticed_at=r.clock(), shop=shop, came=Came.PICTURE)
        with r.work():
            new = self.disputing.open(organisation, told, caller)
            self.exhibits.attach(new, tokens, Said(), caller)
        return new

    def picture(self, dispute: DisputeId, known: Told, caller: Caller) -> PictureRead:
        """What was read in a dispute's first picture."""
        first = next(iter(self.exhibits.of(dispute, caller)), None)
        if first is None:
            return PictureRead(waiting=False, missed="reading.no_picture", proposal=None)
        seen = self.exhibits.look(dispute, first.id, caller)
        if seen.missed == "waiting":
            return PictureRead(waiting=True, missed="", proposal=None)
        look = self.exhibits.look_of(first.id)
        if look is None:
            return PictureRead(waiting=False, missed=seen.missed or "", proposal=None)
        proposal = self.recognise(look.text[:MOST_CHARACTERS], known)
        return PictureRead(waiting=False, missed="", proposal=proposal)

    def _names(self) -> dict[Code, list[str]]:
        """By which words each platform is named: those of its pack's title."""
        titles = {each: self.records.packs.versions(each)[0].title for each in self.platforms()}
        return {
            code: [*title.in_("zh").split("/"), *title.in_("en").split(" and ")]
            for code, title in titles.items()
        }

    def _layout(self, text: str, now: datetime) -> Code | None:
        """The platform whose screen has these words."""
        policy = pack_of_the_day(self.records.packs, now).pictures
        nowhere = Box(0, 0, 0, 0)
        lines = [ReadLine(line, nowhere, 1.0) for line in text.splitlines()]
        seen = layout_of(ReadPicture(0, 0, lines), policy.layouts) if policy else None
        return seen.platform if seen else None


def _amount(found: Sequence[tuple[str, ReadFact]]) -> int | None:
    """What was paid: a sum that is called so, else one with a sign, else any.

    What somebody demands stands in many a review, and most often without either.
    """
    sums = [(line, f) for line, f in found if f.kind is FactKind.AMOUNT and f.fen is not None]
    sums.sort(key=lambda each: (not _PAID.search(each[0]), each[1].written[0] not in "¥￥"))
    return sums[0][1].fen if sums else None


def _first(known: int | None, found: int | None) -> int | None:
    return found if known is None else known
