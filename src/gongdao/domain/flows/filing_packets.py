"""The packet of a filing, in the form that the platform takes: what a member uploads there.

Pictures in order and numbered, never more and never larger than the form takes; of each the copy
with red frames where one was made, else the view that we drew. One PDF where it takes that. Beside
them the statement as a text, and a list of everything with its digest.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.model import Dispute
from gongdao.domain.evidence.exhibits import Derivative, Exhibit, FileMark
from gongdao.domain.evidence.media import Kind
from gongdao.domain.flows.dispute_exhibits import DisputeExhibits, file_of
from gongdao.domain.flows.disputing import Disputing
from gongdao.domain.flows.filing_disputes import Filing, Limits, limits_of
from gongdao.domain.flows.records import Records
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.ids import Digest, DisputeId, ExhibitId
from gongdao.domain.organisations.model import Right

_COMMON = "jpeg"
"""The format where a form says nothing: any form for pictures takes it."""
_ENDINGS = {"jpeg": "jpg", "png": "png"}


@dataclass(frozen=True, slots=True)
class PacketFile:
    """A file of the packet."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Entry:
    """An exhibit in the packet, or why it is not in it."""

    number: int
    name: str
    original: Digest
    file: str
    """Its name in the packet; empty where it is left out."""
    framed: bool
    """Whether it is a copy with red frames."""


@dataclass(frozen=True, slots=True)
class FilingPacket:
    """What a member uploads there."""

    name: str
    files: tuple[PacketFile, ...]
    entries: tuple[Entry, ...]
    limits: Limits


@dataclass(frozen=True, slots=True)
class FilingPackets:
    """Packets of filings."""

    records: Records
    disputing: Disputing
    exhibits: DisputeExhibits
    filing: Filing

    def packet(
        self, dispute: DisputeId, chosen: Sequence[ExhibitId] | None, caller: Caller
    ) -> FilingPacket:
        """Make it of these exhibits in this order; without any, of all that can be drawn.

        Refused where the form would not take it: it says by how much, and nothing is left out.
        """
        held, _ = self.disputing.held(dispute, caller, Right.WORK)
        now = held.now
        limits = limits_of(self.filing.pack(now), now.kind)
        there = {each.id: each for each, _ in self.records.exhibits.of_case(file_of(dispute))}
        wanted = list(there) if chosen is None else list(dict.fromkeys(chosen))
        if set(wanted) - set(there):
            raise BadInput(
                "filing.unknown_exhibit", hint_noop("Choose among this dispute's exhibits.")
            )
        statement = self._statement(now, limits)
        picked = [there[each] for each in wanted]
        drawn = [each for each in picked if _view(each) is not None]
        _check_number(drawn, limits)
        pictures = [self._picture(n, each, limits) for n, each in enumerate(drawn, start=1)]
        files = list(pictures)
        if limits.pdf and drawn:
            paged = self.exhibits.looking.tools.paged([self._bytes(_mark(each)) for each in drawn])
            files = [PacketFile("evidence.pdf", paged)]
        entries = self._entries(picked, drawn, pictures, as_pdf=bool(limits.pdf))
        texts = [PacketFile("statement.txt", statement.encode())] if statement else []
        whole = [*texts, *files]
        listed = PacketFile("list.txt", _listed(whole, entries).encode())
        day = self.records.clock().astimezone(CHINA).date()
        name = f"filing-{now.platform}-{day.isoformat()}.zip"
        return FilingPacket(name, (*whole, listed), entries, limits)

    def _statement(self, now: Dispute, limits: Limits) -> str:
        text = self.records.opened(now.statement) if now.statement else ""
        most = limits.characters
        if most is not None and len(text) > most:
            raise Refused(
                "filing.too_long",
                hint_noop("The form takes {most} characters. Shorten the statement by {over}."),
                most=most,
                over=len(text) - most,
            )
        return text

    def _picture(self, place: int, exhibit: Exhibit, limits: Limits) -> PacketFile:
        media = next((each for each in (_COMMON, "png") if each in limits.formats), _COMMON)
        view = self._bytes(_mark(exhibit))
        try:
            content = self.exhibits.looking.tools.fitted(view, media, limits.picture_bytes)
        except ValueError:
            raise Refused(
                "filing.picture_too_large",
                hint_noop("Exhibit {number} cannot be made small enough. Cut it into parts."),
                number=exhibit.number,
            ) from None
        return PacketFile(f"{place:02d}-exhibit-{exhibit.number}.{_ENDINGS[media]}", content)

    def _entries(
        self, picked: Sequence[Exhibit], drawn: Sequence[Exhibit],
        pictures: Sequence[PacketFile], *, as_pdf: bool,
    ) -> tuple[Entry, ...]:  # fmt: skip
        names = {
            e.id: "evidence.pdf" if as_pdf else f.name for e, f in zip(drawn, pictures, strict=True)
        }
        known = self.records.texts.several([each.name for each in picked])
        return tuple(
            Entry(
                each.number, known.get(each.name, "—"), each.file.sha256, names.get(each.id, ""),
                each.latest(Derivative.REDACTED) is not None,
            )
            for each in picked
        )  # fmt: skip

    def _bytes(self, mark: FileMark) -> bytes:
        return b"".join(self.records.files.read(mark.sha256))


def _view(exhibit: Exhibit) -> FileMark | None:
    """The framed copy where there is one, else what we drew of a picture."""
    if exhibit.kind is not Kind.PICTURE:
        return None
    made = exhibit.latest(Derivative.REDACTED) or exhibit.latest(Derivative.VIEW)
    return made.file if made else None


def _mark(exhibit: Exhibit) -> FileMark:
    return _view(exhibit) or exhibit.file


def _check_number(drawn: Sequence[Exhibit], limits: Limits) -> None:
    most = limits.pictures
    if most is not None and not limits.pdf and len(drawn) > most:
        raise Refused(
            "filing.too_many_pictures",
            hint_noop("The form takes {most} pictures, and {chosen} are chosen. Leave some out."),
            most=most,
            chosen=len(drawn),
        )


def _listed(files: Sequence[PacketFile], entries: Sequence[Entry]) -> str:
    """The list, in both languages: what lies here, and what is not in it."""
    lines = ["# 清单 / List", ""]
    lines += [f"{f.name}\t{len(f.content)} B\tSHA-256 {_digest(f.content)}" for f in files]
    lines += ["", "# 证据 / Exhibits"]
    for each in entries:
        where = each.file or "未放入（不是图片）/ left out (not a picture)"
        framed = " · 红框标注 / framed in red" if each.framed and each.file else ""
        lines.append(
            f"{each.number}\t{each.name}\t{where}{framed}\t原件 / original {each.original}"
        )
    return "\n".join(lines) + "\n"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
