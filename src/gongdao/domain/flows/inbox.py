"""What somebody was told, for themselves: read as it was sent, and that it was read is kept."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.errors import MovedOn
from gongdao.domain.kernel.events import Actor, Held, Role
from gongdao.domain.kernel.ids import CaseId, NoticeId
from gongdao.domain.notices.model import Notice, NoticeRead, Reader

_ROLES = {
    Reader.REPORTER: Role.REPORTER,
    Reader.RESPONDENT: Role.RESPONDENT,
    Reader.STAFF: Role.REVIEWER,
    Reader.FIRM: Role.FIRM,
    Reader.MEMBER: Role.MEMBER,
    Reader.LEARNER: Role.LEARNER,
    Reader.AUTHOR: Role.AUTHOR,
    Reader.HOLDER: Role.HOLDER,
}


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as its reader sees it."""

    id: str
    case: str
    reader: str
    template: str
    issued_at: datetime
    subject: str
    body: str
    email: str
    emailed_at: datetime | None
    read_at: datetime | None


@dataclass(frozen=True, slots=True)
class Inbox:
    """The notices of one person, at the door."""

    records: Records

    def of(
        self,
        caller: Caller,
        language: str,
        *,
        case: CaseId | None = None,
        limit: int = 50,
        before: NoticeId | None = None,
    ) -> list[NoticeView]:
        """What the caller was told, newest first; of one case for the holder of its code."""
        if caller.person is None:
            return []
        of = caller.only_case or case
        found = self.records.notices.inbox(caller.person, limit, of, before)
        return [self._view(notice, language) for notice in found]

    def unread(self, caller: Caller, most: int = 99) -> int:
        """How many of the newest notices nobody opened yet."""
        if caller.person is None:
            return 0
        found = self.records.notices.inbox(caller.person, most, caller.only_case)
        return sum(notice.read_at is None for notice in found)

    def read(self, notice: NoticeId, language: str, caller: Caller) -> NoticeView:
        """One notice; from now on it counts as read. NotFound for anybody else's."""
        r = self.records
        held = self._held(notice, caller)
        if held.now.read_at is None:
            by = Actor(_ROLES[held.now.reader], caller.person)
            with suppress(MovedOn), r.work():  # opened twice at once: read is read
                step = NoticeRead(at=r.clock(), by=by)
                held = r.notices.add(notice, [step], after=held.version)
        return self._view(held.now, language)

    def _held(self, notice: NoticeId, caller: Caller) -> Held[Notice]:
        held = self.records.notices.get(notice)
        theirs = caller.person is not None and held.now.to == caller.person
        if not theirs or caller.only_case not in {None, held.now.case}:
            raise not_found()
        return held

    def _view(self, notice: Notice, language: str) -> NoticeView:
        letter = notice.letter(language)
        return NoticeView(
            id=notice.id,
            case=notice.case,
            reader=notice.reader.value,
            template=notice.template,
            issued_at=notice.issued_at,
            subject=self.records.opened(letter.subject),
            body=self.records.opened(letter.body),
            email=notice.email.value,
            emailed_at=notice.emailed_at,
            read_at=notice.read_at,
        )
