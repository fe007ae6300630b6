"""Complaints from a desk elsewhere become disputes, and answers go out to it.

No connector is built yet: `ComplaintDesk` is what one will do. Two rules hold for all of them. A
callback only says that something happened: how it stands is read anew at the desk. And what may
have been sent is looked for there before it is sent once more.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import rules
from gongdao.domain.disputes.desk_ports import (
    ComplaintDesk,
    IncomingComplaint,
    SendResult,
    SentFile,
)
from gongdao.domain.disputes.events import (
    Came,
    DisputeSeenThere,
    DisputeSentOut,
    Outgoing,
    Sent,
    StateThere,
)
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import MOST_CHARACTERS, Disputing, Told
from gongdao.domain.flows.records import Records, missing
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, PeerFailed, Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Held
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, ShopId
from gongdao.domain.organisations.model import Organisation, Right

_ON_ITS_WAY = timedelta(minutes=3)
"""So long something that was begun to be sent may still arrive by itself."""


@dataclass(frozen=True, slots=True)
class Joined:
    """A desk, and for whose shop it is."""

    organisation: OrganisationId
    shop: ShopId
    desk: ComplaintDesk


@dataclass(frozen=True, slots=True)
class Taken:
    """What one look at a desk brought."""

    new: tuple[DisputeId, ...] = ()
    changed: tuple[DisputeId, ...] = ()
    seen: int = 0
    broke_off: bool = False
    """True where the desk failed on the way: what came before is kept, the rest comes next time."""


@dataclass(frozen=True, slots=True)
class Syncing:
    """Between disputes here and complaints there."""

    records: Records
    disputing: Disputing

    def pull(self, joined: Joined, since: datetime) -> Taken:
        """Take in what was made since then; the same complaint comes in once."""
        new: list[DisputeId] = []
        changed: list[DisputeId] = []
        seen = 0
        broke_off = False
        incoming = iter(joined.desk.since(since))
        while True:
            try:
                each = next(incoming, None)
            except PeerFailed:
                broke_off = True
                break
            if each is None:
                break
            seen += 1
            dispute, is_new, moved = self._take(joined, each)
            if is_new:
                new.append(dispute)
            elif moved:
                changed.append(dispute)
        return Taken(tuple(new), tuple(changed), seen, broke_off)

    def heard(self, joined: Joined, external_id: str) -> DisputeId | None:
        """Somebody called to say that a complaint changed: read it there, and take that.

        None where the desk knows no such complaint: a forged call changes nothing.
        """
        found = joined.desk.read(external_id)
        return None if found is None else self._take(joined, found)[0]

    def reply(self, joined: Joined, dispute: DisputeId, text: str, caller: Caller) -> Sent:
        """Answer at the desk. What may have gone out already is looked for before it goes again."""
        said = text.strip()
        if not said or len(said) > joined.desk.longest_reply:
            raise BadInput(
                "dispute.reply_length",
                hint_noop("Write between 1 and {most} characters: so much fits there."),
                most=joined.desk.longest_reply,
            )

        def send(external_id: str, there: IncomingComplaint) -> SendResult:
            if said in there.replies:
                return SendResult(Sent.DONE)
            return joined.desk.reply(external_id, said)

        return self._send(joined, dispute, Outgoing.REPLY, said, caller, send)

    def material(
        self, joined: Joined, dispute: DisputeId, note: str, files: tuple[SentFile, ...],
        caller: Caller,
    ) -> Sent:  # fmt: skip
        """Send more material; refused where an earlier sending is uncertain."""
        said = note.strip()

        def send(external_id: str, _there: IncomingComplaint) -> SendResult:
            return joined.desk.add_material(external_id, said, files)

        return self._send(joined, dispute, Outgoing.MATERIAL, said, caller, send)

    def complete(self, joined: Joined, dispute: DisputeId, caller: Caller) -> Sent:
        """Say at the desk that it is dealt with; nothing is sent where it has ended there."""

        def send(external_id: str, there: IncomingComplaint) -> SendResult:
            if there.state is StateThere.ENDED:
                return SendResult(Sent.DONE)
            return joined.desk.complete(external_id)

        return self._send(joined, dispute, Outgoing.COMPLETION, "", caller, send)

    def _send(
        self, joined: Joined, dispute: DisputeId, what: Outgoing, text: str, caller: Caller,
        send: Callable[[str, IncomingComplaint], SendResult],
    ) -> Sent:  # fmt: skip
        """Send, and keep what is known of it. That it may be on its way is kept before it goes."""
        held, by = self.disputing.held(dispute, caller, Right.WORK)
        external_id = self._external(joined, held.now)
        self._must_not_be_on_its_way(held.now, what)
        there = joined.desk.read(external_id)
        if there is None:
            raise _gone()
        r, party = self.records, held.now.party
        with r.work():
            sealed = r.texts.seal(text, party) if text else None
            going = DisputeSentOut(
                at=r.clock(), by=by, what=what, how=Sent.UNCERTAIN, text=sealed, said=None
            )
            held = self.disputing.add(held, going)
        result = _sent(what, text, external_id, joined.desk, lambda: send(external_id, there))
        with r.work():
            answer = r.texts.seal(result.said, party) if result.said else None
            held, _ = self.disputing.held(dispute, caller, Right.WORK)
            went = replace(going, at=r.clock(), how=result.how, said=answer)
            held = self.disputing.add(held, went)
        self._look_again(joined, external_id)
        return result.how

    def _look_again(self, joined: Joined, external_id: str) -> None:
        try:
            self.heard(joined, external_id)
        except PeerFailed:  # the next look takes it
            return

    def _external(self, joined: Joined, now: Dispute) -> str:
        """The complaint's id there; Refused where the dispute did not come from this desk."""
        written = now.facts.reference
        external_id = self.records.opened(written) if written else ""
        if now.organisation != joined.organisation or now.source_key != self._key(
            joined, external_id
        ):
            raise Refused(
                "dispute.not_from_there",
                hint_noop("This dispute did not come from there. Answer it where it came from."),
            )
        return external_id

    def _must_not_be_on_its_way(self, now: Dispute, what: Outgoing) -> None:
        last = [each for each in now.sent_out if each.what is what][-1:]
        if last and last[0].how is Sent.UNCERTAIN:
            if self.records.clock() < last[0].at + _ON_ITS_WAY:
                raise Refused(
                    "dispute.being_sent",
                    hint_noop("It is being sent just now. Look again in {n} minutes."),
                    n=round(_ON_ITS_WAY.total_seconds() / 60),
                )
            if what is Outgoing.MATERIAL:  # a desk does not say what material it has
                raise Refused(
                    "dispute.perhaps_sent",
                    hint_noop("It may have arrived already. Look there before you send it again."),
                )

    def _take(self, joined: Joined, came: IncomingComplaint) -> tuple[DisputeId, bool, bool]:
        """The dispute of a complaint, whether it is new, and whether it moved on."""
        r = self.records
        with r.work():
            whose = r.organisations.get(joined.organisation).now
            key = self._key(joined, came.external_id)
            held = r.disputes.from_source(joined.organisation, key)
            if held is not None:
                return held.now.id, False, self._seen(held, came)
            opened = self._open(joined, whose, key, came)
            self._seen(opened, came)
            return opened.now.id, True, False

    def _open(
        self, joined: Joined, whose: Organisation, key: str, came: IncomingComplaint
    ) -> Held[Dispute]:
        r = self.records
        now = r.clock()
        shop = whose.shops.get(joined.shop)
        if shop is None or shop.platform != joined.desk.platform:
            raise missing()
        told = Told(
            of=came.of,
            platform=joined.desk.platform,
            noticed_at=min(came.at, now).astimezone(CHINA),
            text=came.told[:MOST_CHARACTERS],
            shop=joined.shop,
            came=Came.CONNECTOR,
            order=came.order,
            other_side=came.other_side,
            reference=came.external_id,
            amount_fen=came.amount_fen,
        )
        step = rules.open_dispute(
            DisputeId(r.new_id()), (whose.id, whose.party), told.of,
            self.disputing.pack_of_the_day(told.platform, now).ref, told.shop, told.came,
            self.disputing.facts(told, whose), key, SYSTEM, now,
        )  # fmt: skip
        return r.disputes.add(step.dispute, [step], after=0)

    def _seen(self, held: Held[Dispute], came: IncomingComplaint) -> bool:
        """Note how it stands there, where that is news."""
        now = held.now
        if (now.there, now.times_there) == (came.state, came.times):
            return False
        at = self.records.clock()
        step = DisputeSeenThere(at=at, by=SYSTEM, state=came.state, times=came.times)
        self.records.disputes.add(now.id, [step], after=held.version)
        return True

    def _key(self, joined: Joined, external_id: str) -> str:
        source = f"{joined.desk.name}:{external_id}"
        return self.records.parties.subject_key(f"dispute:{joined.organisation}", source)


def _sent(
    what: Outgoing, text: str, external_id: str, desk: ComplaintDesk, send: Callable[[], SendResult]
) -> SendResult:
    """What came of sending. After an uncertain answer it is looked for, as far as one can look."""
    try:
        result = send()
    except PeerFailed as problem:
        result = SendResult(Sent.UNCERTAIN, problem.hint)
    if result.how is not Sent.UNCERTAIN:
        return result
    try:
        there = desk.read(external_id)
    except PeerFailed:
        return result
    arrived = there is not None and (
        (what is Outgoing.REPLY and text in there.replies)
        or (what is Outgoing.COMPLETION and there.state is StateThere.ENDED)
    )
    return replace(result, how=Sent.DONE) if arrived else result


def _gone() -> Refused:
    return Refused(
        "dispute.gone_there",
        hint_noop("There is no such complaint there any more. Look at the platform's own page."),
    )
