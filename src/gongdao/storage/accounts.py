"""Sign-ins and their roles: made, listed, changed and closed by whoever runs the installation."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.urls import reverse

from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId
from gongdao.domain.kernel.people import Parties
from gongdao.storage.models import Account
from gongdao.storage.streams import as_uuid

STAFF_ROLES = (
    Role.REVIEWER,
    Role.SENIOR_REVIEWER,
    Role.POLICY_KEEPER,
    Role.AUDITOR,
    Role.OPERATOR,
)
"""What an account may be given. Who reports or is reported needs no role."""


@dataclass(frozen=True, slots=True)
class AccountLine:
    """One account, without its secrets."""

    id: int
    email: str
    name: str
    roles: tuple[Role, ...]
    active: bool
    party: PersonId
    joined_at: datetime
    has_password: bool


@dataclass(frozen=True, slots=True)
class PgAccounts:
    """All accounts."""

    parties: Parties

    def all(self) -> list[AccountLine]:
        """Every account, in the order in which they came."""
        return [_line(account) for account in Account.objects.order_by("joined_at", "id")]

    def get(self, email: str) -> AccountLine:
        """The account of an address; NotFound if there is none."""
        return _line(_held(email))

    def create(
        self,
        email: str,
        name: str,
        roles: Collection[Role],
        *,
        password: str | None = None,
        party: PersonId | None = None,
        language: str = "zh-hans",
    ) -> AccountLine:
        """A new account, its address taken as confirmed; without a password nobody signs in yet."""
        email = _checked(email)
        given = _staff(roles)
        with transaction.atomic():
            if Account.objects.filter(email=email).exists():
                raise Refused(
                    "account.exists",
                    hint_noop("There is an account for {email}. Change its roles instead."),
                    email=email,
                )
            if password is not None:
                check_password(password, email)
            account = Account.objects.create_user(
                email,
                password,
                name=name.strip()[:80] or email.partition("@")[0],
                roles=given,
                language=language,
                party_id=as_uuid(party or self.parties.newcomer(None, language)),
            )
            EmailAddress.objects.create(user=account, email=email, verified=True, primary=True)
        return _line(account)

    def set_roles(self, email: str, add: Iterable[Role], remove: Iterable[Role]) -> AccountLine:
        """Give and take roles; one operator always stays."""
        with _an_operator_stays():
            account = _held(email)
            kept = {Role(role) for role in account.roles} | set(add)
            account.roles = _staff(kept - set(remove))
            account.save(update_fields=["roles"])
        return _line(account)

    def set_active(self, email: str, *, active: bool) -> AccountLine:
        """Close an account, or open it again. Its sessions end with it; what it did stays."""
        with _an_operator_stays():
            account = _held(email)
            account.is_active = active
            account.save(update_fields=["is_active"])
        return _line(account)

    def invitation(self, email: str) -> str:
        """The path of a page on which the person sets a password; it works once, for some days."""
        from allauth.account.forms import default_token_generator  # noqa: PLC0415 – needs models
        from allauth.account.utils import user_pk_to_url_str  # noqa: PLC0415

        account = _held(email)
        token = default_token_generator.make_token(account)
        who = user_pk_to_url_str(account)
        return reverse("account_reset_password_from_key", args=[who, token])


def _held(email: str) -> Account:
    account = Account.objects.filter(email=email.strip().lower()).first()
    if account is None:
        raise NotFound(
            "account.unknown",
            hint_noop("There is no account for {email}. See: gongdao account list"),
            email=email,
        )
    return account


def _line(account: Account) -> AccountLine:
    return AccountLine(
        id=account.pk,
        email=account.email,
        name=account.name,
        roles=tuple(Role(role) for role in account.roles),
        active=account.is_active,
        party=PersonId(str(account.party_id)),
        joined_at=account.joined_at,
        has_password=account.has_usable_password(),
    )


def _checked(email: str) -> str:
    plain = email.strip().lower()
    try:
        validate_email(plain)
    except ValidationError:
        raise BadInput(
            "account.bad_email", hint_noop("Write an e-mail address such as ana@example.org.")
        ) from None
    return plain


def check_password(password: str, email: str) -> None:
    """Refuse a password that is too weak."""
    try:
        validate_password(password, Account(email=email))
    except ValidationError as problem:
        raise BadInput(
            "account.weak_password",
            hint_noop("Choose another password: {why}"),
            why=" ".join(problem.messages),
        ) from None


def _staff(roles: Iterable[Role]) -> list[str]:
    wanted = set(roles)
    strange = wanted - set(STAFF_ROLES)
    if strange:
        raise BadInput(
            "account.unknown_role",
            hint_noop("Give one of these roles: {known}."),
            known=", ".join(STAFF_ROLES),
        )
    return [role.value for role in STAFF_ROLES if role in wanted]


@contextmanager
def _an_operator_stays() -> Iterator[None]:
    """An installation that nobody can run any more could not even undo this."""
    operators = Account.objects.filter(is_active=True, roles__contains=[Role.OPERATOR.value])
    with transaction.atomic():
        had = operators.exists()
        yield
        if had and not operators.exists():
            raise Refused(
                "account.last_operator",
                hint_noop("Nobody else is an operator. Give that role to somebody first."),
            )
