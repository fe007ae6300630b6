"""What happens to a case when staff share their work; the union of all steps is in the model."""

from dataclasses import dataclass
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import AppealId, CaseId, PersonId, Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver(Event):
    """A reviewer gave the case to a colleague, and said why."""

    kind: ClassVar[str] = "case.handed_over"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    to: PersonId
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEscalated(Event):
    """A reviewer gave the case to the senior reviewers, and said why."""

    kind: ClassVar[str] = "case.escalated"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseCompared(Event):
    """Somebody on the staff held it against another case: the same matter, or another one.

    The other case remembers it too. A later finding replaces an earlier one.
    """

    kind: ClassVar[str] = "case.compared"
    personal: ClassVar[Personal] = Personal.NOTHING
    other: CaseId
    same: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseReopened(Event):
    """A reporter's review found that the case must be looked at again, by somebody else."""

    kind: ClassVar[str] = "case.reopened"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
