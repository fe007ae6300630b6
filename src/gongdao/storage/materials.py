"""What people brought to decisions, in PostgreSQL: streams alone, and no row."""

from gongdao.domain.appeals import standard
from gongdao.domain.appeals.standard import Materials, MaterialsStep, materials_id
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import DecisionId, PersonId
from gongdao.storage.streams import PgStreams


class PgMaterials(PgStreams[Materials, MaterialsStep]):
    """All of it."""

    begins = "materials.begun"
    fold = staticmethod(standard.fold)

    def project(self, stream: str, standing: Materials, version: int) -> None:
        """Nothing lists these."""

    def of(self, decision: DecisionId, person: PersonId) -> Held[Materials] | None:
        return next(iter(self.several([materials_id(decision, person)])), None)
