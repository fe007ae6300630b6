"""Seniors and operators are told once when texts have changed, and once when it is over."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.shadow_runs import ShadowRuns
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.kernel.events import SYSTEM, Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening import drift
from gongdao.domain.screening.shadowing import THE_MODELS, ModelsStep, Which

BEGAN, ENDED = "screening_drift_began", "screening_drift_ended"


@dataclass(frozen=True, slots=True)
class DriftWatch:
    """What the worker looks at from time to time."""

    records: Records
    runs: ShadowRuns
    live: Callable[[], Which]

    def watch(self) -> int:
        """Tell what was not told yet; of how many categories."""
        r, policy = self.records, self.runs.policy().drift
        if policy is None:
            return 0
        with r.work():
            models = self.runs.models()
            told = models.drifting if models else frozenset()
            found = self.runs.drifts_now()
            began, ended = drift.turns(told, found, policy, SYSTEM, r.clock())
            steps: list[ModelsStep] = [*began, *ended]
            if steps:
                self.runs.write(self.live(), steps)
                self._tell(BEGAN, [each.category for each in began])
                self._tell(ENDED, [each.category for each in ended])
        return len(steps)

    def _tell(self, template: str, categories: list[Category]) -> None:
        r, pack = self.records, pack_of_the_day(self.records.packs, self.records.clock())
        if not categories:
            return
        found = notices.template(pack, template)
        waiting = pack.screening.waiting if pack.screening else None

        def written(language: str) -> tuple[str, str]:
            several = [
                waiting.names[each].in_(language) if waiting else each.value for each in categories
            ]
            named = ("、" if language.startswith("zh") else ", ").join(several)
            filled = {"categories": named, "link": f"{r.address}/desk/screening/numbers/"}
            return notices.write(found.in_(language), filled)

        for person in self._leads():
            issue(r, person, Reader.STAFF, template, THE_MODELS, written)

    def _leads(self) -> Iterable[PersonId]:
        staff = self.records.staff
        seniors = [e.person for e in staff.reviewers() if Role.SENIOR_REVIEWER in e.roles]
        return dict.fromkeys([*staff.operators(), *seniors])
