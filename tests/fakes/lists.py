"""The desk's lists, read from the streams in memory."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.fakes.mailboxes import MemoryMailboxes
from tests.fakes.people import MemoryTexts
from tests.fakes.streams import (
    MemoryAppeals,
    MemoryCases,
    MemoryDeadlines,
    MemoryNotices,
    MemoryReports,
)

from gongdao.domain.appeals.model import Appeal, AppealStage
from gongdao.domain.deadlines.model import DeadlineKind, DeadlineStage
from gongdao.domain.flows.lists import CaseLine, Counts, Page, QueueName
from gongdao.domain.intake.model import Case, CaseStage
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId
from gongdao.domain.notices.model import Reader

_MOST = 999


@dataclass(frozen=True, slots=True)
class MemoryCaseLists:
    """Lists."""

    cases: MemoryCases
    reports: MemoryReports
    appeals: MemoryAppeals
    notices: MemoryNotices
    deadlines: MemoryDeadlines
    mailboxes: MemoryMailboxes
    texts: MemoryTexts

    def queue(
        self,
        name: QueueName,
        reviewer: PersonId | None,
        category: str | None,
        cursor: str | None,
        limit: int,
        now: datetime,
    ) -> Page:
        if name in {QueueName.PRIORITY, QueueName.MINE}:
            _begin(cursor, self._lines(), _soonest)  # a broken one is refused
            return self._by_priority(name, reviewer, category, limit, now)
        if name in {QueueName.APPEALS, QueueName.WAITING, QueueName.ALL_APPEALS}:
            lines = [self._heard(line, reviewer) for line in self._lines() if line.appeal]
        else:
            lines = self._lines()
        order = _latest if name in {QueueName.DECIDED, QueueName.ALL} else _soonest
        lines = sorted(
            (
                line
                for line in lines
                if category in {None, "", line.category} and self._fits(line, name, reviewer, now)
            ),
            key=order,
        )
        begin = _begin(cursor, lines, order)
        shown = tuple(lines[begin : begin + limit])
        more = len(lines) > begin + limit
        return Page(shown, json.dumps(order(shown[-1])) if more else None)

    def _by_priority(
        self,
        name: QueueName,
        reviewer: PersonId | None,
        category: str | None,
        limit: int,
        now: datetime,
    ) -> Page:
        """One page: tests of its paging run on PostgreSQL."""
        by_id = {line.id: line for line in self._lines()}
        mine = name is QueueName.MINE
        rows = [
            row
            for row in self.cases.queues.open(10**6)
            if (row.held_by(now) == reviewer if mine else row.ready)
            and category in {None, "", row.category}
        ]
        return Page(tuple(by_id[row.case] for row in rows[:limit]), None)

    def counts(self, reviewer: PersonId | None, now: datetime) -> Counts:
        def many(name: QueueName) -> int:
            fit = [line for line in self._lines() if self._fits(line, name, reviewer, now)]
            return min(len(fit), _MOST + 1)

        return Counts(
            received=many(QueueName.RECEIVED),
            investigating=many(QueueName.INVESTIGATING),
            appeals=many(QueueName.APPEALS),
            all_appeals=many(QueueName.ALL_APPEALS),
            waiting=many(QueueName.WAITING),
            overdue=many(QueueName.OVERDUE),
            undelivered=len(self.notices.undelivered(_MOST + 1)),
            mailboxes=len(self.mailboxes.waiting(_MOST + 1)),
            most=_MOST,
        )

    def of_person(self, person: PersonId) -> tuple[list[CaseLine], list[CaseLine]]:
        reported = {held.now.id for held in self.cases.all() if person in held.now.reporters}
        told = self.notices.inbox(person, _MOST)
        about = {notice.case for notice in told if notice.reader is Reader.RESPONDENT}
        lines = sorted(self._lines(), key=_latest)
        return [x for x in lines if x.id in reported], [x for x in lines if x.id in about]

    def beside(
        self, case: CaseId, respondent: PersonId | None, also: Sequence[CaseId], most: int
    ) -> list[CaseLine]:
        lines = sorted(self._lines(), key=lambda line: (-line.opened_at.timestamp(), line.id))
        undecided = {CaseStage.RECEIVED, CaseStage.INVESTIGATING}
        return [
            line
            for line in lines
            if line.id != case
            and (
                line.id in also
                or (respondent is not None and line.about == respondent and line.stage in undecided)
            )
        ][:most]

    def latest_reports(self, cases: Sequence[CaseId], most: int) -> dict[CaseId, list[ReportId]]:
        return {case: list(self.cases.get(case).now.reports[-most:][::-1]) for case in cases}

    def _fits(
        self, line: CaseLine, name: QueueName, reviewer: PersonId | None, now: datetime
    ) -> bool:
        match name:
            case QueueName.RECEIVED | QueueName.INVESTIGATING | QueueName.DECIDED:
                return line.stage == CaseStage(name.value)
            case QueueName.ALL_APPEALS:
                return line.appeal is not None
            case QueueName.APPEALS:
                return line.id in self._given_to(reviewer)
            case QueueName.WAITING:
                return line.appeal is not None and self._appeal(line).waits_for != ""
            case QueueName.OVERDUE:
                return line.next_due is not None and line.next_due < now
            case QueueName.ALL | QueueName.PRIORITY | QueueName.MINE:
                return True

    def _given_to(self, reviewer: PersonId | None) -> set[str]:
        heard = [h.now for h in self.appeals.all() if h.now.stage is AppealStage.UNDER_REVIEW]
        return {a.case for a in heard if reviewer is not None and reviewer in {a.reviewer, a.asked}}

    def _appeal(self, line: CaseLine) -> Appeal:
        return self.appeals.get(line.appeal or "").now

    def _heard(self, line: CaseLine, reviewer: PersonId | None) -> CaseLine:
        appeal = self._appeal(line)
        mine = appeal.reviewer == reviewer and appeal.waits_for in {"", "second_opinion"}
        return replace(
            line,
            level=appeal.level,
            round=appeal.round,
            waits_for=appeal.waits_for,
            mine=reviewer is not None and appeal.reviewer == reviewer,
            my_move=reviewer is not None and (mine or appeal.asked == reviewer),
        )

    def _lines(self) -> list[CaseLine]:
        return [self._line(held.now) for held in self.cases.all()]

    def _line(self, case: Case) -> CaseLine:
        running = [
            held
            for held in self.deadlines.running(case.id)
            if held.now.kind is not DeadlineKind.OWNER or held.now.stage is DeadlineStage.MISSED
        ]
        return CaseLine(
            id=case.id,
            stage=case.stage.value,
            subject_kind=case.subject.kind.value,
            category=case.category,
            answer=case.answer.value,
            outcome=case.outcome,
            opened_at=case.opened_at,
            changed_at=case.changed_at,
            next_due=running[0].now.due_at if running else None,
            appeal=case.open_appeal,
            subject_ref=self.texts.open(case.subject.ref) or "—",
            about=case.respondent,
        )


def _soonest(line: CaseLine) -> list[Any]:
    """Soonest due first, and what is due never at the end."""
    due = line.next_due
    return [due is None, due.timestamp() if due else 0, line.id]


def _latest(line: CaseLine) -> list[Any]:
    return [-line.changed_at.timestamp(), line.id]


def _read(cursor: str) -> list[Any]:
    found = json.loads(cursor)
    if isinstance(found, list) and len(found) > 1:
        return found
    raise ValueError(cursor)


def _begin(
    cursor: str | None, lines: list[CaseLine], order: Callable[[CaseLine], list[Any]]
) -> int:
    """How many lines stand at or before the cursor."""
    if not cursor:
        return 0
    try:
        last = _read(cursor)
        return sum(order(line) <= last for line in lines)
    except (ValueError, TypeError):
        raise BadInput("page.broken_cursor", "Begin at the first page again.") from None
