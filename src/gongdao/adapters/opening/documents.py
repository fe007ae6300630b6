"""PDFs: a copy in which nothing can run, and a picture of the first page."""

from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2

from gongdao.adapters.opening.pictures import draw_from
from gongdao.domain.evidence.media import refusal

_RUNS = (
    "/AA", "/OpenAction", "/JS", "/JavaScript", "/Launch", "/EmbeddedFiles", "/AF", "/XFA",
    "/RichMedia", "/URI", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/Rendition",
)  # fmt: skip
"""Keys by which a document runs something, fetches something or carries files."""
_ACTION = "/A"
_KEPT_ACTIONS = {"/GoTo", "/Named"}
"""Jumps within the document, which may stay."""
_SCALE = 2.0
_LARGEST_SIDE = 2000


def draw(path: Path, folder: Path) -> list[dict[str, str]]:
    """The neutral copy, and the first page as thumbnail and view."""
    return [_neutral(path, folder), *_first_page(folder / "neutral.pdf", folder)]


def _neutral(path: Path, folder: Path) -> dict[str, str]:
    try:
        document = pikepdf.open(path)
    except pikepdf.PasswordError:
        raise refusal("file.locked") from None
    with document:
        taken = sum(_strip(each) for each in document.objects)
        taken += _strip(document.Root) + _strip(document.trailer)
        if "/Info" in document.trailer:
            del document.trailer["/Info"]
        if "/Metadata" in document.Root:
            del document.Root["/Metadata"]
        document.save(folder / "neutral.pdf", deterministic_id=True)
    recipe = f"{taken} actions and attachments taken out, without metadata; pikepdf {_version()}"
    return {"what": "neutral", "file": "neutral.pdf", "media": "application/pdf", "recipe": recipe}


def _strip(thing: Any, depth: int = 0) -> int:
    """Take out of an object, and of what stands directly in it, whatever can run."""
    most = 50
    if depth > most:
        return 0
    if isinstance(thing, pikepdf.Array):
        return sum(_strip(each, depth + 1) for each in thing if not _is_indirect(each))
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return 0
    taken = 0
    for key in list(thing.keys()):
        if key in _RUNS or (key == _ACTION and _runs(thing[key])):
            del thing[key]
            taken += 1
        elif not _is_indirect(thing[key]):
            taken += _strip(thing[key], depth + 1)
    return taken


def _runs(action: Any) -> bool:
    return not isinstance(action, pikepdf.Dictionary) or action.get("/S") not in _KEPT_ACTIONS


def _is_indirect(thing: Any) -> bool:
    return bool(getattr(thing, "is_indirect", False))


def _first_page(path: Path, folder: Path) -> list[dict[str, str]]:
    document = pypdfium2.PdfDocument(path)
    try:
        page = document[0]
        scale = min(_SCALE, _LARGEST_SIDE / max(*page.get_size(), 1.0))
        picture = page.render(scale=scale, may_draw_forms=False).to_pil()
    finally:
        document.close()
    return draw_from(picture, folder, "first page, ")


def _version() -> str:
    return f"{pikepdf.__version__}, pdfium {pypdfium2.PYPDFIUM_INFO}"
