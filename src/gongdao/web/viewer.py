"""The viewer of an exhibit: picture, boxes, text and findings, each leading to the others."""

from dataclasses import dataclass

from django.urls import reverse

from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import link
from gongdao.domain.evidence.broken_numbers import OFFERED
from gongdao.domain.evidence.exhibits import FileMark
from gongdao.domain.evidence.findings import About, Found, ShownLine
from gongdao.domain.evidence.reading import Box
from gongdao.domain.flows.look_views import LookView
from gongdao.web import finding_words, words


@dataclass(frozen=True, slots=True)
class Line:
    """One finding as the page says it."""

    number: int
    mark: str
    title: str
    said: str
    written: str
    sure: str
    boxes: tuple[Box, ...]
    url: str
    """Another exhibit, where one is meant."""
    differs: str
    """Where this picture and that other one are held side by side."""
    personal: bool
    accepted: bool


@dataclass(frozen=True, slots=True)
class Text:
    """One line that was read."""

    number: int
    mark: str
    text: str
    box: Box | None
    """None in what is no picture."""
    place: str


@dataclass(frozen=True, slots=True)
class Viewer:
    """Everything that the viewer shows."""

    picture: str
    """The address of what is shown; empty where there is no picture."""
    width: int
    height: int
    found: tuple[Line, ...]
    personal: tuple[Line, ...]
    lines: tuple[Text, ...]
    missed: str
    program: str
    looked_at: object
    looked: bool

    @property
    def all(self) -> tuple[Line, ...]:
        """Findings of every kind."""
        return (*self.found, *self.personal)


def viewer(view: LookView, case_id: str) -> Viewer:
    """The viewer for staff."""
    look, (width, height) = view.look, view.canvas or (0, 0)
    lines = [_line(n, each, view, case_id) for n, each in enumerate(look.found)] if look else []
    return Viewer(
        picture=shown(view.file.view.view) if width and height else "",
        width=width,
        height=height,
        found=tuple(line for line in lines if not line.personal),
        personal=tuple(line for line in lines if line.personal),
        lines=tuple(_text(n, each) for n, each in enumerate(look.lines)) if look else (),
        missed=words.said(finding_words.MISSED, view.missed) if view.missed else "",
        program=view.program,
        looked_at=view.looked_at,
        looked=look is not None,
    )


def shown(mark: FileMark | None) -> str:
    """The address at which a picture that we drew is shown, for some minutes."""
    return reverse("file", args=[link(mark.sha256, mark.media, inline=True)]) if mark else ""


def _line(number: int, found: Found, view: LookView, case_id: str) -> Line:
    personal = found.about is About.PERSONAL
    chosen = personal and found.confidence > OFFERED
    here = [case_id, view.file.view.id]
    return Line(
        number=number,
        mark=f"f{number}",
        title=words.said(finding_words.ABOUT, found.about.value),
        said=finding_words.sentence(found),
        written=finding_words.written(found),
        sure=finding_words.sure(found.confidence),
        boxes=found.boxes,
        url=_other(found.exhibit),
        differs=reverse("desk_differs", args=[*here, found.exhibit]) if found.exhibit else "",
        personal=personal,
        accepted=number in view.accepted if view.hidings else chosen,
    )


def _text(number: int, line: ShownLine) -> Text:
    box = line.box if line.box.width > 0 and line.box.height > 0 else None
    return Text(number, f"t{number}", line.text, box, line.place)


def _other(exhibit: str) -> str:
    """The page of another exhibit; its door is asked when it is opened."""
    if not exhibit:
        return ""
    case = app().records.exhibits.get(exhibit).now.case
    return reverse("desk_exhibit", args=[case, exhibit])
