"""Accounts to practise with, and the links that sign them in: on one's own machine alone."""

import ipaddress
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX as _NO_PASSWORD
from django.core import signing

from gongdao import bootstrap
from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.events import Role
from gongdao.site.config import Config, local_only
from gongdao.storage.models import Account

_SALT = "gongdao practice sign-in"
_HOURS = 12


@dataclass(frozen=True, slots=True)
class Practised:
    """One account: who it is, its roles, and whose case it can look at."""

    name: str
    title: str
    roles: tuple[Role, ...] = ()
    account: str | None = None
    """The account of the operator's app that it stands for."""
    email: str = ""

    @property
    def address(self) -> str:
        """The address that the account is kept under."""
        return self.email or f"{self.name}@example.org"


REPORTER = "reader01@example.org"
RESPONDENT = "dao_ke_77"

ACCOUNTS: Sequence[Practised] = (
    Practised("reviewer_1", "审核员 reviewer", (Role.REVIEWER,)),
    Practised("reviewer_2", "审核员 reviewer", (Role.REVIEWER,)),
    Practised("reviewer_3", "审核员 reviewer", (Role.REVIEWER,)),
    Practised("senior_1", "高级审核员 senior reviewer", (Role.SENIOR_REVIEWER,)),
    Practised("policy_keeper", "规则管理员 policy keeper", (Role.POLICY_KEEPER,)),
    Practised("auditor", "审计员 auditor", (Role.AUDITOR,)),
    Practised("operator", "运营者 operator", (Role.OPERATOR,)),
    Practised("person", "被处罚的用户 person concerned", account=RESPONDENT),
    Practised("reader", "举报过的用户 reporter", email=REPORTER),
    Practised("merchant", "商家 merchant"),
)


def ensure_accounts() -> None:
    """Make the accounts that are missing; they have no password, so only a link signs them in."""
    parties = bootstrap.app().records.parties
    for one in ACCOUNTS:
        email = one.address
        if Account.objects.filter(email=email).exists():
            Account.objects.filter(email=email, password__startswith=_NO_PASSWORD).update(
                is_active=True
            )
            continue
        party = parties.by_account(one.account or f"practice:{one.name}")
        roles = [role.value for role in one.roles]
        Account.objects.create_user(email, name=one.name, roles=roles, party_id=party)


def close_accounts() -> int:
    """Close them where others can reach the pages, so that no work is given to nobody.

    An account that somebody gave a password is a real one by now and stays. How many were open.
    """
    made = Account.objects.filter(email__in=[one.address for one in ACCOUNTS], is_active=True)
    return made.filter(password__startswith=_NO_PASSWORD).update(is_active=False)


def signin_lines(config: Config) -> list[str]:
    """A line a role with the link that signs it in; none where others could reach the pages."""
    if not local_only(config):
        return []
    found = {account.name: account for account in Account.objects.all()}
    return [
        f"{one.title}: {config.address}/practice/sign-in/{_token(found[one.name])}/"
        for one in ACCOUNTS
        if one.name in found and not one.name.endswith(("_2", "_3"))
    ]


def signed_in(token: str, peer: str, config: Config) -> Account:
    """The account of a link; NotFound unless everything is on this very machine."""
    if not local_only(config) or not _is_loopback(peer):
        raise not_found()
    try:
        named = signing.loads(token, salt=_SALT, max_age=_HOURS * 3600)
    except signing.BadSignature:
        raise not_found() from None
    account = Account.objects.filter(pk=named, is_active=True).first()
    if account is None or account.has_usable_password():
        raise not_found()
    return account


def _token(account: Account) -> str:
    return signing.dumps(account.pk, salt=_SALT)


def _is_loopback(peer: str) -> bool:
    try:
        return ipaddress.ip_address(peer).is_loopback
    except ValueError:
        return False
