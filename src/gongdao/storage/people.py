"""Parties, their codes and the staff list in PostgreSQL; names and addresses are encrypted."""

import base64
import hashlib
import unicodedata
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.db import connection
from django.db.models import Count, Q
from django.utils import timezone

from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, NewId, PersonId, ReportId, Sealed
from gongdao.domain.kernel.people import Identity, Staff
from gongdao.domain.kernel.texts import check_characters
from gongdao.domain.kernel.work import Salted
from gongdao.storage.bulk import copy
from gongdao.storage.field_cipher import FieldCipher
from gongdao.storage.models import (
    AccessCode,
    Account,
    AppealRow,
    Party,
    ReportAside,
    ReportCase,
    ReportRow,
    SealedText,
)
from gongdao.storage.streams import as_uuid, asked_once

_BLOCK = 64
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U to be misread."""
_PAIRS, _CODE_DIGITS = range(0, 100, 10), 25
"""A code is a hundred bits: ten pairs of letters, out of so many hex digits."""
_GROUPS = tuple(second + first for first in _ALPHABET for second in _ALPHABET)
"""Ten bits of a code, the lower five first."""


@lru_cache(maxsize=8)
def _hmac_states(key: bytes) -> tuple["hashlib._Hash", "hashlib._Hash"]:
    """
    HMAC-SHA-256 (RFC 2104) with the key already taken in.

    The intake makes four of them for each report, and taking the key in anew costs more than all
    the rest of it.
    """
    block = (hashlib.sha256(key).digest() if len(key) > _BLOCK else key).ljust(_BLOCK, b"\0")
    return hashlib.sha256(block.translate(_INNER)), hashlib.sha256(block.translate(_OUTER))


@dataclass(frozen=True, slots=True)
class Secrets:
    """What encrypts fields and keys digests."""

    fields: FieldCipher
    digest_key: bytes

    def keyed(self, purpose: str, text: str) -> str:
        """A keyed SHA-256 (hex): equal for equal texts, meaningless without the key."""
        inner, outer = _hmac_states(self.digest_key)
        inside, outside = inner.copy(), outer.copy()
        inside.update(f"{purpose}\n{text}".encode())
        outside.update(inside.digest())
        return outside.hexdigest()

    def encrypt(self, text: str | None) -> bytes | None:
        """A field as it is kept."""
        return None if text is None else self.fields.encrypt(text.encode())

    def decrypt(self, kept: bytes | memoryview | None) -> str | None:
        """A field as it was; None where there is none, or where no key opens it any more."""
        if kept is None:
            return None
        try:
            return self.fields.decrypt(bytes(kept)).decode()
        except InvalidToken:
            return None


@dataclass(frozen=True, slots=True)
class PgTexts:
    """Sealed texts."""

    secrets: Secrets
    salt: Callable[[], bytes]

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        check_characters(text)
        salt = self.salt()
        digest = hashlib.sha256(salt + text.encode()).hexdigest()
        SealedText.objects.create(
            digest=digest,
            salt=salt,
            cipher=self.secrets.encrypt(text),
            about=UUID(about) if about else None,
        )
        return Sealed(digest)

    def open(self, seal: Sealed) -> str | None:
        row = SealedText.objects.filter(digest=seal).first()
        return None if row is None else self.secrets.decrypt(row.cipher)

    def several(self, seals: Sequence[Sealed]) -> dict[Sealed, str]:
        return dict(asked_once(("texts", frozenset(seals)), lambda: self._several(seals)))

    def _several(self, seals: Sequence[Sealed]) -> dict[Sealed, str]:
        rows = SealedText.objects.filter(digest__in=seals)
        opened = {Sealed(row.digest): self.secrets.decrypt(row.cipher) for row in rows}
        return {seal: text for seal, text in opened.items() if text is not None}

    def seal_all(self, texts: Sequence[str], about: PersonId | None) -> list[Sealed]:
        check_characters(*texts)
        person, rows = UUID(about) if about else None, []
        for text in texts:
            salt = self.salt()
            digest = hashlib.sha256(salt + text.encode()).hexdigest()
            rows.append((digest, salt, self.secrets.encrypt(text), person))
        copy("sealed_text", ("digest", "salt", "cipher", "about"), rows)
        return [Sealed(row[0]) for row in rows]

    def salted(self, seals: Sequence[Sealed]) -> dict[Sealed, Salted]:
        found = {}
        for row in SealedText.objects.filter(digest__in=seals):
            text = self.secrets.decrypt(row.cipher)
            if text is not None:
                found[Sealed(row.digest)] = Salted(text, bytes(row.salt))
        return found


@dataclass(frozen=True, slots=True)
class PgParties:
    """People."""

    secrets: Secrets
    new_id: NewId

    def by_account(self, account: str) -> PersonId:
        digest = account_digest(self.secrets, account)
        party, _ = Party.objects.get_or_create(
            account_digest=digest,
            defaults={
                "id": UUID(self.new_id()),
                "account": self.secrets.encrypt(account.strip()),
                "created_at": timezone.now(),
            },
        )
        return PersonId(str(party.id))

    def known(self, account: str) -> PersonId | None:
        """The party behind an account name, if there is one already."""
        digest = account_digest(self.secrets, account)
        party = Party.objects.filter(account_digest=digest).only("id").first()
        return PersonId(str(party.id)) if party else None

    def newcomer(self, contact: str | None, language: str) -> PersonId:
        party = Party.objects.create(
            id=UUID(self.new_id()),
            contact=self.secrets.encrypt((contact or "").strip() or None),
            language=language,
            created_at=timezone.now(),
        )
        return PersonId(str(party.id))

    def reachable(self, person: PersonId, contact: str) -> None:
        kept = self.secrets.encrypt(contact.strip())
        Party.objects.filter(id=as_uuid(person)).update(contact=kept)

    def language(self, person: PersonId) -> str:
        return self._party(person).language

    def address(self, person: PersonId) -> str | None:
        party = self._party(person)
        login = Account.objects.filter(party_id=party.id).first()
        contact = login.email if login else self.secrets.decrypt(party.contact)
        return contact if contact and "@" in contact else None

    def known_as(self, person: PersonId) -> list[str]:
        party = self._party(person)
        login = Account.objects.filter(party_id=party.id).first()
        kept = [self.secrets.decrypt(f) for f in (party.account, party.contact, party.name)]
        names = [*kept, login.email if login else None, login.name if login else None]
        return [name for name in names if name and len(name) > 1]

    def names_of(self, people: Sequence[PersonId]) -> list[str]:
        wanted = [as_uuid(person) for person in people]
        named = Party.objects.filter(id__in=wanted).filter(
            Q(account__isnull=False) | Q(contact__isnull=False) | Q(name__isnull=False)
        )
        found: list[str | None] = []
        for party in named:
            found += [self.secrets.decrypt(f) for f in (party.account, party.contact, party.name)]
        for email, name in Account.objects.filter(party__in=wanted).values_list("email", "name"):
            found += [email, name]
        return [name for name in found if name and len(name) > 1]

    def known_since(self, person: PersonId) -> datetime | None:
        party = self._party(person)
        if party.account_digest or Account.objects.filter(party_id=party.id).exists():
            return party.created_at
        return None

    def wording(self, text: str) -> str:
        plain = unicodedata.normalize("NFKC", text).casefold()
        return self.secrets.keyed("wording", "".join(filter(str.isalnum, plain)))

    def identity(self, person: PersonId) -> Identity:
        party, open_ = self._party(person), self.secrets.decrypt
        login = Account.objects.filter(party_id=party.id).first()
        return Identity(
            account=open_(party.account),
            contact=login.email if login else open_(party.contact),
            name=login.name if login else open_(party.name),
        )

    def account(self, person: PersonId) -> str | None:
        return self.secrets.decrypt(self._party(person).account)

    def accounts(self, people: Collection[PersonId]) -> dict[PersonId, str]:
        found = Party.objects.filter(id__in=set(people)).values_list("id", "account")
        opened = {PersonId(str(name)): self.secrets.decrypt(account) for name, account in found}
        return {name: account for name, account in opened.items() if account}

    def subject_key(self, kind: str, ref: str) -> str:
        return self.secrets.keyed("subject", f"{kind}\n{ref}")

    def _party(self, person: PersonId) -> Party:
        wanted = Party.objects.filter(id=as_uuid(person))
        found = asked_once(("party", person), wanted.first)
        if found is None:
            raise NotFound("not_found", hint_noop("There is no such person."))
        return found


class PgStaff:
    """Staff."""

    def operators(self) -> list[PersonId]:
        fit = Account.objects.filter(is_active=True, roles__contains=[Role.OPERATOR.value])
        return [PersonId(str(p)) for p in fit.order_by("id").values_list("party_id", flat=True)]

    def reviewers(self) -> list[Staff]:
        fit = Account.objects.filter(
            is_active=True, roles__overlap=[Role.REVIEWER.value, Role.SENIOR_REVIEWER.value]
        )
        people = [str(p) for p in fit.values_list("party_id", flat=True)]
        busy = (
            AppealRow.objects.filter(stage="under_review", reviewer__in=people)
            .values("reviewer")
            .annotate(n=Count("id", filter=Q(stage="under_review")))
        )
        open_by = {str(row["reviewer"]): row["n"] for row in busy}
        return [
            Staff(
                PersonId(str(a.party_id)),
                frozenset(Role(role) for role in a.roles),
                open_by.get(str(a.party_id), 0),
                a.name,
            )
            for a in fit
        ]

    def name(self, person: PersonId) -> str | None:
        named = Account.objects.filter(party_id=as_uuid(person)).exclude(roles=[])
        return asked_once(("staff", person), named.values_list("name", flat=True).first)


@dataclass(frozen=True, slots=True)
class PgCodes:
    """Codes. A code is derived with the key, so that every notice can name it again."""

    secrets: Secrets

    def issue(self, case: CaseId, person: PersonId) -> str:
        report = self._first_report(case, person)
        if report is not None:
            return self.of_report(report)
        code = self._derived(f"{case}\n{person}")
        AccessCode.objects.get_or_create(
            digest=self._digest(code),
            defaults={
                "case": UUID(case),
                "person": UUID(person),
                "issued_at": timezone.now(),
            },
        )
        return code

    def of_report(self, report: ReportId) -> str:
        return self._derived(f"report\n{report}")

    def digest_of(self, code: str) -> bytes:
        """What is kept of the code of a report, to find it by: 16 bytes."""
        return bytes.fromhex(self._digest(code))[:16]

    def digest_of_own(self, code: str) -> bytes:
        """The same of a code that was made just now, and needs no lenient reading."""
        return bytes.fromhex(self.secrets.keyed("code digest", code.replace("-", "")))[:16]

    def opens(self, code: str) -> tuple[CaseId, PersonId]:
        digest = self._digest(code)
        short = self.digest_of(code)
        row = AccessCode.objects.filter(digest=digest).first()
        if row is not None:
            return CaseId(str(row.case)), PersonId(str(row.person))
        joined = ReportCase.objects.filter(report=self._report(short)).first()
        if joined is None:
            raise not_in_line()
        return CaseId(str(joined.case)), PersonId(str(joined.reporter))

    def _report(self, digest: bytes) -> UUID:
        """The report of a code, also of one whose month was set aside."""
        for table, name in ((ReportRow, "id"), (ReportAside, "report")):
            found = table._default_manager.filter(code=digest).values_list(name, flat=True).first()  # noqa: SLF001
            if found is not None:
                return UUID(str(found))
        if _waits(digest):
            raise not_in_line()
        raise NotFound(
            "code.unknown",
            hint_noop("Check the code: it has 20 letters and digits, in groups of four."),
        )

    def _first_report(self, case: CaseId, person: PersonId) -> ReportId | None:
        """A reporter's code is the one on their receipt."""
        joined = ReportCase.objects.filter(case=as_uuid(case), reporter=as_uuid(person))
        first = joined.order_by("received_at", "report").first()
        return None if first is None else ReportId(str(first.report))

    def _derived(self, secret: str) -> str:
        number = int(self.secrets.keyed("code", secret)[-_CODE_DIGITS:], 16)
        pairs = [_GROUPS[number >> bits & 1023] for bits in _PAIRS]
        return "{}{}-{}{}-{}{}-{}{}-{}{}".format(*pairs)

    def _digest(self, code: str) -> str:
        """Read leniently: blanks, dashes and case don't count; O is 0, I and L are 1."""
        plain = code.upper()
        if not plain.isascii():
            plain = "".join(filter(str.isalnum, plain))
        plain = plain.translate(_LENIENT)
        return self.secrets.keyed("code digest", plain)


def account_digest(secrets: Secrets, account: str) -> str:
    """By what an account's name is found again."""
    return secrets.keyed("account", account.strip().casefold())


def not_in_line() -> Refused:
    """What the holder of a receipt is told who looks at once."""
    return Refused(
        "receipt.not_in_line",
        hint_noop("We have the report and put it in line now. Look again in a minute."),
    )


def _waits(code: bytes) -> bool:
    """Whether the report with this code was acknowledged and is not in line yet."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from reports_waiting where position(%s in codes) > 0)", [code]
        )
        return bool(cursor.fetchone()[0])


_LENIENT = str.maketrans("OIL", "011", "".join(c for c in map(chr, range(128)) if not c.isalnum()))


def derive(key: bytes, purpose: str) -> bytes:
    """A key for one purpose out of a master key."""
    return hashlib.blake2b(base64.urlsafe_b64decode(key), person=purpose.encode()[:16]).digest()
