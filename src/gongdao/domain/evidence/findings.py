"""What was found in an exhibit, by which program, and what a person decided to hide of it.

Findings are never overwritten: each look at an exhibit is an event of its own, and the latest is
shown. What was found is text out of the exhibit, so it is sealed like any other.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from math import ceil, floor
from typing import ClassVar, NewType, Self, assert_never

from gongdao.domain.evidence.file_text import Sound
from gongdao.domain.evidence.reading import Box
from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import CaseId, Code, Digest, ExhibitId, PersonId, Sealed

LookId = NewType("LookId", str)


class About(StrEnum):
    """What a finding is about."""

    CLOCK = "clock"
    WHOLE = "whole"
    BOTTOM = "bottom"
    """What closes a screen at its lower end."""
    LAYOUT = "layout"
    MOMENT = "moment"
    AMOUNT = "amount"
    NUMBER = "number"
    TIMES = "times"
    CAMERA = "camera"
    ALIKE = "alike"
    PERSONAL = "personal"
    DOCUMENT = "document"
    """What a document is, and what of it could not be read."""
    CHAT = "chat"
    SOUND = "sound"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of a line that was read: from `start` up to `end`."""

    line: int
    """Its place among the lines, from 0."""
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Found:
    """One finding. `says` is a code, in the words of the part that found it."""

    about: About
    says: Code
    written: str = ""
    """As it stands in the exhibit."""
    confidence: float = 1.0
    boxes: tuple[Box, ...] = ()
    """In the picture as it came."""
    exhibit: str = ""
    """The other exhibit, where one is meant."""
    place: str = ""
    """In a document the first place of it, such as `page:3` or `sheet:2`."""
    spans: tuple[Span, ...] = ()
    """In what has text and no picture: every part of it that says this."""


@dataclass(frozen=True, slots=True)
class Area:
    """A box in whole pixels, as an event may hold it."""

    left: int
    top: int
    right: int
    low: int

    @classmethod
    def around(cls, box: Box) -> Self:
        """The whole pixels that a box touches."""
        return cls(floor(box.left), floor(box.top), ceil(box.right), ceil(box.low))


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A line that was read, where it stands in the picture or in the document."""

    text: str
    box: Box
    """Empty in what is no picture."""
    confidence: float
    place: str = ""


@dataclass(frozen=True, slots=True)
class Look:
    """Everything found in one look: this is what is sealed."""

    width: int
    height: int
    """Both 0 for what is no picture."""
    lines: tuple[ShownLine, ...] = ()
    found: tuple[Found, ...] = ()
    sound: Sound | None = None

    @property
    def text(self) -> str:
        """All of it, line by line."""
        return "\n".join(line.text for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class LookTaken(Event):
    """A program looked at an exhibit, or could not."""

    kind: ClassVar[str] = "look.taken"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    look: LookId
    exhibit: ExhibitId
    case: CaseId
    source: Digest
    """The very file that was looked at."""
    program: str
    missed: Code | None
    """Why nothing was read; None where it was."""
    found: Sealed | None
    """A `Look`, as JSON."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HidingDecided(Event):
    """A person decided what is hidden in a copy, and what is framed in red."""

    kind: ClassVar[str] = "look.hidden"
    personal: ClassVar[Personal] = Personal.NOTHING
    accepted: tuple[int, ...]
    """Of the findings on personal data, by their places in the look."""
    dropped: tuple[int, ...]
    added: tuple[Area, ...]
    """What nobody had proposed."""
    passages: tuple[Area, ...]
    """Framed in red and numbered in this order."""
    derivative: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class TextHidden(Event):
    """A person decided what is hidden in a copy of a text; placeholders stand in its place."""

    kind: ClassVar[str] = "look.text_hidden"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    run: int
    """Which look it rests on, counted from 0."""
    accepted: tuple[int, ...]
    """Of its findings on personal data."""
    dropped: tuple[int, ...]
    lines: tuple[int, ...]
    """Lines that are hidden whole."""
    chosen: Sealed
    """The person's own passages, and what each new placeholder stands for: see `hidden_text`."""
    placeholders: tuple[tuple[Code, int], ...]
    """Those that are new in the case: their numbers are used up, even once the text is erased."""
    derivative: Digest


LookStep = LookTaken | HidingDecided | TextHidden


@dataclass(frozen=True, slots=True)
class Run:
    """One look."""

    at: datetime
    program: str
    source: Digest
    missed: Code | None
    found: Sealed | None


@dataclass(frozen=True, slots=True)
class Hiding:
    """One decision on what is hidden."""

    at: datetime
    by: PersonId | None
    accepted: tuple[int, ...]
    dropped: tuple[int, ...]
    added: tuple[Area, ...]
    passages: tuple[Area, ...]
    derivative: Digest


@dataclass(frozen=True, slots=True)
class TextHiding:
    """One decision on what is hidden of a text."""

    at: datetime
    by: PersonId | None
    run: int
    accepted: tuple[int, ...]
    dropped: tuple[int, ...]
    lines: tuple[int, ...]
    chosen: Sealed
    placeholders: tuple[tuple[Code, int], ...]
    derivative: Digest


@dataclass(frozen=True, slots=True)
class Looks:
    """All looks at one exhibit, the latest last."""

    id: LookId
    exhibit: ExhibitId
    case: CaseId
    runs: tuple[Run, ...]
    hidings: tuple[Hiding, ...] = ()
    text_hidings: tuple[TextHiding, ...] = ()

    @property
    def latest(self) -> Run:
        """The look that is shown: the last one that read something, or else the last."""
        return next((run for run in reversed(self.runs) if run.found), self.runs[-1])


def after(looks: Looks, step: LookStep) -> Looks:
    """The looks after one more step."""
    match step:
        case LookTaken():
            return replace(looks, runs=(*looks.runs, _run(step)))
        case HidingDecided():
            hiding = Hiding(
                at=step.at,
                by=step.by.person,
                accepted=step.accepted,
                dropped=step.dropped,
                added=step.added,
                passages=step.passages,
                derivative=step.derivative,
            )
            return replace(looks, hidings=(*looks.hidings, hiding))
        case TextHidden():
            return replace(looks, text_hidings=(*looks.text_hidings, _text_hiding(step)))
        case _:
            assert_never(step)


def fold(steps: Iterable[LookStep]) -> Looks:
    """The standing after a whole stream; ValueError if it does not begin with a look."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, LookTaken):
        raise ValueError("looks begin with look.taken")
    looks = Looks(first.look, first.exhibit, first.case, (_run(first),))
    for step in rest:
        looks = after(looks, step)
    return looks


def _text_hiding(step: TextHidden) -> TextHiding:
    return TextHiding(
        at=step.at,
        by=step.by.person,
        run=step.run,
        accepted=step.accepted,
        dropped=step.dropped,
        lines=step.lines,
        chosen=step.chosen,
        placeholders=step.placeholders,
        derivative=step.derivative,
    )


def _run(step: LookTaken) -> Run:
    return Run(step.at, step.program, step.source, step.missed, step.found)
