"""Messages between a reporter and the reviewers: neither learns who the other is."""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, decider, may_read_desk, not_found, party, seat
from gongdao.domain.flows.masking import Masking, masking
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.flows.telling import Telling
from gongdao.domain.intake.model import Case
from gongdao.domain.intake.reaching import ReporterWrittenTo
from gongdao.domain.kernel.errors import MovedOn, Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.mailbox import rules
from gongdao.domain.mailbox.model import Mailbox, Message, Side, mailbox_id
from gongdao.domain.notices.model import Reader
from gongdao.domain.policy.contact import MailboxPolicy

_SHOWN = 20
"""Mailboxes of one case that are shown together, the latest first."""


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message, for either end."""

    side: str
    """`reporter` or `staff`: never a name."""
    sent_at: datetime
    text: str
    read_at: datetime | None
    new: bool
    """Whether whoever looks had not read it yet."""


@dataclass(frozen=True, slots=True)
class MailboxView:
    """One reporter's mailbox in a case."""

    reporter: int
    """Which reporter of the case, counted from 1; 0 where they look at it themselves."""
    messages: tuple[MessageView, ...]
    unread: int
    left_today: int
    """How many messages this end may still send now."""
    text_max: int


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reporter's message that nobody on the staff has read."""

    case: CaseId
    since: datetime
    unread: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What lies in the mailboxes of a case, for the desk."""

    mailboxes: int
    unread: int


@dataclass(frozen=True, slots=True)
class Mailing:
    """The mailboxes of cases, at their doors."""

    records: Records
    telling: Telling

    def write(self, case_id: CaseId, text: str, caller: Caller, reporter: int = 1) -> None:
        """Send a message: a reporter to the reviewers, or a reviewer to one reporter."""
        r = self.records
        with r.work():
            held = r.cases.get(case_id)
            side = self._side(held.now, caller)
            if side is Side.REPORTER:
                by = party(caller, parties_of(held.now), Seat.REPORTER)
                self._send(held.now, _person(caller), side, text, by)
                return
            by = decider(caller, parties_of(held.now))
            hears_no_appeal(r, held.now, by)
            to = numbered(held.now, reporter)
            self._send(held.now, to, side, text, by)
            step = ReporterWrittenTo(at=r.clock(), by=by, reporter=to)
            r.cases.add(case_id, [step], after=held.version)

    def open(self, case_id: CaseId, caller: Caller) -> list[MailboxView]:
        """The mailboxes that the caller may read; what is new in them counts as read from now.

        A reporter has one of their own; staff see those in which something was written. Whoever
        only looks on (operator, auditor) leaves no mark. NotFound for everybody else.
        """
        r = self.records
        case = r.cases.get(case_id).now
        side = self._side(case, caller)
        policy = r.contact(case.pack).mailbox
        if side is Side.REPORTER:
            person = _person(caller)
            held = r.mailboxes.of(case_id, person)
            box = held.now if held else Mailbox(mailbox_id(case_id, person), case_id, person)
            found = [self._view(case, box, side, policy, Masking(()))]
            self._mark([held] if held else [], party(caller, parties_of(case), Seat.REPORTER), side)
            return found
        boxes = r.mailboxes.of_case(case_id, _SHOWN)
        found = [self._view(case, h.now, side, policy, self._mask(case, h.now)) for h in boxes]
        if caller.has(*DECIDERS):
            self._mark(boxes, decider(caller, parties_of(case)), side)
        return found

    def unread(self, case_id: CaseId, caller: Caller) -> int:
        """How many messages wait for a reporter."""
        if caller.person is None:
            return 0
        held = self.records.mailboxes.of(case_id, caller.person)
        return held.now.unread(Side.REPORTER) if held else 0

    def tally(self, case: Case, caller: Caller) -> Tally:
        """What waits at the desk in one case; nothing counts as read by that."""
        if self._side(case, caller) is not Side.STAFF:
            raise not_found()
        boxes = self.records.mailboxes.of_case(case.id, _SHOWN)
        return Tally(len(boxes), sum(held.now.unread(Side.STAFF) for held in boxes))

    def waiting(self, caller: Caller, limit: int = 100) -> list[Waiting]:
        """Where reporters wait to be read, for the desk."""
        may_read_desk(caller)
        return [
            Waiting(box.case, _first_unread(box), box.unread(Side.STAFF))
            for box in self.records.mailboxes.waiting(limit)
        ]

    def _side(self, case: Case, caller: Caller) -> Side:
        chair = seat(caller, parties_of(case))
        if chair is Seat.RESPONDENT:
            raise not_found()
        return Side.REPORTER if chair is Seat.REPORTER else Side.STAFF

    def _send(self, case: Case, reporter: PersonId, side: Side, text: str, by: Actor) -> None:
        r, now = self.records, self.records.clock()
        held = r.mailboxes.of(case.id, reporter)
        box = held.now if held else None
        said = rules.check_message(r.contact(case.pack).mailbox, box, side, text, now)
        step = rules.send(case.id, reporter, side, r.texts.seal(said, reporter), by, now)
        after = held.version if held else 0
        r.mailboxes.add(mailbox_id(case.id, reporter), [step], after=after)
        told_already = box is not None and box.unread(Side.REPORTER) > 0
        if side is Side.STAFF and not told_already:
            self.telling.tell(reporter, Reader.REPORTER, "message_to_reporter", case)

    def _mark(self, boxes: list[Held[Mailbox]], by: Actor, side: Side) -> None:
        r = self.records
        for held in boxes:
            steps = rules.read(held.now, side, by, r.clock())
            if steps:
                with suppress(MovedOn), r.work():  # opened twice at once: read is read
                    r.mailboxes.add(held.now.id, steps, after=held.version)

    def _mask(self, case: Case, box: Mailbox) -> Masking:
        """A reporter who signs with their name shall not give themselves away."""
        return masking(self.records, replace(case, reporters=(box.reporter,)))

    def _view(
        self, case: Case, box: Mailbox, side: Side, policy: MailboxPolicy, mask: Masking
    ) -> MailboxView:
        known = self.records.texts.several([m.text for m in box.messages])
        mine = side is Side.REPORTER
        return MailboxView(
            reporter=0 if mine else case.reporters.index(box.reporter) + 1,
            messages=tuple(_message(m, side, mask(known.get(m.text, "—"))) for m in box.messages),
            unread=box.unread(side),
            left_today=rules.left_today(policy, box, side, self.records.clock()),
            text_max=policy.text_max,
        )


def numbered(case: Case, number: int) -> PersonId:
    """The reporter of that number, counted from 1; NotFound if there are not so many."""
    if not 1 <= number <= len(case.reporters):
        raise not_found()
    return case.reporters[number - 1]


def hears_no_appeal(records: Records, case: Case, by: Actor) -> None:
    """Whoever hears an appeal of the case takes no other part in it (invariant 2)."""
    if case.open_appeal is None:
        return
    if records.appeals.get(case.open_appeal).now.reviewer == by.person:
        raise Refused(
            "access.hears_appeal",
            hint_noop("You hear an appeal of this case. Somebody else must do this."),
        )


def _person(caller: Caller) -> PersonId:
    if caller.person is None:
        raise not_found()
    return caller.person


def _message(message: Message, side: Side, text: str) -> MessageView:
    new = message.side is side.other and message.read_at is None
    return MessageView(message.side.value, message.sent_at, text, message.read_at, new)


def _first_unread(box: Mailbox) -> datetime:
    return next(m.sent_at for m in box.messages if m.side is Side.REPORTER and m.read_at is None)
