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


def knows(address: str, mark: str) -> bool:
    """Whether the account of an address knows the device of a mark."""
    records = bootstrap.app().records
    person = records.sign_ins.holder(address)
    return person is not None and records.devices.known(person, mark) is not None


def is_frozen(person: PersonId) -> bool:
    """Whether nobody may be signed in to this account."""
    return bootstrap.app().protection.mine.closed(person)


def used(person: PersonId, key: str, device: str, label: str) -> None:
    """Keep that a session of this key is used now, on a device."""
    bootstrap.app().protection.mine.session_seen(person, key, device, label)


def hour() -> int:
    """The present hour, counted through: a session is kept as used once in each."""
    return int(bootstrap.app().records.clock().timestamp() // 3600)


RETURNS_PER_MINUTE = 5
"""Codes asked for by one network for one account."""


def allow_return(account: str, address: str) -> None:
    """Count one more code asked for from a network address; Refused once there were too many."""
    from gongdao.storage.rate_limits import allow, network  # noqa: PLC0415 – needs the settings

    whose = f"{network(address)} {account.strip().casefold()[:200]}"
    allow(bootstrap.app().secrets, "return asked", whose, RETURNS_PER_MINUTE, chance.now())


def forget(caller: Caller, device: str, key: str) -> None:
    """Take one of one's own off the list; NotFound for any other."""
    bootstrap.app().protection.mine.forget_device(caller, device, key)
