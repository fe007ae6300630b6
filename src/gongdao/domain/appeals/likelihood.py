"""How likely an appeal is accepted, by what is known when it is filed and nothing that comes later.

A logistic regression gives a score, a calibration turns the score into a share. The share never
falls as completeness grows: the weight of completeness is not negative, the calibration runs
upward, and so do the bounds. `learning.py` learns it; this only reads it.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from gongdao.domain.appeals.model import Side
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.basics import SubjectKind

COMPLETE = "complete"
_MOST_COUNTED = 5
"""More violations, refusals or marks of one weight count as so many."""
_SURE = 1.96
"""Standard deviations of an interval that holds the truth in 95 of 100 cases."""


@dataclass(frozen=True, slots=True)
class AtFiling:
    """All that an estimate may rest on: there is no field here for anything known afterwards."""

    clause: str | None
    subject: SubjectKind
    side: Side
    opened_at: datetime
    """Since when this level could be asked."""
    closes_at: datetime | None
    filed_at: datetime
    strikes: int
    """The count that the decision brought the account to."""
    refused: int
    """Earlier appeals of this person, of the same family, that were refused by then."""
    complete: int
    """Percent of the required material."""
    tone: tuple[str, ...]
    """Kinds of passages that the linter marked."""


@dataclass(frozen=True, slots=True)
class Features:
    """The same, as the estimate uses it."""

    family: str
    subject: SubjectKind
    side: Side
    complete: int
    left: float
    """Share of the window that was left."""
    repeated: int
    """Earlier violations of the same clause that count."""
    refused: int
    tone: tuple[int, int, int]
    """Marked kinds of weight 1, 2 and 3."""


def features_of(at: AtFiling, weights: Mapping[str, int]) -> Features:
    """The features of an appeal; `weights` says how much each kind of marked passage weighs."""
    found = [weights.get(kind, 1) for kind in at.tone]
    return Features(
        family=family_of(at.clause),
        subject=at.subject,
        side=at.side,
        complete=max(0, min(at.complete, 100)),
        left=_left(at),
        repeated=max(at.strikes - 1, 0),
        refused=at.refused,
        tone=(found.count(1), found.count(2), found.count(3)),
    )


def family_of(clause: str | None) -> str:
    """The word before the dot of a clause's code; `none` where no clause is cited."""
    return clause.partition(".")[0] if clause else "none"


def _left(at: AtFiling) -> float:
    if at.closes_at is None:
        return 1.0
    whole = (at.closes_at - at.opened_at).total_seconds()
    rest = (at.closes_at - at.filed_at).total_seconds()
    return max(0.0, min(rest / whole, 1.0)) if whole > 0 else 0.0


def columns(features: Features) -> dict[str, float]:
    """The features as numbers; what stands before a dot belongs together. Absent ones are 0."""
    counts = {
        "repeated": features.repeated,
        "refused": features.refused,
        **{f"tone.{weight}": n for weight, n in enumerate(features.tone, 1)},
    }
    return {
        COMPLETE: features.complete / 100,
        "left": features.left,
        f"family.{features.family}": 1.0,
        f"subject.{features.subject.value}": 1.0,
        f"side.{features.side.value}": 1.0,
        **{name: float(min(n, _MOST_COUNTED)) for name, n in counts.items() if n},
    }


@dataclass(frozen=True, slots=True)
class Outcome:
    """A decided appeal: what was known when it was filed, and whether it was accepted."""

    case: CaseId
    """Appeals of one case are learned from together, or held back together."""
    features: Features
    accepted: bool
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Weight:
    """What one column counts, and what it was on average."""

    name: str
    weight: float
    mean: float
    by_fold: tuple[float, ...]
    """What it counts for each of the models that a fold was held back from."""


@dataclass(frozen=True, slots=True)
class Point:
    """One point of the calibration: at this score, that share was accepted."""

    score: float
    share: float


@dataclass(frozen=True, slots=True)
class Tenth:
    """Held-back appeals whose likelihood lay in one tenth of the scale."""

    cases: int
    foretold: float
    """Their mean likelihood."""
    accepted: int


@dataclass(frozen=True, slots=True)
class Card:
    """What a model was learned from and how right it was on appeals held back from it."""

    trained_at: datetime
    first: datetime
    last: datetime
    """When the earliest and latest of them were decided."""
    cases: int
    accepted: int
    seen: int
    """How many could be learned from; the latest of them were."""
    unweighed: int
    """Decided appeals that were left out: nothing was said of them before they were sent."""
    brier: float
    brier_base: float
    """The same for whoever always tells the share of all."""
    tenths: tuple[Tenth, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A learned estimate with its card."""

    bias: float
    bias_by_fold: tuple[float, ...]
    weights: tuple[Weight, ...]
    points: tuple[Point, ...]
    """Rising in score and share."""
    around: int
    """How many held-back appeals each point rests on."""
    card: Card


@dataclass(frozen=True, slots=True)
class Range:
    """A likelihood in whole percents, from 0 to 100."""

    low: int
    high: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds, against an average decided appeal, in percentage points."""

    name: str
    """`complete`, `left`, `repeated`, `refused`, `tone`, `family`, `subject` or `side`."""
    points: int
    size: float
    """Without its sign, on the scale of scores: what they are ordered by."""


def score(model: Model, features: Features) -> float:
    """The sum of all weights; the higher the likelier."""
    known = columns(features)
    return model.bias + sum(w.weight * known.get(w.name, 0.0) for w in model.weights)


def share_at(points: Iterable[Point], at: float) -> float:
    """The share at a score: straight lines between the points, flat beyond the last ones."""
    known = list(points)
    if at <= known[0].score:
        return known[0].share
    for before, after in pairwise(known):
        if at < after.score:
            along = (at - before.score) / (after.score - before.score)
            return before.share + along * (after.share - before.share)
    return known[-1].share


def share_of(model: Model, features: Features) -> float:
    """The likelihood itself, from 0 to 1."""
    return share_at(model.points, score(model, features))


def range_of(model: Model, features: Features) -> Range:
    """Between which percents the likelihood lies.

    From the lowest to the highest of what the model and those that a fold was held back from say,
    each with Wilson's interval of the cases around it. All of them only rise with completeness.
    """
    known = columns(features)
    scores = [score(model, features)]
    scores += [
        bias + sum(w.by_fold[fold] * known.get(w.name, 0.0) for w in model.weights)
        for fold, bias in enumerate(model.bias_by_fold)
    ]
    shares = [share_at(model.points, each) for each in scores]
    low, _ = wilson(min(shares), model.around)
    _, high = wilson(max(shares), model.around)
    return Range(math.floor(low * 100), math.ceil(high * 100))


def wilson(share: float, cases: int) -> tuple[float, float]:
    """Wilson's score interval at 95 %; it always holds the share."""
    z2 = _SURE * _SURE / cases
    middle = share + z2 / 2
    reach = _SURE * math.sqrt((share * (1 - share) + z2 / 4) / cases)
    low, high = (middle - reach) / (1 + z2), (middle + reach) / (1 + z2)
    return max(0.0, min(low, share)), min(1.0, max(high, share))


def contributions(model: Model, features: Features) -> tuple[Contribution, ...]:
    """What each feature adds against an average decided appeal, the largest first."""
    known, whole = columns(features), score(model, features)
    sizes: dict[str, float] = {}
    for each in model.weights:
        name = each.name.partition(".")[0]
        size = each.weight * (known.get(each.name, 0.0) - each.mean)
        sizes[name] = sizes.get(name, 0.0) + size
    here = share_at(model.points, whole)
    found = [
        Contribution(name, round((here - share_at(model.points, whole - size)) * 100), abs(size))
        for name, size in sizes.items()
    ]
    return tuple(sorted(found, key=lambda each: (-each.size, each.name)))
