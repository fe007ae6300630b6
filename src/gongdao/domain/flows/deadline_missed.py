"""What the passing of time brings: reminders, missed deadlines, ended sanctions."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import assert_never

from gongdao.domain.deadlines import rules
from gongdao.domain.deadlines.model import (
    Deadline,
    DeadlineKind,
    DeadlineMissed,
    DeadlineReminded,
    DeadlineResumed,
)
from gongdao.domain.flows.appealing import Appealing
from gongdao.domain.flows.asking_back import let_lapse
from gongdao.domain.flows.clocks import ASKED, Clocks
from gongdao.domain.flows.dispute_clocks import DISPUTE_KINDS
from gongdao.domain.flows.dispute_reminders import DisputeReminders
from gongdao.domain.flows.file_clocks import FIRM_KINDS
from gongdao.domain.flows.firming import Firming
from gongdao.domain.flows.holding import Holding
from gongdao.domain.flows.notice_takedown import NoticeTakedown
from gongdao.domain.flows.one_by_one import noted, raise_first
from gongdao.domain.flows.owning import Owning
from gongdao.domain.flows.posts_over_time import PostsOverTime
from gongdao.domain.flows.protection_letters import backup_time_passed
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.flows.reweighing import Reweighing
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.taking_up import TakingUp
from gongdao.domain.flows.telling import Gap, Telling
from gongdao.domain.flows.tiering import Tiering
from gongdao.domain.flows.training_schedule import TrainingSchedule
from gongdao.domain.flows.ways_gone import WaitsOver
from gongdao.domain.intake import rules as intake
from gongdao.domain.intake.model import Answer, Case, CaseStage
from gongdao.domain.kernel.events import SYSTEM, Held
from gongdao.domain.kernel.ids import AppealId, OwnerTaskId
from gongdao.domain.notices.model import Reader

_AT_ONCE = 100
"""How many one transaction takes: short enough that a reader never waits for it."""


@dataclass(frozen=True, slots=True)
class Passing:
    """The clock worker calls this again and again; what it does, it does once."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning
    appealing: Appealing
    reweighing: Reweighing
    holding: Holding
    owning: Owning
    taking_up: TakingUp

    def tick(self) -> int:
        """Do everything whose time has come; how many things that was.

        Each story is looked at by itself, and within it each deadline: one that cannot be handled
        holds up no other. The first such error is raised when the rest is done and kept.
        """
        done, problems = 0, list[Exception]()
        for look in self._looks():
            with noted(problems):
                done += look(_AT_ONCE)
        raise_first(problems)
        return done

    def _looks(self) -> tuple[Callable[[int], int], ...]:
        """Every story that time moves on; each does so many things at most and says how many."""
        r = self.records
        return (
            self._look,
            self._recount,
            self.sanctioning.end_due,
            WaitsOver(r, self.telling, self.sanctioning).look,
            Regrading(r).look,
            self.taking_up.look,
            self.holding.end_due,
            self.appealing.assign_waiting,
            self.reweighing.catch_up,
            NoticeTakedown(r).look_for_arrivals,
            DisputeReminders(r).catch_up,
            self._set_training,
            PostsOverTime(r).look,
        )

    def _look(self, limit: int) -> int:
        r = self.records
        done, problems = 0, list[Exception]()
        with r.work():
            for held in r.deadlines.to_look_at(r.clock(), limit):
                with noted(problems), r.work():
                    self._pass(held)
                    done += 1
        raise_first(problems)
        return done

    def _set_training(self, limit: int) -> int:
        """Once an hour. Nothing that it sets was due, so that none of it counts as done."""
        TrainingSchedule(self.records).catch_up(limit)
        return 0

    def _pass(self, held: Held[Deadline]) -> None:
        r = self.records
        steps = rules.tick(held.now, r.calendar, now=r.clock())
        deadline = r.deadlines.add(held.now.id, steps, after=held.version).now
        if deadline.kind is DeadlineKind.PROCEEDING:
            NoticeTakedown(r).time_passed(deadline, steps)
            return
        if deadline.kind in DISPUTE_KINDS:
            DisputeReminders(r).time_passed(deadline, steps)
            return
        if deadline.kind is DeadlineKind.BACKUP:
            backup_time_passed(r, deadline, steps)
            return
        for step in steps:
            if isinstance(step, DeadlineReminded):
                self._remind(deadline)
            elif isinstance(step, DeadlineMissed):
                self._missed(deadline)
            elif isinstance(step, DeadlineResumed) and step.reason == ASKED:
                let_lapse(r, self.telling, deadline)

    def _recount(self, limit: int) -> int:
        """Count provisional dates again once the calendar knows more."""
        r = self.records
        with r.work():
            for held in r.deadlines.provisional(r.calendar.version, limit):
                step = rules.recompute(held.now, r.calendar, now=r.clock())
                if step is not None:
                    r.deadlines.add(held.now.id, [step], after=held.version)
        return 0

    def _remind(self, deadline: Deadline) -> None:
        """Only the respondent is reminded by a notice; staff see their clocks at the desk."""
        if deadline.kind is DeadlineKind.RENEWAL:
            Firming(self.records).remind(deadline)
        if deadline.kind is DeadlineKind.TRAINING:
            TrainingSchedule(self.records).remind(deadline)
        if deadline.kind is not DeadlineKind.ANSWER:
            return
        case = self.records.cases.get(deadline.case).now
        if case.respondent is not None:
            gap = self._due(case, deadline)
            self.telling.tell(case.respondent, Reader.RESPONDENT, "answer_reminder", case, gap)

    def _due(self, case: Case, deadline: Deadline) -> Gap:
        return self.telling.due(case, deadline.due_at, provisional=deadline.provisional)

    def _missed(self, deadline: Deadline) -> None:
        """Never silently: the case moves on by policy, or the one who waits is told."""
        if deadline.kind in FIRM_KINDS:
            self._missed_by_firm(deadline)
            return
        held = self.records.cases.get(deadline.case)
        gap = self._due(held.now, deadline)
        match deadline.kind:
            case DeadlineKind.ANSWER:
                self._answer_missed(held, deadline)
            case DeadlineKind.ACCEPTANCE | DeadlineKind.DECISION:
                if not held.now.complainant_left:
                    self.telling.tell_reporters(held.now, "deadline_delayed", gap)
            case DeadlineKind.APPEAL_DECISION:
                appeal = self.records.appeals.get(AppealId(deadline.about)).now
                reader = Reader(appeal.side.value)
                self.telling.tell(appeal.appellant, reader, "deadline_delayed", held.now, gap)
            case DeadlineKind.RECTIFICATION:
                self._rectification_missed(held.now, deadline)
            case DeadlineKind.OWNER:
                self.owning.missed(OwnerTaskId(deadline.about))
            case (
                DeadlineKind.PROCEEDING
                | DeadlineKind.BACKUP
                | DeadlineKind.CHECK
                | DeadlineKind.RENEWAL
                | DeadlineKind.CONTEST
                | DeadlineKind.HEARING
                | DeadlineKind.DUTY
                | DeadlineKind.ATTENDANCE
                | DeadlineKind.TRAINING
                | DeadlineKind.DISPUTE_WINDOW
                | DeadlineKind.DISPUTE_REPLY
                | DeadlineKind.DISPUTE_HANDLING
                | DeadlineKind.DISPUTE_MORE
                | DeadlineKind.DISPUTE_SECOND
            ):
                pass  # no case of ours: seen to above, or handed on by `_pass`
            case _:
                assert_never(deadline.kind)

    def _missed_by_firm(self, deadline: Deadline) -> None:
        """The same for what belongs to no case; what staff have missed, their pages show."""
        if deadline.kind is DeadlineKind.RENEWAL:
            Firming(self.records).ended(deadline)
        elif deadline.kind is DeadlineKind.HEARING:
            Regrading(self.records).late(deadline.case)
        elif deadline.kind in {DeadlineKind.DUTY, DeadlineKind.ATTENDANCE}:
            Tiering(self.records).missed(deadline)
        elif deadline.kind is DeadlineKind.TRAINING:
            TrainingSchedule(self.records).missed(deadline)

    def _answer_missed(self, held: Held[Case], deadline: Deadline) -> None:
        r = self.records
        if held.now.answer is not Answer.ASKED or held.now.stage is not CaseStage.INVESTIGATING:
            return
        raise_by = r.policy(held.now.pack).procedure.answer.raise_by
        step = intake.miss_answer(held.now, raise_by, SYSTEM, r.clock())
        case = r.cases.add(held.now.id, [step], after=held.version).now
        if case.respondent is not None:
            gap = self._due(case, deadline)
            self.telling.tell(case.respondent, Reader.RESPONDENT, "answer_missed", case, gap)

    def _rectification_missed(self, case: Case, deadline: Deadline) -> None:
        if case.respondent is not None:
            gap = self._due(case, deadline)
            self.telling.tell(case.respondent, Reader.RESPONDENT, "escalated", case, gap)
