"""Learning how likely appeals are accepted from those that were decided: plain Python, no chance.

Logistic regression by Newton's steps with a pull towards 0 on every weight but the first, and a
weight of completeness that is not negative. Five folds by case are held back in turn; on their
scores a rising calibration is learned (isotonic, by pooling neighbours that fall), and judged on
folds that it had not seen either.
"""

import math
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.appeals.likelihood import (
    COMPLETE,
    Card,
    Model,
    Outcome,
    Point,
    Tenth,
    Weight,
    columns,
    share_at,
)

FOLDS = 5
_PULL = 1.0
"""How strongly weights are pulled towards 0: as if by so much evidence for it."""
_ROUNDS = 25
_STILL = 1e-6
_BINS = 20
_LEAST_BIN = 50
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Seen:
    """How many decided appeals there were when a model was learned."""

    decided: int
    """With what was said of them before they were sent."""
    unweighed: int
    """Without; they are left out."""


Row = list[tuple[int, float]]
"""The columns of one appeal that are not 0; column 0 is 1 for all."""


@dataclass(slots=True)
class _Table:
    names: list[str]
    rows: list[Row]
    accepted: list[bool]

    def only(self, kept: Sequence[int]) -> "_Table":
        """These appeals alone."""
        return _Table(
            self.names, [self.rows[at] for at in kept], [self.accepted[at] for at in kept]
        )


def learn(outcomes: Sequence[Outcome], seen: Seen, now: datetime) -> Model:
    """A model of these decided appeals; whether they are enough is the caller's to ask."""
    table = _table(outcomes)
    folds = [zlib.crc32(each.case.encode()) % FOLDS for each in outcomes]
    whole = _fit(table, [0.0] * len(table.names))
    fits = _held_back(table, folds, whole)
    scores = [
        sum(fits[fold][at] * value for at, value in row)
        for row, fold in zip(table.rows, folds, strict=True)
    ]
    size = bin_size(len(scores))
    points = _calibrated(scores, table.accepted, size)
    shares = [0.0] * len(scores)
    for fold in range(FOLDS):
        others = [at for at, each in enumerate(folds) if each != fold]
        theirs = _calibrated(
            [scores[at] for at in others], [table.accepted[at] for at in others], size
        )
        theirs = theirs or points  # everything of one case: nothing else to judge by
        for at, each in enumerate(folds):
            if each == fold:
                shares[at] = share_at(theirs, scores[at])
    return Model(
        bias=whole[0],
        bias_by_fold=tuple(fit[0] for fit in fits),
        weights=_weights(table, whole, fits),
        points=points,
        around=size,
        card=_card(outcomes, shares, seen, now),
    )


def bin_size(cases: int) -> int:
    """How many appeals one point of the calibration rests on."""
    return max(_LEAST_BIN, math.ceil(cases / _BINS))


def _table(outcomes: Sequence[Outcome]) -> _Table:
    read = [columns(each.features) for each in outcomes]
    names = ["", *sorted({name for row in read for name in row})]
    places = {name: at for at, name in enumerate(names)}
    rows = [[(0, 1.0), *((places[name], value) for name, value in row.items())] for row in read]
    return _Table(names, rows, [each.accepted for each in outcomes])


def _weights(
    table: _Table, whole: Sequence[float], fits: Sequence[Sequence[float]]
) -> tuple[Weight, ...]:
    sums = [0.0] * len(table.names)
    for row in table.rows:
        for at, value in row:
            sums[at] += value
    n = len(table.rows)
    return tuple(
        Weight(name, whole[at], sums[at] / n, tuple(fit[at] for fit in fits))
        for at, name in enumerate(table.names)
        if at
    )


def _held_back(
    table: _Table, folds: Sequence[int], whole: Sequence[float]
) -> list[Sequence[float]]:
    """For each fold the weights of a model that has not seen its cases."""
    return [
        _fit(table.only([at for at, each in enumerate(folds) if each != fold]), whole)
        for fold in range(FOLDS)
    ]


def _fit(table: _Table, start: Sequence[float]) -> list[float]:
    """The weights; completeness again without its column where it came out negative."""
    fitted = _newton(table, start, frozenset())
    place = table.names.index(COMPLETE) if COMPLETE in table.names else 0
    if place and fitted[place] < 0:
        # The problem is convex: with one bound, the best within it lies on the bound.
        begin = [0.0 if at == place else weight for at, weight in enumerate(start)]
        fitted = _newton(table, begin, frozenset({place}))
    return fitted


def _newton(table: _Table, start: Sequence[float], fixed: frozenset[int]) -> list[float]:
    weights = list(start)
    for _ in range(_ROUNDS):
        slope, curve = _derivatives(table, weights)
        for at in fixed:
            slope[at] = 0.0
            curve[at] = [float(at == other) for other in range(len(weights))]
        for row, line in enumerate(curve):
            if row not in fixed:
                for at in fixed:
                    line[at] = 0.0
        step = _solve(curve, slope)
        weights = [weight + change for weight, change in zip(weights, step, strict=True)]
        if max(map(abs, step)) < _STILL:
            break
    return weights


def _derivatives(table: _Table, weights: Sequence[float]) -> tuple[list[float], list[list[float]]]:
    """Where the likelihood rises, and how it bends (only the lower half is summed, then copied)."""
    n = len(weights)
    slope = [-_PULL * weight if at else 0.0 for at, weight in enumerate(weights)]
    curve = [[0.0] * n for _ in range(n)]
    for at in range(n):
        curve[at][at] = _PULL if at else 1e-9
    for row, accepted in zip(table.rows, table.accepted, strict=True):
        share = logistic(sum(weights[at] * value for at, value in row))
        off, bend = accepted - share, share * (1 - share)
        for place, (at, value) in enumerate(row):
            slope[at] += off * value
            line, much = curve[at], bend * value
            for other, second in row[: place + 1]:
                line[other] += much * second
    _mirror(curve)
    return slope, curve


def _mirror(curve: list[list[float]]) -> None:
    """Rows name their columns in any order, so each pair was summed on one side or the other."""
    for at in range(len(curve)):
        for other in range(at):
            both = curve[at][other] + curve[other][at]
            curve[at][other] = curve[other][at] = both


def logistic(score: float) -> float:
    """From any number to a share."""
    if score < 0:
        grown = math.exp(score)
        return grown / (1 + grown)
    return 1 / (1 + math.exp(-score))


def _solve(curve: list[list[float]], slope: Sequence[float]) -> list[float]:
    """The step for which `curve` times it is `slope`: Cholesky; the curve is positive definite."""
    n = len(slope)
    low = [[0.0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = curve[i][j] - sum(low[i][k] * low[j][k] for k in range(j))
            low[i][j] = math.sqrt(rest) if i == j else rest / low[j][j]
    half = [0.0] * n
    for i in range(n):
        half[i] = (slope[i] - sum(low[i][k] * half[k] for k in range(i))) / low[i][i]
    step = [0.0] * n
    for i in reversed(range(n)):
        step[i] = (half[i] - sum(low[k][i] * step[k] for k in range(i + 1, n))) / low[i][i]
    return step


def _calibrated(scores: Sequence[float], accepted: Sequence[bool], size: int) -> tuple[Point, ...]:
    """Points of equally many appeals, pooled with their neighbours until the share only rises."""
    order = sorted(range(len(scores)), key=lambda at: (scores[at], at))
    pools: list[list[int]] = []
    for begin in range(0, len(order), size):
        pool = order[begin : begin + size]
        if pools and len(pool) < size:
            pools[-1] = pools[-1] + pool
        else:
            pools.append(pool)
    at = 1
    while at < len(pools):
        if _share(pools[at - 1], accepted) >= _share(pools[at], accepted):
            pools[at - 1 : at + 1] = [pools[at - 1] + pools[at]]
            at = max(at - 1, 1)
        else:
            at += 1
    points = [
        Point(sum(scores[each] for each in pool) / len(pool), _share(pool, accepted))
        for pool in pools
    ]
    return tuple(points)


def _share(pool: Sequence[int], accepted: Sequence[bool]) -> float:
    """Never quite 0 or 1: nobody has seen enough for that."""
    return (sum(accepted[at] for at in pool) + 0.5) / (len(pool) + 1)


def _card(outcomes: Sequence[Outcome], shares: Sequence[float], seen: Seen, now: datetime) -> Card:
    accepted = [each.accepted for each in outcomes]
    base = sum(accepted) / len(accepted)
    days = [each.decided_at for each in outcomes]
    return Card(
        trained_at=now,
        first=min(days),
        last=max(days),
        cases=len(outcomes),
        accepted=sum(accepted),
        seen=seen.decided,
        unweighed=seen.unweighed,
        brier=brier(shares, accepted),
        brier_base=brier([base] * len(accepted), accepted),
        tenths=tenths(shares, accepted),
    )


def brier(shares: Sequence[float], accepted: Sequence[bool]) -> float:
    """The mean square of what was foretold too high or too low; 0 is perfect."""
    pairs = zip(shares, accepted, strict=True)
    return sum((share - came) ** 2 for share, came in pairs) / len(shares)


def tenths(shares: Sequence[float], accepted: Sequence[bool]) -> tuple[Tenth, ...]:
    """Foretold against what came, by tenths of the scale."""
    found: Mapping[int, list[tuple[float, bool]]] = {at: [] for at in range(TENTHS)}
    for share, came in zip(shares, accepted, strict=True):
        found[min(int(share * TENTHS), TENTHS - 1)].append((share, came))
    return tuple(
        Tenth(
            len(pairs),
            sum(share for share, _ in pairs) / len(pairs) if pairs else 0.0,
            sum(came for _, came in pairs),
        )
        for pairs in (found[at] for at in range(TENTHS))
    )
