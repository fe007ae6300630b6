"""What ways back need from outside."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import CaseId, Code, SanctionId
from gongdao.domain.policy.quiz import Marked, Paper
from gongdao.domain.ways_back.model import WayBack, WayBackStep


class WaysBack(Streams[WayBack, WayBackStep], Protocol):
    """All ways back."""

    def of_sanction(self, sanction: SanctionId) -> Held[WayBack] | None:
        """The way back from a sanction; None where there is none."""

    def of_case(self, case: CaseId) -> list[Held[WayBack]]:
        """Those of a case's sanctions, oldest first."""

    def to_look_at(self, now: datetime, limit: int) -> list[Held[WayBack]]:
        """Open ones with a wait that is over, to look at: they may be old a moment later."""

    def to_check(self, limit: int) -> list[WayBack]:
        """Open ones with a proof that nobody has checked, the longest waiting first."""


class Exams(Protocol):
    """Who puts questions and marks the answers."""

    def paper(self, quiz: Code, seed: str, amount: int) -> Paper:
        """The questions of one try, the same for the same seed; NotFound for an unknown quiz."""

    def mark(
        self, quiz: Code, seed: str, questions: Sequence[Code], answers: Mapping[Code, Code]
    ) -> Marked:
        """Mark a try; Refused while a question is open, NotFound for an unknown quiz."""
