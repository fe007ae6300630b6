"""
Which grounds a dispute may have, what each needs, and the choice of whoever works on it.

A review is read by the house's `eligibility.yaml`, and the platform's own words for a ground are
shown where its pack has them. For anything else the grounds are those that the platform's pack
lists: violations for what the platform did or is asked to do, types of complaint for the rest.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.choosing import against_advice, choose_grounds
from gongdao.domain.disputes.eligibility import (
    Facts,
    GroundFound,
    Verdict,
    answered,
    judge,
)
from gongdao.domain.disputes.events import DisputeKind, FoundGround
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.errors import BadInput, NotFound, hint_noop
from gongdao.domain.kernel.ids import Code, DisputeId
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.organisations.model import Right
from gongdao.domain.policy.basics import Sourced, Words
from gongdao.domain.policy.eligibility import EligibilityPolicy, EligibilityQuestion, OpinionRule
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.platform import Rule

_BY_VIOLATION = {DisputeKind.SANCTION, DisputeKind.REPORT}


@dataclass(frozen=True, slots=True)
class OfferedGround:
    """A ground that may be chosen, in the platform's words where its pack has them."""

    code: Code
    title: Words
    detail: Words | None = None
    of_platform: Sourced | None = None
    """Where the platform's pack has it from; None: the house's own words."""
    found: GroundFound | None = None
    """What was read and answered; None for what is not read by a program."""
    questions: tuple[EligibilityQuestion, ...] = ()


@dataclass(frozen=True, slots=True)
class Eligibility:
    """What may be said for a dispute. An advice; the platform decides."""

    dispute: Dispute
    text: str
    platform: Words
    verdict: Verdict | None
    """None: no program reads this kind of dispute, and the grounds are the platform's list."""
    offered: tuple[OfferedGround, ...]
    not_grounds: tuple[Rule, ...]
    """What the platform does not act on, by its pack."""
    opinion: OpinionRule
    against: tuple[Code, ...]
    """Grounds that were chosen though nothing spoke for them."""
    answers: Mapping[Code, bool] = field(default_factory=dict)

    @property
    def is_opinion(self) -> bool:
        """Whether to say what can be done instead: none was chosen, or as yet none was found."""
        if self.dispute.judged:
            return not self.dispute.grounds
        return self.verdict is not None and self.verdict.opinion


@dataclass(frozen=True, slots=True)
class Judging:
    """Grounds of disputes."""

    records: Records
    disputing: Disputing

    def of(self, dispute: DisputeId, answers: Mapping[Code, bool], caller: Caller) -> Eligibility:
        """What may be said for it; nothing is kept of the answers."""
        held, _ = self.disputing.held(dispute, caller, Right.READ)
        return self._of(held.now, answers)

    def choose(
        self,
        dispute: DisputeId,
        chosen: Sequence[Code],
        caller: Caller,
        answers: Mapping[Code, bool] | None = None,
    ) -> Eligibility:
        """
        File on these grounds, whatever was advised; what was found is noted beside them.

        None says that it is an opinion. That ends nothing: the view says what to do instead.
        """
        r = self.records
        with r.work():
            held, by = self.disputing.held(dispute, caller, Right.WORK)
            seen = self._of(held.now, answers or {})
            offered = [each.code for each in seen.offered]
            found = seen.verdict.grounds if seen.verdict else ()
            kept = [FoundGround(each.code, each.sure) for each in found]
            step = choose_grounds(held.now, kept, chosen, offered, by, r.clock())
            after = self.disputing.add(held, step)
        return self._of(after.now, answers or {})

    def judge(self, text: str, answers: Mapping[Code, bool] | None = None) -> Verdict:
        """A text by itself. Nothing of it is kept."""
        return judge_text(text, answers or {}, self._house())

    def _of(self, now: Dispute, answers: Mapping[Code, bool]) -> Eligibility:
        r = self.records
        policy, pack = rules_of(self._house()), r.packs.at(now.pack)
        text = r.opened(now.facts.text) if now.facts.text else ""
        verdict, offered = None, _listed(pack, now.kind)
        if now.kind is DisputeKind.REVIEW:
            facts = _facts(answers, policy)
            has_words = text.strip("— \n")
            verdict = judge(text, facts, policy) if has_words else answered(facts, policy)
            offered = _read(policy, pack, verdict)
        return Eligibility(
            dispute=now,
            text=text,
            platform=pack.title,
            verdict=verdict,
            offered=offered,
            not_grounds=pack.review.not_grounds if verdict else (),
            opinion=policy.opinion,
            against=against_advice(now) if verdict else (),
            answers=answers,
        )

    def _house(self) -> RulePack:
        return pack_of_the_day(self.records.packs, self.records.clock())


def judge_text(text: str, answers: Mapping[Code, bool], pack: RulePack) -> Verdict:
    """What may be said for a text by the rules of a pack; BadInput if it is none."""
    policy = rules_of(pack)
    check_characters(text)
    return judge(text, _facts(answers, policy), policy)


def rules_of(pack: RulePack) -> EligibilityPolicy:
    """By what a pack has reviews judged; NotFound where it says nothing of them."""
    if pack.eligibility is None:
        raise NotFound(
            "eligibility.no_rules",
            hint_noop("The rule pack {pack} has no eligibility.yaml. Add one, or name another."),
            pack=str(pack.ref),
        )
    return pack.eligibility


def _facts(answers: Mapping[Code, bool], policy: EligibilityPolicy) -> Facts:
    known = {each.code for rule in policy.grounds for each in rule.questions}
    for code in answers:
        if code not in known:
            raise BadInput(
                "eligibility.unknown_question",
                hint_noop("There is no question {question}. Send answers to those that are asked."),
                question=code,
            )
    return Facts(answers)


def _read(policy: EligibilityPolicy, pack: RulePack, verdict: Verdict) -> tuple[OfferedGround, ...]:
    """The grounds of reviews, the surest first, in the platform's words where it has them."""
    theirs = {each.code: each for each in pack.review.grounds}
    weighed = {each.code: each for each in verdict.weighed}
    offered = []
    for rule in policy.grounds:
        row, found = theirs.get(rule.code), weighed[rule.code]
        offered.append(
            OfferedGround(
                code=rule.code,
                title=row.title if row else rule.title,
                detail=row.detail if row else None,
                of_platform=row,
                found=found,
                questions=rule.questions,
            )
        )
    return tuple(sorted(offered, key=lambda each: -weighed[each.code].sure))


def _listed(pack: RulePack, kind: DisputeKind) -> tuple[OfferedGround, ...]:
    """What the platform's pack lists; the other of its lists where that one is empty."""
    lists: tuple[Sequence[Rule], ...] = (pack.complaints, pack.violations)
    if kind in _BY_VIOLATION:
        lists = lists[::-1]
    rows = next((each for each in lists if each), ())
    return tuple(OfferedGround(row.code, row.title, row.detail, row) for row in rows)
