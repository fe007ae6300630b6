"""What appeals need from outside."""

from typing import Protocol

from gongdao.domain.appeals.dictation import Dictation, DictationStep
from gongdao.domain.appeals.model import Appeal, AppealStep
from gongdao.domain.appeals.standard import Materials, MaterialsStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, DecisionId, PersonId


class Appeals(Streams[Appeal, AppealStep], Protocol):
    """All appeals."""

    def of_decision(self, decision: DecisionId) -> list[Appeal]:
        """The appeals against a decision, first level first."""

    def waiting(self, limit: int) -> list[Held[Appeal]]:
        """Appeals for which nobody independent was there yet, oldest first."""


class MaterialStreams(Streams[Materials, MaterialsStep], Protocol):
    """What people brought to decisions. A stream has no row: it is asked for by its name alone."""

    def of(self, decision: DecisionId, person: PersonId) -> Held[Materials] | None:
        """What one person brought to one decision, if they brought anything."""


class Dictations(Streams[Dictation, DictationStep], Protocol):
    """All appeals that were taken down over the phone."""

    def of_case(self, case: CaseId) -> list[Held[Dictation]]:
        """Those of one case, the latest call first."""

    def unconfirmed(self, limit: int) -> list[Dictation]:
        """Those that are no appeal yet, the latest call first; whether in time or not."""
