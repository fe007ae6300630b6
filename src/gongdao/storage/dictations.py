"""Appeals taken down over the phone, in PostgreSQL."""

from uuid import UUID

from gongdao.domain.appeals import dictation
from gongdao.domain.appeals.dictation import Dictation, DictationStage, DictationStep
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId
from gongdao.storage.streams import PgStreams, as_uuid, keep_row
from gongdao.storage.verification_models import DictationRow


class PgDictations(PgStreams[Dictation, DictationStep]):
    """All of them."""

    begins = "dictation.taken"
    fold = staticmethod(dictation.fold)

    def project(self, stream: str, standing: Dictation, version: int) -> None:
        keep_row(DictationRow.objects, stream, dictation_row(standing, version))

    def of_case(self, case: CaseId) -> list[Held[Dictation]]:
        rows = DictationRow.objects.filter(case=as_uuid(case)).order_by("-called_at", "-id")
        return self.several([str(each) for each in rows.values_list("id", flat=True)])

    def unconfirmed(self, limit: int) -> list[Dictation]:
        rows = DictationRow.objects.exclude(stage=DictationStage.CONFIRMED.value)
        ids = rows.order_by("-called_at", "-id").values_list("id", flat=True)[:limit]
        return [held.now for held in self.several([str(each) for each in ids])]


def dictation_row(found: Dictation, version: int) -> dict[str, object]:
    """Its row."""
    return {
        "version": version,
        "case": UUID(found.case),
        "decision": UUID(found.decision),
        "appellant": UUID(found.appellant),
        "called_at": found.called_at,
        "stage": found.stage.value,
    }
