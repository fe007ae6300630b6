"""On which grounds a dispute will be filed."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from gongdao.domain.disputes.events import FoundGround, GroundsChosen
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.disputes.rules import must_be_open
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.events import Actor
from gongdao.domain.kernel.ids import Code


def choose_grounds(
    dispute: Dispute, found: Iterable[FoundGround], chosen: Sequence[Code],
    offered: Collection[Code], by: Actor, now: datetime,
) -> GroundsChosen:  # fmt: skip
    """Choose among those that are offered, against the advice too; none says that it is none."""
    must_be_open(dispute)
    for code in chosen:
        if code not in offered:
            raise BadInput(
                "eligibility.unknown_ground",
                hint_noop("There is no ground {ground} for this dispute. Choose from the list."),
                ground=code,
            )
    return GroundsChosen(at=now, by=by, found=tuple(found), chosen=tuple(dict.fromkeys(chosen)))


def against_advice(dispute: Dispute) -> tuple[Code, ...]:
    """Those that were chosen though nothing spoke for them."""
    found = {each.ground for each in dispute.found}
    return tuple(code for code in dispute.grounds if code not in found)
