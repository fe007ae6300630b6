"""The priority formula, its bound, the round of turns, and who may hold what: pure functions.

    base          = harm + spread + growth + credibility + vulnerability + repetition
    priority(now) = base + waited / minutes_per_point

Every part but the last stands still, and the last grows at the same rate for every case. So the
order of two cases never changes by waiting alone, and one moment says where a case stands:

    rank = opened - base × minutes_per_point        the earliest is first

A case is overtaken only by cases that were opened less than `overtaken_for` after it.
"""

import heapq
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from itertools import count
from math import gcd, log10

from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.policy.model import SubjectKind
from gongdao.domain.policy.weights import REPETITION_MOST, Reach, Scale, Turns, Weights
from gongdao.domain.triage.model import (
    Factor,
    FactorKind,
    Facts,
    LaneCost,
    Move,
    Priority,
    Pulled,
    Puller,
    Spread,
    Spreading,
    Waiting,
    WhatIf,
)

LARGEST = 10**12
"""No number of views is larger; what is, is a mistake of whoever sends it."""
SHOWN = 20
"""So many from the head of either order are shown one by one."""
_APART = timedelta(minutes=10)
"""Growth is measured over at least so long: two messages in a minute say nothing of an hour."""


def weigh(weights: Weights, facts: Facts) -> Priority:
    """What a case weighs, part by part."""
    flag = weights.flag(facts.category)
    heaviest = max((each.points for each in weights.vulnerability), default=0)
    harm = weights.harm.get(facts.category, weights.harm_otherwise)
    most_harm = max([weights.harm_otherwise, *weights.harm.values()])
    reached, growing = reach(weights.reach, facts.spread), growth(weights.reach, facts.spread)
    lean = round((facts.credibility - 0.5) * 2 * weights.credibility_most)
    vulnerable = flag.points if flag else 0
    return Priority(
        factors=(
            Factor(FactorKind.HARM, 0, harm, most_harm, facts.category),
            Factor(
                FactorKind.SPREAD, reached, _scaled(weights.spread, reached), weights.spread.most
            ),
            Factor(
                FactorKind.GROWTH, growing, _scaled(weights.growth, growing), weights.growth.most
            ),
            Factor(FactorKind.CREDIBILITY, facts.credibility, lean, weights.credibility_most),
            Factor(FactorKind.VULNERABILITY, 0, vulnerable, heaviest, flag.code if flag else ""),
            Factor(
                FactorKind.REPETITION,
                facts.repetition,
                weights.repetition(facts.repetition),
                weights.repetition(REPETITION_MOST),
            ),
        ),
        opened_at=facts.opened_at,
        a_point=timedelta(minutes=weights.minutes_per_point),
    )


def overtaken_for(weights: Weights) -> timedelta:
    """The bound: no case opened so much later, or more, ever stands in front of one that waits."""
    harms = [weights.harm_otherwise, *weights.harm.values()]
    flags = [flag.points for flag in weights.vulnerability]
    span = max(harms) - min(harms) + weights.spread.most + weights.growth.most
    span += 2 * weights.credibility_most + max(flags, default=0)
    span += weights.repetition(REPETITION_MOST)
    return span * timedelta(minutes=weights.minutes_per_point)


def reach(per: Reach, spread: Spreading | None) -> float:
    """How many people it may have reached, in views."""
    return 0.0 if spread is None else float(_reached(per, spread.now))


def growth(per: Reach, spread: Spreading | None) -> float:
    """By how much the reach grew, an hour."""
    if spread is None or spread.before is None:
        return 0.0
    hours = (spread.now.at - spread.before.at) / timedelta(hours=1)
    gained = _reached(per, spread.now) - _reached(per, spread.before)
    return round(max(gained, 0) / hours, 1) if hours > 0 else 0.0


def told(known: Spreading | None, now: Spread) -> Spreading:
    """The numbers after one more message; BadInput for numbers that cannot be."""
    numbers = [n for n in (now.views, now.shares, now.members) if n is not None]
    if not numbers or min(numbers) < 0 or max(numbers) > LARGEST:
        raise BadInput(
            "triage.bad_spread",
            hint_noop("Send views, shares or members: whole numbers from 0 to {most}."),
            most=LARGEST,
        )
    if known is None:
        return Spreading(now)
    if now.at - known.now.at >= _APART:
        return Spreading(now, known.now)
    return Spreading(now, known.before)


@lru_cache(maxsize=64)
def _round(in_front: int, sure: tuple[tuple[SubjectKind, int], ...]) -> tuple[object, ...]:
    """One round of turns, each class as evenly spread as its number allows."""
    wanted: list[tuple[SubjectKind | None, int]] = [*sure, *([(None, in_front)] * bool(in_front))]
    credit = dict.fromkeys((kind for kind, _ in wanted), 0)
    total = sum(number for _, number in wanted)
    order: list[object] = []
    for _turn in range(total):
        for kind, number in wanted:
            credit[kind] += number
        chosen = max(wanted, key=lambda each: credit[each[0]])[0]
        credit[chosen] -= total
        order.append(chosen)
    return tuple(order)


def turn_of(turns: Turns, number: int) -> SubjectKind | None:
    """Whose turn a pull of the house is; None for whatever is in front."""
    order = _round(turns.in_front, tuple(turns.sure.items()))
    found = order[number % len(order)]
    return found if isinstance(found, SubjectKind) else None


def is_lanes_turn(share: int, turns: Turns, number: int) -> bool:
    """
    Whether a pull of the house is the lane's: one of every so many, evenly spread.

    Of any hundred pulls in a row at most `share` are, whatever comes in and whoever pulls. How many
    lie between two has no divisor in common with the round of turns, so that they are taken from
    all classes alike and from none again and again.
    """
    if not share:
        return False
    every = _apart(share, turns.in_front + sum(turns.sure.values()))
    return number % every == every - 1


@lru_cache(maxsize=64)
def _apart(share: int, whole: int) -> int:
    return next(n for n in count(-(-100 // share)) if gcd(n, whole) == 1)


def cost_of_lane(pulls: Sequence[Pulled]) -> LaneCost:
    """
    What the lane cost the others: the same pulls once more, without it.

    At each moment of a pull the one comes that would have come: the next of the others, unless a
    case of the lane was opened by then and stands before it by its rank. All others keep their
    order, which skills and classes had a part in. The difference is what each waited longer.
    """
    moments = sorted(each.at for each in pulls)
    others = sorted((p for p in pulls if not p.ahead), key=lambda p: p.at)
    lane = sorted((p for p in pulls if p.ahead), key=lambda p: p.rank)
    extra: list[float] = []
    for moment in moments:
        first = next((p for p in lane if p.opened_at <= moment), None)
        if first is not None and (not others or first.rank < others[0].rank):
            lane.remove(first)
        elif others:
            extra.append(max(0.0, (others.pop(0).at - moment) / timedelta(minutes=1)))
    return LaneCost(len(pulls), sum(p.ahead for p in pulls), tuple(sorted(extra)))


def check_hands_free(weights: Weights, who: Puller) -> None:
    """Nobody keeps more from the others than they can work on."""
    if who.held >= weights.held_at_most:
        raise Refused(
            "triage.hands_full",
            hint_noop("You hold {held} cases. Finish or give back one of them first."),
            held=who.held,
        )


def check_free(waiting: Waiting | None, person: PersonId | None, now: datetime) -> None:
    """Refuse a step in a case that somebody else works on."""
    holder = waiting.held_by(now) if waiting is not None else None
    if holder is not None and holder != person:
        raise Refused(
            "triage.held_by_another",
            hint_noop("A colleague works on this case. Ask for it, or take the next one."),
        )


def check_mine(waiting: Waiting | None, person: PersonId | None, now: datetime) -> Waiting:
    """The case, if this person holds it now."""
    if waiting is None or person is None or waiting.held_by(now) != person:
        raise Refused(
            "triage.not_held", hint_noop("You do not hold this case any more. Take it again.")
        )
    return waiting


def check_fits(waiting: Waiting, who: Puller, *, conflicted: bool) -> None:
    """Refuse to give a case to somebody who must not have it, or cannot work on it."""
    if who.person == waiting.respondent or who.person in waiting.barred or conflicted:
        raise Refused(
            "triage.conflict",
            hint_noop("This person has a part in the case or handled it before. Pick another."),
        )
    if (waiting.senior and not who.senior) or not who.can(waiting):
        raise Refused(
            "triage.cannot_take",
            hint_noop("Role, skills or languages do not fit this case. Pick somebody else."),
        )


def absent() -> Refused:
    """A case that waits for nobody is in no queue."""
    return Refused("triage.not_open", hint_noop("This case is closed; it stands in no queue."))


def check_known(weights: Weights, categories: Iterable[str]) -> None:
    """Refuse weights for categories that the rules do not have: a slip would weigh nothing."""
    unknown = weights.named() - set(categories)
    if unknown:
        raise BadInput(
            "triage.unknown_category",
            hint_noop("These categories are not in the rules: {codes}"),
            codes=", ".join(sorted(unknown)),
        )


def what_if(cases: Iterable[Waiting], old: Weights, new: Weights) -> WhatIf:
    """Which open cases other weights would move, and where."""
    held = list(cases)
    before, after = _placed(held, old), _placed(held, new)
    moved = sum(before[case.case][0] != after[case.case][0] for case in held)
    heads = {id_ for places in (before, after) for id_ in _head(places)}
    moves = [
        Move(
            case.case,
            case.kind,
            case.category,
            before[case.case][0],
            after[case.case][0],
            before[case.case][1],
            after[case.case][1],
        )
        for case in held
        if case.case in heads
    ]
    return WhatIf(len(held), moved, tuple(sorted(moves, key=lambda move: move.after)))


def facts_of(waiting: Waiting) -> Facts:
    """What an open case is weighed by."""
    return Facts(
        waiting.category,
        waiting.opened_at,
        waiting.spread,
        waiting.credibility,
        waiting.repetition,
    )


def _placed(cases: Sequence[Waiting], weights: Weights) -> dict[str, tuple[int, int]]:
    """Place and points of every case."""
    weighed = [(weigh(weights, facts_of(case)), case.case) for case in cases]
    ordered = sorted((priority.rank, case, priority.base) for priority, case in weighed)
    return {case: (place, base) for place, (_, case, base) in enumerate(ordered, start=1)}


def _head(places: dict[str, tuple[int, int]]) -> list[str]:
    return heapq.nsmallest(SHOWN, places, key=lambda case: places[case][0])


def _reached(per: Reach, spread: Spread) -> int:
    counted = (spread.views or 0) * per.views + (spread.shares or 0) * per.shares
    return counted + (spread.members or 0) * per.members


def _scaled(scale: Scale, value: float) -> int:
    return min(scale.most, round(scale.per_tenfold * log10(1 + value)))
