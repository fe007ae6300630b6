"""People, their codes, their texts and the staff, in memory."""

import hashlib
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from tests.fakes.memory import Memory
from tests.fakes.streams import MemoryAppeals

from gongdao.domain.appeals.model import AppealStage
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, NewId, PersonId, ReportId, Sealed
from gongdao.domain.kernel.people import Identity, Staff
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.kernel.work import Salted

_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class MemoryTexts:
    """Sealed texts; each is sealed with another salt, so that equal texts have unequal seals."""

    memory: Memory

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        check_characters(text)
        rows = self.memory.tables["text"]
        sealed = Sealed(hashlib.sha256(f"{len(rows)}\n{text}".encode()).hexdigest())
        rows[sealed] = (text, about)
        return sealed

    def open(self, seal: Sealed) -> str | None:
        found = self.memory.tables["text"].get(seal)
        return None if found is None else str(found[0])

    def several(self, seals: Sequence[Sealed]) -> dict[Sealed, str]:
        opened = {seal: self.open(seal) for seal in seals}
        return {seal: text for seal, text in opened.items() if text is not None}

    def seal_all(self, texts: Sequence[str], about: PersonId | None) -> list[Sealed]:
        return [self.seal(text, about) for text in texts]

    def salted(self, seals: Sequence[Sealed]) -> dict[Sealed, Salted]:
        places = {seal: n for n, seal in enumerate(self.memory.tables["text"])}
        known = self.several(seals)
        return {s: Salted(text, f"{places[s]}\n".encode()) for s, text in known.items()}


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody."""

    account: str | None = None
    contact: str | None = None
    name: str | None = None
    language: str = "zh-hans"
    roles: frozenset[Role] = frozenset()
    active: bool = True
    since: datetime = datetime(2020, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class MemoryParties:
    """People."""

    memory: Memory
    new_id: NewId

    def by_account(self, account: str) -> PersonId:
        return self.known(account) or self.enter(Party(account=account.strip()))

    def known(self, account: str) -> PersonId | None:
        wanted = account.strip().casefold()
        rows = self._rows().items()
        return next((p for p, row in rows if (row.account or "").casefold() == wanted), None)

    def newcomer(self, contact: str | None, language: str) -> PersonId:
        return self.enter(Party(contact=(contact or "").strip() or None, language=language))

    def enter(self, party: Party) -> PersonId:
        """Know one more."""
        person = PersonId(self.new_id())
        self._rows()[person] = party
        return person

    def reachable(self, person: PersonId, contact: str) -> None:
        self._rows()[person] = replace(self._party(person), contact=contact.strip())

    def language(self, person: PersonId) -> str:
        return self._party(person).language

    def address(self, person: PersonId) -> str | None:
        contact = self._party(person).contact
        return contact if contact and "@" in contact else None

    def identity(self, person: PersonId) -> Identity:
        party = self._party(person)
        return Identity(party.account, party.contact, party.name)

    def account(self, person: PersonId) -> str | None:
        return self._party(person).account

    def accounts(self, people: Collection[PersonId]) -> dict[PersonId, str]:
        found = {person: self.account(person) for person in people}
        return {person: account for person, account in found.items() if account}

    def known_as(self, person: PersonId) -> list[str]:
        party = self._party(person)
        return [n for n in (party.account, party.contact, party.name) if n and len(n) > 1]

    def names_of(self, people: Sequence[PersonId]) -> list[str]:
        return [name for person in people for name in self.known_as(person)]

    def known_since(self, person: PersonId) -> datetime | None:
        party = self._party(person)
        return party.since if party.account or party.roles else None

    def wording(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).casefold()
        return hashlib.sha256("".join(c for c in plain if c.isalnum()).encode()).hexdigest()

    def subject_key(self, kind: str, ref: str) -> str:
        return hashlib.sha256(f"subject\n{kind}\n{ref}".encode()).hexdigest()

    def _party(self, person: PersonId) -> Party:
        if person not in self._rows():
            raise NotFound("not_found", "There is no such person.")
        return self._rows()[person]

    def _rows(self) -> dict[PersonId, Party]:
        return self.memory.tables["party"]


@dataclass(frozen=True, slots=True)
class MemoryStaff:
    """Staff."""

    memory: Memory
    appeals: MemoryAppeals

    def operators(self) -> list[PersonId]:
        parties = self.memory.tables["party"].items()
        return [p for p, party in parties if party.active and Role.OPERATOR in party.roles]

    def reviewers(self) -> list[Staff]:
        fit = {Role.REVIEWER, Role.SENIOR_REVIEWER}
        heard = [h.now for h in self.appeals.all() if h.now.stage is AppealStage.UNDER_REVIEW]
        return [
            Staff(
                person,
                party.roles,
                sum(appeal.reviewer == person for appeal in heard),
                party.name or "",
            )
            for person, party in self.memory.tables["party"].items()
            if party.active and party.roles & fit
        ]

    def name(self, person: PersonId) -> str | None:
        party = self.memory.tables["party"].get(person)
        return party.name if party and party.roles else None


@dataclass(frozen=True, slots=True)
class MemoryCodes:
    """Codes, twenty letters and digits each."""

    memory: Memory

    def issue(self, case: CaseId, person: PersonId) -> str:
        for report, _ in self.memory.tables["report"].values():
            joined = self.memory.tables["report_case"].get(report.id)
            if joined is not None and (joined[0], report.reporter) == (case, person):
                return self.of_report(report.id)
        plain = _derived(f"{case}\n{person}")
        self.memory.tables["code"][plain] = (case, person)
        return _grouped(plain)

    def of_report(self, report: ReportId) -> str:
        return _grouped(_derived(f"report\n{report}"))

    def opens(self, code: str) -> tuple[CaseId, PersonId]:
        plain = "".join(c for c in code.upper() if c.isalnum())
        plain = plain.translate(str.maketrans("OIL", "011"))
        found = self.memory.tables["code"].get(plain)
        for report, _ in self.memory.tables["report"].values():
            if _derived(f"report\n{report.id}") == plain:
                found = (self.memory.tables["report_case"][report.id][0], report.reporter)
        if found is None:
            raise NotFound("code.unknown", "Check the code: it has 20 letters and digits.")
        case, person = found
        return case, person


def _derived(secret: str) -> str:
    number = int(hashlib.sha256(secret.encode()).hexdigest(), 16)
    return "".join(_LETTERS[(number >> 5 * i) & 31] for i in range(20))


def _grouped(plain: str) -> str:
    return "-".join(plain[i : i + 4] for i in range(0, 20, 4))


@dataclass(frozen=True, slots=True)
class MemoryOutbox:
    """Promised jobs; the same topic and key promise one."""

    memory: Memory

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        self.memory.must_be_open()
        self.memory.tables["outbox"].setdefault((topic, key), dict(payload))

    def promised(self, topic: str) -> dict[str, dict[str, str]]:
        """The payloads of a topic, by key."""
        jobs = self.memory.tables["outbox"]
        return {key: payload for (of, key), payload in jobs.items() if of == topic}
