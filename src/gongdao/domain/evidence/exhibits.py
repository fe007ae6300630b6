"""An exhibit: a file of a case, where it came from, what was made of it and what was looked at.

The file itself lies outside, under the SHA-256 of its bytes, and is never changed. The first event
names that digest; so the leaf of that event vouches for the file, too.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.evidence.media import Kind
from gongdao.domain.kernel.events import Event, Personal, Role
from gongdao.domain.kernel.ids import CaseId, Code, Digest, ExhibitId, PersonId, Sealed


class Side(StrEnum):
    """Who brought an exhibit; never who it is."""

    REPORTER = "reporter"
    RESPONDENT = "respondent"
    STAFF = "staff"
    APP = "app"
    """The operator's app, out of its own records."""
    ORGANISATION = "organisation"
    """An organisation, for a dispute of its own: no case holds such an exhibit."""


class Derivative(StrEnum):
    """What was made of an original. None of them is the original, and none takes its place."""

    THUMBNAIL = "thumbnail"
    VIEW = "view"
    NEUTRAL = "neutral"
    """A document without what could run in it."""
    REDACTED = "redacted"


class Finding(StrEnum):
    """What somebody found on one factor of authenticity."""

    SOUND = "sound"
    DOUBTFUL = "doubtful"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FileMark:
    """A file by its digest."""

    sha256: Digest
    size: int
    media: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file came from, as far as it was said or seen. All of it about the sender is sealed.

    What the client says of itself is what it says: nobody checked it.
    """

    uploaded_at: datetime
    """When the last byte had come."""
    captured: Code
    """How it was captured, by the sender's word: one of the pack's ways."""
    captured_at: datetime | None
    """When, by the sender's word."""
    device: Sealed | None
    """Device and program, as the client says."""
    address: Sealed | None
    """The network address it came from."""
    locator: Sealed | None
    """Where exactly the message lies, as the operator's app says: see `Locator`."""
    scan: str
    """What a virus scanner said, and which; `not scanned` where there is none."""
    journal: "FromJournal | None" = None
    """Set where it came out of its bringer's own journal."""


@dataclass(frozen=True, slots=True)
class FromJournal:
    """When an entry of a journal was recorded, and by which leaf that is proven."""

    recorded_at: datetime
    leaf: str
    text: bool = False
    """Whether the file is the entry's words, written out; else it is a file of the entry."""


@dataclass(frozen=True, slots=True)
class Locator:
    """The exact place of a message in the operator's app (A3)."""

    message: str
    """The app's own number of it."""
    conversation: str | None = None
    group: str | None = None
    sent_at: datetime | None = None
    url: str | None = None
    quote: str | None = None
    """Its words, by which it is found even where the number has changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitReceived(Event):
    """A file became an exhibit of a case."""

    kind: ClassVar[str] = "exhibit.received"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    exhibit: ExhibitId
    case: CaseId
    """Of an organisation's exhibit the id of its dispute."""
    number: int
    """Within the case, counted from 1: what the desk and the packet call it."""
    own_number: int
    """Among those of its owner: what they call it, so that no number tells of anybody else's."""
    side: Side
    owner: PersonId | None
    """The party that brought it; None for staff and the app."""
    name: Sealed
    what: Kind
    file: FileMark
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitDerived(Event):
    """Something was made of the original."""

    kind: ClassVar[str] = "exhibit.derived"
    personal: ClassVar[Personal] = Personal.NOTHING
    what: Derivative
    file: FileMark
    source: Digest
    """What it was made of."""
    recipe: str
    """How: program, version and settings, in one line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitChecked(Event):
    """Somebody looked at one factor of its authenticity."""

    kind: ClassVar[str] = "exhibit.checked"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    factor: Code
    finding: Finding
    note: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitReleased(Event):
    """The other side may see one redacted derivative of it, and nothing else."""

    kind: ClassVar[str] = "exhibit.released"
    personal: ClassVar[Personal] = Personal.NOTHING
    derivative: Digest


@dataclass(frozen=True, slots=True)
class Dated:
    """A step that an exhibit shows, by somebody's word."""

    step: Code
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitExplained(Event):
    """Somebody said what it shows and when that was, beside what a program found."""

    kind: ClassVar[str] = "exhibit.explained"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    proves: tuple[Code, ...]
    happened: tuple[Dated, ...]
    note: Sealed | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExhibitOriginalTaken(Event):
    """Staff took the original, which may say more of who brought it than the copies do."""

    kind: ClassVar[str] = "exhibit.original_taken"
    personal: ClassVar[Personal] = Personal.NOTHING
    file: Digest


ExhibitStep = (
    ExhibitReceived
    | ExhibitDerived
    | ExhibitChecked
    | ExhibitReleased
    | ExhibitExplained
    | ExhibitOriginalTaken
)


@dataclass(frozen=True, slots=True)
class Made:
    """A derivative."""

    what: Derivative
    file: FileMark
    source: Digest
    recipe: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Check:
    """The last look at one factor."""

    factor: Code
    finding: Finding
    note: Sealed | None
    at: datetime
    role: Role
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class Explained:
    """What somebody said it shows."""

    proves: tuple[Code, ...]
    happened: tuple[Dated, ...]
    note: Sealed | None
    at: datetime
    role: Role
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class Taken:
    """Somebody took the original."""

    at: datetime
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """An exhibit as it stands."""

    id: ExhibitId
    case: CaseId
    number: int
    own_number: int
    side: Side
    owner: PersonId | None
    name: Sealed
    kind: Kind
    file: FileMark
    provenance: Provenance
    received_at: datetime
    made: tuple[Made, ...] = ()
    checks: tuple[Check, ...] = ()
    """One for each factor that was looked at: the latest."""
    released: Digest | None = None
    """The redacted derivative that the other side may see."""
    explained: tuple[Explained, ...] = ()
    taken: tuple[Taken, ...] = ()

    def latest(self, what: Derivative) -> Made | None:
        """The latest derivative of a kind."""
        return next((made for made in reversed(self.made) if made.what is what), None)

    def word_of(self, *roles: Role) -> Explained | None:
        """The last that somebody in one of these roles said it shows."""
        return next((said for said in reversed(self.explained) if said.role in roles), None)


def after(exhibit: Exhibit, step: ExhibitStep) -> Exhibit:
    """The exhibit after one more step."""
    match step:
        case ExhibitReceived():
            raise ValueError("an exhibit is received once")
        case ExhibitDerived():
            made = Made(step.what, step.file, step.source, step.recipe, step.at)
            return replace(exhibit, made=(*exhibit.made, made))
        case ExhibitChecked():
            by = step.by
            check = Check(step.factor, step.finding, step.note, step.at, by.role, by.person)
            others = tuple(c for c in exhibit.checks if c.factor != step.factor)
            return replace(exhibit, checks=(*others, check))
        case ExhibitReleased():
            return replace(exhibit, released=step.derivative)
        case ExhibitExplained():
            said = Explained(
                step.proves, step.happened, step.note, step.at, step.by.role, step.by.person
            )
            return replace(exhibit, explained=(*exhibit.explained, said))
        case ExhibitOriginalTaken():
            taken = Taken(step.at, step.by.person)
            return replace(exhibit, taken=(*exhibit.taken, taken))
        case _:
            assert_never(step)


def fold(steps: Iterable[ExhibitStep]) -> Exhibit:
    """The standing after a whole stream; ValueError if it does not begin with the file."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, ExhibitReceived):
        raise ValueError("an exhibit begins with exhibit.received")
    exhibit = Exhibit(
        id=first.exhibit,
        case=first.case,
        number=first.number,
        own_number=first.own_number,
        side=first.side,
        owner=first.owner,
        name=first.name,
        kind=first.what,
        file=first.file,
        provenance=first.provenance,
        received_at=first.at,
    )
    for step in rest:
        exhibit = after(exhibit, step)
    return exhibit
