"""Who is told about a dispute: whoever works on it, else whoever is on duty, else its owners."""

from collections.abc import Iterable

from gongdao.domain.disputes.model import Dispute
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.organising import Organising
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.teamwork import Teamwork
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.organisations.model import Organisation, Right


def responsible(r: Records, dispute: Dispute, ours: Organisation) -> list[PersonId]:
    """Who must do something about it now. Nobody is left out because nobody was named."""
    if dispute.assignee in ours.holders(Right.WORK):
        return [dispute.assignee] if dispute.assignee else []
    return on_duty(r, ours) or sorted(ours.holders(Right.OWN))


def others(r: Records, ours: Organisation, told: Iterable[PersonId]) -> list[PersonId]:
    """Somebody else who can act when time is almost over; empty where there is nobody else."""
    known = set(told)
    for group in (on_duty(r, ours), ours.holders(Right.OWN), ours.holders(Right.WORK)):
        found = sorted(set(group) - known)
        if found:
            return found
    return []


def on_duty(r: Records, ours: Organisation) -> list[PersonId]:
    """Who is on duty in the organisation now; nobody where it has no roster."""
    organising = Organising(r)
    found = Teamwork(r, organising, Disputing(r, organising)).on_duty(ours.id, r.clock())
    return [found] if found is not None else []
