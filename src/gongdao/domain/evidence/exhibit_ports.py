"""What exhibits need from outside."""

from typing import Protocol

from gongdao.domain.evidence.exhibits import Exhibit, ExhibitStep
from gongdao.domain.kernel.events import Recorded, Streams
from gongdao.domain.kernel.ids import CaseId, Digest, PersonId


class Exhibits(Streams[Exhibit, ExhibitStep], Protocol):
    """All exhibits."""

    def of_case(self, case: CaseId) -> list[tuple[Exhibit, str]]:
        """Those of a case by their numbers, each with the leaf (hex) of its first event."""

    def next_numbers(self, case: CaseId, owner: PersonId | None) -> tuple[int, int]:
        """The next number in the case, and among the owner's; others who ask wait until then."""

    def same_file(self, digest: Digest) -> list[Exhibit]:
        """Every exhibit, of any case, that is this very file."""


Leaf = Recorded[ExhibitStep]
"""An event of an exhibit with its leaf."""
