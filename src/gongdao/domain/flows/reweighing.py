"""What changes the order of the queues: how far something spread, and other weights."""

from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.weighing import Weighing
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.policy.weights import Weights
from gongdao.domain.triage import rules
from gongdao.domain.triage.model import Spread, Waiting, WhatIf


@dataclass(frozen=True, slots=True)
class Reweighing:
    """Moves cases in their queues."""

    records: Records
    weighing: Weighing

    def spread(self, case_id: CaseId, spread: Spread, caller: Caller) -> None:
        """The operator's app tells how far it has gone; the case moves at once."""
        must_be(caller, Role.APP, Role.OPERATOR)
        r = self.records
        with r.work():
            r.cases.get(case_id)
            told = rules.told(r.queues.spread(case_id), spread)
            r.queues.put_spread(case_id, told)
            waiting = r.queues.get(case_id)
            if waiting is not None:
                self._rank(waiting)

    def what_if(self, weights: Weights, caller: Caller, limit: int) -> WhatIf:
        """Which open cases other weights would move, and where; nothing is changed."""
        must_be(caller, Role.POLICY_KEEPER, Role.OPERATOR)
        return self.tried(weights, limit)

    def in_force(self, caller: Caller) -> Weights:
        """The weights by which cases are ranked now."""
        must_be(caller, Role.POLICY_KEEPER, Role.OPERATOR)
        return self.weighing.by(self.weighing.in_force(self.records.clock()))

    def tried(self, weights: Weights, limit: int) -> WhatIf:
        """The same, for whoever runs the installation."""
        r = self.records
        pack = self.weighing.in_force(r.clock())
        rules.check_known(weights, [category.code for category in r.policy(pack).categories])
        with r.work():
            return rules.what_if(r.queues.open(limit), self.weighing.by(pack), weights)

    def catch_up(self, limit: int) -> int:
        """Rank open cases anew by the weights of a pack that came into force; how many."""
        r = self.records
        with r.work():
            late = r.queues.outdated(self.weighing.in_force(r.clock()), limit)
            for waiting in late:
                self._rank(waiting)
        return len(late)

    def _rank(self, waiting: Waiting) -> None:
        r = self.records
        pack = self.weighing.in_force(r.clock())
        weights = self.weighing.by(pack)
        priority = rules.weigh(weights, rules.facts_of(waiting))
        skill = weights.skills.get(waiting.category, "")
        r.queues.rank(waiting.case, priority.rank, pack, skill)
