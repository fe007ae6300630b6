"""What the protection of accounts needs from outside."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Held, Streams
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection.events import Keyed, ProtectionStep
from gongdao.domain.protection.model import Protection


class Protections(Streams[Protection, ProtectionStep], Protocol):
    """The protection of every account.

    Whatever is kept here is seen at the doors at once: nobody gets in to one that is closed.
    """

    def of(self, person: PersonId) -> Held[Protection] | None:
        """Somebody's, if it has begun."""

    def opened_by(self, secret: Keyed) -> Held[Protection] | None:
        """The one that a freeze code, a link or a code of a return belongs to, if there is one.

        Whether it still counts is not asked here.
        """


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in of a browser. Nothing of where it came from is kept."""

    id: str
    device: str
    """The known device that it runs on; empty where that was taken off the list."""
    label: str
    began_at: datetime
    last_seen: datetime
    here: bool
    """Whether it is the one that asks."""


class Sessions(Protocol):
    """Who is signed in where."""

    def keep(self, person: PersonId, key: str, device: str, label: str, now: datetime) -> None:
        """Keep that a session of this key was used now. A key is a secret of its browser's."""

    def of(self, person: PersonId, key: str, now: datetime) -> list[Session]:
        """Somebody's living sessions, the one used last first; `key` is that of the asking one."""

    def end(self, person: PersonId, session: str) -> None:
        """End one at once; NotFound for any other than one's own."""

    def end_all(self, person: PersonId, but: str = "") -> int:
        """End them all, `but` the one of a key; how many that were."""


class SignIns(Protocol):
    """What somebody signs in with."""

    def holder(self, address: str) -> PersonId | None:
        """Whose account an address belongs to, if anybody's."""

    def address(self, person: PersonId) -> str:
        """The account's address; empty where there is no account."""

    def give_back(self, person: PersonId, address: str) -> bool:
        """Make an address the account's only one again; False where it is another's by now."""

    def leave_one_address(self, person: PersonId) -> None:
        """Drop every address but the account's: one that waits to be confirmed opens nothing."""

    def use_recovery_code(self, person: PersonId, code: str, made_before: datetime) -> bool:
        """Whether it is an unused recovery code of codes made by then; it is used up by that."""

    def renew(self, person: PersonId, password: str, since: datetime) -> None:
        """Set a new password, and take away whatever else signs in and was added since then.

        BadInput for a password that is too weak.
        """
