"""A dispute at its door: opened by a member of an organisation, and seen by its members alone."""

from dataclasses import dataclass, field
from datetime import date, datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.events import Came, DisputeFacts, DisputeKind, DisputeStep
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.dispute_clocks import settle
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor, Held
from gongdao.domain.kernel.ids import Code, DisputeId, OrganisationId, PersonId, Sealed, ShopId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Organisation, Right
from gongdao.domain.policy.pack import RulePack

MOST_CHARACTERS = 8_000
"""Of a text that somebody pastes: the longest reviews and notices are far below."""


NO_ORDER = "none"
"""Said where it is about none of the orders that have this number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody says of a dispute as they open it."""

    of: DisputeKind
    platform: Code
    noticed_at: datetime
    text: str = ""
    shop: ShopId | None = None
    came: Came = Came.BY_HAND
    order: str = ""
    other_side: str = ""
    reference: str = ""
    url: str = ""
    shown_on: date | None = None
    amount_fen: int | None = None
    stars: int | None = None
    kept_order: str | None = None
    source: str = field(default="", repr=False)
    """What it came from, word for word; the same comes in once. Empty: nothing to compare."""


def source_of(told: Told) -> str:
    """What is compared to see whether the same came in before, whichever way it came.

    The platform's own number says it alone; else everything that one review tells from another.
    """
    if told.reference.strip():
        return f"{told.platform}\n{told.reference.strip()}"
    shown = told.shown_on.isoformat() if told.shown_on else ""
    said = (told.text, told.order, told.other_side, shown)
    return "\n".join((told.platform, *(each.strip() for each in said)))


@dataclass(frozen=True, slots=True)
class Disputing:
    """Disputes of organisations."""

    records: Records
    organising: Organising

    def open(self, organisation: OrganisationId, told: Told, caller: Caller) -> DisputeId:
        """Lay a file. The same source comes in once: Refused the second time."""
        r = self.records
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.WORK)
            now = r.clock()
            pack = self.pack_of_the_day(told.platform, now)
            new = DisputeId(r.new_id())
            source = self.source_key(organisation, told.source) if told.source else None
            if source and r.disputes.from_source(organisation, source):
                raise rules.came_already()
            facts = self.facts(told, held.now)
            shop = shop_of(held.now, told.shop, told.platform)
            whose = (organisation, held.now.party)
            step = rules.open_dispute(
                new, whose, told.of, pack.ref, shop, told.came, facts, source, by, now,
            )  # fmt: skip
            settle(r, r.disputes.add(new, [step], after=0))
        return new

    def held(
        self, dispute: DisputeId, caller: Caller, right: Right = Right.READ
    ) -> tuple[Held[Dispute], Actor]:
        """A dispute and the caller as a member; NotFound for whoever is none."""
        held = self.records.disputes.get(dispute)
        _, by = self.organising.seat(held.now.organisation, caller, right)
        return held, by

    def add(self, held: Held[Dispute], *steps: DisputeStep) -> Held[Dispute]:
        """Keep what happened; within a unit of work, by whoever asked `held` first."""
        now = self.records.disputes.add(held.now.id, steps, after=held.version)
        settle(self.records, now, steps[-1].by if steps else SYSTEM)
        return now

    def pack_of_the_day(self, platform: Code, now: datetime) -> RulePack:
        """What is known of an outside platform on a day.

        On a day before the first version: that one, since it only describes what somebody else
        does, and nothing earlier is known.
        """
        versions = self.records.packs.versions(_outside(platform))
        day = now.astimezone(CHINA).date()
        held = [pack for pack in versions if pack.in_force.holds_on(day)]
        return held[0] if held else versions[-1]

    def facts(self, told: Told, whose: Organisation) -> DisputeFacts:
        """What was said, sealed to the organisation."""
        check_characters(told.text, told.order, told.other_side, told.reference, told.url)
        rules.check_numbers(told.amount_fen, told.stars)
        if len(told.text) > MOST_CHARACTERS:
            raise BadInput(
                "dispute.too_long",
                hint_noop("The text is longer than {most} characters. Paste the part that counts."),
                most=MOST_CHARACTERS,
            )

        self._check_order(told, whose)

        def seal(text: str) -> Sealed | None:
            return self.records.texts.seal(text.strip(), whose.party) if text.strip() else None

        return DisputeFacts(
            noticed_at=told.noticed_at,
            text=seal(told.text),
            order=seal(told.order),
            order_key=self.key(whose.party, "order", told.order),
            other_side=seal(told.other_side),
            other_key=self.key(whose.party, "other", told.other_side),
            reference=seal(told.reference),
            url=seal(told.url),
            shown_on=told.shown_on,
            amount_fen=told.amount_fen,
            stars=told.stars,
            kept_order=told.kept_order,
        )

    def _check_order(self, told: Told, whose: Organisation) -> None:
        """BadInput where an order was chosen that is none of theirs with this number."""
        if told.kept_order in {None, NO_ORDER}:
            return
        key = self.key(whose.party, "order", told.order)
        there = self.records.kept_orders.of_keys(whose.id, [key]).get(key, ()) if key else ()
        if told.kept_order not in {each.id for each in there}:
            raise BadInput(
                "dispute.unknown_order",
                hint_noop("Choose one of your orders with this number, or none of them."),
            )

    def source_key(self, organisation: OrganisationId, source: str) -> str:
        """By what an organisation knows again what a dispute of its own came from."""
        check_characters(source)
        return self.records.parties.subject_key(f"dispute:{organisation}", source)

    def key(self, party: PersonId, what: str, text: str) -> str | None:
        """A keyed digest by which an organisation finds its own numbers again, and nobody else."""
        said = text.strip()
        check_characters(said)
        return self.records.parties.subject_key(f"{what}:{party}", said) if said else None


def _outside(platform: Code) -> Code:
    if platform == HOUSE:
        raise BadInput(
            "dispute.not_outside",
            hint_noop("This is for other platforms. For a decision made here, use the appeal."),
        )
    return platform


def shop_of(whose: Organisation, named: ShopId | None, platform: Code) -> ShopId | None:
    """A shop of the organisation on that platform, or none; BadInput for any other."""
    shop = whose.shops.get(named) if named else None
    if named and (shop is None or not shop.open or shop.platform != platform):
        raise BadInput(
            "dispute.shop", hint_noop("Choose one of your own shops on this platform, or none.")
        )
    return named
