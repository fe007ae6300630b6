"""The exhibits of a packet: which files of each go in, for one chair."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.exhibits import Derivative, FileMark
from gongdao.domain.evidence.media import KNOWN
from gongdao.domain.evidence.packets import PacketExhibit, PacketFile
from gongdao.domain.evidence.packing import Kept, Payload, Wanted, moment
from gongdao.domain.flows.exhibit_views import ExhibitFile, ExhibitView
from gongdao.domain.flows.exhibiting import Exhibiting
from gongdao.domain.flows.looking import Looking
from gongdao.domain.flows.masking import Masking
from gongdao.domain.kernel.ids import ExhibitId

MAY_SHOW_REPORTER = "may_show_reporter"


@dataclass(frozen=True, slots=True)
class PackedExhibit:
    """An exhibit as it goes in."""

    shown: PacketExhibit
    payloads: tuple[Payload, ...]
    """Its files in the vault."""
    written: Mapping[str, bytes]
    """Its files that were written for the packet."""
    text: str
    """What was read in it."""
    picture: FileMark | None
    """What the document shows of it."""
    file: ExhibitFile | None
    """All that staff see of it."""
    why: str = ""
    """Why something of it is left out; empty where nothing is."""


@dataclass(frozen=True, slots=True)
class _Piece:
    """A file that the chair may know of."""

    role: str
    mark: FileMark
    given: bool
    source: str | None = None
    recipe: str | None = None


@dataclass(frozen=True, slots=True)
class Exhibits:
    """Packs exhibits for one chair."""

    records: Exhibiting
    looking: Looking
    caller: Caller
    wanted: Wanted
    hide: Masking
    proves: Mapping[ExhibitId, tuple[str, ...]]
    """What each shows, by the chain."""

    def packed(self, seen: ExhibitView, kept: Sequence[Kept], place: int) -> PackedExhibit:
        """One exhibit; `place` names its folder where the chair has no number for it."""
        if not seen.side:
            return _of_party(seen, self.wanted, self.proves.get(seen.id, ()), place)
        file = self.records.open(ExhibitId(seen.id), self.caller)
        closed = seen.side == "reporter" and not self.wanted.unmasked
        pieces = list(_pieces_inside(file, self.wanted, closed=closed))
        folder = f"data/exhibits/{seen.number:02}"
        words = {each.leaf: each.content for each in kept if each.of == seen.id}
        files = [_file(piece, folder, words, n) for n, piece in enumerate(pieces)]
        text = "" if closed else self.hide(self.looking.text_of(seen.id, self.caller) or "")
        written: dict[str, bytes] = {}
        if text:
            made = _text_file(folder, text, file)
            written[made.path or ""] = text.encode()
            files.append(made)
        return PackedExhibit(
            shown=self._shown(file, files),
            payloads=_payloads(files, pieces),
            written=written,
            text=text,
            picture=_picture(pieces, closed=closed),
            file=file,
            why=MAY_SHOW_REPORTER if closed else "",
        )

    def _shown(self, file: ExhibitFile, files: Sequence[PacketFile]) -> PacketExhibit:
        seen = file.view
        return PacketExhibit(
            number=seen.number,
            name=self.hide(seen.name),
            kind=seen.kind,
            side=seen.side,
            received_at=moment(seen.received_at),
            captured=file.origin.captured,
            leaf=seen.leaf,
            files=tuple(files),
            findings=tuple(
                {"factor": check.factor, "finding": check.finding, "note": self.hide(check.note)}
                for check in file.checks
            ),
            proves=self.proves.get(seen.id, ()),
        )


def _of_party(
    seen: ExhibitView, wanted: Wanted, proves: tuple[str, ...], place: int
) -> PackedExhibit:
    """What a party brought, or the one copy that was released to them."""
    number = seen.number or place
    folder = f"data/exhibits/{number:02}" if seen.number else f"data/exhibits/released-{place}"
    pieces = []
    if seen.file is not None:
        pieces.append(_Piece("original", seen.file, given=wanted.originals))
    for role, mark in (("thumbnail", seen.thumbnail), ("view", seen.view)):
        if mark is not None:
            called = role if seen.mine else "redacted"
            of = seen.file.sha256 if seen.file else None
            given = not (wanted.originals and seen.mine)
            pieces.append(_Piece(called, mark, given, source=of))
    if not any(piece.given for piece in pieces):
        pieces = [_Piece(p.role, p.mark, given=True) for p in pieces]
    files = [_file(piece, folder, {}, n) for n, piece in enumerate(pieces)]
    shown = PacketExhibit(
        number=seen.number,
        name=seen.name,
        kind=seen.kind,
        side="own" if seen.mine else "other",
        received_at=moment(seen.received_at),
        captured="",
        leaf=None,
        files=tuple(files),
        proves=proves,
    )
    return PackedExhibit(
        shown=shown,
        payloads=_payloads(files, pieces),
        written={},
        text="",
        picture=seen.thumbnail or seen.view,
        file=None,
    )


def _pieces_inside(file: ExhibitFile, wanted: Wanted, *, closed: bool) -> Iterable[_Piece]:
    """All files of an exhibit for staff. What may show a reporter stands there by digest alone."""
    mark = file.view.file
    drawn = [made for made in file.made if made.what is not Derivative.REDACTED]
    if mark is not None:
        yield _Piece("original", mark, given=not closed and (wanted.originals or not drawn))
    for made in file.made:
        redacted = made.what is Derivative.REDACTED
        given = redacted or not (closed or wanted.originals)
        yield _Piece(made.what.value, made.file, given, made.source, made.recipe)


def _file(piece: _Piece, folder: str, words: Mapping[str, bytes], place: int) -> PacketFile:
    ending = KNOWN[piece.mark.media].ending if piece.mark.media in KNOWN else "bin"
    name = (
        piece.role if piece.role in {"original", "view", "thumbnail"} else f"{piece.role}-{place}"
    )
    digest = piece.mark.sha256.encode()
    return PacketFile(
        path=f"{folder}/{name}.{ending}" if piece.given else None,
        role=piece.role,
        sha256=piece.mark.sha256,
        size=piece.mark.size,
        media=piece.mark.media,
        source=piece.source,
        recipe=piece.recipe,
        leaf=next((leaf for leaf, content in words.items() if digest in content), None),
    )


def _text_file(folder: str, text: str, file: ExhibitFile) -> PacketFile:
    content = text.encode()
    return PacketFile(
        path=f"{folder}/text.txt",
        role="text",
        sha256=hashlib.sha256(content).hexdigest(),
        size=len(content),
        media="text/plain",
        source=file.view.file.sha256 if file.view.file else None,
        recipe="read by a program",
    )


def _payloads(files: Sequence[PacketFile], pieces: Sequence[_Piece]) -> tuple[Payload, ...]:
    return tuple(
        Payload(file.path, piece.mark.sha256, piece.mark.size)
        for file, piece in zip(files, pieces, strict=False)
        if file.path is not None
    )


def _picture(pieces: Sequence[_Piece], *, closed: bool) -> FileMark | None:
    """What the document shows: the small picture, or of what is closed the last redacted copy."""
    role = "redacted" if closed else "thumbnail"
    return next((piece.mark for piece in reversed(pieces) if piece.role == role), None)
