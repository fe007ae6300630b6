"""What an event is, and how a stream of them is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Generic, Protocol, TypeVar

from gongdao.domain.kernel.ids import PersonId


class Role(StrEnum):
    """In which role somebody acts on a case. Says nothing of who it is."""

    REPORTER = "reporter"
    RESPONDENT = "respondent"
    GROUP_OWNER = "group_owner"
    KEEPER = "keeper"
    """Somebody who writes into their own journal."""
    FRIEND = "friend"
    """Somebody who confirms that another is who they say."""
    FIRM = "firm"
    """An account that acts for a firm."""
    MEMBER = "member"
    """Somebody who works on the disputes of an organisation."""
    LEARNER = "learner"
    """Somebody on a course of their own."""
    COUNTERPART = "counterpart"
    """The other side of a negotiation, by an invitation."""
    AUTHOR = "author"
    """Whose text waits before it appears."""
    HOLDER = "holder"
    """Somebody who looks after their own account, or holds a code of it."""
    REVIEWER = "reviewer"
    SENIOR_REVIEWER = "senior_reviewer"
    POLICY_KEEPER = "policy_keeper"
    AUDITOR = "auditor"
    OPERATOR = "operator"
    APP = "app"
    SYSTEM = "system"


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it, and in which role. The system itself has no person."""

    role: Role
    person: PersonId | None = None


SYSTEM = Actor(Role.SYSTEM)


class Personal(StrEnum):
    """What personal data an event points to, and so what must go when a person is erased."""

    NOTHING = "nothing"
    PARTY_IDS = "party_ids"
    """Pseudonymous ids alone; erasing the party's record makes them mean nothing."""
    SEALED_TEXT = "sealed_text"
    """Ids and digests of texts; the texts are erased with the party they are about."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened. Subclasses name it (`kind`) and say what personal data it holds."""

    kind: ClassVar[str]
    personal: ClassVar[Personal]

    at: datetime
    by: Actor


S_co = TypeVar("S_co", covariant=True)
E_ev = TypeVar("E_ev", bound=Event)
E_co = TypeVar("E_co", bound=Event, covariant=True)


@dataclass(frozen=True, slots=True)
class Held(Generic[S_co]):
    """A standing and the version of the stream that it was folded from."""

    now: S_co
    version: int


@dataclass(frozen=True, slots=True)
class Recorded(Generic[E_co]):
    """An event as it was kept: its place in the stream and its leaf in the log."""

    event: E_co
    version: int
    leaf: str
    """RFC 9162 leaf hash, hex."""


class Streams(Protocol[S_co, E_ev]):
    """Streams of one kind of thing: read a standing, add what happened to it."""

    def get(self, stream: str) -> Held[S_co]:
        """The standing of one thing; NotFound if there is none."""

    def add(self, stream: str, steps: Sequence[E_ev], *, after: int) -> Held[S_co]:
        """Keep what happened after version `after`; MovedOn if the stream has grown since."""

    def history(self, stream: str) -> Sequence[Recorded[E_ev]]:
        """Everything that happened to one thing, oldest first; empty if there is none."""
