"""What appeals need from outside."""

from collections.abc import Sequence
from typing import Protocol

from gongdao.domain.appeals.dictation import Dictation, DictationStep
from gongdao.domain.appeals.likelihood import Model, Outcome
from gongdao.domain.appeals.model import Appeal, AppealStep
from gongdao.domain.appeals.standard import Materials, MaterialsStep
from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import AppealId, CaseId, DecisionId, PersonId


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


class Outcomes(Protocol):
    """How appeals ended, beside what was known when they were filed; and what was learned of it."""

    def unnoted(self, limit: int) -> list[AppealId]:
        """Decided appeals that are not noted yet, the earliest decided first."""

    def note(self, appeal: AppealId, outcome: Outcome | None) -> None:
        """Note one, once; None where nothing was said of it before it was sent."""

    def latest(self, limit: int) -> list[Outcome]:
        """The latest decided ones, the earliest of them first."""

    def count(self) -> tuple[int, int]:
        """How many were noted with their features, and how many without."""

    def of_person(self, person: PersonId, limit: int) -> list[Appeal]:
        """The latest appeals of somebody, the latest first."""

    def keep(self, model: Model) -> None:
        """Keep a model; the ones before it stay."""

    def models(self, limit: int) -> Sequence[Model]:
        """The latest models, the latest first."""
