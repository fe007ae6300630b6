"""The devices that accounts sign in with, for the ways in."""

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.verification.ports import KnownDevice


def mark_of_chance() -> str:
    """A new device's mark."""
    return chance.token()


def seen(person: PersonId, mark: str, label: str) -> KnownDevice:
    """Keep that a device signed in now; the owner is told of one that is new."""
    return bootstrap.app().protection.mine.device_seen(person, mark, label)


def used(person: PersonId, key: str, device: str, label: str) -> None:
    """Keep that a session of this key is used now, on a device."""
    bootstrap.app().protection.mine.session_seen(person, key, device, label)


def hour() -> int:
    """The present hour, counted through: a session is kept as used once in each."""
    return int(bootstrap.app().records.clock().timestamp() // 3600)


RETURNS_PER_MINUTE = 5
"""Of one account: recovery codes from wherever, since one has eight digits; else by network."""


def allow_recovery_code(address: str) -> None:
    """Count one more recovery code for an account; Refused once there were too many.

    A stranger can use that up. So it counts for this proof alone: the others stay open.
    """
    _allow("return", _plain(address))


def allow_return(address: str, network: str) -> None:
    """Count one more code asked for from one network; Refused once there were too many."""
    _allow("return asked", f"{network} {_plain(address)}")


def _allow(purpose: str, whose: str) -> None:
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    allow(bootstrap.app().secrets, purpose, whose, RETURNS_PER_MINUTE, chance.now())


def _plain(address: str) -> str:
    return address.strip().casefold()[:200]


def forget(caller: Caller, device: str, key: str) -> None:
    """Take one of one's own off the list; NotFound for any other."""
    bootstrap.app().protection.mine.forget_device(caller, device, key)
