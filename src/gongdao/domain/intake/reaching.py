"""What staff do beside the case: they took part in it; no party sees it."""

from dataclasses import dataclass
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import AppealId, DictationId, ExhibitId, PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterWrittenTo(Event):
    """A message was put into a reporter's mailbox; what it says lies there."""

    kind: ClassVar[str] = "case.reporter_written_to"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reporter: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ReporterUnmasked(Event):
    """Somebody looked at who a reporter is, with a written reason that lies elsewhere."""

    kind: ClassVar[str] = "case.reporter_unmasked"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    reporter: PersonId


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitHandled(Event):
    """Somebody on the staff brought an exhibit, looked into one or released one."""

    kind: ClassVar[str] = "case.exhibit_handled"
    personal: ClassVar[Personal] = Personal.NOTHING
    exhibit: ExhibitId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealTakenDown(Event):
    """Somebody on the staff took an appeal down over the phone, and so does not hear it."""

    kind: ClassVar[str] = "case.appeal_taken_down"
    personal: ClassVar[Personal] = Personal.NOTHING
    dictation: DictationId


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofChecked(Event):
    """Somebody on the staff checked what was handed in on a way back; what they said lies there."""

    kind: ClassVar[str] = "case.proof_checked"
    personal: ClassVar[Personal] = Personal.NOTHING
    way_back: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealAdvised(Event):
    """Somebody beside its reviewer gave an opinion on an appeal, or stood for its outcome."""

    kind: ClassVar[str] = "case.appeal_advised"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId


ReporterReached = (
    ReporterWrittenTo
    | ReporterUnmasked
    | ExhibitHandled
    | AppealTakenDown
    | ProofChecked
    | AppealAdvised
)
QUIET = (
    ReporterWrittenTo,
    ReporterUnmasked,
    ExhibitHandled,
    AppealTakenDown,
    ProofChecked,
    AppealAdvised,
)
"""Steps by which a case does not move: not even their moment is shown to the respondent."""
