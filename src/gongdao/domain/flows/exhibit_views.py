"""What each chair sees of an exhibit: built for it, and nothing else put in (invariant 3)."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime

from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.evidence import exhibit_rules as rules
from gongdao.domain.evidence.exhibits import (
    Check,
    Derivative,
    Exhibit,
    FileMark,
    FromJournal,
    Locator,
    Made,
    Side,
    Taken,
)
from gongdao.domain.kernel.ids import CaseId, Digest, ExhibitId, PersonId, Sealed

INSIDERS = {Seat.STAFF, Seat.AUDITOR}


@dataclass(frozen=True, slots=True)
class CheckView:
    """One look at one factor, for staff."""

    factor: str
    finding: str
    note: str
    at: datetime
    person: PersonId | None


@dataclass(frozen=True, slots=True)
class Origin:
    """Where it came from, for staff."""

    uploaded_at: datetime
    captured: str
    captured_at: datetime | None
    device: str
    address: str
    """Empty for a reporter's: who they are is looked at elsewhere, with a written reason."""
    locator: Locator | None
    scan: str
    journal: FromJournal | None = None
    """Where it came out of its bringer's own journal."""


@dataclass(frozen=True, slots=True)
class ExhibitView:
    """An exhibit as one chair sees it."""

    id: ExhibitId
    number: int
    """As this chair counts: within the case for staff, else among one's own."""
    mine: bool
    """Whether the caller's own side brought it."""
    name: str
    """Empty where the chair may not know it."""
    kind: str
    file: FileMark | None
    """The original; None where the chair may not have it."""
    thumbnail: FileMark | None
    view: FileMark | None
    received_at: datetime
    leaf: str
    side: str = ""
    """Who brought it, for staff alone."""
    reporter: int = 0
    """Which reporter, for staff alone, counted from 1."""
    released: bool = False
    checks: int = 0
    """How many factors were looked at, for staff alone."""
    guarded: bool = False
    """Whether the original is handed out on request alone: it may say who the reporter is."""


@dataclass(frozen=True, slots=True)
class ExhibitFile:
    """An exhibit with all that staff see of it."""

    view: ExhibitView
    case: CaseId
    origin: Origin
    made: tuple[Made, ...]
    checks: tuple[CheckView, ...]
    released: Digest | None
    also_in: int
    """In how many exhibits of other cases the very same file lies."""
    taken: tuple[Taken, ...] = ()
    """Who of the staff took a reporter's original, and when."""


def may_see(exhibit: Exhibit, chair: Seat, caller: Caller) -> bool:
    """Whether this chair sees anything of it; by default the other side does not."""
    if chair in INSIDERS or _is_mine(exhibit, caller):
        return True
    return bool(rules.open_derivatives(exhibit)) and chair is Seat.RESPONDENT


def _is_mine(exhibit: Exhibit, caller: Caller) -> bool:
    return rules.may_download(exhibit.owner, caller.person)


def view_of(
    exhibit: Exhibit,
    leaf: str,
    chair: Seat,
    caller: Caller,
    names: Mapping[Sealed, str],
    numbers: Mapping[PersonId, int],
) -> ExhibitView:
    """What one chair sees of it."""
    inside, mine = chair in INSIDERS, _is_mine(exhibit, caller)
    if not inside and not mine:
        return _released(exhibit)
    thumbnail, view = exhibit.latest(Derivative.THUMBNAIL), exhibit.latest(Derivative.VIEW)
    return ExhibitView(
        id=exhibit.id,
        number=exhibit.number if inside else exhibit.own_number,
        mine=mine,
        name=_name(exhibit, names, mine=mine),
        kind=exhibit.kind.value,
        file=exhibit.file,
        thumbnail=thumbnail.file if thumbnail else None,
        view=view.file if view else None,
        received_at=exhibit.received_at,
        leaf=leaf,
        side=exhibit.side.value if inside else "",
        reporter=_which(exhibit, numbers) if inside else 0,
        released=exhibit.released is not None and inside,
        checks=len(exhibit.checks) if inside else 0,
        guarded=not mine and exhibit.side is Side.REPORTER,
    )


def _name(exhibit: Exhibit, names: Mapping[Sealed, str], *, mine: bool) -> str:
    """A reporter may have put their name into a file's: staff read it masked, on its own page."""
    if exhibit.side is Side.REPORTER and not mine:
        return ""
    return names.get(exhibit.name, "—")


def _which(exhibit: Exhibit, numbers: Mapping[PersonId, int]) -> int:
    return numbers.get(exhibit.owner, 0) if exhibit.owner and exhibit.side is Side.REPORTER else 0


def _released(exhibit: Exhibit) -> ExhibitView:
    """A copy without what staff took out of it: no name, no number, no moment of the other side.

    The exhibit's own id holds the moment at which it was brought, and would let records in the
    public log be tried out: the copy goes by what it is.
    """
    made = next(m for m in exhibit.made if m.file.sha256 == exhibit.released)
    return ExhibitView(
        id=ExhibitId(made.file.sha256),
        number=0,
        mine=False,
        name="",
        kind=exhibit.kind.value,
        file=None,
        thumbnail=None,
        view=made.file,
        received_at=made.at,
        leaf="",
    )


def check_view(check: Check, known: Mapping[Sealed, str]) -> CheckView:
    """One look at one factor, read."""
    note = known.get(check.note, "—") if check.note else ""
    return CheckView(check.factor, check.finding.value, note, check.at, check.person)


def seals(exhibit: Exhibit) -> list[Sealed]:
    """The texts that staff read of it, beside its name."""
    p = exhibit.provenance
    found = [p.device, p.address, p.locator, *(check.note for check in exhibit.checks)]
    return [seal for seal in found if seal]


def origin(exhibit: Exhibit, known: Mapping[Sealed, str]) -> Origin:
    """Where it came from, read. A reporter's address would say who they are: it stays sealed."""
    p = exhibit.provenance

    def opened(seal: Sealed | None) -> str:
        return known.get(seal, "—") if seal else ""

    return Origin(
        uploaded_at=p.uploaded_at,
        captured=p.captured,
        captured_at=p.captured_at,
        device=opened(p.device),
        address="" if exhibit.side is Side.REPORTER else opened(p.address),
        locator=_place(known.get(p.locator, "")) if p.locator else None,
        scan=p.scan,
        journal=p.journal,
    )


def written(locator: Locator | None) -> str | None:
    """A place as it is sealed."""
    if locator is None:
        return None
    plain = {k: v for k, v in asdict(locator).items() if v is not None}
    return json.dumps(plain, default=str, ensure_ascii=False, sort_keys=True)


def _place(text: str) -> Locator | None:
    if not text:
        return None
    plain = json.loads(text)
    sent = plain.pop("sent_at", None)
    return Locator(**plain, sent_at=datetime.fromisoformat(sent) if sent else None)
