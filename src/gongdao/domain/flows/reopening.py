"""Whether new evidence opens a matter once more after its last level."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from gongdao.domain.appeals.model import Appeal
from gongdao.domain.appeals.rules import Reopening
from gongdao.domain.decisions.model import Decision, DecisionState
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.calendar import passed
from gongdao.domain.kernel.ids import ExhibitId, PersonId


@dataclass(frozen=True, slots=True)
class Finality:
    """How final an outcome is after the last level, and on what ground."""

    ground: str
    """`levels`, `reopened`, `window` or `same_facts`; `new_evidence` while it can be opened."""
    until: datetime | None


def finality(
    records: Records, decision: Decision, earlier: Sequence[Appeal], person: PersonId | None
) -> Finality | None:
    """Said before anybody tries; None while a level is open, or nothing was appealed against."""
    overturned = decision.state is DecisionState.OVERTURNED
    last = records.policy(decision.pack).appeals.at(decision.level + 1) is None
    if overturned or not last or any(a.stage.is_open for a in earlier):
        return None
    once_more = reopening(records, decision, earlier, person)
    if once_more is None:
        return Finality("levels", None)
    if once_more.used:
        return Finality("reopened", None)
    if passed(once_more.until, records.clock()):
        return Finality("window", once_more.until)
    return Finality("new_evidence" if once_more.new else "same_facts", once_more.until)


def reopening(
    records: Records,
    decision: Decision,
    earlier: Sequence[Appeal],
    person: PersonId | None,
    brings: Iterable[ExhibitId] | None = None,
) -> Reopening | None:
    """What would open the last level; None where a level is open yet, or the pack knows no way.

    Where an appeal names nothing, everything counts that this person has added since.
    """
    policy = records.policy(decision.pack).appeals
    closed = max((a.closed_at for a in earlier if a.closed_at is not None), default=None)
    if policy.reopens is None or policy.at(decision.level + 1) is not None or closed is None:
        return None
    until = records.calendar.due(closed, policy.reopens.within, roll=True).at
    there = [exhibit for exhibit, _ in records.exhibits.of_case(decision.case)]
    known = {e.file.sha256 for e in there if e.received_at <= closed}
    new = [
        e.id
        for e in there
        if e.received_at > closed and e.owner == person and e.file.sha256 not in known
    ]
    named = new if brings is None else [each for each in dict.fromkeys(brings) if each in new]
    return Reopening(until, tuple(named), used=any(a.round > 1 for a in earlier))
