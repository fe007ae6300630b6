"""What the passing of time brings to disputes: reminders, and misses that nobody can overlook."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineKind,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineStep,
)
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.dispute_clocks import follow_up_of, settle
from gongdao.domain.flows.dispute_people import others, responsible
from gongdao.domain.flows.issuing import issue
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.flows.telling import shown
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.ids import DisputeId, OrganisationId, PersonId
from gongdao.domain.notices import rules as notices
from gongdao.domain.notices.model import Reader
from gongdao.domain.organisations.model import Organisation
from gongdao.domain.policy.follow_up_shape import FollowClock

ROBOT = "robot"
"""The outbox topic that posts to a robot of a group chat."""
_HOUR, _MINUTE, _DAY = timedelta(hours=1), timedelta(minutes=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DisputeReminders:
    """Called by the clock worker, within its unit of work."""

    records: Records

    def catch_up(self, limit: int) -> int:
        """Set the clocks of disputes that came in or went on by another way; how many."""
        r = self.records
        with r.work():
            late = r.follow_ups.behind(limit)
            for each in late:
                settle(r, r.disputes.get(each))
        return len(late)

    def time_passed(self, deadline: Deadline, steps: Sequence[DeadlineStep]) -> None:
        """Tell whoever must know. A clock that was missed in one go with reminders tells once."""
        missed = any(isinstance(step, DeadlineMissed) for step in steps)
        which = [step.which for step in steps if isinstance(step, DeadlineReminded)]
        if not missed and not which:
            return
        r = self.records
        dispute = r.disputes.get(DisputeId(deadline.about)).now
        ours = r.organisations.get(dispute.organisation).now
        rule = follow_up_of(r).clock(deadline.kind)
        if rule is None or not dispute.is_open:
            return
        told = responsible(r, dispute, ours)
        if missed:
            self._missed(deadline, rule, dispute, ours)
        else:
            self._tell(told, "dispute_reminder", deadline, rule, dispute)
            late = follow_up_of(r).reminders.also_others.flat()
            if deadline.due_at - max(which) <= late:
                also = others(r, ours, told)
                self._tell(also, "dispute_reminder_others", deadline, rule, dispute)
            self._ring(ours.id, "reminder", deadline, dispute)

    def _missed(
        self, deadline: Deadline, rule: FollowClock, dispute: Dispute, ours: Organisation
    ) -> None:
        told = responsible(self.records, dispute, ours)
        if deadline.kind is DeadlineKind.DISPUTE_HANDLING:
            self._tell(told, "dispute_overdue", deadline, rule, dispute)
            return
        also = others(self.records, ours, told)
        self._tell([*told, *also], "dispute_missed", deadline, rule, dispute)
        self._ring(ours.id, "missed", deadline, dispute)

    def _tell(
        self,
        people: Sequence[PersonId],
        template: str,
        deadline: Deadline,
        rule: FollowClock,
        dispute: Dispute,
    ) -> None:
        r = self.records
        found = notices.template(pack_of_the_day(r.packs, r.clock()), template)
        platform = r.packs.at(dispute.pack).title
        year = deadline.due_at.astimezone(CHINA).year

        def written(language: str) -> tuple[str, str]:
            note = r.statement_words(
                pack_of_the_day(r.packs, r.clock()).ref, language
            ).provisional.format(year=year)
            gaps = {
                "number": number(dispute.id),
                "platform": platform.in_(language),
                "title": rule.title.in_(language),
                "todo": rule.todo.in_(language),
                "left": left(deadline.due_at - r.clock(), language),
                "due_at": shown(deadline.due_at),
                "provisional_note": note if deadline.provisional else "",
                "link": link(r, dispute.id),
            }
            return notices.write(found.in_(language), gaps)

        for person in people:
            issue(r, person, Reader.MEMBER, template, dispute.id, written)

    def _ring(self, ours: OrganisationId, what: str, deadline: Deadline, of: Dispute) -> None:
        r = self.records
        for robot in r.robots.of(ours):
            payload = {"robot": robot.id, "dispute": of.id, "deadline": deadline.id, "what": what}
            r.outbox.post(ROBOT, r.new_id(), payload)


def number(dispute: DisputeId) -> str:
    """The end of a dispute's number, as people say it."""
    return dispute.replace("-", "")[-8:].upper()


def link(r: Records, dispute: DisputeId) -> str:
    """Where it is followed up."""
    return f"{r.address}/merchants/d/{dispute}/follow/"


def left(time: timedelta, language: str) -> str:
    """Time left in words, rounded down: a promise of more would be worse."""
    time = max(time, timedelta())
    days, hours, minutes = time // _DAY, time % _DAY // _HOUR, time % _HOUR // _MINUTE
    zh = language.startswith("zh")
    if days:
        return f"{days} 天 {hours} 小时" if zh else f"{days} d {hours} h"
    if hours:
        return f"{hours} 小时 {minutes} 分" if zh else f"{hours} h {minutes} min"
    return f"{minutes} 分钟" if zh else f"{minutes} min"
