"""The protection of accounts in memory, with sessions and what people sign in with."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryStreams

from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.errors import BadInput
from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.protection import model
from gongdao.domain.protection.events import Keyed, ProtectionStep
from gongdao.domain.protection.model import Protection, protection_id
from gongdao.domain.protection.ports import Session


class MemoryProtections(MemoryStreams[Protection, ProtectionStep]):
    """The protection of every account."""

    table = "protection"
    fold = staticmethod(model.fold)

    def of(self, person: PersonId) -> Held[Protection] | None:
        name = protection_id(person)
        return self.get(name) if name in self._rows() else None

    def opened_by(self, secret: Keyed) -> Held[Protection] | None:
        for held in self.all():
            now = held.now
            known = {each.code for each in now.codes} | {each.code for each in now.asked}
            known |= {each.link for each in now.links}
            known |= {now.returning.code} if now.returning else set()
            if secret in known:
                return held
        return None


@dataclass(frozen=True, slots=True)
class MemorySessions:
    """Who is signed in where."""

    memory: Memory
    new_id: Callable[[], str]

    def keep(self, person: PersonId, key: str, device: str, label: str, now: datetime) -> None:
        rows = self.memory.tables["session"]
        before = rows.get(key)
        if before is not None and before[0] == person:
            rows[key] = (person, replace(before[1], last_seen=now, label=label, device=device))
        else:
            new = Session(self.new_id(), device, label, now, now, here=False)
            rows[key] = (person, new)

    def of(self, person: PersonId, key: str, now: datetime) -> list[Session]:
        assert now is not None
        rows = self.memory.tables["session"].items()
        mine = [replace(s, here=k == key) for k, (p, s) in rows if p == person]
        mine.sort(key=lambda s: s.id)
        return sorted(mine, key=lambda s: s.last_seen, reverse=True)

    def end(self, person: PersonId, session: str) -> None:
        rows = self.memory.tables["session"]
        found = next((k for k, (p, s) in rows.items() if (p, s.id) == (person, session)), None)
        if found is None:
            raise not_found()
        del rows[found]

    def end_all(self, person: PersonId, but: str = "") -> int:
        rows = self.memory.tables["session"]
        mine = [key for key, (p, _) in rows.items() if p == person and key != but]
        for key in mine:
            del rows[key]
        return len(mine)


@dataclass(frozen=True, slots=True)
class SignIn:
    """What somebody signs in with."""

    address: str
    password: str
    codes: tuple[str, ...] = ()
    codes_made_at: datetime | None = None
    waiting: tuple[str, ...] = ()
    """Addresses that wait to be confirmed."""


@dataclass(frozen=True, slots=True)
class MemorySignIns:
    """Passwords and addresses."""

    memory: Memory

    def enter(self, person: PersonId, found: SignIn) -> None:
        """Let somebody sign in with this."""
        self._rows()[person] = found

    def holder(self, address: str) -> PersonId | None:
        plain = address.strip().lower()
        return next((p for p, row in self._rows().items() if row.address == plain), None)

    def address(self, person: PersonId) -> str:
        found = self._rows().get(person)
        return found.address if found else ""

    def give_back(self, person: PersonId, address: str) -> bool:
        plain = address.strip().lower()
        if person not in self._rows() or self.holder(plain) not in {None, person}:
            return False
        self._rows()[person] = replace(self._rows()[person], address=plain)
        return True

    def leave_one_address(self, person: PersonId) -> None:
        if person in self._rows():
            self._rows()[person] = replace(self._rows()[person], waiting=())

    def use_recovery_code(self, person: PersonId, code: str, made_before: datetime) -> bool:
        found = self._rows().get(person)
        if found is None or found.codes_made_at is None or found.codes_made_at > made_before:
            return False
        if code not in found.codes:
            return False
        left = tuple(each for each in found.codes if each != code)
        self._rows()[person] = replace(found, codes=left)
        return True

    def renew(self, person: PersonId, password: str, since: datetime) -> None:
        assert since is not None
        if person not in self._rows():
            raise not_found()
        if len(password) < 10:
            raise BadInput("account.weak_password", "Choose another password: {why}", why="short")
        self._rows()[person] = replace(self._rows()[person], password=password, waiting=())

    def _rows(self) -> dict[PersonId, SignIn]:
        return self.memory.tables["sign_in"]


def protection_on_fakes(memory: Memory, ids: Callable[[], str]) -> dict[str, Any]:
    """Each port by its name in the records."""
    return {
        "protections": MemoryProtections(memory),
        "sessions": MemorySessions(memory, ids),
        "sign_ins": MemorySignIns(memory),
    }
