"""Who takes part. People are pseudonymous ids; names and addresses lie outside the events."""

from dataclasses import dataclass
from typing import Protocol

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who can be handed work, and how much of it lies open with them."""

    person: PersonId
    roles: frozenset[Role]
    open_appeals: int = 0


class Parties(Protocol):
    """The people that cases are about, known by the operator's account names or by a contact."""

    def by_account(self, account: str) -> PersonId:
        """The party behind an account name of the operator's app; made if not yet known."""

    def newcomer(self, contact: str | None, language: str) -> PersonId:
        """A party known only by a code that it keeps, with a contact if it gave one."""

    def language(self, person: PersonId) -> str:
        """`zh-hans` or `en`: what the person reads."""

    def address(self, person: PersonId) -> str | None:
        """Where e-mail reaches the person, if anywhere."""

    def subject_key(self, kind: str, ref: str) -> str:
        """A keyed digest by which the same subject is found again without naming it."""


class StaffList(Protocol):
    """Who can decide and review."""

    def reviewers(self) -> list[Staff]:
        """Everybody active who may hear appeals."""


class Codes(Protocol):
    """Secret codes that open one case to one party, such as a receipt code."""

    def issue(self, purpose: str, case: str, target: str, person: PersonId) -> str:
        """A new code, shown once; only its digest is kept."""
