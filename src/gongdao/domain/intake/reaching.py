"""What staff do beside the case: they took part in it; the respondent sees none of it."""

from dataclasses import dataclass
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import ExhibitId, PersonId


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


ReporterReached = ReporterWrittenTo | ReporterUnmasked | ExhibitHandled
QUIET = (ReporterWrittenTo, ReporterUnmasked, ExhibitHandled)
"""Steps by which a case does not move: not even their moment is shown to the respondent."""
