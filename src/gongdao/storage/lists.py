"""The desk's queues and one's own cases, each read from an index a page at a time."""

import base64
import binascii
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import F, Q, QuerySet

from gongdao.domain.flows.lists import CaseLine, Counts, Page, QueueName
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId, Sealed
from gongdao.storage.models import AppealRow, CaseRow, NoticeRow, ReportCase, TriageRow
from gongdao.storage.people import PgTexts
from gongdao.storage.streams import as_uuid

_COUNT_UP_TO = 999
NOBODY = PersonId(str(UUID(int=0)))
"""Holds nothing."""
_LATEST = """
    select asked.id, latest.report from unnest(%(cases)s::uuid[]) asked(id), lateral (
        select report from report_case where "case" = asked.id
        order by received_at desc, report desc limit %(most)s
    ) latest
"""
_COUNTED = (
    "case_row where stage = 'received'",
    "case_row where stage = 'investigating'",
    "appeal_row where stage = 'under_review' and reviewer = %(me)s",
    "case_row where open_appeal is not null",
    "appeal_row where not (waits_for = '')",
    "appeal_row where asked = %(me)s",
    "case_row where next_due < %(now)s",
    "notice_row where email in ('retrying', 'failed')",
    "mailbox_row where waits_since is not null",
)
_BOUNDED = "(select count(*) from (select 1 from {} limit {}) as bounded)"
_COUNTS = "select " + ", ".join(_BOUNDED.format(rows, _COUNT_UP_TO + 1) for rows in _COUNTED)
"""Each up to a bound, so that a million cases cost no more than a thousand; one query."""
_BY_DUE: dict[QueueName, dict[str, Any]] = {
    QueueName.RECEIVED: {"stage": "received"},
    QueueName.INVESTIGATING: {"stage": "investigating"},
    QueueName.ALL_APPEALS: {"open_appeal__isnull": False},
}


@dataclass(frozen=True, slots=True)
class PgCaseLists:
    """Lists in PostgreSQL."""

    texts: PgTexts

    def queue(
        self,
        name: QueueName,
        reviewer: PersonId | None,
        category: str | None,
        cursor: str | None,
        limit: int,
        now: datetime,
    ) -> Page:
        if name is QueueName.APPEALS:
            return self._given_to(reviewer, cursor, limit)
        if name is QueueName.WAITING:
            waiting = AppealRow.objects.exclude(waits_for="")
            return self._of_appeals(waiting, reviewer, cursor, limit)
        if name in {QueueName.PRIORITY, QueueName.MINE}:
            holder = None if name is QueueName.PRIORITY else (reviewer or NOBODY)
            return self._by_priority(holder, category, cursor, limit, now)
        rows = CaseRow.objects.all()
        if category:
            if "\x00" in category:  # no category is called so, and PostgreSQL cannot be asked
                return Page((), None)
            rows = rows.filter(category=category)
        if name is QueueName.OVERDUE:
            rows = rows.filter(next_due__lt=now)
        elif name in _BY_DUE:
            rows = rows.filter(**_BY_DUE[name])
        elif name is QueueName.DECIDED:
            rows = rows.filter(stage="decided")
        if name in {QueueName.DECIDED, QueueName.ALL}:
            return self._page(_latest_first(rows, cursor), limit, "changed_at")
        page = self._page(_soonest_first(rows, cursor), limit, "next_due")
        return self._levelled(page, reviewer) if name is QueueName.ALL_APPEALS else page

    def counts(self, reviewer: PersonId | None, now: datetime) -> Counts:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, {"me": as_uuid(reviewer) if reviewer else None, "now": now})
            (numbers,) = cursor.fetchall()
        received, investigating, appeals, all_appeals, waiting, asked, *rest = numbers
        overdue, undelivered, mailboxes = rest
        return Counts(
            received=received,
            investigating=investigating,
            appeals=min(appeals + asked, _COUNT_UP_TO + 1) if reviewer else 0,
            all_appeals=all_appeals,
            waiting=waiting,
            overdue=overdue,
            undelivered=undelivered,
            mailboxes=mailboxes,
            most=_COUNT_UP_TO,
        )

    def of_person(self, person: PersonId) -> tuple[list[CaseLine], list[CaseLine]]:
        who = as_uuid(person)
        reported = ReportCase.objects.filter(reporter=who).values("case")
        about = NoticeRow.objects.filter(to=who, reader="respondent").values("case")
        mine = CaseRow.objects.filter(id__in=reported).order_by("-changed_at", "id")[:200]
        theirs = CaseRow.objects.filter(id__in=about).order_by("-changed_at", "id")[:200]
        return self._lines(mine), self._lines(theirs)

    def beside(
        self, case: CaseId, respondent: PersonId | None, also: Sequence[CaseId], most: int
    ) -> list[CaseLine]:
        wanted = Q(id__in=[as_uuid(each) for each in also])
        if respondent is not None:
            undecided = Q(stage__in=("received", "investigating"))
            wanted |= undecided & Q(respondent=as_uuid(respondent))
        rows = CaseRow.objects.filter(wanted).exclude(id=as_uuid(case))
        return self._lines(rows.order_by("-opened_at", "id")[:most])

    def latest_reports(self, cases: Sequence[CaseId], most: int) -> dict[CaseId, list[ReportId]]:
        found: dict[CaseId, list[ReportId]] = {case: [] for case in cases}
        with connection.cursor() as cursor:
            cursor.execute(_LATEST, {"cases": [as_uuid(each) for each in cases], "most": most})
            for case, report in cursor.fetchall():
                found[CaseId(str(case))].append(ReportId(str(report)))
        return found

    def _given_to(self, reviewer: PersonId | None, cursor: str | None, limit: int) -> Page:
        """One reviewer's appeals in the order in which they came, which is that of their limits.

        In front of them those on which a colleague awaits their opinion.
        """
        if reviewer is None:
            return Page((), None)
        me = as_uuid(reviewer)
        mine = AppealRow.objects.filter(reviewer=me, stage="under_review")
        page = self._of_appeals(mine, reviewer, cursor, limit)
        if cursor:
            return page
        asked = list(AppealRow.objects.filter(asked=me).order_by("filed_at", "id")[:limit])
        return Page((*self._appealed(asked, reviewer), *page.lines), page.cursor)

    def _of_appeals(
        self,
        rows: QuerySet[AppealRow],
        reviewer: PersonId | None,
        cursor: str | None,
        limit: int,
    ) -> Page:
        """Appeals in the order in which they came."""
        if cursor:
            filed, last = _decode(cursor)
            if filed is None:
                raise _broken_cursor()
            rows = rows.filter(Q(filed_at__gt=filed) | Q(filed_at=filed, id__gt=last))
        found = list(rows.order_by("filed_at", "id")[: limit + 1])
        shown = found[:limit]
        lines = self._appealed(shown, reviewer)
        more = len(found) > limit
        return Page(tuple(lines), _encode(shown[-1].filed_at, shown[-1].id) if more else None)

    def _levelled(self, page: Page, reviewer: PersonId | None) -> Page:
        """The same lines with how their open appeals stand."""
        open_now = [as_uuid(line.appeal) for line in page.lines if line.appeal]
        rows = {str(row.id): row for row in AppealRow.objects.filter(id__in=open_now)}
        lines = tuple(
            _with(line, rows[line.appeal], reviewer) if line.appeal in rows else line
            for line in page.lines
        )
        return Page(lines, page.cursor)

    def _appealed(self, shown: Sequence[AppealRow], reviewer: PersonId | None) -> list[CaseLine]:
        """The lines of these appeals' cases, with how each appeal stands."""
        if not shown:
            return []
        cases = {row.id: row for row in CaseRow.objects.filter(id__in=[a.case for a in shown])}
        there = [appeal for appeal in shown if appeal.case in cases]
        lines = self._lines([cases[appeal.case] for appeal in there])
        return [_with(line, of, reviewer) for line, of in zip(lines, there, strict=True)]

    def _by_priority(
        self,
        holder: PersonId | None,
        category: str | None,
        cursor: str | None,
        limit: int,
        now: datetime,
    ) -> Page:
        """Open cases by rank: all on which one could work, or those that somebody holds."""
        rows = TriageRow.objects.filter(ready=True)
        if holder is not None:
            rows = TriageRow.objects.filter(claimed_by=as_uuid(holder), claim_until__gt=now)
        if category:
            rows = rows.filter(category=category.replace("\x00", ""))
        if cursor:
            rank, last = _decode(cursor)
            if rank is None:
                raise _broken_cursor()
            rows = rows.filter(Q(rank__gt=rank) | Q(rank=rank, id__gt=last))
        found = list(rows.order_by("rank", "id")[: limit + 1])
        shown = found[:limit]
        cases = {row.id: row for row in CaseRow.objects.filter(id__in=[each.id for each in shown])}
        lines = self._lines([cases[each.id] for each in shown if each.id in cases])
        more = len(found) > limit
        return Page(tuple(lines), _encode(shown[-1].rank, shown[-1].id) if more else None)

    def _page(self, rows: QuerySet[CaseRow], limit: int, key: str) -> Page:
        found = list(rows[: limit + 1])
        more = len(found) > limit
        found = found[:limit]
        cursor = _encode(getattr(found[-1], key), found[-1].id) if more else None
        return Page(tuple(self._lines(found)), cursor)

    def _lines(self, rows: Any) -> list[CaseLine]:
        found = list(rows)
        names = self.texts.several([Sealed(row.subject_ref) for row in found])
        return [
            CaseLine(
                id=str(row.id),
                stage=row.stage,
                subject_kind=row.subject_kind,
                category=row.category,
                answer=row.answer,
                outcome=row.outcome,
                opened_at=row.opened_at,
                changed_at=row.changed_at,
                next_due=row.next_due,
                appeal=str(row.open_appeal) if row.open_appeal else None,
                subject_ref=names.get(Sealed(row.subject_ref), "—"),
                about=PersonId(str(row.respondent)) if row.respondent else None,
            )
            for row in found
        ]


def _with(line: CaseLine, appeal: AppealRow, reviewer: PersonId | None) -> CaseLine:
    """The line, with how its appeal stands for one reviewer."""
    me = as_uuid(reviewer) if reviewer else None
    mine = appeal.reviewer == me and appeal.waits_for in {"", "second_opinion"}
    return replace(
        line,
        appeal=str(appeal.id),
        level=appeal.level,
        round=appeal.round,
        waits_for=appeal.waits_for,
        mine=me is not None and appeal.reviewer == me,
        my_move=me is not None and (mine or appeal.asked == me),
    )


def _soonest_first(rows: QuerySet[CaseRow], cursor: str | None) -> QuerySet[CaseRow]:
    if cursor:
        due, last = _decode(cursor)
        later = Q(next_due__isnull=True)
        if due is None:
            rows = rows.filter(later, id__gt=last)
        else:
            rows = rows.filter(later | Q(next_due__gt=due) | Q(next_due=due, id__gt=last))
    return rows.order_by(F("next_due").asc(nulls_last=True), "id")


def _latest_first(rows: QuerySet[CaseRow], cursor: str | None) -> QuerySet[CaseRow]:
    if cursor:
        changed, last = _decode(cursor)
        if changed is not None:
            rows = rows.filter(Q(changed_at__lt=changed) | Q(changed_at=changed, id__gt=last))
    return rows.order_by("-changed_at", "id")


def _encode(moment: datetime | None, last: UUID) -> str:
    raw = json.dumps([moment.isoformat() if moment else None, str(last)]).encode()
    return base64.urlsafe_b64encode(raw).decode()


def _decode(cursor: str) -> tuple[datetime | None, UUID]:
    try:
        moment, last = json.loads(base64.urlsafe_b64decode(cursor.encode()))
        return (_moment(moment) if moment else None), UUID(last)
    except (ValueError, TypeError, OverflowError, binascii.Error, AttributeError):
        raise _broken_cursor() from None


def _moment(written: str) -> datetime:
    """As we wrote it: with its offset, and within what the database can hold."""
    moment = datetime.fromisoformat(written)
    if moment.tzinfo is None:
        raise ValueError(written)
    return moment.astimezone(UTC)


def _broken_cursor() -> BadInput:
    return BadInput("page.broken_cursor", hint_noop("Begin at the first page again."))
