"""Proofs of who somebody is, known devices and dictations in memory; and a service for faces."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryStreams

from gongdao.domain.access.rules import not_found
from gongdao.domain.appeals import dictation
from gongdao.domain.appeals.dictation import Dictation, DictationStage, DictationStep
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import CaseId, InvitationId, NewId, PersonId
from gongdao.domain.verification import model
from gongdao.domain.verification.model import (
    FaceResult,
    Verification,
    VerificationStep,
    verification_id,
)
from gongdao.domain.verification.ports import FaceCheck, KnownDevice
from gongdao.domain.verification.rings import Vouch, vouches_of


class MemoryVerifications(MemoryStreams[Verification, VerificationStep]):
    """Everybody's proofs."""

    table = "verification"
    fold = staticmethod(model.fold)

    def of(self, case: CaseId, appellant: PersonId) -> Held[Verification] | None:
        name = verification_id(case, appellant)
        return self.get(name) if name in self._rows() else None

    def of_case(self, case: CaseId) -> list[Verification]:
        found = [held.now for held in self.all() if held.now.case == case]
        return sorted(found, key=lambda each: each.id)

    def inviting(self, invitation: InvitationId) -> Held[Verification] | None:
        for held in self.all():
            if invitation in {each.id for each in held.now.invitations}:
                return held
        return None

    def vouches(self, people: Collection[PersonId], since: datetime) -> Sequence[Vouch]:
        return vouches_of((held.now for held in self.all()), people, since)


class MemoryDictations(MemoryStreams[Dictation, DictationStep]):
    """Appeals taken down over the phone."""

    table = "dictation"
    fold = staticmethod(dictation.fold)

    def of_case(self, case: CaseId) -> list[Held[Dictation]]:
        found = [held for held in self.all() if held.now.case == case]
        return sorted(found, key=lambda held: (held.now.called_at, held.now.id), reverse=True)

    def unconfirmed(self, limit: int) -> list[Dictation]:
        found = [h.now for h in self.all() if h.now.stage is not DictationStage.CONFIRMED]
        return sorted(found, key=lambda each: (each.called_at, each.id), reverse=True)[:limit]


@dataclass(frozen=True, slots=True)
class MemoryDevices:
    """Devices."""

    memory: Memory
    new_id: NewId

    def seen(self, person: PersonId, mark: str, label: str, now: datetime) -> KnownDevice:
        rows = self.memory.tables["device"]
        before = rows.get((person, mark))
        rows[person, mark] = (
            replace(before, last_seen=now, label=label[:80])
            if before
            else KnownDevice(self.new_id(), label[:80], now, now)
        )
        found: KnownDevice = rows[person, mark]
        return found

    def known(self, person: PersonId, mark: str) -> KnownDevice | None:
        return self.memory.tables["device"].get((person, mark))

    def of(self, person: PersonId) -> list[KnownDevice]:
        rows = self.memory.tables["device"]
        mine = sorted((d for (p, _), d in rows.items() if p == person), key=lambda d: d.id)
        return sorted(mine, key=lambda d: d.last_seen, reverse=True)

    def forget(self, person: PersonId, device: str) -> None:
        rows = self.memory.tables["device"]
        key = next((k for k, d in rows.items() if k[0] == person and d.id == device), None)
        if key is None:
            raise not_found()
        del rows[key]


@dataclass(slots=True)
class StrictFace:
    """A protocol fake of a service that compares faces. It is nobody's real service.

    It knows only checks that were begun, ends each once, and refuses an address that is not https.
    """

    name: str = "practice-face"
    checks: dict[str, FaceResult | None] = field(default_factory=dict)

    def begin(self, person: str, back_to: str) -> FaceCheck:
        if not person or not back_to.startswith("https://"):
            raise ValueError("a person's name and an https address are asked for")
        name = f"check-{len(self.checks) + 1}"
        self.checks[name] = None
        return FaceCheck(name, f"https://face.example/{name}")

    def outcome(self, check: str) -> FaceResult | None:
        if check not in self.checks:
            raise NotFound("face.unknown_check", "There is no such check. Begin a new one.")
        return self.checks[check]

    def finish(self, check: str, result: FaceResult) -> None:
        """The person was there."""
        if self.checks[check] is not None:
            raise ValueError("it is over")
        self.checks[check] = result
