"""What may become an exhibit, what may be noted on it, and what the other side may see of it."""

from collections.abc import Collection
from datetime import datetime

from gongdao.domain.evidence.exhibits import (
    Derivative,
    Exhibit,
    ExhibitChecked,
    ExhibitDerived,
    ExhibitReceived,
    ExhibitReleased,
    Finding,
    Provenance,
    Side,
)
from gongdao.domain.evidence.uploads import Looked, MadeOf
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import SYSTEM, Actor
from gongdao.domain.kernel.ids import CaseId, Code, Digest, ExhibitId, PersonId, Sealed
from gongdao.domain.policy.exhibits import ExhibitPolicy


def check_room(policy: ExhibitPolicy, own: int) -> None:
    """Refused where a party has brought as many files as one may."""
    most = policy.limits.per_party_max
    if own >= most:
        raise Refused(
            "exhibit.too_many",
            hint_noop("{most} files are the limit. Tell the reviewers if you have more."),
            most=most,
        )


def check_any(files: Collection[object]) -> None:
    """Refused where nothing is handed in."""
    if not files:
        raise Refused("exhibit.none", hint_noop("Choose a file first."))


def capture(policy: ExhibitPolicy, code: str | None) -> Code:
    """How it was captured; the first way where nothing, or nothing known, was said."""
    known = [ground.code for ground in policy.captures]
    return code if code in known else known[0]


def receive(
    exhibit: ExhibitId,
    case: CaseId,
    numbers: tuple[int, int],
    side: Side,
    owner: PersonId | None,
    name: Sealed,
    looked: Looked,
    provenance: Provenance,
    by: Actor,
    now: datetime,
) -> list[ExhibitReceived | ExhibitDerived]:
    """A file becomes an exhibit, with what was made of it already."""
    received = ExhibitReceived(
        at=now,
        by=by,
        exhibit=exhibit,
        case=case,
        number=numbers[0],
        own_number=numbers[1],
        side=side,
        owner=owner,
        name=name,
        what=looked.kind,
        file=looked.file,
        provenance=provenance,
    )
    return [received, *(derive(looked.file.sha256, made, now) for made in looked.made)]


def derive(source: Digest, made: MadeOf, now: datetime, by: Actor = SYSTEM) -> ExhibitDerived:
    """Something was made of it."""
    return ExhibitDerived(
        at=now, by=by, what=made.what, file=made.file, source=source, recipe=made.recipe
    )


def check(
    policy: ExhibitPolicy,
    factor: str,
    finding: Finding,
    note: Sealed | None,
    by: Actor,
    now: datetime,
) -> ExhibitChecked:
    """Note what was found on one factor."""
    if factor not in {ground.code for ground in policy.factors}:
        raise Refused("exhibit.unknown_factor", hint_noop("Choose one of the listed factors."))
    return ExhibitChecked(at=now, by=by, factor=factor, finding=finding, note=note)


def release(exhibit: Exhibit, derivative: str, by: Actor, now: datetime) -> ExhibitReleased:
    """Let the other side see a redacted derivative: the original and the rest stay closed."""
    redacted = {made.file.sha256 for made in exhibit.made if made.what is Derivative.REDACTED}
    if derivative not in redacted:
        raise Refused(
            "exhibit.not_redacted",
            hint_noop("Only a redacted copy can be released. Make one first."),
        )
    return ExhibitReleased(at=now, by=by, derivative=Digest(derivative))


def check_note(policy: ExhibitPolicy, note: str) -> str:
    """A note that may be kept, trimmed."""
    trimmed = note.strip()
    if len(trimmed) > policy.limits.note_max:
        raise Refused(
            "exhibit.note_too_long",
            hint_noop("Shorten the note to {most} characters."),
            most=policy.limits.note_max,
        )
    return trimmed


def may_download(owner: PersonId | None, person: PersonId | None) -> bool:
    """Whether a party may have a file whole: those it brought itself, and no other."""
    return person is not None and owner == person


def open_derivatives(exhibit: Exhibit) -> Collection[Digest]:
    """What the other side may see: the one that was released, and by default nothing."""
    return [] if exhibit.released is None else [exhibit.released]
