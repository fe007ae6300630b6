"""What people brought to decisions, in memory."""

from tests.fakes.streams import MemoryStreams

from gongdao.domain.appeals import standard
from gongdao.domain.appeals.standard import Materials, MaterialsStep, materials_id
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DecisionId, PersonId


class MemoryMaterials(MemoryStreams[Materials, MaterialsStep]):
    """All of it."""

    table = "materials"
    fold = staticmethod(standard.fold)

    def of(self, decision: DecisionId, person: PersonId) -> Held[Materials] | None:
        stream = materials_id(decision, person)
        return self.get(stream) if self.history(stream) else None
