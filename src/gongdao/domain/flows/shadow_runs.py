"""A new model reads beside the live one, is compared, and goes live when a person says so."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import may_read_desk, must_be
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.retiring import checked_reasons
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.policy.screening import Category, Lane, ScreeningPolicy, ShadowPolicy
from gongdao.domain.screening import drift, shadowing
from gongdao.domain.screening.drift import Drift
from gongdao.domain.screening.shadowing import (
    Crossed,
    ModelRolledBack,
    Models,
    ModelsBegun,
    ModelsStep,
    ModelWentLive,
    Sample,
    ShadowStarted,
    ShadowStopped,
    Which,
)

_WEEK = timedelta(days=7)


class Readable(Protocol):
    """Whether a model's file can be read."""

    def __call__(self, which: Which, *, own: bool) -> None:
        """BadInput where it can't; the program's own always can."""


@dataclass(frozen=True, slots=True)
class Against:
    """Who was right where a decision says what a text was, in one category."""

    category: Category
    labels: int
    both: int
    """Texts that both judged as the label does."""
    live_only: int
    shadow_only: int


@dataclass(frozen=True, slots=True)
class ShadowReport:
    """How a shadow has read so far."""

    models: Models
    texts: int
    days: int
    least: ShadowPolicy
    crossed: Sequence[Crossed]
    against: Sequence[Against]

    @property
    def disagreed(self) -> int:
        """In how many texts and categories the two suggested different lanes."""
        return sum(each.n for each in self.crossed if each.live is not each.shadow)


@dataclass(frozen=True, slots=True)
class ShadowRuns:
    """What an operator does with models. `put` keeps a file, before the record names it."""

    records: Records
    policy: Callable[[], ScreeningPolicy]
    reads: Callable[[], str]
    """The version of the model that reads now; empty where none does."""

    def start(self, shadow: Which, live: Which, caller: Caller, put: Callable[[], None]) -> None:
        """Let a model read beside the live one."""
        if shadow.digest == live.digest:
            raise Refused("model.is_live", hint_noop("This very model is live already."))
        by, now = self._by(caller), self.records.clock()
        self.write(live, [ShadowStarted(at=now, by=by, shadow=shadow)], put)

    def stop(self, caller: Caller) -> None:
        """Let it read no longer."""
        by = self._by(caller)
        live = self._running().live
        self.write(live, [ShadowStopped(at=self.records.clock(), by=by)])

    def go_live(
        self,
        new: Which,
        live: Which,
        caller: Caller,
        put: Callable[[], None],
        without_shadow: str | None = None,
    ) -> None:
        """Put a model in the live one's place, after its shadow run or with reasons."""
        r, by = self.records, self._by(caller)
        if new.digest == live.digest:
            raise Refused("model.is_live", hint_noop("This very model is live already."))
        with r.work():
            held = r.model_steps.of_house()
            now, texts = held.now if held else None, 0
            if now is not None and now.shadow == new and now.shadow_since is not None:
                texts = r.samples.texts(new.version, now.shadow_since)
            if without_shadow is None:
                shadowing.check_ready(now, new, texts, self._shadow(), r.clock())
                reasons = None
            else:
                reasons = r.texts.seal(checked_reasons(without_shadow), None)
            step = ModelWentLive(at=r.clock(), by=by, live=new, texts=texts, without_shadow=reasons)
            self.write(live, [step], put)

    def roll_back(self, caller: Caller, readable: Readable) -> None:
        """Put the model before in its place again; refused as `readable` says if it is lost."""
        r, by = self.records, self._by(caller)
        with r.work():
            now = self.models()
            if now is None or now.before is None:
                raise Refused(
                    "model.nothing_before", hint_noop("No model was live here before this one.")
                )
            readable(now.before, own=now.before_own)
            self.write(now.live, [ModelRolledBack(at=r.clock(), by=by)])

    def models(self) -> Models | None:
        """How the models stand; None while nobody has changed them."""
        held = self.records.model_steps.of_house()
        return held.now if held else None

    def report(self, caller: Caller) -> ShadowReport:
        """What the shadow has said so far, beside the live model and beside decisions."""
        may_read_desk(caller)
        r = self.records
        models = self._running()
        version, since = models.shadow.version if models.shadow else "", models.shadow_since
        begun = since or r.clock()
        return ShadowReport(
            models=models,
            texts=r.samples.texts(version, begun),
            days=(r.clock() - begun).days,
            least=self._shadow(),
            crossed=r.samples.crossed(version, begun),
            against=list(self._against(version, begun)),
        )

    def drifts(self, caller: Caller) -> tuple[Drift, ...]:
        """Whether texts or scores have changed lately; what another model scored says nothing."""
        may_read_desk(caller)
        return self.drifts_now()

    def drifts_now(self) -> tuple[Drift, ...]:
        """The same, for the clock."""
        policy, now = self.policy().drift, self.records.clock()
        if policy is None:
            return ()
        samples, live = self.records.samples, self.reads()
        latest = samples.window(live, now - _WEEK, now + timedelta(seconds=1))
        before = samples.window(live, now - _WEEK * (policy.weeks + 1), now - _WEEK)
        return drift.drifts(latest, before, policy)

    def _against(self, version: str, since: datetime) -> Iterable[Against]:
        """Labels of texts that both have read, by category."""
        r = self.records
        labels = r.labels.counted(since)
        texts = r.texts.several([each.text for each in labels])
        keys = {seal: r.parties.wording(text) for seal, text in texts.items()}
        known = r.samples.of_texts(version, sorted(set(keys.values())))
        said = {(each.key, each.category): each for each in known}
        for category in Category:
            pairs = [
                (said[keys[each.text], category], each.true)
                for each in labels
                if each.category is category
                and each.text in keys
                and (keys[each.text], category) in said
            ]
            if pairs:
                yield _judged(category, pairs)

    def _running(self) -> Models:
        held = self.records.model_steps.of_house()
        if held is None or held.now.shadow is None:
            raise Refused(
                "model.no_shadow_runs",
                hint_noop("No shadow runs. Start one with gongdao model shadow start FILE."),
            )
        return held.now

    def write(
        self, live: Which, steps: list[ModelsStep], put: Callable[[], None] = lambda: None
    ) -> None:
        """Keep what happened; `live` is what was live before anything did."""
        r = self.records
        with r.work():
            held: Held[Models] | None = r.model_steps.of_house()
            if held is None:
                begun = ModelsBegun(at=r.clock(), by=steps[0].by, live=live)
                held = r.model_steps.write([begun], after=0)
            put()
            r.model_steps.write(steps, after=held.version)

    def _shadow(self) -> ShadowPolicy:
        found = self.policy().shadow
        if found is None:
            raise Refused(
                "model.no_policy", hint_noop("The pack's screening.yaml says nothing of shadows.")
            )
        return found

    def _by(self, caller: Caller) -> Actor:
        must_be(caller, Role.OPERATOR)
        return Actor(Role.OPERATOR, caller.person)


def _judged(category: Category, pairs: Sequence[tuple[Sample, bool]]) -> Against:
    live = [(one.live_lane is not Lane.PUBLISH) is true for one, true in pairs]
    shadow = [(one.shadow_lane is not Lane.PUBLISH) is true for one, true in pairs]
    both = sum(a and b for a, b in zip(live, shadow, strict=True))
    return Against(category, len(pairs), both, sum(live) - both, sum(shadow) - both)
