"""Lines of a table: which are new, and what an order and a dispute are made of."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.disputes import rules
from gongdao.domain.disputes.events import Came, DisputeFacts, DisputeKind, DisputeOpened
from gongdao.domain.disputes.imports import Brought, Choice, KeptOrder, KeptOrderId
from gongdao.domain.disputes.tables import Line, ReviewLine, Table
from gongdao.domain.flows.disputing import Disputing, Told, source_of
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import DisputeId, Sealed
from gongdao.domain.organisations.model import Organisation
from gongdao.domain.policy.pack import RulePack

_TEXTS = ("text", "order", "other_side", "reference", "url")


@dataclass(frozen=True, slots=True)
class SortedLines:
    """The lines of a table, sorted by what becomes of them."""

    orders: tuple[tuple[Line, str], ...]
    """With the key of the line."""
    reviews: tuple[tuple[Line, Told, str], ...]
    """With the key of the source."""
    known: tuple[int, ...]
    left_out: int

    @property
    def brought(self) -> Brought:
        """How much that is."""
        return Brought(len(self.orders), len(self.reviews), len(self.known), self.left_out)


@dataclass(frozen=True, slots=True)
class ImportLines:
    """What becomes of single lines."""

    records: Records
    disputing: Disputing

    def sort(self, whose: Organisation, table: Table, choice: Choice) -> SortedLines:
        """What is new, and what was there already."""
        r, keyed = self.records, self.disputing
        orders = [
            (line, r.parties.subject_key(f"line:{whose.id}", _said(line, choice)))
            for line in table.lines
            if line.order
        ]
        said = [(line, line.review) for line in table.lines if line.review]
        wanted = [(line, review) for line, review in said if _counts(review, choice)]
        told = [(line, _told(review, choice, r.clock())) for line, review in wanted]
        reviews = [(line, t, keyed.source_key(whose.id, t.source)) for line, t in told]
        there = r.kept_orders.known(whose.id, [key for _, key in orders])
        came = set(r.disputes.known_sources(whose.id, [key for _, _, key in reviews]))
        new_orders, new_reviews = [], []
        old: dict[int, None] = {}
        for line, key in orders:
            if key in there:
                old[line.number] = None
            else:
                there.add(key)
                new_orders.append((line, key))
        for line, t, key in reviews:
            if key in came:
                old[line.number] = None
            else:
                came.add(key)
                new_reviews.append((line, t, key))
        brings = {line.number for line, _ in new_orders}
        brings |= {line.number for line, _, _ in new_reviews}
        known = tuple(sorted(number for number in old if number not in brings))
        return SortedLines(tuple(new_orders), tuple(new_reviews), known, len(said) - len(wanted))

    def ambiguous(self, whose: Organisation, found: SortedLines) -> list[int]:
        """Lines with a review whose order number stands in several orders."""
        party = whose.party
        numbers = {told.order for _, told, _ in found.reviews if told.order}
        keys = {number: self.disputing.key(party, "order", number) or "" for number in numbers}
        there = self.records.kept_orders.of_keys(whose.id, set(keys.values()))
        count = {key: len(orders) for key, orders in there.items()}
        for line, _ in found.orders:
            key = keys.get(line.order.number if line.order else "")
            if key:
                count[key] = count.get(key, 0) + 1
        return [
            line.number
            for line, told, _ in found.reviews
            if told.order and count.get(keys[told.order], 0) > 1
        ]

    def orders(
        self,
        whose: Organisation,
        part: Sequence[tuple[Line, str]],
        choice: Choice,
        now: datetime,
    ) -> list[KeptOrder]:
        """Orders to be kept."""
        r = self.records
        orders = [(line.order, key) for line, key in part if line.order]
        seals = r.texts.seal_all(
            [json.dumps({"order": o.number, **o.details}, ensure_ascii=False) for o, _ in orders],
            whose.party,
        )
        return [
            KeptOrder(
                id=KeptOrderId(r.new_id()),
                organisation=whose.id,
                platform=choice.platform,
                shop=choice.shop,
                order_key=self.disputing.key(whose.party, "order", order.number) or "",
                line_key=key,
                day=order.day,
                details=seal,
                kept_at=now,
            )
            for (order, key), seal in zip(orders, seals, strict=True)
        ]

    def opened(
        self,
        whose: Organisation,
        part: Sequence[tuple[Line, Told, str]],
        pack: RulePack,
        choice: Choice,
        by: Actor,
    ) -> list[DisputeOpened]:
        """Disputes to be opened."""
        facts = self._facts(whose, [told for _, told, _ in part])
        r = self.records
        return [
            rules.open_dispute(
                DisputeId(r.new_id()), (whose.id, whose.party), told.of, pack.ref, choice.shop,
                Came.TABLE, each, key, by, r.clock(),
            )
            for (_, told, key), each in zip(part, facts, strict=True)
        ]  # fmt: skip

    def _facts(self, whose: Organisation, told: Sequence[Told]) -> list[DisputeFacts]:
        """As `Disputing.facts` has them, sealed together."""
        party, keyed = whose.party, self.disputing.key
        texts = [
            (n, name, text)
            for n, each in enumerate(told)
            for name in _TEXTS
            if (text := getattr(each, name).strip())
        ]
        seals = self.records.texts.seal_all([text for _, _, text in texts], party)
        sealed: list[dict[str, Sealed]] = [{} for _ in told]
        for (n, name, _), seal in zip(texts, seals, strict=True):
            sealed[n][name] = seal
        return [
            DisputeFacts(
                noticed_at=each.noticed_at,
                order_key=keyed(party, "order", each.order),
                other_key=keyed(party, "other", each.other_side),
                shown_on=each.shown_on,
                amount_fen=each.amount_fen,
                stars=each.stars,
                **seals_of,
            )
            for each, seals_of in zip(told, sealed, strict=True)
        ]


def _counts(review: ReviewLine, choice: Choice) -> bool:
    return review.stars is None or review.stars <= choice.most_stars


def _said(line: Line, choice: Choice) -> str:
    order = line.order
    details = dict(order.details) if order else {}
    number = order.number if order else ""
    return json.dumps([choice.platform, number, details], ensure_ascii=False, sort_keys=True)


def _told(review: ReviewLine, choice: Choice, now: datetime) -> Told:
    told = Told(
        of=DisputeKind.REVIEW,
        platform=choice.platform,
        noticed_at=review.at or now,
        text=review.text,
        shop=choice.shop,
        came=Came.TABLE,
        order=review.order,
        other_side=review.buyer,
        reference=review.reference,
        url=review.url,
        shown_on=review.at.date() if review.at else None,
        amount_fen=review.amount_fen,
        stars=review.stars,
    )
    return replace(told, source=source_of(told))
