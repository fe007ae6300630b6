"""Office documents (docx, xlsx, pptx): the words in their XML, by page, sheet or slide.

A document is a folder of XML files. Only the few that hold words are unpacked, each up to a limit,
and read by expat as a stream of marks; a document type, by which XML fetches or multiplies things,
ends the reading. Formulas are not computed and fields not filled: what was last saved is shown.
"""

import posixpath
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from xml.parsers import expat  # bounded: it refuses document types, and runs in the child alone

from gongdao.adapters.file_reading.sheets import Sheets
from gongdao.domain.evidence.file_text import MOST_CHARACTERS, Part, ReadFile, Remark
from gongdao.domain.evidence.looking_ports import NotRead
from gongdao.domain.evidence.media import DOCX, PPTX, XLSX

MOST_UNPACKED = 32 * 1024**2
"""Of one file in it; a workbook of a hundred thousand rows has that."""
MOST_PARTS = 300
_MACROS = "vbaproject.bin"
_SPOKEN = "ppt/notesSlides/"

Attributes = Mapping[str, str]


class Archive:
    """The files of a document."""

    def __init__(self, document: zipfile.ZipFile) -> None:
        self._document = document
        self.names = set(document.namelist())
        self.cut: set[str] = set()
        """Files that were too large to be read whole."""

    def read(self, name: str) -> bytes:
        """One file of it, up to the limit; empty if it is not there."""
        if name not in self.names:
            return b""
        with self._document.open(name) as file:
            content = file.read(MOST_UNPACKED + 1)
        if len(content) > MOST_UNPACKED:
            self.cut.add(name)
        return content[:MOST_UNPACKED]

    def walk(
        self,
        name: str,
        begin: Callable[[str, Attributes], None],
        end: Callable[[str], None] = lambda _: None,
        words: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Read one file as marks and words; a file that was cut is read as far as it goes."""
        content = self.read(name)
        if not content:
            return
        parser = expat.ParserCreate()
        parser.StartElementHandler = lambda tag, marks: begin(_local(tag), marks)
        parser.EndElementHandler = lambda tag: end(_local(tag))
        parser.CharacterDataHandler = words
        parser.StartDoctypeDeclHandler = _no_document_type
        parser.buffer_text = True
        try:
            parser.Parse(content, name not in self.cut)
        except expat.ExpatError:
            if name not in self.cut:
                raise

    def targets(self, of: str) -> dict[str, str]:
        """The files that one of them names, by the names it calls them by."""
        folder, file = posixpath.split(of)
        found: dict[str, str] = {}

        def begin(tag: str, marks: Attributes) -> None:
            if tag == "Relationship" and marks.get("TargetMode") != "External":
                at = posixpath.normpath(posixpath.join("/", folder, marks.get("Target", "")))
                found[marks.get("Id", "")] = at.lstrip("/")

        self.walk(f"{folder}/_rels/{file}.rels", begin)
        return found


def read(path: Path, media: str) -> ReadFile:
    """The words of a document; NotRead for one that is damaged."""
    try:
        with zipfile.ZipFile(path) as document:
            archive = Archive(document)
            parts, remarks = _READERS[media](archive)
    except (zipfile.BadZipFile, expat.ExpatError, RuntimeError, NotImplementedError) as problem:
        locked = "password" in str(problem)
        raise NotRead("reading.locked" if locked else "reading.broken") from None
    if any(name.lower().endswith(_MACROS) for name in archive.names):
        remarks.append(Remark("macros"))
    if archive.cut:
        remarks.append(Remark("files_cut", len(archive.cut)))
    return ReadFile(tuple(parts), tuple(remarks))


def _document(archive: Archive) -> tuple[list[Part], list[Remark]]:
    """A text: its pages as they were last set, then notes and what stands at their edges."""
    body = _Words()
    archive.walk("word/document.xml", body.begin, body.end, body.words)
    parts = [Part(f"page:{n}", text) for n, text in enumerate(body.pages(), start=1)]
    taken_back = body.taken_back
    for place, form in _BESIDE:
        texts = []
        for name in sorted(filter(form.fullmatch, archive.names))[:MOST_PARTS]:
            beside = _Words()
            archive.walk(name, beside.begin, beside.end, beside.words)
            texts += [page.strip("\n") for page in beside.pages()]
            taken_back += beside.taken_back
        if any(texts):
            parts.append(Part(place, "\n".join(filter(None, texts))))
    remarks = [Remark("taken_back", taken_back)] if taken_back else []
    return parts, remarks


_BESIDE = tuple(
    (place, re.compile(form))
    for place, form in (
        ("edges", r"word/(?:header|footer)\d*\.xml"),
        ("notes", r"word/(?:footnotes|endnotes)\.xml"),
        ("comments", r"word/comments\.xml"),
    )
)


class _Words:
    """Collects the words of a text or slide: a paragraph is a line, cells stand side by side."""

    def __init__(self) -> None:
        self._pages: list[list[str]] = [[]]
        self._in_words = self._in_gone = self._cells = 0
        self.taken_back = 0
        """Passages that were deleted while changes were tracked: they are still in the file."""

    def begin(self, tag: str, marks: Attributes) -> None:
        """Words begin, or a gap stands there."""
        if tag == "t":
            self._in_words += 1
        elif tag in {"delText", "delInstrText"}:
            self._in_gone += 1
            self.taken_back += 1
        elif tag == "tab":
            self._pages[-1].append("\t")
        elif tag == "tc":
            self._cells += 1
        elif tag == "lastRenderedPageBreak" or (tag == "br" and marks.get("w:type") == "page"):
            self._break_page(tag)
        elif tag in {"br", "cr"}:
            self._pages[-1].append("\n")

    def _break_page(self, tag: str) -> None:
        """A new page; a break that was set and then seen when drawn counts once."""
        if tag == "br" or any(piece.strip() for piece in self._pages[-1]):
            self._pages.append([])

    def end(self, tag: str) -> None:
        """A line or a cell ends."""
        if tag == "t":
            self._in_words = max(0, self._in_words - 1)
        elif tag in {"delText", "delInstrText"}:
            self._in_gone = max(0, self._in_gone - 1)
        elif tag == "p":
            self._pages[-1].append(" " if self._cells else "\n")
        elif tag == "tc":
            self._cells = max(0, self._cells - 1)
            self._pages[-1].append("\t")
        elif tag == "tr":
            self._pages[-1].append("\n")

    def words(self, text: str) -> None:
        """What is read."""
        if self._in_words and not self._in_gone:
            self._pages[-1].append(text)

    def pages(self) -> list[str]:
        """The text of each page."""
        joined = ("".join(page) for page in self._pages)
        return ["\n".join(line.strip() for line in page.split("\n")) for page in joined]


def _slides(archive: Archive) -> tuple[list[Part], list[Remark]]:
    """Slides in the order in which they are shown, each with its speaker's notes."""
    order: list[str] = []
    hidden = 0

    def begin(tag: str, marks: Attributes) -> None:
        if tag == "sldId":
            order.append(marks.get("r:id", ""))

    archive.walk("ppt/presentation.xml", begin)
    targets = archive.targets("ppt/presentation.xml")
    names = [targets[name] for name in order if name in targets]
    parts: list[Part] = []
    for number, name in enumerate(names[:MOST_PARTS], start=1):
        shown: list[str] = []
        slide = _slide(archive, name, shown)
        parts.append(Part(f"slide:{number}", slide))
        hidden += "0" in shown
        notes = sorted(n for n in archive.targets(name).values() if n.startswith(_SPOKEN))
        parts += [Part(f"slide_notes:{number}", _slide(archive, each, [])) for each in notes]
    remarks = [Remark("slides", len(names))]
    if len(names) > MOST_PARTS:
        remarks.append(Remark("slides_cut", MOST_PARTS, len(names)))
    if hidden:
        remarks.append(Remark("slides_hidden", hidden))
    return [part for part in parts if part.text.strip()], remarks


def _slide(archive: Archive, name: str, shown: list[str]) -> str:
    found = _Words()

    def begin(tag: str, marks: Attributes) -> None:
        if tag == "sld":
            shown.append(marks.get("show", "1"))
        found.begin(tag, marks)

    archive.walk(name, begin, found.end, found.words)
    return "\n".join(found.pages())


def _workbook(archive: Archive) -> tuple[list[Part], list[Remark]]:
    sheets = Sheets(archive.walk, archive.targets)
    parts = list(_until(MOST_CHARACTERS, sheets.parts()))
    return parts, sheets.remarks(len(parts))


def _until(most: int, parts: Iterator[Part]) -> Iterator[Part]:
    characters = 0
    for part in parts:
        yield part
        characters += len(part.text)
        if characters > most:
            return


_READERS: Mapping[str, Callable[[Archive], tuple[list[Part], list[Remark]]]] = {
    DOCX.media: _document,
    XLSX.media: _workbook,
    PPTX.media: _slides,
}


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _no_document_type(*_: object) -> None:
    raise NotRead("reading.broken")
