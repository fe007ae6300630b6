"""Sending notices by e-mail: at least once, and every attempt is part of the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import PeerFailed, Refused
from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.kernel.ids import NoticeId
from gongdao.domain.notices.model import (
    Channel,
    Delivery,
    NoticeDelivered,
    NoticeFailed,
    NoticeStep,
)
from gongdao.domain.notices.ports import Mailer


@dataclass(frozen=True, slots=True)
class Delivering:
    """The handler of the outbox topic `mail`."""

    records: Records
    mailer: Mailer

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Send one notice; what was sent already is not sent again.

        A failure is kept with its code, where the desk shows it, and raised so that the queue
        tries again; the `last` one, and what is refused for good, say so. The message carries
        the notice's own id, so that a mail sent twice is seen as one.
        """
        r = self.records
        notice = r.notices.get(payload["notice"]).now
        address = r.parties.address(notice.to)
        if notice.email is Delivery.DELIVERED or address is None:
            return
        letter = notice.letter(notice.language)
        subject, body = r.texts.open(letter.subject), r.texts.open(letter.body)
        if subject is None or body is None:
            return
        try:
            self.mailer.send(address, subject, body, notice.id)
        except (PeerFailed, Refused) as problem:
            final = last or isinstance(problem, Refused)
            failed = NoticeFailed(
                at=r.clock(), by=SYSTEM, channel=Channel.EMAIL, error=problem.code, final=final
            )
            self._keep(notice.id, failed)
            raise
        self._keep(notice.id, NoticeDelivered(at=r.clock(), by=SYSTEM, channel=Channel.EMAIL))

    def _keep(self, notice: NoticeId, step: NoticeStep) -> None:
        """Sending took its time, in which the person may have read the notice: look again."""
        notices = self.records.notices
        with self.records.work():
            notices.add(notice, [step], after=notices.get(notice).version)
