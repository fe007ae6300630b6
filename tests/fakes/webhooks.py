"""Webhooks in memory."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from tests.fakes.memory import Memory

from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing.model import (
    Attempt,
    Call,
    Message,
    Sending,
    SendingId,
    SendingState,
    Target,
    TargetId,
)

WAITING = SendingState.WAITING


@dataclass(frozen=True, slots=True)
class Row:
    """A target with its secrets."""

    target: Target
    secret: str
    old: str | None = None
    removed: bool = False


@dataclass(frozen=True, slots=True)
class MemoryWebhooks:
    """Everything about webhooks; only one at a time ever changes a lane here."""

    memory: Memory

    def targets(self) -> list[Target]:
        return [row.target for row in self._targets().values() if not row.removed]

    def add(self, target: Target, secret: str) -> None:
        self.memory.must_be_open()
        self._targets()[target.id] = Row(target, secret)

    def rotate(self, target: TargetId, secret: str, overlap_until: datetime) -> None:
        row = self._open(target)
        renewed = replace(row.target, overlap_until=overlap_until)
        self._targets()[target] = replace(row, target=renewed, secret=secret, old=row.secret)

    def remove(self, target: TargetId, now: datetime) -> None:  # noqa: ARG002
        self._targets()[target] = replace(self._open(target), removed=True)
        for key, sending in self._sendings().items():
            if sending.target == target and sending.state is WAITING:
                self._sendings()[key] = replace(sending, state=SendingState.GIVEN_UP)

    def enter(self, message: Message) -> list[SendingId]:
        self.memory.must_be_open()
        self.memory.tables["webhook_message"][message.id] = message
        first = []
        for target in self.targets():
            key = SendingId(str(len(self._sendings()) + 1))
            sending = Sending(
                key, message.id, message.kind, message.case, target.id, message.at, WAITING, ()
            )
            if not self._lane(sending):
                first.append(key)
            self._sendings()[key] = sending
        return first

    def turn(self, sending: SendingId, now: datetime) -> Call | None:
        found = self._sendings().get(sending)
        if found is None or found.state is not WAITING or self._lane(found)[0] != sending:
            return None
        row = self._targets()[found.target]
        until = row.target.overlap_until
        old = [row.old] if row.old and until is not None and now < until else []
        body = self.memory.tables["webhook_message"][found.message].body
        return Call(found.message, row.target.url, (row.secret, *old), body)

    def keep(self, sending: SendingId, attempt: Attempt, state: SendingState) -> SendingId | None:
        self.memory.must_be_open()
        found = self._sendings()[sending]
        now = state if found.state is WAITING else found.state
        tried = replace(found, state=now, attempts=(*found.attempts, attempt))
        self._sendings()[sending] = tried
        if found.state is not WAITING or state is WAITING:
            return None
        return next(iter(self._lane(tried)), None)

    def again(self, sending: SendingId) -> bool:
        found = self._sendings().get(sending)
        if found is None or self._targets()[found.target].removed:
            raise NotFound("not_found", "There is no such message.")
        self._sendings()[sending] = replace(found, state=WAITING)
        return self._lane(found)[0] == sending

    def ended_since(self, since: datetime, target: TargetId | None) -> list[SendingId]:
        if target is not None:
            self._open(target)
        return [
            s.id
            for s in self._sendings().values()
            if s.at >= since and s.state is not WAITING and target in {None, s.target}
            if not self._targets()[s.target].removed
        ]

    def recent(
        self,
        limit: int,
        *,
        state: SendingState | None = None,
        target: TargetId | None = None,
        case: CaseId | None = None,
    ) -> Sequence[Sending]:
        found = [
            s
            for s in reversed(self._sendings().values())
            if state in {None, s.state} and target in {None, s.target} and case in {None, s.case}
        ]
        return found[:limit]

    def _lane(self, of: Sending) -> list[SendingId]:
        """What waits on the same subject at the same target, oldest first."""
        subject = self._subject(of)
        return [
            s.id
            for s in self._sendings().values()
            if s.target == of.target and s.state is WAITING and self._subject(s) == subject
        ]

    def _subject(self, of: Sending) -> str:
        return str(self.memory.tables["webhook_message"][of.message].subject)

    def _open(self, target: TargetId) -> Row:
        self.memory.must_be_open()
        row = self._targets().get(target)
        if row is None or row.removed:
            raise NotFound("not_found", "There is no such webhook.")
        return row

    def _targets(self) -> dict[TargetId, Row]:
        return self.memory.tables["webhook_target"]

    def _sendings(self) -> dict[SendingId, Sending]:
        return self.memory.tables["webhook_sending"]
