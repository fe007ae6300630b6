"""Clocks of files that are no cases: of firms, complaints with a tier, outside disputes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.deadlines import rules as deadlines
from gongdao.domain.deadlines.model import DeadlineKind, RuleRef
from gongdao.domain.deadlines.rules import Term
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.calendar import Due
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import CaseId, DeadlineId
from gongdao.domain.kernel.spans import Span

FIRM_KINDS = frozenset(
    {
        DeadlineKind.CHECK,
        DeadlineKind.RENEWAL,
        DeadlineKind.CONTEST,
        DeadlineKind.HEARING,
        DeadlineKind.DUTY,
        DeadlineKind.ATTENDANCE,
        DeadlineKind.TRAINING,
    }
)
"""Deadlines of files that are no cases."""


@dataclass(frozen=True, slots=True)
class Limit:
    """How long something may take, and whom it reminds when."""

    span: Span
    source: str
    remind_before: Sequence[Span] = ()


def start(
    r: Records,
    kind: DeadlineKind,
    of: str,
    about: str,
    limit: Limit,
    from_: datetime | None = None,
) -> Due:
    """A clock begins to run for a file that is no case."""
    term = Term(
        case=CaseId(of),
        kind=kind,
        about=about,
        rule=RuleRef(f"house.{kind}", limit.source),
        span=limit.span,
        remind_before=tuple(limit.remind_before),
        roll=limit.span.unit.value != "h",
    )
    now, new_id = r.clock(), DeadlineId(r.new_id())
    step = deadlines.set_deadline(new_id, term, from_ or now, r.calendar, by=SYSTEM, now=now)
    return r.deadlines.add(new_id, [step], after=0).now.due


def meet(r: Records, about: str, kind: DeadlineKind, by: Actor) -> None:
    """What a clock ran for was done."""
    for held in r.deadlines.running_about(about):
        if held.now.kind is kind:
            step = deadlines.meet(held.now, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)


def cancel(r: Records, about: str, kinds: Iterable[DeadlineKind], because: str, by: Actor) -> None:
    """A clock binds nobody any more."""
    wanted = set(kinds)
    for held in r.deadlines.running_about(about):
        if held.now.kind in wanted:
            step = deadlines.cancel(held.now, because, by=by, now=r.clock())
            r.deadlines.add(held.now.id, [step], after=held.version)
