"""How an account stands now: gathered from its sanctions, its ways back and its appeals."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from gongdao.domain.decisions.model import Sanction, SanctionState
from gongdao.domain.flows.appealing import took_part
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId, SanctionId
from gongdao.domain.policy.grades import Act, Effects, GradeCode, GradePolicy
from gongdao.domain.policy.pack import RulePack
from gongdao.domain.standing import account_rules as rules
from gongdao.domain.standing.accounts import Account
from gongdao.domain.standing.credibility import Found
from gongdao.domain.standing.grades import Deed, Fact, Known, Out, Stands, Violation, stands
from gongdao.domain.ways_back.model import WayBack


@dataclass(frozen=True, slots=True)
class Graded:
    """An account with its grade, and what that changes now."""

    person: PersonId
    pack: RulePack
    policy: GradePolicy
    known: Known
    stands: Stands
    held: Held[Account] | None
    at: datetime

    @property
    def account(self) -> Account | None:
        """What it was told, if it ever was."""
        return self.held.now if self.held else None

    @property
    def grade(self) -> GradeCode:
        """The grade: folded, or a better one that a reviewer set for a while."""
        return rules.with_set_grade(self.stands.grade, self.account, self.at)

    @property
    def in_effect(self) -> GradeCode:
        """The grade whose effects hold: never one that was not told before."""
        return rules.in_effect(self.grade, self.account, self.policy, self.at)

    @property
    def effects(self) -> Effects:
        """What it changes now."""
        return self.policy.rule(self.in_effect).effects


def graded(r: Records, person: PersonId, *, lock: bool = False) -> Graded | None:
    """How somebody's account stands; None where the pack of the day knows no grades.

    With `lock` nobody else changes what counts until the unit of work is over.
    """
    now = r.clock()
    pack = pack_of_the_day(r.packs, now)
    if pack.standing is None:
        return None
    policy = pack.standing.grades
    sanctions = r.sanctions.of_person(person) if lock else r.sanctions.seen_of(person)
    held = r.grades.of_person(person)
    excluded = held.now.excluded if held else frozenset()
    deeds = [*_deeds(r, person, sanctions)]
    if sanctions:
        deeds += _upheld(r, person, pack.standing.credibility.looked_at)
    facts: tuple[Fact, ...] = (*violations(sanctions, excluded), *deeds)
    known = Known(facts, r.parties.known_since(person))
    return Graded(person, pack, policy, known, stands(known, policy, now), held, now)


def effects(r: Records, person: PersonId) -> Effects:
    """What an account's grade changes now; nothing where there are no grades."""
    found = graded(r, person)
    return found.effects if found else Effects()


def extra_delay(r: Records, person: PersonId) -> timedelta:
    """So much longer a post waits that is looked at before it appears."""
    span = effects(r, person).post_delay
    return span.flat() if span else timedelta(0)


def posts_per_day(r: Records, person: PersonId) -> int | None:
    """So many texts one can hand in within any 24 hours; None: as many as one likes.

    Where there is a limit, others of the same account wait until the unit of work is over.
    """
    most = effects(r, person).posts_per_day
    if most is not None:
        r.sanctions.of_person(person)
    return most


def violations(
    sanctions: Iterable[Sanction], excluded: frozenset[SanctionId]
) -> Iterator[Violation]:
    """Sanctions as far as they count, each from the day of its first measure."""
    first: dict[DecisionId, datetime] = {}
    for each in sorted(sanctions, key=lambda s: s.imposed_at):
        first.setdefault(each.decision, each.imposed_at)
        out = None
        if each.forgiven:
            out = Out.OVERTURNED
        elif each.superseded:
            out = Out.REPLACED
        elif each.id in excluded:
            out = Out.EXCLUDED
        yield Violation(
            sanction=each.id,
            decision=each.decision,
            case=each.case,
            clause=each.clause,
            penalty=each.measure.penalty,
            at=first[each.decision],
            gone_at=each.strike_expires_at,
            earned_back=each.state is SanctionState.RELEASED,
            out=out,
        )


def involved(r: Records, found: Graded) -> frozenset[PersonId]:
    """Everybody who took part in anything that counts, or counted when it was told."""
    told = found.account.fall.items if found.account else ()
    counted = [(each.violation.case, each.violation.decision) for each in found.stands.counted]
    wanted = {*counted, *((item.case, item.decision) for item in told)}
    people = {found.person}
    for case, decision in wanted:
        people |= _who(r, case, decision)
    return frozenset(people)


def without(found: Graded, excluded: Iterable[SanctionId]) -> Stands:
    """How it would stand if an appeal had taken these out."""
    gone = set(excluded)
    facts: list[Fact] = [
        replace(fact, out=Out.EXCLUDED)
        if isinstance(fact, Violation) and fact.sanction in gone
        else fact
        for fact in found.known.facts
    ]
    return stands(replace(found.known, facts=tuple(facts)), found.policy, found.at)


def _who(r: Records, case: CaseId, decision: DecisionId) -> set[PersonId]:
    reviewers = {appeal.reviewer for appeal in r.appeals.of_decision(decision)}
    return {*took_part(r.cases.get(case).now), *(each for each in reviewers if each is not None)}


def _deeds(r: Records, person: PersonId, sanctions: Iterable[Sanction]) -> Iterator[Deed]:
    """What speaks for the account: courses passed here, and what was done on ways back."""
    for certificate in r.certificates.of_person(person):
        if certificate.withdrawn_at is None:
            yield Deed(Act.EXAM, certificate.issued_at, certificate.id)
    for sanction in sanctions:
        held = r.ways_back.of_sanction(sanction.id)
        if held is not None:
            yield from _on_the_way(held.now)


def _upheld(r: Records, person: PersonId, most: int) -> Iterator[Deed]:
    """Cases that one opened and that were found right. Joining another's tells nothing new."""
    for each in r.tracks.decided([person], most).get(person, ()):
        if each.found is Found.UPHELD and not each.joined:
            yield Deed(Act.REPORT, each.decided_at, each.case)


def _on_the_way(way: WayBack) -> Iterator[Deed]:
    for each in way.tries:
        if each.step in way.done and each is way.last_try(each.step):
            yield Deed(Act.EXAM, each.begun_at, way.id)
    for pledge in way.pledges:
        yield Deed(Act.PLEDGE, pledge.at, way.id)
