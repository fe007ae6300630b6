"""Files that come with a form: in one piece without JavaScript, or sent before by `upload.js`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import allow_upload
from gongdao.domain.evidence.uploads import too_large
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, pieces

FIELD = "files"
PASTED = "chat"
"""The field into which a chat is pasted."""
_MOST = 20
"""Files that one form may bring."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """What came with a form."""

    tokens: list[str]
    """Of what is here and was opened."""
    errors: list[pieces.FieldError]
    """What was wrong with the rest; nothing of what is here is lost by it."""
    again: str = ""
    """What was pasted and could not be taken, to be mended."""


def taken(request: HttpRequest) -> Incoming:
    """Take the files of a form."""
    tokens, errors, again = [], [], ""
    for token in request.POST.getlist("upload")[:_MOST]:
        try:
            if app().uploading.status(token).looked is not None:
                tokens.append(token)
        except NotFound as problem:
            errors.append(_error("", problem))
    for file in request.FILES.getlist("file")[:_MOST]:
        try:
            tokens.append(_whole(request, file))
        except GongdaoError as problem:
            errors.append(_error(file.name or "", problem))
    pasted = request.POST.get(PASTED, "")
    if pasted.strip():
        try:
            tokens.append(_pasted(request, pasted))
        except GongdaoError as problem:
            errors.append(_error(_("Pasted chat"), problem))
            again = pasted
    if not tokens and not errors:
        errors.append(_error("", BadInput("exhibit.none", hint_noop("Choose a file first."))))
    return Incoming(tokens, errors, again)


def captured(request: HttpRequest) -> str:
    """How it was captured, as the form says; what was pasted says so by itself."""
    said = request.POST.get("captured", "")
    alone = not request.POST.getlist("upload") and not request.FILES.getlist("file")
    first = app().uploading.policy().captures[0].code
    pasted = request.POST.get(PASTED, "").strip() and alone
    return "paste" if pasted and said in {"", first} else said


def form(
    policy: ExhibitPolicy, errors: Sequence[pieces.FieldError] = (), again: str = ""
) -> dict[str, Any]:
    """What the form's template needs."""
    limits = policy.limits
    return {
        "errors": errors,
        "captures": exhibit_pieces.captures(policy),
        "most": exhibit_pieces.size_words(limits.file_bytes_max),
        "most_plain": exhibit_pieces.size_words(limits.plain_bytes_max),
        "most_bytes": limits.file_bytes_max,
        "pasted": PASTED,
        "pasted_again": again,
        "send_to": reverse("uploads"),
    }


def _whole(request: HttpRequest, file: "UploadedFile[Any]") -> str:
    address = str(request.META.get("REMOTE_ADDR", ""))
    policy, size = app().uploading.policy(), file.size or 0
    if size > policy.limits.plain_bytes_max:
        raise too_large(policy.limits.plain_bytes_max)
    allow_upload(address)
    device = request.headers.get("User-Agent")
    return app().uploading.send_whole(file.name or "", size, file.chunks(), device, address or None)


def _pasted(request: HttpRequest, text: str) -> str:
    """A chat that was pasted is a file of exactly these characters."""
    content = text.encode()
    policy = app().uploading.policy()
    if len(content) > policy.limits.plain_bytes_max:
        raise too_large(policy.limits.plain_bytes_max)
    address = str(request.META.get("REMOTE_ADDR", ""))
    allow_upload(address)
    device = request.headers.get("User-Agent")
    name = _("Pasted chat") + ".txt"
    return app().uploading.send_whole(name, len(content), [content], device, address or None)


def _error(name: str, problem: GongdaoError) -> pieces.FieldError:
    hint = hint_of(problem)
    said = _("%(name)s: %(hint)s") % {"name": name, "hint": hint} if name else hint
    return pieces.FieldError(FIELD, said, problem.code)
