"""The devices that accounts sign in with, for the ways in."""

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import keeper
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.verification.ports import KnownDevice


def mark_of_chance() -> str:
    """A new device's mark."""
    return chance.token()


def seen(person: PersonId, mark: str, label: str) -> KnownDevice:
    """Keep that a device signed in now."""
    records = bootstrap.app().records
    return records.devices.seen(person, mark, label, records.clock())


def listed(caller: Caller) -> list[KnownDevice]:
    """One's own devices, the one last seen first."""
    person = keeper(caller).person
    return bootstrap.app().records.devices.of(person) if person else []


def forget(caller: Caller, device: str) -> None:
    """Take one of one's own off the list; NotFound for any other."""
    person = keeper(caller).person
    if person is not None:
        bootstrap.app().records.devices.forget(person, device)
