"""That somebody looked at who a reporter is, and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal, Role
from gongdao.domain.kernel.ids import CaseId, Code, PersonId, Sealed, UnmaskingId


@dataclass(frozen=True, slots=True, kw_only=True)
class IdentityShown(Event):
    """A reporter's identity was shown, once, to whoever gave this reason."""

    kind: ClassVar[str] = "identity.shown"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    unmasking: UnmaskingId
    case: CaseId
    reporter: PersonId
    number: int
    """Which reporter of the case, as the desk counts them from 1."""
    ground: Code
    """The pack's code of the kind of reason, which the reporter is told."""
    reason: Sealed
    """The reason in words, which auditors read."""


UnmaskingStep = IdentityShown


@dataclass(frozen=True, slots=True)
class Unmasking:
    """One look at an identity."""

    id: UnmaskingId
    case: CaseId
    number: int
    at: datetime
    by: PersonId | None
    role: Role
    ground: Code
    reason: Sealed


def fold(steps: Iterable[UnmaskingStep]) -> Unmasking:
    """The standing after a whole stream, which has one event; ValueError for any other."""
    first, *more = steps
    if more:
        raise ValueError(f"identity {first.unmasking} was shown twice in one record")
    return Unmasking(
        id=first.unmasking,
        case=first.case,
        number=first.number,
        at=first.at,
        by=first.by.person,
        role=first.by.role,
        ground=first.ground,
        reason=first.reason,
    )
