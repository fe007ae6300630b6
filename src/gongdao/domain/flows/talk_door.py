"""The door of a negotiation: opened by one side, entered by the other with a code and a word.

Nobody gets an account for it. The first who follows the code sets a word; from then on the code
alone opens nothing, and whoever tries it with a wrong word is noticed by both sides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import NOBODY, Caller
from gongdao.domain.disputes import rules as dispute_rules
from gongdao.domain.flows import talk_words
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.public_replies import Known, private_in
from gongdao.domain.flows.records import Records, missing
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.talk_chairs import Chair as Chair  # noqa: PLC0414 – what the door gives
from gongdao.domain.flows.talks_inside import TalksInside
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import DisputeId, SettlementId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.settlement import entering, rules
from gongdao.domain.settlement.events import (
    Matter,
    MatterKind,
    SettlementStep,
    Side,
    TalkInvitedAgain,
    TalkOpened,
)
from gongdao.domain.settlement.model import Settlement
from gongdao.domain.verification.model import invitation_id
from gongdao.domain.verification.rules import CODE_BYTES, written_code

_MARK = 16
"""Bytes of the mark that a device keeps."""


@dataclass(frozen=True, slots=True)
class TalkDoor:
    """Who comes in, and on which chair."""

    records: Records
    disputing: Disputing
    inside: TalksInside
    chance: Callable[[int], bytes]

    def open(self, dispute: DisputeId, subject: str, caller: Caller) -> tuple[SettlementId, str]:
        """Open one about a dispute; the code is shown once and goes to the other side."""
        r = self.records
        about = entering.check_subject(subject)
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            dispute_rules.must_be_open(held.now)
            pack = pack_of_the_day(r.packs, r.clock())
            self._must_name_nobody(about, pack)
            limits = talk_words.policy_of(pack).limits
            matter = Matter(MatterKind.DISPUTE, dispute)
            rules.may_open([each.now for each in r.settlements.of_matter(matter)])
            code, party, now = written_code(self.chance(CODE_BYTES)), held.now.party, r.clock()
            organisation = r.organisations.get(held.now.organisation).now
            step = TalkOpened(
                at=now,
                by=by,
                settlement=SettlementId(r.new_id()),
                matter=matter,
                inviter=party,
                invited=r.parties.newcomer(None, r.parties.language(party)),
                invitation=invitation_id(code),
                until=now + limits.invitation.flat(),
                pack=pack.ref,
                name=r.texts.seal(r.opened(organisation.name), party),
                subject=r.texts.seal(about, party),
            )
            r.settlements.add(step.settlement, [step], after=0)
        return step.settlement, code

    def _must_name_nobody(self, subject: str, pack: RulePack) -> None:
        """Whoever has the code reads the subject, before anybody set a word."""
        if pack.afterwards is None:
            return
        today = self.records.clock().astimezone(CHINA).date()
        found = private_in(subject, Known(), pack.afterwards.reply, today)
        if found:
            raise Refused(
                "settlement.subject_private",
                hint_noop(
                    "Take out names, numbers, phones and addresses ({n}): the code shows it."
                ),
                n=len(found),
            )

    def of_dispute(self, dispute: DisputeId, caller: Caller) -> list[SettlementId]:
        """Those about a dispute, the latest first."""
        self.disputing.held(dispute, caller)
        found = self.records.settlements.of_matter(Matter(MatterKind.DISPUTE, dispute))
        return [held.now.id for held in found]

    def ours(self, settlement: SettlementId, caller: Caller, right: Right = Right.WORK) -> Chair:
        """The inviter's chair, about a dispute; either side's, about a case of this installation.

        NotFound for whoever is no member, and has no part in the case.
        """
        held = self.records.settlements.get(settlement)
        if held.now.matter.kind is MatterKind.CASE:
            return self.inside.chair(held, caller)
        _, by = self.disputing.held(DisputeId(held.now.matter.id), caller, right)
        return Chair(held, Side.INVITER, by, caller)

    def theirs(self, code: str, device: str) -> Chair:
        """The other side's chair, on a device that was let in; NotFound for any other."""
        held = self._inviting(code)
        if not device or not held.now.knows(self._mark(held.now, device)):
            raise missing()
        return Chair(held, Side.INVITED, _counterpart(held.now), NOBODY)

    def came(self, code: str) -> bool:
        """Whether somebody set a word for this code already; NotFound for a wrong code."""
        return self._inviting(code).now.counterpart is not None

    def invitation(self, code: str) -> tuple[str, str, datetime]:
        """Who invites to what, until when; NotFound for a wrong code, and once somebody came."""
        now = self._inviting(code).now
        if now.counterpart is not None:
            raise missing()
        return self.records.opened(now.name), self.records.opened(now.subject), now.until

    def enter(self, code: str, word: str, name: str = "") -> str:
        """Come in; what comes back is the mark that this device shows from now on.

        The first who comes sets the word and gives a name. A wrong word is kept, and told to both.
        """
        r = self.records
        device = self.chance(_MARK).hex()
        with r.work():
            held = self._inviting(code)
            now, by, at = held.now, _counterpart(held.now), r.clock()
            limits = talk_words.policy_of(r.pack(now.pack)).limits
            mark, said = self._mark(now, device), self._word(now, word)
            step: SettlementStep
            if now.counterpart is None:
                entering.check_word(word, limits)
                sealed = r.texts.seal(entering.check_name(name), now.invited)
                step = entering.first(now, sealed, said, mark, by, at)
            else:
                step = entering.again(now, said, mark, limits, by, at)
            after = r.settlements.add(now.id, [step], after=held.version).now
        if not after.knows(mark):
            raise entering.wrong_word()
        return device

    def suspect(self, code: str) -> None:
        """Say, with the code alone, that whoever set the word was somebody else."""
        with self.records.work():
            held = self._inviting(code)
            step = entering.suspect(held.now, _counterpart(held.now), self.records.clock())
            self.records.settlements.add(held.now.id, [step], after=held.version)

    def clear(self, chair: Chair) -> None:
        """The inviter made sure, elsewhere, that the right person came."""
        self.must_have_invited(chair)
        self._add(chair, entering.clear(chair.now, chair.by, self.records.clock()))

    def invite_again(self, chair: Chair) -> str:
        """Another code, as long as nobody came."""
        self.must_have_invited(chair)
        code, now = written_code(self.chance(CODE_BYTES)), self.records.clock()
        until = (
            now + talk_words.policy_of(self.records.pack(chair.now.pack)).limits.invitation.flat()
        )
        step = TalkInvitedAgain(at=now, by=chair.by, invitation=invitation_id(code), until=until)
        self._add(chair, rules.invite_again(chair.now, step))
        return code

    def must_be_inviter(self, chair: Chair) -> None:
        """What only whoever invited can do."""
        if chair.side is not Side.INVITER:
            raise missing()

    def must_have_invited(self, chair: Chair) -> None:
        """What only an organisation can do: there is no code, and no exhibit, about a case here."""
        self.must_be_inviter(chair)
        if chair.inside:
            raise missing()

    def _add(self, chair: Chair, step: SettlementStep) -> None:
        with self.records.work():
            self.records.settlements.add(chair.now.id, [step], after=chair.held.version)

    def _inviting(self, code: str) -> Held[Settlement]:
        found = self.records.settlements.inviting(invitation_id(code))
        if found is None:
            raise missing()
        return found

    def _mark(self, now: Settlement, device: str) -> str:
        return self.records.parties.subject_key(f"talk device:{now.id}", device)

    def _word(self, now: Settlement, word: str) -> str:
        check_characters(word)
        plain = " ".join(word.split()).casefold()
        return self.records.parties.subject_key(f"talk word:{now.id}", plain)


def _counterpart(now: Settlement) -> Actor:
    return Actor(Role.COUNTERPART, now.invited)
