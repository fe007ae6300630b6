"""Whether friends vouch for each other in a ring: a pure rule over who vouched for whom.

It finds reasons to look closer, and refuses nobody: friends do help each other, and a reviewer
reads the finding beside everything else.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.policy.verification import RingPolicy
from gongdao.domain.verification.model import Verification


@dataclass(frozen=True, slots=True)
class Vouch:
    """That a friend vouched for somebody in a case, and it counted."""

    friend: PersonId
    appellant: PersonId
    case: CaseId
    at: datetime


def vouches_of(
    found: Iterable[Verification], people: Collection[PersonId], since: datetime
) -> list[Vouch]:
    """Their vouches that count, by or for these people, from a moment on."""
    wanted = set(people)
    return [
        Vouch(each.friend, proofs.appellant, proofs.case, each.answered_at)
        for proofs in found
        for each in proofs.vouched
        if each.friend is not None and each.answered_at is not None
        if each.answered_at >= since and {each.friend, proofs.appellant} & wanted
    ]


class Sign(StrEnum):
    """What was noticed."""

    CIRCLE = "circle"
    """Going from friend to friend one comes back: they vouched for each other, at some turns."""
    SAME_GROUP = "same_group"
    """The same few people stand behind several cases."""
    OFTEN = "often"
    """One of the friends vouches very often."""


@dataclass(frozen=True, slots=True)
class Ring:
    """One thing that was noticed, with everybody whom it is about."""

    sign: Sign
    people: frozenset[PersonId]
    cases: frozenset[CaseId]


def rings(case: CaseId, vouches: Iterable[Vouch], policy: RingPolicy) -> tuple[Ring, ...]:
    """What is noticed about the vouches of one case, among all that are known around it.

    Only what lies within the pack's time before the latest vouch of this case is looked at.
    """
    known = sorted(set(vouches), key=lambda v: (v.at, v.case, v.friend))
    ours = [each for each in known if each.case == case]
    if not ours:
        return ()
    latest = ours[-1].at
    near = [v for v in known if abs(latest - v.at) <= _time(policy)]
    ours = [v for v in ours if v in near]
    found = (
        _circle(ours, near, policy),
        _same_group(case, near, policy),
        _often(ours, near, policy),
    )
    return tuple(each for each in found if each is not None)


def _time(policy: RingPolicy) -> timedelta:
    return policy.within.flat()


def _circle(ours: list[Vouch], near: list[Vouch], policy: RingPolicy) -> Ring | None:
    """The shortest ways on which somebody of this case's friends was vouched for by its appellant.

    Breadth first from the appellant along “vouched for”; a friend of this case who is reached
    closes a circle, and everybody on the way to them stands in it.
    """
    appellant = ours[0].appellant
    out: dict[PersonId, list[Vouch]] = defaultdict(list)
    for each in near:
        out[each.friend].append(each)
    ways: dict[PersonId, tuple[Vouch, ...]] = {appellant: ()}
    turn = [appellant]
    for _ in range(policy.circle_most - 1):
        turn = [new for person in turn for new in _further(person, out, ways)]
    closing = [each for each in ours if each.friend in ways and each.friend != appellant]
    if not closing:
        return None
    walked = [step for each in closing for step in (*ways[each.friend], each)]
    people = frozenset(p for step in walked for p in (step.friend, step.appellant))
    return Ring(Sign.CIRCLE, people, frozenset(step.case for step in walked))


def _further(
    person: PersonId, out: Mapping[PersonId, list[Vouch]], ways: dict[PersonId, tuple[Vouch, ...]]
) -> list[PersonId]:
    new = []
    for step in out.get(person, ()):
        if step.appellant not in ways:
            ways[step.appellant] = (*ways[person], step)
            new.append(step.appellant)
    return new


def _same_group(case: CaseId, near: list[Vouch], policy: RingPolicy) -> Ring | None:
    """Cases of others that share so many people with this one, friends and appellants alike."""
    groups: dict[CaseId, set[PersonId]] = defaultdict(set)
    for each in near:
        groups[each.case] |= {each.friend, each.appellant}
    ours = groups[case]
    alike = {
        other
        for other, people in groups.items()
        if other != case and len(people & ours) >= policy.group_least
    }
    if len(alike) < policy.group_cases:
        return None
    people = frozenset(ours & set().union(*(groups[other] for other in alike)))
    return Ring(Sign.SAME_GROUP, people, frozenset({case, *alike}))


def _often(ours: list[Vouch], near: list[Vouch], policy: RingPolicy) -> Ring | None:
    """Friends of this case who vouched in more cases than the pack finds usual."""
    cases: dict[PersonId, set[CaseId]] = defaultdict(set)
    for each in near:
        cases[each.friend].add(each.case)
    busy = frozenset(v.friend for v in ours if len(cases[v.friend]) > policy.often)
    if not busy:
        return None
    return Ring(Sign.OFTEN, busy, frozenset(c for person in busy for c in cases[person]))
