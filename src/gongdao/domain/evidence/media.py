"""
What a file is, read from its bytes alone: its name and what the sender calls it count for nothing.

Only what stands in the list is let in. Whatever begins like two things at once, or like a program
or a page, is refused by a code that says which.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.kernel.errors import Refused, hint_noop

HEAD = 64 * 1024
"""Bytes from the beginning that are looked at; as many from the end."""


class Kind(StrEnum):
    """What sort of thing an exhibit is, for people."""

    PICTURE = "picture"
    PDF = "pdf"
    OFFICE = "office"
    TEXT = "text"
    AUDIO = "audio"
    VIDEO = "video"


@dataclass(frozen=True, slots=True)
class Medium:
    """One format that is let in."""

    media: str
    """Its registered name, such as image/png."""
    kind: Kind
    ending: str
    drawn: bool = False
    """Whether a picture of it is made; anything else is kept and handed out as it came."""


PNG = Medium("image/png", Kind.PICTURE, "png", drawn=True)
JPEG = Medium("image/jpeg", Kind.PICTURE, "jpg", drawn=True)
GIF = Medium("image/gif", Kind.PICTURE, "gif", drawn=True)
WEBP = Medium("image/webp", Kind.PICTURE, "webp", drawn=True)
BMP = Medium("image/bmp", Kind.PICTURE, "bmp", drawn=True)
HEIC = Medium("image/heic", Kind.PICTURE, "heic")
PDF = Medium("application/pdf", Kind.PDF, "pdf", drawn=True)
_OOXML = "application/vnd.openxmlformats-officedocument."
DOCX = Medium(f"{_OOXML}wordprocessingml.document", Kind.OFFICE, "docx")
XLSX = Medium(f"{_OOXML}spreadsheetml.sheet", Kind.OFFICE, "xlsx")
PPTX = Medium(f"{_OOXML}presentationml.presentation", Kind.OFFICE, "pptx")
TEXT = Medium("text/plain", Kind.TEXT, "txt")
HTML = Medium("text/html", Kind.TEXT, "txt")
"""A chat that was saved as a page. It is handed out as text alone, and never shown as a page."""
MP3 = Medium("audio/mpeg", Kind.AUDIO, "mp3")
AMR = Medium("audio/amr", Kind.AUDIO, "amr")
WAV = Medium("audio/wav", Kind.AUDIO, "wav")
OGG = Medium("audio/ogg", Kind.AUDIO, "ogg")
M4A = Medium("audio/mp4", Kind.AUDIO, "m4a")
MP4 = Medium("video/mp4", Kind.VIDEO, "mp4")
MOV = Medium("video/quicktime", Kind.VIDEO, "mov")
WEBM = Medium("video/webm", Kind.VIDEO, "webm")
KNOWN = {
    medium.media: medium
    for medium in (
        PNG, JPEG, GIF, WEBP, BMP, HEIC, PDF, DOCX, XLSX, PPTX, TEXT, HTML,
        MP3, AMR, WAV, OGG, M4A, MP4, MOV, WEBM,
    )
}  # fmt: skip
"""Every format that is let in, by its name."""
OFFICE = {"word/": DOCX, "xl/": XLSX, "ppt/": PPTX}
"""By the folder in which an office document keeps its content."""

_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"%PDF-", PDF),
    (b"#!AMR\n", AMR),
    (b"#!AMR-WB\n", AMR),
    (b"ID3", MP3),
    (b"\xff\xfb", MP3),
    (b"\xff\xf3", MP3),
    (b"\xff\xf2", MP3),
    (b"OggS\x00", OGG),
)
_BRANDS = {
    b"M4A ": M4A, b"M4B ": M4A, b"qt  ": MOV,
    b"heic": HEIC, b"heix": HEIC, b"hevc": HEIC, b"mif1": HEIC, b"msf1": HEIC,
    b"isom": MP4, b"iso2": MP4, b"iso4": MP4, b"iso5": MP4, b"iso6": MP4, b"mp41": MP4,
    b"mp42": MP4, b"avc1": MP4, b"dash": MP4, b"M4V ": MP4, b"3gp4": MP4, b"3gp5": MP4,
    b"3gp6": MP4, b"3g2a": MP4, b"MSNV": MP4,
}  # fmt: skip
"""Major brands of the ISO base media format (ISO/IEC 14496-12)."""
_PROGRAMS = (
    b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe", b"dex\n", b"#!", b"\x00asm", b"L\x00\x00\x00\x01\x14",
)  # fmt: skip
_ARCHIVES = (
    b"PK\x05\x06", b"PK\x07\x08", b"Rar!", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh",
    b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"\x04\x22\x4d\x18", b"MSCF", b"ITSF",
)  # fmt: skip
_END_OF_ZIP = b"PK\x05\x06"
_TAR = (257, b"ustar")
_MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|head|body|script|iframe|svg|\?xml|\?php|object|embed|meta|link|style"
    rb"|form|img|a\s)",
    re.IGNORECASE,
)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<\s*(?:!doctype\s+html|html)\b", re.IGNORECASE)
_RUNS = re.compile(
    rb"<\s*(?:script|iframe|frame|svg|\?php|object|embed|applet|form|base|link|meta[^>]+refresh)"
    rb"|\bon[a-z]{3,20}\s*=|javascript:",
    re.IGNORECASE,
)
_CLOCKS = re.compile(rb"\b\d{1,2}:\d\d\b")
_FEWEST_CLOCKS = 2
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def refusal(code: str) -> Refused:
    """Why a file is not taken; the rest of what was sent stands."""
    found = next(why for why in _WHY if why.code == code)
    return Refused(found.code, found.sentence)


_WHY = (
    Refused("file.empty", hint_noop("The file is empty. Choose it again.")),
    Refused(
        "file.unknown",
        hint_noop(
            "We cannot tell what this file is. Send a picture, PDF, office document, text, audio "
            "or video."
        ),
    ),
    Refused(
        "file.program",
        hint_noop("Programs and scripts are not taken. Send a picture of it instead."),
    ),
    Refused(
        "file.page",
        hint_noop("Web pages and SVG are not taken: they can run. Send a picture or a PDF of it."),
    ),
    Refused("file.archive", hint_noop("Archives are not taken. Send what is in it file by file.")),
    Refused(
        "file.old_office", hint_noop("This office format is too old. Save it as PDF or docx/xlsx.")
    ),
    Refused(
        "file.two_in_one",
        hint_noop("The file is two formats at once. Send the picture or document by itself."),
    ),
    Refused("file.broken", hint_noop("The file cannot be opened: it is damaged. Send it again.")),
    Refused(
        "file.too_many_pixels", hint_noop("The picture has too many points. Send it in parts.")
    ),
    Refused(
        "file.macros", hint_noop("The document holds macros. Save it without them, or as PDF.")
    ),
    Refused(
        "file.bomb", hint_noop("The document unpacks to far more than it holds. Send it as PDF.")
    ),
    Refused(
        "file.traversal", hint_noop("The document names files outside itself. Save it as PDF.")
    ),
    Refused(
        "file.took_too_long", hint_noop("The file takes too long to open. Send a simpler one.")
    ),
    Refused("file.locked", hint_noop("The PDF is locked with a password. Send it without one.")),
)
"""Every reason; what is raised is a new one of the same words."""


def sniff(head: bytes, tail: bytes) -> Medium:
    """
    What a file is, by its first and its last bytes; Refused for anything not in the list.

    An office document is only said to be one: `office` reads which, since its list of files lies
    at its end.
    """
    if not head:
        raise refusal("file.empty")
    medium = _medium(head)
    if medium.kind is not Kind.OFFICE and _END_OF_ZIP in tail:
        raise refusal("file.two_in_one")
    if medium.kind is Kind.PICTURE and b"%PDF-" in head[:1024]:
        raise refusal("file.two_in_one")
    return medium


def _medium(head: bytes) -> Medium:
    for beginning, medium in _BEGINNINGS:
        if head.startswith(beginning):
            return medium
    found = _boxed(head)
    if found is not None:
        return found
    if head.startswith(b"PK\x03\x04"):
        return DOCX
    if _is_saved_chat(head):
        return HTML
    _refuse_known(head)
    if _is_text(head):
        return TEXT
    raise refusal("file.unknown")


def _boxed(head: bytes) -> Medium | None:
    """Formats that say what they are a little further in."""
    if head[4:8] == b"ftyp":
        return _BRANDS.get(head[8:12])
    if head.startswith(b"RIFF"):
        return {b"WEBP": WEBP, b"WAVE": WAV}.get(head[8:12])
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0" and b"\0" in head[10:18]:
        return BMP
    if head.startswith(b"\x1aE\xdf\xa3") and b"webm" in head[:64]:
        return WEBM
    return None


def _refuse_known(head: bytes) -> None:
    """Say of what is surely not let in why that is so."""
    if head.startswith(_PROGRAMS):
        raise refusal("file.program")
    if head.startswith(_ARCHIVES) or head[_TAR[0] :].startswith(_TAR[1]):
        raise refusal("file.archive")
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise refusal("file.old_office")
    if _MARKUP.search(head[:4096].replace(b"\0", b"")):
        raise refusal("file.page")


def _is_saved_chat(head: bytes) -> bool:
    """A page with times in it, as chats are exported, and nothing by which a page runs or loads."""
    begins = _PAGE.match(head) is not None and _RUNS.search(head) is None
    return begins and len(_CLOCKS.findall(head)) >= _FEWEST_CLOCKS and _is_text(head)


def _is_text(head: bytes) -> bool:
    """UTF-8, or the Chinese national standard, without control characters."""
    for encoding in ("utf-8-sig", "gb18030"):
        for cut in range(4):  # the last character may be cut through
            try:
                text = head[: len(head) - cut].decode(encoding)
            except UnicodeDecodeError:
                continue
            return _CONTROLS.search(text) is None and bool(text.strip())
    return False


def office(names: list[str]) -> Medium:
    """Which office document it is, by the files in it; Refused where it is none, or can run."""
    for name in names:
        path = name.replace("\\", "/")
        if path.startswith("/") or ".." in path.split("/") or ":" in path:
            raise refusal("file.traversal")
    if "[Content_Types].xml" not in names:
        raise refusal("file.archive")
    if any(name.lower().endswith(("vbaproject.bin", ".exe", ".dll", ".js")) for name in names):
        raise refusal("file.macros")
    for folder, medium in OFFICE.items():
        if any(name.startswith(folder) for name in names):
            return medium
    raise refusal("file.archive")
