"""What decided appeals teach: noted with what was known when they were filed, learned from again.

A machine estimates here; it decides nothing.
"""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import may_read_desk
from gongdao.domain.appeals import learning
from gongdao.domain.appeals.likelihood import Model, Outcome, features_of
from gongdao.domain.appeals.model import Appeal, AppealStage
from gongdao.domain.flows.forecasting import enough
from gongdao.domain.flows.known_at_filing import at_filing, tone_weights
from gongdao.domain.flows.records import HOUSE, Records
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.policy.forecast import ForecastPolicy

ACCEPTED = {AppealStage.CHANGED, AppealStage.OVERTURNED}
"""Either way the appeal moved something."""
_ENDED = {AppealStage.UPHELD, *ACCEPTED}
_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Learned:
    """How far this installation has come."""

    policy: ForecastPolicy | None
    """None: the pack in force says nothing of prospects, so nothing is told."""
    decided: int
    """Decided appeals that can be learned from."""
    unweighed: int
    """Those of which nothing was said before they were sent."""
    model: Model | None
    """The latest, whether or not it is enough by the pack in force."""
    told: bool
    """Whether people are told a likelihood of our own."""


@dataclass(frozen=True, slots=True)
class Learning:
    """Notes outcomes and learns from them."""

    records: Records

    def tick(self) -> int:
        """Note what was decided; learn again once enough is new. How many things were done."""
        noted = self.note()
        if noted < _AT_ONCE and self._is_due():
            self._learn()
            return noted + 1
        return noted

    def note(self) -> int:
        """Note decided appeals that are not noted yet; how many."""
        r = self.records
        with r.work():
            found = r.outcomes.unnoted(_AT_ONCE)
            for each in found:
                r.outcomes.note(each, self._outcome(each))
        return len(found)

    def train(self) -> Model:
        """Learn now, for whoever runs the installation; Refused while there are too few."""
        while self.note() == _AT_ONCE:
            continue
        found = self._learn()
        if found is None:
            policy = self._policy()
            raise Refused(
                "forecast.too_few",
                hint_noop(
                    "{decided} decided appeals can be learned from. The pack asks for {least}, "
                    "with {each} accepted and {each} refused. Until then claims are shown as such."
                ),
                decided=self.records.outcomes.count()[0],
                least=policy.least.decided if policy else 0,
                each=policy.least.each_outcome if policy else 0,
            )
        return found

    def shown(self, caller: Caller) -> Learned:
        """For staff and the auditor; for others there is no such page."""
        may_read_desk(caller)
        return self.now()

    def now(self) -> Learned:
        """The same, for whoever runs the installation."""
        policy = self._policy()
        decided, unweighed = self.records.outcomes.count()
        model = next(iter(self.records.outcomes.models(1)), None)
        told = policy is not None and model is not None and enough(model, policy.least)
        return Learned(policy, decided, unweighed, model, told)

    def _policy(self) -> ForecastPolicy | None:
        r = self.records
        return r.packs.in_force(HOUSE, r.clock().date()).forecast

    def _is_due(self) -> bool:
        policy = self._policy()
        if policy is None:
            return False
        decided, _ = self.records.outcomes.count()
        if decided < policy.least.decided:
            return False
        last = next(iter(self.records.outcomes.models(1)), None)
        seen = last.card.seen if last is not None else 0
        return last is None or decided - seen >= policy.least.learn_again_after

    def _learn(self) -> Model | None:
        r, policy = self.records, self._policy()
        if policy is None:
            return None
        outcomes = r.outcomes.latest(policy.least.most)
        accepted = sum(each.accepted for each in outcomes)
        rarer = min(accepted, len(outcomes) - accepted)
        if len(outcomes) < policy.least.decided or rarer < policy.least.each_outcome:
            return None
        decided, unweighed = r.outcomes.count()
        model = learning.learn(outcomes, learning.Seen(decided, unweighed), r.clock())
        with r.work():
            r.outcomes.keep(model)
        return model

    def _outcome(self, appeal_id: AppealId) -> Outcome | None:
        r = self.records
        appeal: Appeal = r.appeals.get(appeal_id).now
        if appeal.weighed is None or appeal.stage not in _ENDED or appeal.closed_at is None:
            return None
        pack = r.pack(r.decisions.get(appeal.decision).now.pack)
        known = at_filing(r, appeal, appeal.weighed)
        features = features_of(known, tone_weights(pack))
        return Outcome(appeal.case, features, appeal.stage in ACCEPTED, appeal.closed_at)
