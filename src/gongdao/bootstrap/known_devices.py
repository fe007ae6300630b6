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
"""For one account, from wherever: a recovery code has eight digits."""


def allow_return(address: str) -> None:
    """Count one more try to come back to an account; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow  # noqa: PLC0415 – once Django is set up

    plain = address.strip().casefold()[:200]
    allow(bootstrap.app().secrets, "return", plain, RETURNS_PER_MINUTE, chance.now())


def forget(caller: Caller, device: str, key: str) -> None:
    """Take one of one's own off the list; NotFound for any other."""
    bootstrap.app().protection.mine.forget_device(caller, device, key)
