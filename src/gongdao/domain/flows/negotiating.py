"""Two sides negotiate on a page of their own, and agree on what nobody is bought with.

The inviter is a member of an organisation, by its dispute; the other side comes with a code and a
word of its own, without an account. Neither sees who the other is beyond the name that it gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from gongdao.domain.disputes import rules as dispute_rules
from gongdao.domain.disputes.events import Ending
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows import talk_evidence, talk_views, talk_words
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.reporting import Receipt, Reporting
from gongdao.domain.flows.submitting import Submission
from gongdao.domain.flows.talk_door import Chair, TalkDoor
from gongdao.domain.flows.talk_views import TalkView
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import Code, DisputeId, ExhibitId, Sealed
from gongdao.domain.linting.model import Finding, Language
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.policy.negotiation import NegotiationPolicy
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Party
from gongdao.domain.settlement import entering, performing, rules
from gongdao.domain.settlement.events import (
    Item,
    OfferKind,
    SettlementStep,
    Side,
    Withdrawer,
)
from gongdao.domain.settlement.model import Settlement

_WITHDRAWERS = {
    Party.COMPLAINANT: frozenset({Withdrawer.COMPLAINANT}),
    Party.RESPONDENT: frozenset({Withdrawer.RESPONDENT}),
    Party.BOTH: frozenset({Withdrawer.BOTH}),
    Party.PLATFORM: frozenset({Withdrawer.PLATFORM}),
    Party.NOBODY: frozenset[Withdrawer](),
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One thing that is offered, as it was written."""

    kind: OfferKind
    by: Side
    text: str
    amount_fen: int | None = None


@dataclass(frozen=True, slots=True)
class Negotiating:
    """Everything that two sides do on their page."""

    records: Records
    disputing: Disputing
    door: TalkDoor
    reporting: Reporting
    exhibits: DisputeExhibits

    # Talking -------------------------------------------------------------------------------------

    def view(self, chair: Chair) -> TalkView:
        """What this side sees."""
        now = self.records.settlements.get(chair.now.id).now
        return talk_views.view_of(self.records, now, chair.side)

    def look(self, chair: Chair, text: str, language: Language | None = None) -> list[Finding]:
        """What could be friendlier in a text, before it is sent."""
        pack = self.records.pack(chair.now.pack)
        said = talk_words.checked(text, talk_words.policy_of(pack))
        return talk_words.pointed_out(said, pack, self._today(), language)

    def say(
        self, chair: Chair, text: str, language: str = "zh", template: Code | None = None
    ) -> int:
        """Write to the other side; the message's number.

        The inviter's words are not sent where they threaten, belittle or ask for what nobody may
        agree on. The other side's are never held back: what they ask for is marked for the inviter.
        """
        r, pack = self.records, self.records.pack(chair.now.pack)
        policy = talk_words.policy_of(pack)
        said = talk_words.checked(text, policy)
        terms = talk_words.terms_in([said], policy)
        found = tuple(rule.code for rule in terms)
        self.door.inside.check(chair, said)
        if rules.is_held_back(chair.now, chair.side):
            talk_words.refuse_terms(terms, policy, language)
            wanted = Language.CHINESE if language.startswith("zh") else Language.ENGLISH
            flaws = talk_words.pointed_out(said, pack, self._today(), wanted)
            talk_words.refuse_unfriendly(flaws, said, policy)
        with r.work():
            sealed = r.texts.seal(said, chair.party)
            step = rules.say(
                chair.now, chair.side, sealed, template, found, policy.limits, chair.by, r.clock()
            )
            after = self._added(chair, step)
        return len(after.messages)

    def offer(
        self, chair: Chair, items: Sequence[Offered], until: datetime, signed: str,
        language: str = "zh", answers: int | None = None,
    ) -> int:  # fmt: skip
        """Make an offer, or one that answers the other's; its number."""
        r, policy = self.records, self.policy(chair.now)
        name = entering.check_name(signed)
        texts = [talk_words.checked(each.text, policy) for each in items]
        for each in items:
            rules.check_amount(each.kind, each.amount_fen)
        self._check_terms(texts, items, policy, language)
        self.door.inside.check(chair, name, *texts)
        with r.work():
            made = tuple(
                Item(each.kind, each.by, r.texts.seal(text, chair.party), each.amount_fen)
                for each, text in zip(items, texts, strict=True)
            )
            step = rules.offer(
                chair.now, chair.side, made, until, answers, r.texts.seal(name, chair.party),
                policy.limits, chair.by, r.clock(),
            )  # fmt: skip
            after = self._added(chair, step)
        return len(after.offers)

    def take_back(self, chair: Chair, number: int) -> None:
        """Offer it no more."""
        now = self.records.clock()
        self._add(chair, rules.take_back(chair.now, chair.side, number, chair.by, now))

    def decline(self, chair: Chair, number: int) -> None:
        """Say no to the other side's offer."""
        now = self.records.clock()
        self._add(chair, rules.decline(chair.now, chair.side, number, chair.by, now))

    def accept(self, chair: Chair, number: int, signed: str, language: str = "zh") -> None:
        """Sign the other side's offer; its words are looked at once more before."""
        r, policy, name = self.records, self.policy(chair.now), entering.check_name(signed)
        with r.work():
            at = r.clock()
            found = rules.may_accept(chair.now, chair.side, number, at)
            written = [Offered(i.kind, i.by, r.opened(i.text), i.amount_fen) for i in found.items]
            self._check_terms([each.text for each in written], written, policy, language)
            self.door.inside.keep_secret(chair, name)
            seal = r.texts.seal(name, chair.party)
            names = talk_views.signatures(r, found, seal)
            text = talk_views.written(r, chair.now, number, names, at)
            code = talk_views.digest(text)
            self._added(
                chair, rules.accept(chair.now, chair.side, number, seal, code, chair.by, at)
            )

    def stop(self, chair: Chair) -> None:
        """Hear no more."""
        self._add(chair, rules.stop(chair.now, chair.side, chair.by, self.records.clock()))

    # Keeping one's word --------------------------------------------------------------------------

    def perform(
        self, chair: Chair, number: int, proof: str, exhibit: ExhibitId | None = None
    ) -> None:
        """Say that one has done one's part, and what shows it; a file only from the dispute."""
        r = self.records
        said = talk_words.checked(proof, self.policy(chair.now))
        with r.work():
            self.door.inside.keep_secret(chair, said)
            if exhibit is not None:
                self.door.must_have_invited(chair)
                self.exhibits.get(DisputeId(chair.now.matter.id), exhibit, chair.caller)
            seal = r.texts.seal(said, chair.party)
            step = performing.perform(
                chair.now, chair.side, number, seal, exhibit, chair.by, r.clock()
            )
            self._added(chair, step)

    def confirm(self, chair: Chair, number: int) -> None:
        """Say that one has what the other owed."""
        now = self.records.clock()
        self._add(chair, performing.confirm(chair.now, chair.side, number, chair.by, now))

    def contest(self, chair: Chair, number: int, why: str) -> None:
        """Say that one has it not."""
        r = self.records
        said = talk_words.checked(why, self.policy(chair.now))
        with r.work():
            self.door.inside.keep_secret(chair, said)
            seal = r.texts.seal(said, chair.party)
            step = performing.contest(chair.now, chair.side, number, seal, chair.by, r.clock())
            self._added(chair, step)

    def close(self, chair: Chair, withdrawn_by: Withdrawer | None = None, note: str = "") -> None:
        """End it, and the dispute with it: all was done, or the complaint was taken back.

        A case of this installation does not end by it: only its reporter takes the report back.
        """
        self.door.must_be_inviter(chair)
        r, policy = self.records, self.policy(chair.now)
        with r.work():
            seal: Sealed | None = None
            if note.strip():
                seal = r.texts.seal(talk_words.checked(note, policy), chair.party)
            if chair.inside:
                self._added(chair, self.door.inside.closed(chair, withdrawn_by, seal))
                return
            dispute, by = self.disputing.held(
                DisputeId(chair.now.matter.id), chair.caller, Right.WORK
            )
            allowed = self.may_withdraw(dispute.now)
            step = performing.close(
                chair.now, policy.limits, withdrawn_by, allowed, seal, by, r.clock()
            )
            self._added(chair, step)
            if dispute.now.is_open:
                how = Ending.WITHDRAWN if withdrawn_by else Ending.SETTLED
                ended = dispute_rules.end(dispute.now, how, seal, by, r.clock())
                self.disputing.add(dispute, ended)

    def may_withdraw(self, dispute: Dispute) -> frozenset[Withdrawer]:
        """Who can have a complaint withdrawn on the platform, as its pack says."""
        party = self.platform(dispute).withdrawal.party
        return frozenset(Withdrawer) if party is None else _WITHDRAWERS[party]

    # Against misuse ------------------------------------------------------------------------------

    def report(self, chair: Chair, number: int, why: str, language: str = "zh-hans") -> Receipt:
        """Report a message of the other side to this installation, like any other message."""
        r, policy = self.records, self.policy(chair.now)
        with r.work():
            words = r.opened(rules.may_report(chair.now, chair.side, number))
            submission = Submission(
                subject_kind=SubjectKind.MESSAGE,
                subject_ref=f"{r.address}/talk#{chair.now.id}-{number}",
                snapshot=words,
                category=policy.reported_as,
                statement=talk_words.checked(why, policy),
                language=language,
                account=self._whose(chair),
            )
            receipt = self.reporting.file(submission, chair.caller)
            now = r.clock()
            step = rules.report(chair.now, chair.side, number, receipt.case, chair.by, now)
            self._added(chair, step)
        return receipt

    def keep(self, chair: Chair, number: int) -> ExhibitId:
        """Keep a message of the other side as a text among the dispute's exhibits."""
        self.door.must_have_invited(chair)
        r, dispute = self.records, DisputeId(chair.now.matter.id)
        with r.work():
            words = r.opened(rules.may_keep(chair.now, number))
            said = chair.now.messages[number - 1]
            file = partial(talk_evidence.as_file, r, words, said.at, number)
            (exhibit,) = self.exhibits.bring(
                dispute, [file], Said(captured_at=said.at), chair.caller
            )
            self._added(chair, rules.keep(chair.now, number, exhibit, chair.by, r.clock()))
        return exhibit

    def _whose(self, chair: Chair) -> str | None:
        """Whose message it is: a respondent's account is known here, a reporter's is never told."""
        told = chair.inside and chair.side is Side.INVITER
        return self.records.parties.account(chair.now.invited) if told else None

    # What is needed above ------------------------------------------------------------------------

    def policy(self, now: Settlement) -> NegotiationPolicy:
        """By which one negotiates."""
        return talk_words.policy_of(self.records.pack(now.pack))

    def platform(self, dispute: Dispute) -> RulePack:
        """What is known of the platform."""
        return self.records.pack(dispute.pack)

    def _check_terms(
        self,
        texts: Sequence[str],
        items: Sequence[Offered],
        policy: NegotiationPolicy,
        language: str,
    ) -> None:
        of_value = any(each.kind.is_worth_money for each in items)
        found = talk_words.terms_in(texts, policy, of_value=of_value, offer=True)
        talk_words.refuse_terms(found, policy, language)

    def _add(self, chair: Chair, step: SettlementStep) -> None:
        with self.records.work():
            self._added(chair, step)

    def _added(self, chair: Chair, step: SettlementStep) -> Settlement:
        """Kept after what this side saw at the door: of two at once the second reads again."""
        return self.records.settlements.add(chair.now.id, [step], after=chair.held.version).now

    def _today(self) -> date:
        return self.records.clock().astimezone(CHINA).date()
