"""What somebody sees of their own credibility, and what staff see of a reporter by their number."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, decider, may_read_desk, must_be, seat
from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.mailing import numbered
from gongdao.domain.flows.misuse_letters import always
from gongdao.domain.flows.misusing import has_a_part, no_record_for, oneself, took_part
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.ids import CaseId, PersonId, Sealed
from gongdao.domain.policy.basics import Words
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.policy.standing import CredibilityPolicy, StandingPolicy
from gongdao.domain.standing import misuse_rules as rules
from gongdao.domain.standing.credibility import NEUTRAL, Decided, Found, figure, tally
from gongdao.domain.standing.misuse import Marked, Measure, Misuse, WarningGiven
from gongdao.domain.standing.misuse_rules import Counted

_SHOWN = 50
"""So many of what is set aside are listed; how many there are is said."""
_FAR = 3650
"""In days. Nothing is said to heal later than that."""


@dataclass(frozen=True, slots=True)
class InCategory:
    """What a record does to the order in one category."""

    title: Words
    figure: float
    minutes: int
    """By so much earlier reports are looked at than a neutral reporter's; below zero, later."""
    neutral_at: datetime | None
    """When a figure below one half is neutral again, if nothing is added."""


@dataclass(frozen=True, slots=True)
class MeasureView:
    """A warning or a measure in words."""

    id: str
    kind: str
    """`warning` or `measure`."""
    at: datetime
    until: datetime
    stands: bool
    reasons: str
    statement: str
    appeal_closes: datetime
    may_object: bool
    objected_at: datetime | None
    hear_by: datetime | None
    late: bool
    """Whether nobody decided on the appeal in time."""
    grounds: str
    overturned: bool | None
    answer: str


@dataclass(frozen=True, slots=True)
class MarkView:
    """A mark in words."""

    case: CaseId
    subject: str
    mark: str
    at: datetime
    reasons: str
    holds: bool


@dataclass(frozen=True, slots=True)
class Aside:
    """One report that is set aside."""

    case: CaseId
    subject: str
    category: Words
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Credibility:
    """How far somebody is believed, and everything that it rests on."""

    counts: dict[str, int]
    """Decided reports by what became of them."""
    mean: float
    rests_on: float
    """In reports that have not faded."""
    categories: tuple[InCategory, ...]
    policy: CredibilityPolicy
    always: str
    marks: tuple[MarkView, ...]
    measures: tuple[MeasureView, ...]
    aside: int
    asides: tuple[Aside, ...]
    """The oldest of them."""
    limited: bool
    """Whether a measure is in force."""

    @property
    def neutral(self) -> bool:
        """Whether the record moves nothing."""
        return not self.categories


@dataclass(frozen=True, slots=True)
class OfReporter:
    """A reporter as staff see them: by their number in a case."""

    seen: Credibility
    found: Found | None
    """What became of their report in this case; None while it is open."""
    mark: MarkView | None
    counted: Counted
    proposed: bool
    warned: bool
    """Whether a warning stands, so that a measure may follow."""
    longest_days: int


@dataclass(frozen=True, slots=True)
class Heard:
    """An appeal that waits for somebody who took no part."""

    file: str
    about: MeasureView
    marks: tuple[MarkView, ...]
    may_hear: bool
    """Whether the one who looks took no part in it."""


@dataclass(frozen=True, slots=True)
class CredibilityViews:
    """Reads; changes nothing."""

    records: Records
    believing: Believing

    def mine(self, caller: Caller, language: str) -> Credibility | None:
        """One's own; None where the house's pack says nothing of it."""
        person = oneself(caller)
        policy = self.believing.policy()
        return self._of(person, policy, language) if policy is not None else None

    def of_reporter(
        self, case_id: CaseId, number: int, caller: Caller, language: str
    ) -> OfReporter | None:
        """A reporter's, for somebody who may handle the case. Who it is, it does not say.

        Nothing of a case of the caller's own is shown here: they would learn who reported them.
        """
        r, policy = self.records, self.believing.policy()
        case = r.cases.get(case_id).now
        decider(caller, parties_of(case))
        person = numbered(case, number)
        if policy is None or no_record_for(r, person, caller.person):
            return None
        decided, now = self.believing.decided(person), r.clock()
        misuse = self._misuse(person)
        marks = [m for m in (misuse.marks if misuse else ()) if self._apart(m.case, caller)]
        seen = self._of(person, policy, language)
        counted = rules.counted(policy.misuse, decided, now)
        here = next((each for each in decided if each.case == case_id), None)
        return OfReporter(
            seen=replace(seen, marks=tuple(self._mark(m, decided) for m in marks)),
            found=here.found if here else None,
            mark=next((self._mark(m, decided) for m in marks if m.case == case_id), None),
            counted=counted,
            proposed=rules.proposed(policy.misuse, counted),
            warned=misuse is not None and misuse.warning(now) is not None,
            longest_days=rules.longest(policy.misuse, misuse).days,
        )

    def to_hear(self, caller: Caller, language: str, limit: int = 50) -> tuple[Heard, ...]:
        """The appeals that wait, for whoever may hear them; the oldest first."""
        may_read_desk(caller)
        must_be(caller, *DECIDERS)
        found = []
        for misuse in self.records.misuses.waiting(limit):
            if caller.person is None or has_a_part(self.records, misuse, caller.person):
                continue
            decided = self.believing.decided(misuse.reporter)
            marks = tuple(self._mark(each, decided) for each in misuse.marks)
            free = caller.person not in took_part(self.records, misuse)
            found += [
                Heard(misuse.id, self._measure(each, language), marks, free)
                for each in misuse.both()
                if each.objection is not None and each.objection.overturned is None
            ]
        return tuple(found)

    def _of(self, person: PersonId, policy: StandingPolicy, language: str) -> Credibility:
        r, now = self.records, self.records.clock()
        decided, misuse = self.believing.decided(person), self._misuse(person)
        pack = pack_of_the_day(r.packs, now)
        overall = tally(policy.credibility, decided, now)
        both, aside = misuse.both() if misuse else (), r.misuses.aside(person)
        return Credibility(
            counts={what.value: sum(d.found is what for d in decided) for what in Found},
            mean=round(overall.mean, 2),
            rests_on=round(overall.weight, 1),
            categories=tuple(self._categories(policy.credibility, decided, pack)),
            policy=policy.credibility,
            always=always(policy.misuse, pack, language),
            marks=tuple(self._mark(m, decided) for m in (misuse.marks if misuse else ())),
            measures=tuple(
                self._measure(m, language)
                for m in sorted(both, key=lambda each: each.at, reverse=True)
            ),
            aside=len(aside),
            asides=tuple(self._aside(each) for each in aside[:_SHOWN]),
            limited=misuse is not None and misuse.measure(now) is not None,
        )

    def _categories(
        self, policy: CredibilityPolicy, decided: Sequence[Decided], pack: RulePack
    ) -> Sequence[InCategory]:
        """Categories in which the record moves anything."""
        now = self.records.clock()
        weights = self.believing.weighing.by(self.believing.weighing.in_force(now))
        found = []
        for category in pack.cases.categories if pack.cases else ():
            value = figure(policy, decided, now, category.code)
            points = round((value - NEUTRAL) * 2 * weights.credibility_most)
            if value != NEUTRAL:
                heals = heals_at(policy, decided, now, category.code) if value < NEUTRAL else None
                minutes = points * weights.minutes_per_point
                found.append(InCategory(category.title, round(value, 2), minutes, heals))
        return found

    def _mark(self, mark: Marked, decided: Sequence[Decided]) -> MarkView:
        holds = any(d.decision == mark.decision and d.found in rules.BAD for d in decided)
        r, case = self.records, self.records.cases.get(mark.case).now
        subject, reasons = r.opened(case.subject.ref), r.opened(mark.reasons)
        return MarkView(mark.case, subject, mark.mark.value, mark.at, reasons, holds)

    def _measure(self, each: WarningGiven | Measure, language: str) -> MeasureView:
        r, now, objection = self.records, self.records.clock(), each.objection
        letter, until, stands = "", each.at, False
        if isinstance(each, Measure):
            seal = each.statement_zh if language.startswith("zh") else each.statement_en
            letter, until, stands = r.opened(seal), each.until, each.in_force(now)
        else:
            until, stands = each.expires_at, each.stands(now)
        return MeasureView(
            id=each.id,
            kind="measure" if isinstance(each, Measure) else "warning",
            at=each.at,
            until=until,
            stands=stands,
            reasons=r.opened(each.reasons),
            statement=letter,
            appeal_closes=each.appeal_closes,
            may_object=objection is None and now <= each.appeal_closes,
            objected_at=objection.at if objection else None,
            hear_by=objection.hear_by if objection else None,
            late=objection is not None and objection.late(now),
            grounds=self._said(objection.grounds if objection else None),
            overturned=objection.overturned if objection else None,
            answer=self._said(objection.reasons if objection else None),
        )

    def _said(self, seal: Sealed | None) -> str:
        return self.records.opened(seal) if seal is not None else ""

    def _apart(self, case_id: CaseId, caller: Caller) -> bool:
        """Whether the caller has no part in a case."""
        return seat(caller, parties_of(self.records.cases.get(case_id).now)) is Seat.STAFF

    def _aside(self, case_id: CaseId) -> Aside:
        r = self.records
        case = r.cases.get(case_id).now
        category = r.policy(case.pack).category(case.category)
        title = category.title if category else Words(zh=case.category, en=case.category)
        return Aside(case_id, r.opened(case.subject.ref), title, case.opened_at)

    def _misuse(self, person: PersonId) -> Misuse | None:
        held = self.records.misuses.of(person)
        return held.now if held else None


def heals_at(
    policy: CredibilityPolicy, decided: Sequence[Decided], now: datetime, category: str
) -> datetime | None:
    """The day on which a figure below one half is neutral by fading alone; None if ever so late."""
    low, high = 0, _FAR
    if figure(policy, decided, now + timedelta(days=high), category) < NEUTRAL:
        return None
    while high - low > 1:
        middle = (low + high) // 2
        below = figure(policy, decided, now + timedelta(days=middle), category) < NEUTRAL
        low, high = (middle, high) if below else (low, middle)
    return now + timedelta(days=high)
