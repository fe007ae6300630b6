"""PDFs: the text of their pages, as it is set. Nothing in them runs, and no form is opened."""

from pathlib import Path

import pypdfium2

from gongdao.domain.evidence.file_text import MOST_CHARACTERS, Part, ReadFile, Remark
from gongdao.domain.evidence.looking_ports import NotRead

MOST_PAGES = 500
_LOCKED = "assword error"


def read(path: Path) -> ReadFile:
    """The text page by page; NotRead for one that cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as problem:
        locked = _LOCKED in str(problem)
        raise NotRead("reading.locked" if locked else "reading.broken") from None
    pages = len(document)
    parts, empty, broken, characters = [], 0, 0, 0
    for number in range(min(pages, MOST_PAGES)):
        try:
            text = _text(document, number)
        except pypdfium2.PdfiumError:
            broken += 1
            continue
        empty += not text.strip()
        characters += len(text)
        parts.append(Part(f"page:{number + 1}", text))
        if characters > MOST_CHARACTERS:
            break
    remarks = [Remark("pages", pages)]
    read_pages = len(parts) + broken
    if read_pages < pages:
        remarks.append(Remark("pages_cut", read_pages, pages))
    if broken:
        remarks.append(Remark("pages_broken", broken, pages))
    if empty:
        remarks.append(Remark("pages_without_text", empty, pages))
    return ReadFile(tuple(parts), tuple(remarks))


def _text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        text: str = page.get_textpage().get_text_bounded()
    finally:
        page.close()
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\ufffe", "-")
