"""A way back opens with its sanction and closes with it; what a statement says of it."""

from datetime import datetime

from gongdao.domain.decisions.model import Measure, Sanction, SanctionState
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import PackRef
from gongdao.domain.policy.model import Clause
from gongdao.domain.policy.ways_back import WaitStep, Way, WaySaid, WaysBackPolicy
from gongdao.domain.ways_back.model import (
    Closed,
    Wait,
    WayBackClosed,
    WayBackId,
    WayBackOpened,
)


def follow(records: Records, sanction: Sanction, by: Actor) -> None:
    """Open the way back of a sanction that took effect; close that of one that is no more.

    Runs in the transaction of what happened to the sanction.
    """
    if sanction.state is SanctionState.IN_FORCE:
        _open(records, sanction, by)
        return
    held = records.ways_back.of_sanction(sanction.id)
    if held is None or not held.now.is_open:
        return
    over = sanction.state is SanctionState.ENDED
    because = Closed.OVER if over else Closed.TAKEN_BACK
    step = WayBackClosed(at=records.clock(), by=by, because=because)
    records.ways_back.add(held.now.id, [step], after=held.version)


def way_said(
    records: Records, pack: PackRef, clause: Clause | None, measure: Measure | None
) -> WaySaid | None:
    """What a statement says of the way back from a measure."""
    policy = records.pack(pack).ways_back
    if policy is None or clause is None or measure is None:
        return None
    return policy.said(clause, measure.penalty, measure.scope, measure.duration)


def way_from(records: Records, pack: PackRef, clause: str, measure: Measure) -> Way | None:
    """The way back from a measure under a clause, by the pack that it was taken under."""
    policy, found = records.pack(pack).ways_back, records.policy(pack).clause(clause)
    if policy is None or found is None:
        return None
    return policy.back_from(found, measure.penalty, measure.scope, measure.duration)


def _open(records: Records, sanction: Sanction, by: Actor) -> None:
    pack = records.decisions.get(sanction.decision).now.pack
    way = way_from(records, pack, sanction.clause, sanction.measure)
    policy = records.pack(pack).ways_back
    if way is None or policy is None:
        return
    new_id = WayBackId(records.new_id())
    step = WayBackOpened(
        at=sanction.imposed_at,
        by=by,
        way_back=new_id,
        sanction=sanction.id,
        decision=sanction.decision,
        case=sanction.case,
        respondent=sanction.respondent,
        pack=pack,
        way=way.code,
        waits=_waits(records, sanction, way, policy),
    )
    records.ways_back.add(new_id, [step], after=0)


def _waits(
    records: Records, sanction: Sanction, way: Way, policy: WaysBackPolicy
) -> tuple[Wait, ...]:
    asked = {code for each in way.needs.alternatives() for code in each}
    found = [step for step in policy.waits if step.code in asked]
    return tuple(Wait(step.code, _until(records, sanction, step)) for step in found)


def _until(records: Records, sanction: Sanction, step: WaitStep) -> datetime:
    return records.calendar.due(sanction.imposed_at, step.lasts, roll=False).at
