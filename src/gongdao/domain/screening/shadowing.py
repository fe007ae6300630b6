"""A new model reads beside the live one before it may take its place; what was noted of both.

Of a text that is noted, only its keyed digest is kept, with scores and lanes: no words.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import reduce
from typing import ClassVar, Protocol, assert_never

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Event, Held, Personal, Streams
from gongdao.domain.kernel.ids import Sealed
from gongdao.domain.policy.screening import Category, Lane, ShadowPolicy

BINS = 10


@dataclass(frozen=True, slots=True)
class Which:
    """A model by its version and by its file's SHA-256."""

    version: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelsBegun(Event):
    """The model that was live before anybody changed it."""

    kind: ClassVar[str] = "screening.models_begun"
    personal: ClassVar[Personal] = Personal.NOTHING
    live: Which


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowStarted(Event):
    """A model began to read beside the live one."""

    kind: ClassVar[str] = "screening.shadow_started"
    personal: ClassVar[Personal] = Personal.NOTHING
    shadow: Which


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowStopped(Event):
    """It no longer does."""

    kind: ClassVar[str] = "screening.shadow_stopped"
    personal: ClassVar[Personal] = Personal.NOTHING


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelWentLive(Event):
    """A model took the live one's place; without a shadow run only with reasons."""

    kind: ClassVar[str] = "screening.model_went_live"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    live: Which
    texts: int
    """So many texts it had read beside the one before."""
    without_shadow: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelRolledBack(Event):
    """The model before took its place again."""

    kind: ClassVar[str] = "screening.model_rolled_back"
    personal: ClassVar[Personal] = Personal.NOTHING


class Shift(StrEnum):
    """What can be said of the latest days beside the weeks before."""

    TOO_FEW = "too_few"
    STEADY = "steady"
    SCORES = "scores"
    """Scores lie elsewhere than before."""
    FLAGGED = "flagged"
    """More or fewer texts are flagged than before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftBegan(Event):
    """Texts of a category, or their scores, are no longer as before; people were told."""

    kind: ClassVar[str] = "screening.drift_began"
    personal: ClassVar[Personal] = Personal.NOTHING
    category: Category
    says: Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class DriftEnded(Event):
    """They are as before again, clearly; people were told."""

    kind: ClassVar[str] = "screening.drift_ended"
    personal: ClassVar[Personal] = Personal.NOTHING
    category: Category


ModelsStep = (
    ModelsBegun
    | ShadowStarted
    | ShadowStopped
    | ModelWentLive
    | ModelRolledBack
    | DriftBegan
    | DriftEnded
)
THE_MODELS = "0e8f3c6e-93c7-5a5e-8a62-6e4f8f2d7b10"
"""The one stream of an installation's models."""


@dataclass(frozen=True, slots=True)
class Models:
    """Which model is live, which was before, and which reads beside it."""

    live: Which
    since: datetime
    own: bool = False
    """Somebody put it live; else it is the program's own, which changes with the program."""
    before: Which | None = None
    before_own: bool = False
    shadow: Which | None = None
    shadow_since: datetime | None = None
    without_shadow: Sealed | None = None
    drifting: frozenset[Category] = frozenset()
    """Of which people were told that they have changed. Another live model begins anew."""


def after(now: Models, step: ModelsStep) -> Models:
    """How they stand after one more step."""
    match step:
        case ModelsBegun():
            raise ValueError("the models were begun twice")
        case ShadowStarted():
            return replace(now, shadow=step.shadow, shadow_since=step.at)
        case ShadowStopped():
            return replace(now, shadow=None, shadow_since=None)
        case ModelWentLive():
            return Models(
                step.live, step.at, True, now.live, now.own, without_shadow=step.without_shadow
            )
        case ModelRolledBack():
            return Models(
                now.before or now.live, step.at, now.before_own,
                shadow=now.shadow, shadow_since=now.shadow_since,
            )  # fmt: skip
        case DriftBegan():
            return replace(now, drifting=now.drifting | {step.category})
        case DriftEnded():
            return replace(now, drifting=now.drifting - {step.category})
        case _:
            assert_never(step)


def fold(steps: Iterable[ModelsStep]) -> Models:
    """How they stand after a whole stream; ValueError if it does not begin with its beginning."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, ModelsBegun):
        raise ValueError("the models begin with screening.models_begun")
    return reduce(after, rest, Models(first.live, first.at))


class ModelSteps(Streams[Models, ModelsStep], Protocol):
    """The one stream of the installation's models."""

    def of_house(self) -> Held[Models] | None:
        """How they stand; None while nobody has changed them."""

    def write(self, steps: Sequence[ModelsStep], *, after: int) -> Held[Models]:
        """Keep what happened after a version."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What was said of one text in one category."""

    at: datetime
    key: str
    """Keyed digest of the text: by it a later label is found."""
    category: Category
    live: float
    live_lane: Lane
    shadow_version: str | None = None
    shadow: float | None = None
    shadow_lane: Lane | None = None
    live_version: str = ""
    """The model that was live; empty where it had no say."""


@dataclass(frozen=True, slots=True)
class Window:
    """The texts of some days in one category."""

    category: Category
    n: int
    flagged: int
    mean: float
    bins: tuple[int, ...]
    """How many scores fell into each tenth."""


@dataclass(frozen=True, slots=True)
class Crossed:
    """So many texts for which the live model and its shadow suggested these lanes."""

    category: Category
    live: Lane
    shadow: Lane
    n: int


class Samples(Protocol):
    """What was noted of screened texts."""

    def keep(self, samples: Sequence[Sample]) -> None:
        """Keep some."""

    def window(self, live: str, begin: datetime, end: datetime) -> Sequence[Window]:
        """The texts that a live model read in a time, its end left out, by category."""

    def texts(self, version: str, since: datetime) -> int:
        """How many texts a shadow has read since."""

    def crossed(self, version: str, since: datetime) -> Sequence[Crossed]:
        """What both suggested."""

    def of_texts(self, version: str, keys: Sequence[str]) -> Sequence[Sample]:
        """What both said of these texts, by their keys; the latest of each and its category."""

    def forget(self, before: datetime) -> int:
        """Forget older ones; how many."""


def check_ready(
    now: Models | None, which: Which, texts: int, policy: ShadowPolicy, at: datetime
) -> None:
    """Refused where a model has not yet run beside the live one for long enough."""
    if now is None or now.shadow != which or now.shadow_since is None:
        raise Refused(
            "model.no_shadow",
            hint_noop(
                "This file has not run as a shadow. Start it with gongdao model shadow start, or "
                "give --without-shadow and a reason."
            ),
        )
    ran = at - now.shadow_since
    if texts < policy.texts or ran < timedelta(days=policy.days):
        raise Refused(
            "model.shadow_too_short",
            hint_noop(
                "The shadow has read {texts} texts in {days} days; the pack asks for {least} texts "
                "and {least_days} days. Wait, or give --without-shadow and a reason."
            ),
            texts=texts,
            days=ran.days,
            least=policy.texts,
            least_days=policy.days,
        )
