"""Flags on buyers (F5): with a reason and evidence, seen by one organisation, ended in time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import (
    Code,
    DisputeId,
    EntryId,
    FlagId,
    OrganisationId,
    PersonId,
    Sealed,
)
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations import flags
from gongdao.domain.organisations.flags import BuyerFlag, BuyerFlagged, Proof
from gongdao.domain.organisations.model import Organisation, Right
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.organisations import FlagRule

_SHOWN = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Flagged:
    """What a member says as they flag a buyer."""

    reason: Code
    confirmed: bool
    """That it is no answer to an honest review; the notice says so in full."""
    dispute: DisputeId | None = None
    """With this buyer: then platform and buyer are its own."""
    entry: EntryId | None = None
    """Of the member's own journal."""
    platform: Code = ""
    buyer: str = field(default="", repr=False)
    note: str = field(default="", repr=False)
    days: int | None = None


@dataclass(frozen=True, slots=True)
class FlagView:
    """A flag, for the members of its organisation."""

    id: FlagId
    platform: Code
    buyer: str
    reason: Code
    title: Words
    care: Words
    """What to do with an order of this buyer: handle it with care, and send it as any other."""
    note: str
    dispute: DisputeId | None
    entry: EntryId | None
    raised_at: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Flagging:
    """Everything that members do with flags."""

    records: Records
    organising: Organising
    disputing: Disputing

    def rule(self) -> FlagRule:
        """Why and how long a buyer can be flagged."""
        return self.organising.policy().flags

    def flag(self, organisation: OrganisationId, said: Flagged, caller: Caller) -> FlagId:
        """Flag a buyer for a time; Refused without evidence, or for an honest review."""
        r, rule = self.records, self.rule()
        flags.must_be_confirmed(confirmed=said.confirmed)
        if rule.reason(said.reason) is None:
            raise BadInput("flag.reason", hint_noop("Choose one of the reasons."))
        span = flags.length(said.days, rule.lasts.flat(), rule.longest.flat())
        with r.work():
            held, by = self.organising.seat(organisation, caller, Right.WORK)
            proof = Proof(said.dispute, said.entry)
            flags.must_rest_on(proof)
            platform, buyer = self._buyer(organisation, said, caller)
            self._must_be_own(said.entry, by)
            now = r.clock()
            if len(r.flags.holding(organisation, now, rule.active_most)) >= rule.active_most:
                raise Refused(
                    "flag.too_many",
                    hint_noop("{most} flags hold now. Take one off first."),
                    most=rule.active_most,
                )
            step = BuyerFlagged(
                at=now,
                by=by,
                flag=FlagId(r.new_id()),
                organisation=organisation,
                party=held.now.party,
                platform=platform,
                buyer_key=self._key(held.now.party, buyer),
                buyer=r.texts.seal(buyer, held.now.party),
                reason=said.reason,
                note=self._note(said.note, held.now, rule),
                proof=proof,
                until=now + span,
            )
            r.flags.add(step.flag, [step], after=0)
        return step.flag

    def on_dispute(self, dispute: DisputeId, caller: Caller) -> list[FlagView]:
        """The flags that hold now on the other side of a dispute."""
        now = self.disputing.held(dispute, caller)[0].now
        key = now.facts.other_key
        return self._on(now.organisation, now.platform, key) if key else []

    def on_buyer(
        self, organisation: OrganisationId, platform: Code, buyer: str, caller: Caller
    ) -> list[FlagView]:
        """The flags that hold now on whoever an order names."""
        held, _ = self.organising.seat(organisation, caller)
        if not buyer.strip():
            return []
        return self._on(organisation, platform, self._key(held.now.party, buyer))

    def holding(self, organisation: OrganisationId, caller: Caller) -> list[FlagView]:
        """All flags of an organisation that hold now, by their end."""
        self.organising.seat(organisation, caller)
        r = self.records
        return self._shown(r.flags.holding(organisation, r.clock(), _SHOWN))

    def end(self, organisation: OrganisationId, flag: FlagId, why: str, caller: Caller) -> None:
        """Take a flag off before its end; NotFound for another organisation's."""
        r, rule = self.records, self.rule()
        with r.work():
            whose, by = self.organising.seat(organisation, caller, Right.WORK)
            held = r.flags.get(flag)
            if held.now.organisation != organisation:
                raise _no_flag()
            note = self._note(why, whose.now, rule)
            r.flags.add(flag, flags.take_off(held.now, note, by, r.clock()), after=held.version)

    def _buyer(
        self, organisation: OrganisationId, said: Flagged, caller: Caller
    ) -> tuple[Code, str]:
        """Whom it is about: the other side of the dispute, or whoever was named."""
        if said.dispute is not None:
            now = self.disputing.held(said.dispute, caller, Right.WORK)[0].now
            if now.organisation != organisation:
                raise _no_flag()
            _no_opinion(now)
            if now.facts.other_side is not None:
                return now.platform, self.records.opened(now.facts.other_side)
        buyer = said.buyer.strip()
        check_characters(buyer)
        if not buyer or not said.platform or said.platform == HOUSE:
            raise BadInput(
                "flag.no_buyer",
                hint_noop("Give the platform, and the name that it shows for this buyer."),
            )
        self.records.packs.versions(said.platform)
        return said.platform, buyer

    def _must_be_own(self, entry: EntryId | None, by: Actor) -> None:
        if entry is not None and self.records.journals.get(entry).now.owner != by.person:
            raise NotFound("flag.no_entry", hint_noop("There is no such entry in your journal."))

    def _note(self, text: str, whose: Organisation, rule: FlagRule) -> Sealed | None:
        said = text.strip()
        check_characters(said)
        if len(said) > rule.note_most:
            raise BadInput(
                "flag.note",
                hint_noop("Shorten the note to {most} characters."),
                most=rule.note_most,
            )
        return self.records.texts.seal(said, whose.party) if said else None

    def _key(self, party: PersonId, buyer: str) -> str:
        return self.disputing.key(party, "other", buyer) or ""

    def _on(self, organisation: OrganisationId, platform: Code, key: str) -> list[FlagView]:
        r = self.records
        return self._shown(r.flags.on_buyer(organisation, platform, key, r.clock()))

    def _shown(self, found: Sequence[BuyerFlag]) -> list[FlagView]:
        rule = self.rule()
        return [_view(self.records, rule, each) for each in found]


def _view(r: Records, rule: FlagRule, flag: BuyerFlag) -> FlagView:
    reason = rule.reason(flag.reason)
    return FlagView(
        id=flag.id,
        platform=flag.platform,
        buyer=r.opened(flag.buyer),
        reason=flag.reason,
        title=reason.title if reason else Words(zh=flag.reason, en=flag.reason),
        care=reason.care if reason else rule.notice,
        note=r.opened(flag.note) if flag.note else "",
        dispute=flag.proof.dispute,
        entry=flag.proof.entry,
        raised_at=flag.raised_at,
        until=flag.until,
    )


def _no_opinion(dispute: Dispute) -> None:
    if dispute.judged and not dispute.grounds:
        raise flags.honest_review()


def _no_flag() -> NotFound:
    return NotFound("flag.none", hint_noop("There is no such flag."))
