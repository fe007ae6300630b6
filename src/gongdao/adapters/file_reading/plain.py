"""Plain text, and pages that were saved as HTML: their words, and nothing of what could run."""

from pathlib import Path

from gongdao.domain.evidence.chats import text_of_page
from gongdao.domain.evidence.file_text import MOST_CHARACTERS, Part, ReadFile, Remark

MOST_BYTES = 8 * 1024**2
"""Of a file that are read; a page has a hundred times more marks than words."""


def read(path: Path, media: str) -> ReadFile:
    """The text; what is beyond the limit is said to be missing."""
    size = path.stat().st_size
    with path.open("rb") as file:
        content = file.read(MOST_BYTES)
    text, remarks = _decoded(content, whole=size <= MOST_BYTES), []
    if size > MOST_BYTES:
        remarks.append(Remark("bytes_cut", MOST_BYTES, size))
    if media == "text/html":
        remarks.append(Remark("page"))
        text = text_of_page(text)
    # A little more than is looked at, so that it is seen that there is more.
    return ReadFile((Part("", text[: 2 * MOST_CHARACTERS]),), tuple(remarks))


def _decoded(content: bytes, *, whole: bool) -> str:
    """As UTF-8 or by the Chinese national standard; a last character may be cut through."""
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(1 if whole else 4):
            try:
                return content[: len(content) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
    return content.decode("utf-8", "replace")
