"""What each chair sees of what was found in an exhibit.

Staff see all of it, but for other cases in which they have another chair. A party sees, of what it
brought itself, what any reader could find in that very file, and nothing that was found by holding
it beside the rest of the case: no other case's picture, nothing about the days that somebody's
report names, and no name that was noticed because somebody in the case is called so.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.agreement import Remark
from gongdao.domain.evidence.findings import About, Found, Look
from gongdao.domain.evidence.personal_data import DataKind
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.exhibit_views import ExhibitFile
from gongdao.domain.flows.exhibiting import Exhibiting


@dataclass(frozen=True, slots=True)
class LookView:
    """What staff see of an exhibit beside the picture."""

    file: ExhibitFile
    look: Look | None
    """None where nothing was looked at yet, or nothing could be read."""
    missed: str
    """Why nothing could be read; `waiting` where nobody has looked yet."""
    program: str
    looked_at: datetime | None
    accepted: frozenset[int]
    """What the last redacted copy hides, by places in the look."""
    hidings: int
    """How many redacted copies were made."""
    canvas: tuple[int, int] | None = None
    """Width and height in which boxes are given; None where there is no picture."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What was found in an exhibit, as far as the caller may know it."""

    look: Look | None
    missed: str
    program: str
    looked_at: datetime | None


@dataclass(frozen=True, slots=True)
class Side:
    """One of two pictures, and where it differs from the other, in its view's own pixels."""

    file: ExhibitFile
    size: tuple[int, int]
    boxes: list[Box]


@dataclass(frozen=True, slots=True)
class Compared:
    """Two pictures that are alike. Where they differ is seen here; why, nobody knows from it."""

    one: Side
    other: Side


_OF_THE_FILE = {
    About.CLOCK,
    About.WHOLE,
    About.BOTTOM,
    About.LAYOUT,
    About.MOMENT,
    About.AMOUNT,
    About.NUMBER,
    About.CAMERA,
    About.DOCUMENT,
    About.CHAT,
    About.SOUND,
}
_BY_ITSELF = {Remark.AFTER_UPLOAD.value, Remark.AFTER_CLOCK.value}


def for_staff(look: Look, exhibiting: Exhibiting, caller: Caller) -> Look:
    """Without pictures of cases in which the caller has another chair than a reviewer's.

    They come last, so that what is left keeps its number.
    """
    exhibits = exhibiting.records.exhibits
    cases = {f.exhibit: exhibits.get(f.exhibit).now.case for f in look.found if f.exhibit}
    shown = [
        found
        for found in look.found
        if not found.exhibit or exhibiting.inside(cases[found.exhibit], caller)
    ]
    return replace(look, found=tuple(shown))


def for_party(look: Look) -> Look:
    """What was found in the file by itself."""
    return replace(look, found=tuple(found for found in look.found if _by_itself(found)))


def _by_itself(found: Found) -> bool:
    if found.exhibit:
        return False
    if found.about is About.TIMES:
        return found.says in _BY_ITSELF
    if found.about is About.PERSONAL:
        return found.says.partition(".")[0] != DataKind.NAME.value
    return found.about in _OF_THE_FILE
