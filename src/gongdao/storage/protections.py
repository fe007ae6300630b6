"""The protection of accounts, their sessions and what they sign in with, in PostgreSQL."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session as KeptSession
from django.db.models import F, Q

from gongdao.domain.kernel.events import Held
from gongdao.domain.kernel.ids import NewId, PersonId
from gongdao.domain.protection import model
from gongdao.domain.protection.events import Keyed, ProtectionStep
from gongdao.domain.protection.model import Protection, protection_id
from gongdao.domain.protection.ports import Session
from gongdao.storage.accounts import check_password
from gongdao.storage.models import Account
from gongdao.storage.protection_models import ProtectionRow, SignedInRow
from gongdao.storage.streams import PgStreams, absent, as_uuid, keep_row


class PgProtections(PgStreams[Protection, ProtectionStep]):
    """The protection of every account."""

    begins = "protection.begun"
    fold = staticmethod(model.fold)

    def project(self, stream: str, standing: Protection, version: int) -> None:
        """The row, and what the doors read: an account that is closed lets nobody in."""
        keep_row(ProtectionRow.objects, stream, protection_row(standing, version))
        Account.objects.filter(party_id=as_uuid(standing.person)).update(
            frozen_at=standing.frozen_at
        )

    def of(self, person: PersonId) -> Held[Protection] | None:
        return next(iter(self.several([protection_id(person)])), None)

    def opened_by(self, secret: Keyed) -> Held[Protection] | None:
        rows = ProtectionRow.objects.filter(secrets__contains=[secret])
        found = self.several([str(each) for each in rows.values_list("id", flat=True)[:1]])
        return next(iter(found), None)


def protection_row(found: Protection, version: int) -> dict[str, object]:
    """The row of somebody's protection."""
    secrets = [
        *(each.code for each in found.codes),
        *(each.link for each in found.links),
        *(each.code for each in found.asked),
        *([found.returning.code] if found.returning else []),
    ]
    return {
        "version": version,
        "person": UUID(found.person),
        "stage": found.stage.value,
        "frozen_at": found.frozen_at,
        "secrets": sorted(secrets),
    }


@dataclass(frozen=True, slots=True)
class PgSessions:
    """Who is signed in where: Django's sessions, by person."""

    new_id: NewId

    def keep(self, person: PersonId, key: str, device: str, label: str, now: datetime) -> None:
        owner = as_uuid(person)
        SignedInRow.objects.filter(key=key).exclude(person=owner).delete()
        SignedInRow.objects.update_or_create(
            key=key,
            defaults={"last_seen": now, "label": label[:80], "device": _device(device)},
            create_defaults={
                "id": UUID(self.new_id()),
                "person": owner,
                "device": _device(device),
                "label": label[:80],
                "began_at": now,
                "last_seen": now,
            },
        )

    def of(self, person: PersonId, key: str, now: datetime) -> list[Session]:
        rows = list(SignedInRow.objects.filter(person=as_uuid(person)).order_by("-last_seen", "id"))
        keys = [row.key for row in rows]
        living = KeptSession.objects.filter(session_key__in=keys, expire_date__gt=now)
        alive = set(living.values_list("session_key", flat=True))
        return [_session(row, key) for row in rows if row.key in alive]

    def end(self, person: PersonId, session: str) -> None:
        row = SignedInRow.objects.filter(person=as_uuid(person), id=as_uuid(session)).first()
        if row is None:
            raise absent()
        KeptSession.objects.filter(session_key=row.key).delete()
        row.delete()

    def end_all(self, person: PersonId, but: str = "") -> int:
        rows = SignedInRow.objects.filter(person=as_uuid(person)).exclude(key=but)
        keys = list(rows.values_list("key", flat=True))
        ended = KeptSession.objects.filter(session_key__in=keys).delete()[0]
        rows.delete()
        return ended


def forget_ended(now: datetime) -> int:
    """Forget sessions that have run out; how many that was."""
    KeptSession.objects.filter(expire_date__lt=now).delete()
    living = KeptSession.objects.values("session_key")
    return SignedInRow.objects.filter(~Q(key__in=living)).delete()[0]


@dataclass(frozen=True, slots=True)
class PgSignIns:
    """Passwords, addresses and factors, as allauth keeps them."""

    def holder(self, address: str) -> PersonId | None:
        if "\x00" in address:
            return None  # the database takes no such text, and nobody has such an address
        account = Account.objects.filter(email=address.strip().lower()).first()
        return PersonId(str(account.party_id)) if account else None

    def address(self, person: PersonId) -> str:
        account = Account.objects.filter(party_id=as_uuid(person)).first()
        return account.email if account else ""

    def give_back(self, person: PersonId, address: str) -> bool:
        account = Account.objects.filter(party_id=as_uuid(person)).first()
        plain = address.strip().lower()
        others = EmailAddress.objects.filter(email__iexact=plain, verified=True)
        if account is None:
            return False
        taken = Account.objects.filter(email=plain).exclude(pk=account.pk).exists()
        if taken or others.exclude(user=account).exists():
            return False
        account.email = plain
        account.save(update_fields=["email"])
        EmailAddress.objects.filter(user=account).delete()
        EmailAddress.objects.create(user=account, email=plain, verified=True, primary=True)
        return True

    def leave_one_address(self, person: PersonId) -> None:
        theirs = EmailAddress.objects.filter(user__party_id=as_uuid(person))
        theirs.exclude(email=F("user__email")).delete()

    def use_recovery_code(self, person: PersonId, code: str, made_before: datetime) -> bool:
        held = Authenticator.objects.filter(
            user__party_id=as_uuid(person),
            type=Authenticator.Type.RECOVERY_CODES,
            created_at__lte=made_before,
        ).first()
        plain = "".join(filter(str.isdigit, code))
        return bool(held is not None and plain.isascii() and held.wrap().validate_code(plain))

    def renew(self, person: PersonId, password: str, since: datetime) -> None:
        account = Account.objects.filter(party_id=as_uuid(person)).first()
        if account is None:
            raise absent()
        check_password(password, account.email)
        account.set_password(password)
        account.save(update_fields=["password"])
        self.leave_one_address(person)
        theirs = Authenticator.objects.filter(user=account)
        theirs.filter(created_at__gt=since).delete()
        if not theirs.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            theirs.delete()  # alone they would ask for a second step that nobody set up


def _device(device: str) -> UUID | None:
    return as_uuid(device) if device else None


def _session(row: SignedInRow, key: str) -> Session:
    return Session(
        id=str(row.id),
        device=str(row.device or ""),
        label=row.label,
        began_at=row.began_at,
        last_seen=row.last_seen,
        here=bool(key) and row.key == key,
    )
