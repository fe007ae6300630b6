"""Exhibits are looked at by a program, and a person decides what a copy hides.

What is found is for staff and the auditor. It says what was seen and how sure the program is, and
decides nothing: no rule anywhere reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import decider, not_found, seat
from gongdao.domain.evidence import look_text
from gongdao.domain.evidence.exhibit_rules import may_download
from gongdao.domain.evidence.exhibits import Derivative, Exhibit
from gongdao.domain.evidence.exhibits import Side as Of
from gongdao.domain.evidence.findings import (
    About,
    Area,
    Found,
    HidingDecided,
    Look,
    LookId,
    Looks,
    LookTaken,
)
from gongdao.domain.evidence.looking_ports import NotRead, PictureReader, PictureTools
from gongdao.domain.evidence.media import Kind
from gongdao.domain.evidence.noticing import look_at, with_bottom
from gongdao.domain.evidence.other_words import Drawn, differing, scaled
from gongdao.domain.evidence.reading import Box, ReadPicture
from gongdao.domain.flows.asking_looks import ask_for_look
from gongdao.domain.flows.chaining import Chaining
from gongdao.domain.flows.exhibit_views import INSIDERS, ExhibitFile
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.hiding_text import HidingText
from gongdao.domain.flows.look_views import (
    Compared,
    LookView,
    Seen,
    Side,
    for_party,
    for_staff,
)
from gongdao.domain.flows.looked import beside, has_looked, home_of, keep_look
from gongdao.domain.flows.mailing import hears_no_appeal
from gongdao.domain.flows.records import Records, parties_of
from gongdao.domain.kernel.errors import Refused, hint_noop
from gongdao.domain.kernel.events import Actor, Held
from gongdao.domain.kernel.ids import Digest, ExhibitId
from gongdao.domain.policy.pictures import PicturePolicy

FEW = 8
"""So many other exhibits are named that may be the same picture."""
MOST_BOXES = 200


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person wants hidden and marked; boxes are in the picture's own pixels."""

    accepted: tuple[int, ...] = ()
    added: tuple[Box, ...] = ()
    passages: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Looking:
    """What was found, and the copies that hide some of it."""

    records: Records
    exhibiting: Exhibiting
    tools: PictureTools

    @property
    def chaining(self) -> Chaining:
        """The evidence chains, which rest on what was found."""
        return Chaining(self.records, self.exhibiting)

    def open(self, exhibit: ExhibitId, caller: Caller) -> LookView:
        """What was found in an exhibit; NotFound for whoever is not staff or the auditor."""
        file = self.exhibiting.open(exhibit, caller)
        held = self.records.looks.of_exhibit(exhibit)
        if held is None:
            return LookView(file, None, "waiting", "", None, frozenset(), 0, self._canvas(file))
        run, hidings = held.now.latest, held.now.hidings
        text = self.records.texts.open(run.found) if run.found else None
        look = for_staff(look_text.read(text), self.exhibiting, caller) if text else None
        return LookView(
            file=file,
            look=look,
            missed=run.missed or "",
            program=run.program,
            looked_at=run.at,
            accepted=frozenset(hidings[-1].accepted) if hidings else frozenset(),
            hidings=len(hidings) + len(held.now.text_hidings),
            canvas=(look.width, look.height) if look else self._canvas(file),
        )

    @property
    def texts(self) -> HidingText:
        """Copies of texts that hide some of them."""
        return HidingText(self.records, self.exhibiting)

    def text_of(self, exhibit: ExhibitId, caller: Caller) -> str | None:
        """All that was read in an exhibit, in lines; None where nothing was (yet).

        NotFound for whoever is not staff or the auditor.
        """
        if not self.exhibiting.inside(self.records.exhibits.get(exhibit).now.case, caller):
            raise not_found()
        held = self.records.looks.of_exhibit(exhibit)
        found = held.now.latest.found if held else None
        text = self.records.texts.open(found) if found else None
        return look_text.read(text).text if text else None

    def seen(self, exhibit: ExhibitId, caller: Caller) -> Seen:
        """What the caller may know of what was found: staff all of it, a party of its own files."""
        r = self.records
        owner = r.exhibits.get(exhibit).now
        chair = seat(caller, parties_of(r.cases.get(owner.case).now))
        if chair in INSIDERS:
            view = self.open(exhibit, caller)
            return Seen(view.look, view.missed, view.program, view.looked_at)
        if not may_download(owner.owner, caller.person):
            raise not_found()
        held = r.looks.of_exhibit(exhibit)
        if held is None:
            return Seen(None, "waiting", "", None)
        run = held.now.latest
        text = r.texts.open(run.found) if run.found else None
        look = for_party(look_text.read(text)) if text else None
        return Seen(look, run.missed or "", run.program, run.at)

    def _canvas(self, file: ExhibitFile) -> tuple[int, int] | None:
        """The size of the picture to draw on, where no look says it."""
        view = file.view.view
        if view is None or file.view.kind != Kind.PICTURE.value:
            return None
        try:
            return self.tools.size(self._bytes(view.sha256))
        except ValueError:  # a page that only looks says the rest all the same
            return None

    def again(self, exhibit: ExhibitId, caller: Caller) -> None:
        """Ask for another look: with a newer program, or after one that failed."""
        r = self.records
        with r.work():
            case = r.cases.get(r.exhibits.get(exhibit).now.case).now
            decider(caller, parties_of(case))
            held = r.looks.of_exhibit(exhibit)
            ask_for_look(r, exhibit, len(held.now.runs) if held else 0)

    def hide(self, exhibit: ExhibitId, choice: Choice, caller: Caller) -> Digest:
        """Make a redacted copy: out of the view that we drew ourselves, never the original."""
        r = self.records
        with r.work():
            case = r.cases.get(r.exhibits.get(exhibit).now.case)
            by = decider(caller, parties_of(case.now))
            hears_no_appeal(r, case.now, by)
            digest = self.draw(exhibit, choice, by)
            self.exhibiting.took_part(case, by, [exhibit])
        return digest

    def draw(self, exhibit: ExhibitId, choice: Choice, by: Actor) -> Digest:
        """The same for stories that asked whether one may, and who take part."""
        r = self.records
        with r.work():
            held, look = self._looked(r.exhibits.get(exhibit).now, by)
            proposed = [n for n, f in enumerate(look.found) if f.about is About.PERSONAL]
            if set(choice.accepted) - set(proposed):
                raise _unknown_box()
            boxes = [box for n in choice.accepted for box in look.found[n].boxes]
            content = self._drawn(
                r.exhibits.get(exhibit).now, look, [*boxes, *choice.added], choice
            )
            recipe = (
                f"{len(boxes) + len(choice.added)} boxes painted, {len(choice.passages)} framed"
            )
            digest = self.exhibiting.derive(
                exhibit, Derivative.REDACTED, content, "image/png", recipe, by
            )
            decided = HidingDecided(
                at=r.clock(), by=by, accepted=choice.accepted,
                dropped=tuple(n for n in proposed if n not in choice.accepted),
                added=tuple(map(Area.around, choice.added)),
                passages=tuple(map(Area.around, choice.passages)), derivative=digest,
            )  # fmt: skip
            r.looks.add(held.now.id, [decided], after=held.version)
        return digest

    def compare(self, exhibit: ExhibitId, other: ExhibitId, caller: Caller) -> Compared:
        """Where two pictures differ that were found to be alike; NotFound for any others."""
        one, two = self.open(exhibit, caller), self.open(other, caller)
        if not (_names(one, other) or _names(two, exhibit)):
            raise not_found()
        marks = [each.file.view.view for each in (one, two)]
        views = [self._bytes(mark.sha256) for mark in marks if mark is not None]
        if None in marks:
            raise _no_picture()
        sizes = [self.tools.size(view) for view in views]
        pairs = differing(
            self.tools.differences(*views),
            Drawn(one.look, *sizes[0]),
            Drawn(two.look, *sizes[1]),
        )
        here, there = ([pair[side] for pair in pairs] for side in (0, 1))
        return Compared(Side(one.file, sizes[0], here), Side(two.file, sizes[1], there))

    def _looked(self, exhibit: Exhibit, by: Actor) -> tuple[Held[Looks], Look]:
        """What was found; nothing, over the whole of the view, where nothing could be read."""
        r, made = self.records, exhibit.latest(Derivative.VIEW)
        if made is None or exhibit.kind is not Kind.PICTURE:
            raise _no_picture()
        held = r.looks.of_exhibit(exhibit.id) or self._unlooked(exhibit, by)
        found = held.now.latest.found
        text = r.texts.open(found) if found else None
        if text is not None:
            return held, look_text.read(text)
        return held, Look(*self.tools.size(self._bytes(made.file.sha256)))

    def _unlooked(self, exhibit: Exhibit, by: Actor) -> Held[Looks]:
        """A person was faster than the program: that is kept, and the program looks later."""
        r = self.records
        stream = LookId(r.new_id())
        step = LookTaken(
            at=r.clock(), by=by, look=stream, exhibit=exhibit.id, case=exhibit.case,
            source=exhibit.file.sha256, program="", missed="waiting", found=None,
        )  # fmt: skip
        return r.looks.add(stream, [step], after=0)

    def _drawn(self, exhibit: Exhibit, look: Look, boxes: Sequence[Box], choice: Choice) -> bytes:
        made = exhibit.latest(Derivative.VIEW)
        if made is None or exhibit.kind is not Kind.PICTURE:
            raise _no_picture()
        asked = [*boxes, *choice.passages]
        if len(asked) > MOST_BOXES or not all(_within(box, look) for box in asked):
            raise _unknown_box()
        view = self._bytes(made.file.sha256)
        width, height = self.tools.size(view)
        across, down = width / max(look.width, 1), height / max(look.height, 1)
        hidden = [scaled(box, across, down) for box in boxes]
        framed = [scaled(box, across, down) for box in choice.passages]
        return self.tools.hidden(view, hidden, framed)

    def _bytes(self, digest: Digest) -> bytes:
        return b"".join(self.records.files.read(digest))


@dataclass(frozen=True, slots=True)
class LookAt:
    """The handler of the outbox topic `look`."""

    records: Records
    reader: PictureReader
    tools: PictureTools

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Look at one exhibit; what this program found in it already is not found again."""
        del last
        r = self.records
        exhibit = r.exhibits.get(payload["exhibit"]).now
        home = home_of(r, exhibit)
        policy = home.pictures
        if policy is None or exhibit.kind is not Kind.PICTURE:
            return
        if has_looked(r, exhibit, self.reader.name):
            return
        original = self._bytes(exhibit.file.sha256)
        try:
            read = self.reader.read(original)
        except NotRead as why:
            keep_look(r, exhibit, self.reader.name, None, why.code)
            return
        known = beside(r, home, exhibit)
        look = look_at(read, self.tools.camera_note(original), known, policy)
        look = self._with_view(look, read, exhibit, policy)
        keep_look(r, exhibit, self.reader.name, look, None)

    def _with_view(
        self, look: Look, read: ReadPicture, exhibit: Exhibit, policy: PicturePolicy
    ) -> Look:
        """The same look, with what the view shows.

        That is a screen's lower end, and exhibits of other cases that are likely the same picture.
        """
        view = exhibit.latest(Derivative.VIEW)
        if view is None:
            return look
        drawn = self._bytes(view.file.sha256)
        if not read.photographed:
            look = with_bottom(look, self.tools.bottom(drawn), self.tools.size(drawn))
        if exhibit.side is Of.ORGANISATION:
            return look  # it is held beside nobody else's pictures, nor anybody's beside it
        own = self.tools.print_of(drawn, read.text, policy.likeness.piece)
        with self.records.work():
            near = self.records.looks.near(own, exhibit.case, policy.likeness, FEW)
            self.records.looks.keep_print(exhibit.id, exhibit.case, own)
        alike = [
            Found(
                About.ALIKE,
                each.by.value,
                f"{each.away}/256 · {each.shared:.0%}",
                round(max(1 - each.away / 128, each.shared), 2),
                exhibit=other,
            )
            for other, each in near
        ]
        return replace(look, found=(*look.found, *alike))

    def _bytes(self, digest: Digest) -> bytes:
        return b"".join(self.records.files.read(digest))


def _names(view: LookView, other: ExhibitId) -> bool:
    """Whether the other picture was found to be likely the same as this one."""
    return any(found.exhibit == other for found in (view.look.found if view.look else ()))


def _within(box: Box, look: Look) -> bool:
    return 0 < box.width <= look.width and 0 < box.height <= look.height


def _unknown_box() -> Refused:
    return Refused(
        "look.unknown_box",
        hint_noop("That part is not in this picture. Open the page again, then choose."),
    )


def _no_picture() -> Refused:
    return Refused("look.no_picture", hint_noop("Only pictures can be redacted or compared here."))
