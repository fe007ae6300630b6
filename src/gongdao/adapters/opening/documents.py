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
_KEPT_ACTIONS = {"/GoTo"}
"""Jumps within the document, which may stay."""
_ACTIONS = {
    "/Launch", "/GoToR", "/GoToE", "/GoToDp", "/GoTo3DView", "/Thread", "/URI", "/Sound", "/Movie",
    "/Hide", "/Named", "/SubmitForm", "/ResetForm", "/ImportData", "/SetOCGState", "/Rendition",
    "/Trans", "/JavaScript", "/RichMediaExecute",
}  # fmt: skip
"""The other actions. Elsewhere `/S` also names styles, so only these are taken out everywhere."""
_DEEPEST = 50
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
    """Take out of an object, and of what stands directly in it, whatever can run.

    What stands too deep to be looked at is taken out as well.
    """
    if isinstance(thing, pikepdf.Array):
        keys: list[Any] = list(range(len(thing)))
    elif isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        keys = list(thing.keys())
    else:
        return 0
    taken = 0
    for key in keys:
        if key in _RUNS or _runs(key, thing[key]) or depth > _DEEPEST:
            if isinstance(key, int):
                thing[key] = None  # the others keep their places
            else:
                del thing[key]
            taken += 1
        elif not _is_indirect(thing[key]):
            taken += _strip(thing[key], depth + 1)
    return taken


def _runs(key: Any, value: Any) -> bool:
    """Whether an action stands there that is no jump within the document."""
    action = _action(value)
    if key == "/A":
        return action not in _KEPT_ACTIONS
    if key == "/Next":  # of an action; of an outline's entry it is the next entry
        each = list(value) if isinstance(value, pikepdf.Array) else [value]
        return not {_action(one) for one in each} <= {"", *_KEPT_ACTIONS}
    return action in _ACTIONS


def _action(value: Any) -> str:
    if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream) or "/S" not in value:
        return ""
    return "/" + str(value["/S"]).lstrip("/")


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
