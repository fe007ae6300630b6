"""That a packet was made: by whom, when, for which chair, and which bytes.

It has a stream of its own, beside the case's: making a packet changes nothing that a packet holds.
"""

import hashlib
from dataclasses import dataclass
from typing import ClassVar, Protocol

from gongdao.domain.kernel.events import Event, Personal, Recorded, Role
from gongdao.domain.kernel.ids import CaseId, Digest, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class PacketMade(Event):
    """Somebody made a packet of a case."""

    kind: ClassVar[str] = "packet.made"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    case: CaseId
    made_for: str
    """The chair."""
    digest: Digest
    """Of `tagmanifest-sha256.txt`, which names every byte and which the operator signed."""
    originals: bool
    unmasked: bool
    """Whether it may say who reported."""
    language: str
    checkpoint: int
    """The size of the log at the checkpoint in it; 0 where there is none."""

    @property
    def staff(self) -> PersonId | None:
        """Who made it, of the staff: a party's person is nobody's to be told."""
        return None if self.by.role in {Role.REPORTER, Role.RESPONDENT} else self.by.person


class Makings(Protocol):
    """Keeps that packets were made."""

    def of_case(self, case: CaseId) -> list[Recorded[PacketMade]]:
        """Every making of a case, oldest first."""

    def add(self, made: PacketMade) -> None:
        """Keep one more, in the open unit of work."""


def makings_id(case: CaseId) -> str:
    """The one stream of a case's packets."""
    made = hashlib.sha256(f"packets\n{case}".encode()).hexdigest()
    ends = (8, 12, 16, 20, 32)
    return "-".join(made[a:b] for a, b in zip((0, *ends), ends, strict=False))
