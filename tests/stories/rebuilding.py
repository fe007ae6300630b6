"""Every row as its events say it must be, beside the row as it is."""

from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.db import models
from tests.stories.behind_the_back import column

from gongdao.domain.appeals import model as appeals
from gongdao.domain.deadlines import model as deadlines
from gongdao.domain.decisions import model as decisions
from gongdao.domain.intake import model as intake
from gongdao.domain.notices import model as notices
from gongdao.storage import case_files, clocks_and_notices
from gongdao.storage.models import (
    AppealRow,
    CaseRow,
    DeadlineRow,
    DecisionRow,
    NoticeRow,
    SanctionRow,
    TookPart,
)
from gongdao.storage.streams import read_events

ROWS: dict[str, tuple[type[models.Model], Callable[[Any], Any], Callable[[Any, int], Any]]] = {
    "case": (CaseRow, intake.fold, case_files.case_row),
    "decision": (DecisionRow, decisions.fold, case_files.decision_row),
    "sanction": (SanctionRow, decisions.fold_sanction, case_files.sanction_row),
    "appeal": (AppealRow, appeals.fold, case_files.appeal_row),
    "notice": (NoticeRow, notices.fold, clocks_and_notices.notice_row),
    "deadline": (DeadlineRow, deadlines.fold, clocks_and_notices.deadline_row),
}


def rows_that_differ() -> list[str]:
    """Which rows are not what a rebuild from the events would make of them."""
    return [*_differing(), *_superfluous(), *_parts_differing(), *_next_due_differing()]


def _streams(kind: str) -> list[str]:
    begins = {"notice": "issued", "deadline": "set", "case": "opened", "decision": "made"}
    begins |= {"sanction": "imposed", "appeal": "filed"}
    found = column("select stream from event where kind = %s", f"{kind}.{begins[kind]}")
    return [str(stream) for stream in found]


def _folded(kind: str) -> Iterator[tuple[str, Any, int]]:
    _, fold, _ = ROWS[kind]
    for stream in _streams(kind):
        events = [recorded.event for _, recorded in read_events([stream])]
        yield stream, fold(events), len(events)


def _differing() -> Iterator[str]:
    for kind, (table, _, row) in ROWS.items():
        kept = {str(found["id"]): found for found in table._default_manager.values()}
        for stream, standing, version in _folded(kind):
            wanted = row(standing, version)
            found = kept.get(stream, {})
            yield from (
                f"{kind} {stream}: {name} is {found.get(name)!r}, not {value!r}"
                for name, value in wanted.items()
                if found.get(name) != value
            )


def _superfluous() -> Iterator[str]:
    for kind, (table, _, _) in ROWS.items():
        known = {UUID(stream) for stream in _streams(kind)}
        ids = set(table._default_manager.values_list("pk", flat=True))
        yield from (f"{kind} {each} has no event" for each in ids - known)


def _parts_differing() -> Iterator[str]:
    kept = {(str(row.case), str(row.person)) for row in TookPart.objects.all()}
    wanted = {(stream, p) for stream, case, _ in _folded("case") for p in case.took_part}
    yield from (f"took_part {each}" for each in kept ^ wanted)


def _next_due_differing() -> Iterator[str]:
    soonest: dict[str, Any] = {}
    for _, deadline, _ in _folded("deadline"):
        if deadline.stage.is_open:
            known = soonest.get(deadline.case, deadline.due_at)
            soonest[deadline.case] = min(known, deadline.due_at)
    for row in CaseRow.objects.all():
        if row.next_due != soonest.get(str(row.id)):
            yield f"case {row.id}: next due is {row.next_due}, not {soonest.get(str(row.id))}"
