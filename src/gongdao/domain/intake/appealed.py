"""That an appeal against a case's decision was opened, and that it ended."""

from dataclasses import dataclass
from typing import ClassVar

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import AppealId, DecisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealOpened(Event):
    """Somebody appealed against the decision."""

    kind: ClassVar[str] = "case.appeal_opened"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
    decision: DecisionId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealClosed(Event):
    """An appeal ended. Its reviewer has now taken part in the case."""

    kind: ClassVar[str] = "case.appeal_closed"
    personal: ClassVar[Personal] = Personal.NOTHING
    appeal: AppealId
    decision: DecisionId
    outcome: str
