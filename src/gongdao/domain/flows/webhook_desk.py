"""The operator looks after the addresses of their app, and after what was sent there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import must_be
from gongdao.domain.flows.announcing import WEBHOOK
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.outgoing import rules
from gongdao.domain.outgoing.model import Sending, SendingId, SendingState, Target, TargetId
from gongdao.domain.outgoing.ports import Post


@dataclass(frozen=True, slots=True)
class Shown:
    """A target with its secret, which is shown this once."""

    target: TargetId
    secret: str


@dataclass(frozen=True, slots=True)
class WebhookDesk:
    """Everything that an operator can do with webhooks."""

    records: Records
    post: Post
    chance: Callable[[int], bytes]

    def add(self, url: str, caller: Caller) -> Shown:
        """Send messages to one more address from now on."""
        must_be(caller, Role.OPERATOR)
        self.post.check(url)
        r = self.records
        target = Target(TargetId(r.new_id()), url, r.clock())
        secret = self._secret()
        with r.work():
            r.webhooks.add(target, secret)
        return Shown(target.id, secret)

    def listed(self, caller: Caller) -> list[Target]:
        """Every address."""
        must_be(caller, Role.OPERATOR, Role.AUDITOR)
        return self.records.webhooks.targets()

    def rotate(self, target: TargetId, caller: Caller, overlap: timedelta = rules.OVERLAP) -> Shown:
        """Give an address another secret; for a while both sign."""
        must_be(caller, Role.OPERATOR)
        rules.check_overlap(overlap)
        r, secret = self.records, self._secret()
        with r.work():
            r.webhooks.rotate(target, secret, r.clock() + overlap)
        return Shown(target, secret)

    def remove(self, target: TargetId, caller: Caller) -> None:
        """Send nothing more to an address."""
        must_be(caller, Role.OPERATOR)
        with self.records.work():
            self.records.webhooks.remove(target, self.records.clock())

    def sendings(
        self,
        caller: Caller,
        limit: int = 50,
        *,
        state: SendingState | None = None,
        target: TargetId | None = None,
        case: CaseId | None = None,
    ) -> Sequence[Sending]:
        """What was sent, with every attempt and its answer; newest first."""
        must_be(caller, Role.OPERATOR, Role.AUDITOR)
        return self.records.webhooks.recent(limit, state=state, target=target, case=case)

    def replay(self, sending: SendingId, caller: Caller) -> None:
        """Send one message again, with the same id and the same body."""
        must_be(caller, Role.OPERATOR)
        with self.records.work():
            self._again(sending)

    def replay_some(
        self,
        sending: SendingId | None,
        since: datetime | None,
        target: TargetId | None,
        caller: Caller,
    ) -> int:
        """Send one message again, or all since a moment: one of the two; how many those were."""
        must_be(caller, Role.OPERATOR)
        if sending is not None and since is None:
            self.replay(sending, caller)
            return 1
        if since is not None and sending is None:
            return self.replay_since(since, target, caller)
        raise BadInput(
            "webhook.replay_what",
            hint_noop("Give one message's number, or a moment since when, not both."),
        )

    def replay_since(self, since: datetime, target: TargetId | None, caller: Caller) -> int:
        """Send everything again that ended since then, in order; how much that was."""
        must_be(caller, Role.OPERATOR)
        with self.records.work():
            found = self.records.webhooks.ended_since(since, target)
            for sending in found:
                self._again(sending)
        return len(found)

    def _again(self, sending: SendingId) -> None:
        r = self.records
        if r.webhooks.again(sending):
            r.outbox.post(WEBHOOK, f"{sending}.again.{r.new_id()}", {"sending": sending})

    def _secret(self) -> str:
        return rules.secret_of(self.chance(rules.SECRET_BYTES))
