"""Streams and what is looked up in them, in memory."""

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from tests.fakes.memory import Memory
from tests.fakes.queues import MemoryQueues

from gongdao.domain.access.rules import not_found
from gongdao.domain.appeals import model as appeals
from gongdao.domain.appeals.model import Appeal, AppealStage, AppealStep
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.deadlines.model import Deadline, DeadlineStage, DeadlineStep, next_look
from gongdao.domain.decisions import model as decisions
from gongdao.domain.decisions.model import (
    Decision,
    DecisionStep,
    Sanction,
    SanctionState,
    SanctionStep,
)
from gongdao.domain.intake import model as intake
from gongdao.domain.intake.crowd import Crowd, Mark
from gongdao.domain.intake.model import Apart, Case, CaseStage, CaseStep, Report
from gongdao.domain.intake.receipt import SignedReceipt
from gongdao.domain.interim import model as interim
from gongdao.domain.interim.model import Interim, InterimStep
from gongdao.domain.kernel.errors import MovedOn, NotFound, PackInvalid
from gongdao.domain.kernel.events import Event, Held, Recorded
from gongdao.domain.kernel.ids import (
    CaseId,
    DecisionId,
    GroupId,
    NoticeId,
    PackRef,
    PersonId,
    ReportId,
)
from gongdao.domain.notices import model as notices
from gongdao.domain.notices.model import Delivery, Notice, NoticeStep
from gongdao.domain.owners import model as owners
from gongdao.domain.owners.model import Group, GroupStep, OwnerTask, OwnerTaskStep
from gongdao.storage import codec
from gongdao.storage.signing_keys import Received, Signer

S = TypeVar("S")
E = TypeVar("E", bound=Event)


class MemoryStreams(Generic[S, E]):
    """Streams of one kind."""

    table: str
    fold: Callable[[Iterable[Any]], S]

    def __init__(self, memory: Memory) -> None:
        self.memory = memory

    def get(self, stream: str) -> Held[S]:
        steps = self._rows().get(stream)
        if not steps:
            raise not_found()
        return self._held(steps)

    def add(self, stream: str, steps: Sequence[E], *, after: int) -> Held[S]:
        if not steps:
            return self.get(stream)
        self.memory.must_be_open()
        known = self._rows().get(stream, ())
        if after != len(known):
            raise MovedOn("stream.moved_on", "Somebody else was faster. Read it again.")
        added = tuple(_recorded(stream, n, step) for n, step in enumerate(steps, after + 1))
        self._rows()[stream] = (*known, *added)
        return self.get(stream)

    def history(self, stream: str) -> Sequence[Recorded[E]]:
        return list(self._rows().get(stream, ()))

    def all(self) -> list[Held[S]]:
        """Every standing, in the order in which the streams began."""
        return [self._held(steps) for steps in self._rows().values()]

    def _held(self, steps: tuple[Recorded[E], ...]) -> Held[S]:
        return Held(type(self).fold(recorded.event for recorded in steps), steps[-1].version)

    def _rows(self) -> dict[str, tuple[Recorded[E], ...]]:
        return self.memory.tables[self.table]


def _recorded(stream: str, version: int, step: E) -> Recorded[E]:
    entry = codec.event_entry(stream, version, step.kind, codec.encode(step))
    return Recorded(step, version, codec.leaf_hash(entry).hex())


class MemoryCases(MemoryStreams[Case, CaseStep]):
    """All cases."""

    table = "case"
    fold = staticmethod(intake.fold)

    def __init__(self, memory: Memory, queues: MemoryQueues) -> None:
        super().__init__(memory)
        self.queues = queues

    def add(self, stream: str, steps: Sequence[CaseStep], *, after: int) -> Held[Case]:
        held = super().add(stream, steps, after=after)
        self.queues.keep(held.now)
        return held

    def open_on(self, report: Report, respondent: PersonId | None) -> Held[Case] | None:
        self.memory.must_be_open()
        return next((h for h in self.all() if _joins(report, respondent, h.now)), None)


def _joins(report: Report, respondent: PersonId | None, case: Case) -> bool:
    same = (case.subject.key, case.category, case.pack)
    return (
        same == (report.subject.key, report.category, report.pack)
        and case.stage in {CaseStage.RECEIVED, CaseStage.INVESTIGATING}
        and not case.complainant_left
        and respondent in {None, case.respondent}
    )


class MemoryDecisions(MemoryStreams[Decision, DecisionStep]):
    """All decisions."""

    table = "decision"
    fold = staticmethod(decisions.fold)

    def cite(self, pack: PackRef, digest: str) -> None:
        if self.memory.tables["cited"].setdefault(pack, digest) != digest:
            hint = "{pack} was cited and has changed since. Restore it; add a new version."
            raise PackInvalid("pack.cited_changed", hint, pack=str(pack))

    def cited(self) -> dict[PackRef, str]:
        return dict(self.memory.tables["cited"])


class MemorySanctions(MemoryStreams[Sanction, SanctionStep]):
    """All sanctions."""

    table = "sanction"
    fold = staticmethod(decisions.fold_sanction)

    def of_person(self, person: PersonId) -> list[Sanction]:
        return self.seen_of(person)

    def seen_of(self, person: PersonId) -> list[Sanction]:
        theirs = [held.now for held in self.all() if held.now.respondent == person]
        return sorted(theirs, key=lambda s: (s.imposed_at, s.id))

    def of_decision(self, decision: DecisionId) -> list[Held[Sanction]]:
        theirs = [held for held in self.all() if held.now.decision == decision]
        return sorted(theirs, key=lambda h: (h.now.imposed_at, h.now.id))

    def to_end(self, now: datetime, limit: int) -> list[Held[Sanction]]:
        over = [
            (held.now.ends_at, held)
            for held in self.all()
            if held.now.state is SanctionState.IN_FORCE
            and held.now.ends_at is not None
            and held.now.ends_at <= now
        ]
        return [held for _, held in sorted(over, key=lambda pair: pair[0])[:limit]]


class MemoryAppeals(MemoryStreams[Appeal, AppealStep]):
    """All appeals."""

    table = "appeal"
    fold = staticmethod(appeals.fold)

    def of_decision(self, decision: DecisionId) -> list[Appeal]:
        theirs = [held.now for held in self.all() if held.now.decision == decision]
        return sorted(theirs, key=lambda appeal: (appeal.level, appeal.round))

    def waiting(self, limit: int) -> list[Held[Appeal]]:
        found = [held for held in self.all() if held.now.stage is AppealStage.WAITING]
        return sorted(found, key=lambda held: held.now.filed_at)[:limit]


class MemoryInterims(MemoryStreams[Interim, InterimStep]):
    """All interim measures."""

    table = "interim"
    fold = staticmethod(interim.fold)

    def of_case(self, case: CaseId) -> list[Held[Interim]]:
        theirs = [held for held in self.all() if held.now.case == case]
        return sorted(theirs, key=lambda h: (h.now.imposed_at, h.now.id))

    def to_end(self, now: datetime, limit: int) -> list[Held[Interim]]:
        over = [held for held in self.all() if held.now.in_force and held.now.ends_at <= now]
        return sorted(over, key=lambda held: held.now.ends_at)[:limit]


class MemoryNotices(MemoryStreams[Notice, NoticeStep]):
    """All notices."""

    table = "notice"
    fold = staticmethod(notices.fold)

    def inbox(
        self,
        person: PersonId,
        limit: int,
        case: CaseId | None = None,
        before: NoticeId | None = None,
    ) -> list[Notice]:
        theirs = [n for n in self._oldest_first() if n.to == person]
        if before is not None:
            names = [n.id for n in theirs]
            if before not in names:
                raise NotFound("not_found", "There is no such notice.")
            theirs = theirs[: names.index(before)]
        return [n for n in theirs[::-1] if case in {None, n.case}][:limit]

    def of_case(self, case: CaseId) -> list[Notice]:
        return [notice for notice in self._oldest_first() if notice.case == case]

    def undelivered(self, limit: int) -> list[Notice]:
        failing = {Delivery.RETRYING, Delivery.FAILED}
        return [n for n in self._oldest_first()[::-1] if n.email in failing][:limit]

    def _oldest_first(self) -> list[Notice]:
        return sorted((held.now for held in self.all()), key=lambda n: (n.issued_at, n.id))


class MemoryDeadlines(MemoryStreams[Deadline, DeadlineStep]):
    """All deadlines."""

    table = "deadline"
    fold = staticmethod(deadlines.fold)

    def running(self, case: CaseId) -> Sequence[Held[Deadline]]:
        return [held for held in self._open() if held.now.case == case]

    def running_about(self, about: str) -> Sequence[Held[Deadline]]:
        return [held for held in self._open() if held.now.about == about]

    def to_look_at(self, now: datetime, limit: int) -> Sequence[Held[Deadline]]:
        looks = [(next_look(held.now), held) for held in self.all()]
        come = [(look, held) for look, held in looks if look is not None and look <= now]
        return [held for _, held in sorted(come, key=lambda pair: pair[0])[:limit]]

    def provisional(self, calendar: str, limit: int) -> Sequence[Held[Deadline]]:
        found = [
            held
            for held in self.all()
            if held.now.provisional
            and held.now.stage is DeadlineStage.RUNNING
            and held.now.calendar != calendar
        ]
        return sorted(found, key=lambda held: held.now.due_at)[:limit]

    def _open(self) -> list[Held[Deadline]]:
        found = [held for held in self.all() if held.now.stage.is_open]
        return sorted(found, key=lambda held: (held.now.due_at, held.now.id))


class MemoryGroups(MemoryStreams[Group, GroupStep]):
    """All groups."""

    table = "group"
    fold = staticmethod(owners.fold_group)

    def by_key(self, key: str) -> Held[Group] | None:
        return next((held for held in self.all() if held.now.key == key), None)

    def of_owner(self, person: PersonId) -> list[Group]:
        theirs = [held.now for held in self.all() if person in held.now.owners]
        return sorted(theirs, key=lambda group: group.id)


class MemoryOwnerTasks(MemoryStreams[OwnerTask, OwnerTaskStep]):
    """All tasks of owners."""

    table = "owner_task"
    fold = staticmethod(owners.fold_task)

    def of_case(self, case: CaseId) -> list[Held[OwnerTask]]:
        return [held for held in self.all() if held.now.case == case]

    def of_group(self, group: GroupId, limit: int) -> list[OwnerTask]:
        found = [held.now for held in self.all() if held.now.group == group]
        return sorted(found, key=lambda task: task.opened_at, reverse=True)[:limit]

    def by_ref(self, ref: str) -> Held[OwnerTask]:
        found = next((held for held in self.all() if held.now.ref == ref), None)
        if found is None:
            raise not_found()
        return found


@dataclass(frozen=True, slots=True)
class MemoryReceipts:
    """Signs with a key that is forgotten with the process."""

    secret: bytes = field(default_factory=lambda: os.urandom(32))

    def sign(self, code: str, report: ReportId, received_at: datetime, leaf: str) -> SignedReceipt:
        signer = Signer.of(self.secret, "https://gongdao.example")
        return signer.sign([Received(code, report, received_at, leaf)])[0]


@dataclass(frozen=True, slots=True)
class MemoryReports:
    """All reports."""

    memory: Memory

    def add(self, report: Report) -> str:
        self.memory.must_be_open()
        assert report.id not in self._rows()
        leaf = codec.leaf_hash(codec.report_entry(codec.encode(report))).hex()
        self._rows()[report.id] = (report, leaf)
        return leaf

    def join(self, case: CaseId, report: Report, mark: Mark, apart: Apart | None) -> None:
        self.memory.must_be_open()
        assert report.id not in self._joined()
        self._joined()[report.id] = (case, mark, apart)

    def crowd(self, report: Report, mark: Mark) -> Crowd:
        about = [r for r in self._in_line() if r.subject.key == report.subject.key]
        hour = [r for r in about if report.received_at - r.received_at < timedelta(hours=1)]
        before = [r for r in about if r not in hour]
        marks = [mark, *(self._joined()[r.id][1] for r in hour)]
        first = min((r.received_at for r in before), default=report.received_at)
        hours = (report.received_at - timedelta(hours=1) - first) / timedelta(hours=1)
        return Crowd(
            last_hour=len(marks),
            usual=len(before) / max(hours, 1),
            same_wording=sum(m.wording == mark.wording for m in marks),
            young=sum(m.young for m in marks),
        )

    def last_by(self, report: Report) -> datetime | None:
        same = [
            r.received_at
            for r in self._in_line()
            if (r.reporter, r.subject.key, r.category)
            == (report.reporter, report.subject.key, report.category)
        ]
        return max(same, default=None)

    def get(self, report: ReportId) -> Report:
        return self._row(report)[0]

    def leaf(self, report: ReportId) -> str:
        return self._row(report)[1]

    def leaves(self, reports: Sequence[ReportId]) -> dict[ReportId, str]:
        return {report: self._rows()[report][1] for report in reports}

    def case_of(self, report: ReportId) -> CaseId:
        if report not in self._joined():
            raise NotFound("not_found", "There is no such report.")
        return self._joined()[report][0]

    def of_case(self, case: CaseId, reporter: PersonId) -> list[Report]:
        of_case = [r for r in self._in_line() if self._joined()[r.id][0] == case]
        found = [r for r in of_case if r.reporter == reporter]
        return sorted(found, key=lambda r: (r.received_at, r.id))

    def several(self, reports: Sequence[ReportId]) -> list[Report]:
        there = {r.id: r for r in self._in_line()}
        return [there[report] for report in reports if report in there]

    def of_reporter(self, reporter: PersonId) -> list[Report]:
        found = [report for report in self._in_line() if report.reporter == reporter]
        return sorted(sorted(found, key=lambda r: r.id), key=lambda r: r.received_at, reverse=True)

    def _in_line(self) -> list[Report]:
        return [report for report, _ in self._rows().values() if report.id in self._joined()]

    def _joined(self) -> dict[ReportId, tuple[CaseId, Mark, Apart | None]]:
        return self.memory.tables["report_case"]

    def _row(self, report: ReportId) -> tuple[Report, str]:
        if report not in self._rows():
            raise NotFound("not_found", "There is no such report.")
        return self._rows()[report]

    def _rows(self) -> dict[ReportId, tuple[Report, str]]:
        return self.memory.tables["report"]
