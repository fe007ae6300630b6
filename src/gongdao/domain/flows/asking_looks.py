"""Every new exhibit is to be looked at: promised in the transaction that keeps it."""

from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.ids import ExhibitId

LOOK = "look"
"""The topic of the outbox."""


def ask_for_look(records: Records, exhibit: ExhibitId, looks: int = 0) -> None:
    """Promise the look after so many; asking twice promises it once."""
    records.outbox.post(LOOK, f"{exhibit}:{looks}", {"exhibit": exhibit})
