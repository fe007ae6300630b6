"""A public reply: drafted from facts, looked at for other people's data, recorded once it is up.

Nothing here puts it up: whoever does so on the platform says so afterwards.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import ReplyPublished
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.evidence.personal_data import DataKind, Proposal, Reason, proposals_in
from gongdao.domain.flows import wording
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.records import Records, missing
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId, Sealed
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.linting.model import Finding, Language, Setting
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.afterwards import AfterwardsPolicy, ReplyPolicy
from gongdao.domain.policy.dispute_templates import left_open
from gongdao.domain.policy.linting import Flaw
from gongdao.domain.policy.pack import RulePack

_POINTED_OUT = {Flaw.ANTAGONISTIC, Flaw.BLAMING, Flaw.THREAT, Flaw.ADMISSION, Flaw.EVASIVE}
"""What hurts a reply that everybody reads. Exact times and plans are for statements."""
_MOST = 2_000


@dataclass(frozen=True, slots=True)
class PrivatePassage:
    """Something in a reply that leads to a person."""

    kind: DataKind
    start: int
    end: int
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class ReplyLook:
    """What is to be said of a reply before it goes up."""

    text: str = field(repr=False)
    length: int
    most: int | None
    """The platform's own limit; None where it is unknown."""
    advised: int
    private: tuple[PrivatePassage, ...]
    findings: tuple[Finding, ...]
    gaps: tuple[str, ...]
    """Brackets that nobody filled in yet."""

    @property
    def ready(self) -> bool:
        """Whether nothing keeps it from being recorded as put up."""
        return not (self.private or self.gaps or (self.most and self.length > self.most))


@dataclass(frozen=True, slots=True)
class PatternShown:
    """One way to answer, in one language."""

    code: str
    title: str
    when: str
    asks: tuple[tuple[str, str], ...]
    """Each gap, and how it is asked for."""
    source: str
    claimed: bool


@dataclass(frozen=True, slots=True)
class PublicReplies:
    """Replies below reviews."""

    records: Records
    disputing: Disputing

    def patterns(self, language: str) -> list[PatternShown]:
        """The ways to answer."""
        policy = self.policy().reply
        return [
            PatternShown(
                each.code,
                each.title.in_(language),
                each.when.in_(language),
                tuple((gap, policy.questions[gap].in_(language)) for gap in each.asks),
                each.source,
                each.basis.value == "claimed",
            )
            for each in policy.patterns
        ]

    def draft(
        self, dispute: DisputeId, pattern: Code, given: Mapping[str, str], language: str,
        caller: Caller,
    ) -> ReplyLook:  # fmt: skip
        """A reply by a pattern; what was not given stands in brackets."""
        held, _ = self.disputing.held(dispute, caller)
        found = self.policy().pattern(pattern)
        if found is None:
            raise missing()
        check_characters(*given.values())
        gap = "［{}］" if language.startswith("zh") else "[{}]"
        questions = self.policy().reply.questions
        filled = {
            each: _trimmed(given.get(each, "")) or gap.format(questions[each].in_(language))
            for each in found.asks
        }
        return self._look(held.now, found.text.in_(language).format(**filled), language)

    def look(self, dispute: DisputeId, text: str, language: str, caller: Caller) -> ReplyLook:
        """What could be worded better in a reply, and what must not stand in it."""
        held, _ = self.disputing.held(dispute, caller)
        return self._look(held.now, _said(text), language)

    def published(self, dispute: DisputeId, text: str, caller: Caller) -> None:
        """Record that this reply was put up on the platform."""
        r, said = self.records, _said(text)
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            _must_be_to_a_buyer(held.now)
            look = self._look(held.now, said, "zh")
            _must_be_fit(look)
            sealed = r.texts.seal(said, held.now.party)
            self.disputing.add(held, ReplyPublished(at=r.clock(), by=by, text=sealed))

    def policy(self) -> AfterwardsPolicy:
        """What the house pack of the day says."""
        found = self._house().afterwards
        if found is None:
            raise missing()
        return found

    def most(self, now: Dispute) -> int | None:
        """The platform's limit for a public reply; None where it is unknown."""
        return reply_limit(self.disputing.pack_of_the_day(now.platform, self.records.clock()))

    def _look(self, now: Dispute, text: str, language: str) -> ReplyLook:
        r, policy = self.records, self.policy().reply
        today = r.clock().astimezone(CHINA).date()
        words = Language.CHINESE if language.startswith("zh") else Language.ENGLISH
        report = wording.look_at(text, Setting(times=False), self._house(), today, words)
        return ReplyLook(
            text=text,
            length=len(text),
            most=self.most(now),
            advised=policy.most,
            private=private_in(text, self._known(now), policy, today),
            findings=tuple(each for each in report.findings if each.kind in _POINTED_OUT),
            gaps=left_open(text),
        )

    def _known(self, now: Dispute) -> "Known":
        def opened(*seals: Sealed | None) -> tuple[str, ...]:
            texts = (self.records.texts.open(seal) for seal in seals if seal)
            return tuple(text for text in texts if text)

        facts = now.facts
        return Known(opened(facts.other_side), opened(facts.order, facts.reference))

    def _house(self) -> RulePack:
        return pack_of_the_day(self.records.packs, self.records.clock())


@dataclass(frozen=True, slots=True)
class Known:
    """By what a dispute's other side would be recognised."""

    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()


def private_in(
    text: str, known: Known, policy: ReplyPolicy, today: date
) -> tuple[PrivatePassage, ...]:
    """What in a reply leads to a person, from its beginning on."""
    found = [p for p in proposals_in(text, known.names, today) if p.confidence >= policy.sure]
    for each in _numbers(text, known.numbers, policy.digits):
        if all(each.end <= other.start or other.end <= each.start for other in found):
            found.append(each)
    found.sort(key=lambda each: each.start)
    return tuple(PrivatePassage(p.kind, p.start, p.end, p.text) for p in found)


def _must_be_to_a_buyer(now: Dispute) -> None:
    if not now.from_a_buyer:
        raise Refused(
            "reply.no_buyer",
            hint_noop("No buyer wrote anything here that could be answered in public."),
        )


def reply_limit(_pack: RulePack) -> int | None:
    """How many characters a platform takes in a public reply; None where nobody has said."""
    return None


def _numbers(text: str, known: Sequence[str], digits: int) -> Iterator[Proposal]:
    """Numbers of an order or a payment: the dispute's own, and whatever looks like one."""
    own = [re.escape(each.strip()) for each in known if each.strip()]
    forms = [*own, rf"(?<!\d)\d(?: ?\d){{{digits - 1},}}(?!\d)"]
    for form in re.finditer("|".join(forms), text):
        yield Proposal(DataKind.NUMBER, form.start(), form.end(), form[0], Reason.FORM, 1.0)


def _trimmed(given: str) -> str:
    """What somebody filled in, without the stop that the pattern has itself."""
    return given.strip().rstrip("。.；;，, ")


def _said(text: str) -> str:
    said = text.strip()
    check_characters(said)
    if not said or len(said) > _MOST:
        raise BadInput(
            "reply.length",
            hint_noop("Write a reply of 1 to {most} characters."),
            most=_MOST,
        )
    return said


def _must_be_fit(look: ReplyLook) -> None:
    if look.private:
        raise Refused(
            "reply.personal_data",
            hint_noop("Take out names, numbers, phones and addresses ({n}): everybody reads this."),
            n=len(look.private),
        )
    if look.gaps:
        raise Refused(
            "reply.gaps", hint_noop("Fill in or take out what stands in brackets ({n})."),
            n=len(look.gaps),
        )  # fmt: skip
    if look.most and look.length > look.most:
        raise Refused(
            "reply.too_long",
            hint_noop("This platform takes at most {most} characters. Yours has {n}."),
            most=look.most,
            n=look.length,
        )
