"""That a report was set aside under a measure against misuse, and that it was taken up again."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSetAside(Event):
    """Its reporter is under a measure: kept, receipted and in the log, and not worked on."""

    kind: ClassVar[str] = "case.set_aside"
    personal: ClassVar[Personal] = Personal.NOTHING
    measure: str
    until: datetime
    """When the measure ends by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRevived(Event):
    """It is worked on from now on.

    Where its reporter asked for that after the measure, it waits its turn as if it had just
    arrived; where the staff did, or the measure fell, it stands where it always belonged.
    """

    kind: ClassVar[str] = "case.revived"
    personal: ClassVar[Personal] = Personal.NOTHING
