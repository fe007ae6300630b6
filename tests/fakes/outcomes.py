"""How appeals ended, and what was learned of it, in memory."""

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryAppeals

from gongdao.domain.appeals.likelihood import Model, Outcome
from gongdao.domain.appeals.model import Appeal
from gongdao.domain.kernel.ids import AppealId, PersonId


class MemoryOutcomes:
    """Outcomes, the appeals of somebody, and models."""

    def __init__(self, memory: Memory, appeals: MemoryAppeals) -> None:
        self.memory, self.appeals = memory, appeals

    def unnoted(self, limit: int) -> list[AppealId]:
        noted = self.memory.tables["appeal_outcome"]
        found = [a for a in self._all() if a.closed_at is not None and a.id not in noted]
        found.sort(key=lambda a: (a.closed_at or a.filed_at, a.id))
        return [appeal.id for appeal in found[:limit]]

    def note(self, appeal: AppealId, outcome: Outcome | None) -> None:
        self.memory.must_be_open()
        self.memory.tables["appeal_outcome"].setdefault(appeal, outcome)

    def latest(self, limit: int) -> list[Outcome]:
        rows = self.memory.tables["appeal_outcome"].items()
        found = sorted(
            ((o.decided_at, id_, o) for id_, o in rows if o is not None), key=lambda each: each[:2]
        )
        return [outcome for _, _, outcome in found][-limit:]

    def count(self) -> tuple[int, int]:
        noted = list(self.memory.tables["appeal_outcome"].values())
        unweighed = noted.count(None)
        return len(noted) - unweighed, unweighed

    def of_person(self, person: PersonId, limit: int) -> list[Appeal]:
        theirs = [appeal for appeal in self._all() if appeal.appellant == person]
        theirs.sort(key=lambda a: (a.filed_at, a.id), reverse=True)
        return theirs[:limit]

    def keep(self, model: Model) -> None:
        self.memory.must_be_open()
        models = self.memory.tables["forecast_model"]
        models[len(models)] = model

    def models(self, limit: int) -> list[Model]:
        return list(reversed(self.memory.tables["forecast_model"].values()))[:limit]

    def _all(self) -> list[Appeal]:
        return [held.now for held in self.appeals.all()]
