"""What was agreed is done, item by item; then the talk comes to its end."""

from datetime import datetime

from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import ExhibitId, Sealed
from gongdao.domain.policy.negotiation import TalkLimits
from gongdao.domain.settlement.events import (
    ItemConfirmed,
    ItemContested,
    ItemPerformed,
    Side,
    TalkClosed,
    TalkEnding,
    Withdrawer,
)
from gongdao.domain.settlement.model import Settlement, TalkStage, Task
from gongdao.domain.settlement.rules import no_such


def perform(
    now: Settlement, side: Side, number: int, proof: Sealed, exhibit: ExhibitId | None,
    by: Actor, at: datetime,
) -> ItemPerformed:  # fmt: skip
    """Say that one has done one's part, with a proof."""
    task = _task(now, number)
    if task.item.by is not side:
        raise no_such()
    if task.confirmed_at is not None:
        raise _done()
    return ItemPerformed(at=at, by=by, item=number, proof=proof, exhibit=exhibit)


def confirm(now: Settlement, side: Side, number: int, by: Actor, at: datetime) -> ItemConfirmed:
    """Say that one has it; also where the other forgot to say that it is done."""
    task = _task(now, number)
    if task.item.by is side:
        raise no_such()
    if task.confirmed_at is not None:
        raise _done()
    return ItemConfirmed(at=at, by=by, item=number)


def contest(
    now: Settlement, side: Side, number: int, why: Sealed, by: Actor, at: datetime
) -> ItemContested:
    """Say that it is not done, and why."""
    task = _task(now, number)
    if task.item.by is side:
        raise no_such()
    if task.confirmed_at is not None or task.performed_at is None:
        raise Refused(
            "settlement.not_performed",
            hint_noop("Only what the other side says is done can be contested."),
        )
    return ItemContested(at=at, by=by, item=number, why=why)


def counts_as_done(task: Task, limits: TalkLimits, at: datetime) -> bool:
    """Confirmed, or said to be done and not contested for long enough."""
    if task.confirmed_at is not None:
        return True
    performed = task.performed_at
    return (
        performed is not None and task.contested is None and at >= performed + limits.silence.flat()
    )


def close(
    now: Settlement, limits: TalkLimits, withdrawn_by: Withdrawer | None,
    allowed: frozenset[Withdrawer], note: Sealed | None, by: Actor, at: datetime,
) -> TalkClosed:  # fmt: skip
    """Everything was done, or whoever may do so took the complaint back."""
    if now.stage is TalkStage.CLOSED:
        raise Refused("settlement.closed", hint_noop("This negotiation has ended."))
    if withdrawn_by is not None:
        if withdrawn_by not in allowed:
            raise Refused(
                "settlement.not_theirs_to_withdraw",
                hint_noop("On this platform that side takes no complaint back. Look at who may."),
            )
        how = TalkEnding.WITHDRAWN
    else:
        agreed = now.agreement
        if agreed is None or not all(counts_as_done(each, limits, at) for each in agreed.tasks):
            raise Refused(
                "settlement.not_done",
                hint_noop("Something that was agreed is neither done nor confirmed yet."),
            )
        how = TalkEnding.SETTLED
    return TalkClosed(at=at, by=by, how=how, withdrawn_by=withdrawn_by, note=note)


def _task(now: Settlement, number: int) -> Task:
    if now.agreement is None or not 0 < number <= len(now.agreement.tasks):
        raise no_such()
    if now.stage is TalkStage.CLOSED:
        raise Refused("settlement.closed", hint_noop("This negotiation has ended."))
    return now.agreement.tasks[number - 1]


def _done() -> Refused:
    return Refused("settlement.done", hint_noop("This is done and confirmed already."))
