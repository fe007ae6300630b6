"""Sending notices by e-mail: at least once, and every attempt is part of the record."""

from collections.abc import Mapping
from dataclasses import dataclass

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import PeerFailed
from gongdao.domain.kernel.events import SYSTEM
from gongdao.domain.notices.model import Channel, Delivery, NoticeDelivered, NoticeFailed
from gongdao.domain.notices.ports import Mailer


@dataclass(frozen=True, slots=True)
class Delivering:
    """The handler of the outbox topic `mail`."""

    records: Records
    mailer: Mailer

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Send one notice; what was sent already is not sent again.

        A failure is kept with its code, where the desk shows it, and raised so that the queue tries
        again; the `last` one says so. The message carries the notice's own id, so that a mail sent twice is seen as one.
        """
        r = self.records
        held = r.notices.get(payload["notice"])
        notice = held.now
        address = r.parties.address(notice.to)
        if notice.email is Delivery.DELIVERED or address is None:
            return
        letter = notice.letter(notice.language)
        subject, body = r.texts.open(letter.subject), r.texts.open(letter.body)
        if subject is None or body is None:
            return
        try:
            self.mailer.send(address, subject, body, notice.id)
        except PeerFailed as problem:
            failed = NoticeFailed(
                at=r.clock(), by=SYSTEM, channel=Channel.EMAIL, error=problem.code, final=last
            )
            with r.work():
                r.notices.add(notice.id, [failed], after=held.version)
            raise
        sent = NoticeDelivered(at=r.clock(), by=SYSTEM, channel=Channel.EMAIL)
        with r.work():
            r.notices.add(notice.id, [sent], after=held.version)
