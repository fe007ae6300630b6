"""Who takes part. People are pseudonymous ids; names and addresses lie outside the events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, PersonId, ReportId


@dataclass(frozen=True, slots=True)
class Staff:
    """Somebody who can be handed work, and how much of it lies open with them."""

    person: PersonId
    roles: frozenset[Role]
    open_appeals: int = 0
    name: str = ""
    """What colleagues call them."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is, as far as they said; None where they did not."""

    account: str | None
    contact: str | None
    name: str | None


class Parties(Protocol):
    """The people that cases are about, known by the operator's account names or by a contact."""

    def by_account(self, account: str) -> PersonId:
        """The party behind an account name of the operator's app; made if not yet known."""

    def known(self, account: str) -> PersonId | None:
        """The party behind an account name, if there is one already."""

    def newcomer(self, contact: str | None, language: str) -> PersonId:
        """A party known only by a code that it keeps, with a contact if it gave one."""

    def reachable(self, person: PersonId, contact: str) -> None:
        """Keep the contact that a known party gave for itself, in place of an earlier one."""

    def language(self, person: PersonId) -> str:
        """`zh-hans` or `en`: what the person reads."""

    def address(self, person: PersonId) -> str | None:
        """Where e-mail reaches the person, if anywhere."""

    def account(self, person: PersonId) -> str | None:
        """The account name of a party in the operator's app, if it has one."""

    def accounts(self, people: Collection[PersonId]) -> Mapping[PersonId, str]:
        """The account names of many at once; who has none is left out."""

    def known_as(self, person: PersonId) -> list[str]:
        """The names by which somebody could be recognised: account, contact, display name."""

    def identity(self, person: PersonId) -> Identity:
        """Who somebody is. Nobody reads it but `flows/unmask.py`."""

    def names_of(self, people: Sequence[PersonId]) -> list[str]:
        """The same for many people at once."""

    def known_since(self, person: PersonId) -> datetime | None:
        """Since when somebody with an account is known here; None for anybody without one."""

    def wording(self, text: str) -> str:
        """A keyed digest that is equal for texts of the same letters and digits, however set."""

    def subject_key(self, kind: str, ref: str) -> str:
        """A keyed digest by which the same subject is found again without naming it."""


class StaffList(Protocol):
    """Who can decide and review."""

    def reviewers(self) -> list[Staff]:
        """Everybody active who may hear appeals."""

    def operators(self) -> list[PersonId]:
        """Everybody active who runs the installation."""

    def name(self, person: PersonId) -> str | None:
        """What somebody on the staff is called by the others; None for anybody else."""


class Codes(Protocol):
    """Secret codes: one opens one case to one party, without sign-in."""

    def issue(self, case: CaseId, person: PersonId) -> str:
        """The code; asking again gives the same one. Only its digest is kept."""

    def of_report(self, report: ReportId) -> str:
        """The code on a report's receipt: it opens the case that the report belongs to."""

    def opens(self, code: str) -> tuple[CaseId, PersonId]:
        """The case and the party that a code belongs to; NotFound for any other."""
