"""Who is asking."""

from dataclasses import dataclass, field
from enum import StrEnum

from gongdao.domain.kernel.events import Actor, Role
from gongdao.domain.kernel.ids import CaseId, PersonId


class Seat(StrEnum):
    """On which chair somebody sits at one case; it decides what they see of it."""

    REPORTER = "reporter"
    RESPONDENT = "respondent"
    STAFF = "staff"
    AUDITOR = "auditor"
    MEMBER = "member"
    """Of an organisation, at a dispute of its own. No case has such a chair."""


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody at the door: a signed-in person, the holder of a code, or the operator's app."""

    person: PersonId | None
    roles: frozenset[Role] = field(default_factory=frozenset)
    only_case: CaseId | None = None
    """Set for the holder of a code: it opens this case and nothing else."""

    def has(self, *roles: Role) -> bool:
        """Whether the caller holds one of these roles."""
        return bool(self.roles & set(roles))


NOBODY = Caller(None)


@dataclass(frozen=True, slots=True)
class FileParties:
    """Who has a part in a case."""

    case: CaseId
    reporters: frozenset[PersonId]
    respondent: PersonId | None


def actor(caller: Caller, role: Role) -> Actor:
    """The caller as the one who did something, in a role."""
    return Actor(role, caller.person)
