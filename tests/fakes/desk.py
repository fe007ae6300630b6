"""A complaint desk in memory: strict, made up, and nobody's real service."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from gongdao.domain.disputes.desk_ports import IncomingComplaint, SendResult, SentFile
from gongdao.domain.disputes.events import Sent, StateThere
from gongdao.domain.kernel.errors import PeerFailed

LONGEST = 200


@dataclass(slots=True)
class MemoryDesk:
    """A desk that does what the promise says, and fails on demand."""

    name: str = "made_up"
    platform: str = "wechat"
    longest_reply: int = LONGEST
    there: dict[str, IncomingComplaint] = field(default_factory=dict)
    calls: list[str] = field(default_factory=list)
    """What was asked of it to change something, in order."""
    breaks_after: int | None = None
    """So many complaints it hands out before it fails."""
    loses_answers: bool = False
    """What is sent takes effect, and the answer gets lost."""
    drops_calls: bool = False
    """What is sent never arrives, and no answer comes."""

    def complain(self, external_id: str, at: datetime, told: str, **more: Any) -> None:
        """Somebody complains."""
        made = IncomingComplaint(
            external_id=external_id, at=at, told=told, state=StateThere.WAITING
        )
        self.there[external_id] = replace(made, **more)

    def goes_on(self, external_id: str) -> None:
        """The other side complains of the same once more."""
        now = self.there[external_id]
        self.there[external_id] = replace(now, state=StateThere.WAITING, times=now.times + 1)

    def since(self, moment: datetime) -> Iterator[IncomingComplaint]:
        """Oldest first, and the last one twice: lists elsewhere shift as one turns their pages."""
        found = sorted((c for c in self.there.values() if c.at >= moment), key=lambda c: c.at)
        for n, each in enumerate([*found, *found[-1:]]):
            if self.breaks_after is not None and n >= self.breaks_after:
                raise PeerFailed("desk.down", "It is down. Try again later.")
            yield each

    def read(self, external_id: str) -> IncomingComplaint | None:
        return self.there.get(external_id)

    def reply(self, external_id: str, text: str, files: Sequence[SentFile] = ()) -> SendResult:
        assert 0 < len(text) <= self.longest_reply, "the caller has to look first"
        assert all(file.content for file in files), "a file holds something"
        now = self.there.get(external_id)
        if now is None:
            return SendResult(Sent.REFUSED, "NO_SUCH_COMPLAINT")
        done = replace(now, state=StateThere.GOES_ON, replies=(*now.replies, text))
        return self._changed("reply", done)

    def add_material(self, external_id: str, note: str, files: Sequence[SentFile]) -> SendResult:
        assert files or note, "there is nothing to send"
        now = self.there.get(external_id)
        if now is None:
            return SendResult(Sent.REFUSED, "NO_SUCH_COMPLAINT")
        return self._changed("material", now)

    def complete(self, external_id: str) -> SendResult:
        now = self.there.get(external_id)
        if now is None or not now.replies:
            return SendResult(Sent.REFUSED, "REPLY_FIRST")
        return self._changed("complete", replace(now, state=StateThere.ENDED))

    def _changed(self, call: str, done: IncomingComplaint) -> SendResult:
        self.calls.append(call)
        if self.drops_calls:
            raise PeerFailed("desk.silent", "No answer came. Look again later.")
        self.there[done.external_id] = done
        return SendResult(Sent.UNCERTAIN if self.loses_answers else Sent.DONE)
