"""Keys for programs: the operator's app server, or a person's scripts. Only digests are kept."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.errors import NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import NewId, PersonId
from gongdao.storage.models import Account, ApiKey
from gongdao.storage.people import Secrets
from gongdao.storage.streams import as_uuid

_MARK = "gd_"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """A key as it is listed; the secret itself is shown once and never again."""

    id: str
    name: str
    roles: tuple[str, ...]
    created_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Holder:
    """Who stands behind a key."""

    key: str
    """The key's id, never its secret."""
    caller: Caller


@dataclass(frozen=True, slots=True)
class ApiKeys:
    """All keys."""

    secrets: Secrets
    new_id: NewId

    def create(self, name: str, roles: Iterable[Role], email: str | None = None) -> str:
        """A new key; with an e-mail address it acts as that person and with no more than its roles.

        A key without a person is an app's: it reports and reads for the app's accounts and never
        decides.
        """
        account = _open_account(email) if email else None
        wanted = sorted(set(roles))
        if account is None and wanted != [Role.APP]:
            raise Refused(
                "api_key.needs_a_person",
                hint_noop("Only the role app goes without a person. Name one with --person."),
            )
        if account is not None and not {r.value for r in wanted} <= set(account.roles):
            raise Refused(
                "api_key.more_than_the_person",
                hint_noop("A key cannot do more than its person: {roles}."),
                roles=", ".join(account.roles) or "–",
            )
        secret = _MARK + secrets.token_urlsafe(32)
        ApiKey.objects.create(
            id=UUID(self.new_id()),
            digest=self._digest(secret),
            name=name.strip()[:80],
            roles=[role.value for role in wanted],
            party_id=account.party_id if account else None,
            created_at=timezone.now(),
        )
        return secret

    def listed(self) -> list[KeyLine]:
        """Every key, newest first."""
        return [
            KeyLine(str(k.id), k.name, tuple(k.roles), k.created_at, k.revoked_at)
            for k in ApiKey.objects.order_by("-created_at")
        ]

    def of(self, person: PersonId) -> list[KeyLine]:
        """The open keys that act as one person, newest first."""
        rows = ApiKey.objects.filter(party_id=as_uuid(person), revoked_at=None)
        return [
            KeyLine(str(k.id), k.name, tuple(k.roles), k.created_at, k.revoked_at)
            for k in rows.order_by("-created_at")
        ]

    def revoke(self, key_id: str) -> None:
        """Close a key for good."""
        found = ApiKey.objects.filter(id=as_uuid(key_id)).first()
        if found is None:
            raise NotFound("api_key.unknown", hint_noop("There is no such key. List them all."))
        found.revoked_at = found.revoked_at or timezone.now()
        found.save(update_fields=["revoked_at"])

    def holder(self, secret: str) -> Holder | None:
        """Who a secret stands for; None for a wrong one, or where it or its account is closed.

        What a key may do ends with what its person may do.
        """
        key = ApiKey.objects.filter(digest=self._digest(secret), revoked_at=None).first()
        if key is None:
            return None
        roles = frozenset(Role(role) for role in key.roles)
        if key.party_id is None:
            return Holder(str(key.id), Caller(None, roles))
        account = Account.objects.filter(
            party_id=key.party_id, is_active=True, frozen_at=None
        ).first()
        if account is None:
            return None
        held = frozenset(Role(role) for role in account.roles)
        return Holder(str(key.id), Caller(PersonId(str(key.party_id)), roles & held))

    def link_secret(self, key_id: str) -> str | None:
        """What an app signs its report links with; None unless the key is an app's and open.

        It is derived from the key's id, so that nothing more has to be kept, and ends with the key.
        """
        try:
            wanted = UUID(key_id)
        except ValueError:
            return None
        key = ApiKey.objects.filter(id=wanted, revoked_at=None).first()
        if key is None or key.party_id is not None or Role.APP.value not in key.roles:
            return None
        return self.secrets.keyed("report link", str(key.id))

    def _digest(self, secret: str) -> str:
        return self.secrets.keyed("api key", secret)


def _open_account(email: str) -> Account:
    found = Account.objects.filter(email=email.strip().lower(), is_active=True).first()
    if found is None:
        raise NotFound("account.unknown", hint_noop("There is no such account. List them all."))
    return found
