"""
Sending files by the tus protocol, version 1.0: core, creation, expiration and termination.

A file is begun with its size and name; its address then holds a secret, and whoever knows that may
send the file, ask how far it is, and hand it in. So no sign-in is looked at while bytes come, and
any client that speaks tus can go on where it broke off.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Callable
from datetime import UTC
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date
from django.views.decorators.http import require_http_methods

from gongdao.api import door, problems
from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import allow_upload
from gongdao.domain.evidence.uploads import Upload
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop

ADDRESS = "/api/v1/evidence/uploads/"
VERSION = "1.0.0"
OCTETS = "application/offset+octet-stream"
PIECE = 1024 * 1024
_EXTENSIONS = "creation,expiration,termination"
_CREATED, _DONE, _NOTHING = 201, 200, 204
View = Callable[..., HttpResponse]


def _said(view: View) -> View:
    """Let what is refused end as problem details, as everywhere in the API."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except GongdaoError as problem:
            response = problems.answer(problem)
        response["Tus-Resumable"] = VERSION
        return response

    return answer


@require_http_methods(["OPTIONS", "POST"])
@_said
def begun(request: HttpRequest) -> HttpResponse:
    """Begin to send a file (tus creation): `Upload-Length`, and `filename` in `Upload-Metadata`.

    The address to send it to is in `Location`. OPTIONS says what of tus is spoken here.
    """
    if request.method == "OPTIONS":
        answer = HttpResponse(status=_NOTHING)
        answer["Tus-Version"], answer["Tus-Extension"] = VERSION, _EXTENSIONS
        answer["Tus-Max-Size"] = str(app().uploading.policy().limits.file_bytes_max)
        return answer
    size = number(request.headers.get("Upload-Length"), "Upload-Length")
    allow_upload(door.address(request))
    names = metadata(request.headers.get("Upload-Metadata", ""))
    name = names.get("filename") or names.get("name") or "file"
    device = request.headers.get("User-Agent")
    token = app().uploading.begin(name, size, device, door.address(request) or None)
    answer = told(app().uploading.status(token), _CREATED)
    answer["Location"] = f"{ADDRESS}{token}"
    return answer


@require_http_methods(["HEAD", "PATCH", "DELETE"])
@_said
def one(request: HttpRequest, token: str) -> HttpResponse:
    """Ask how far a file is, send it from `Upload-Offset` on, or give it up.

    With its last byte it is opened, or refused.
    """
    if request.method == "DELETE":
        app().uploading.give_up(token)
        return HttpResponse(status=_NOTHING)
    if request.method == "HEAD":
        return told(app().uploading.status(token), _DONE)
    kind = request.headers.get("Content-Type", "")
    writing = app().uploading.write(token, offset(kind, request.headers.get("Upload-Offset")))
    try:
        while piece := request.read(PIECE):
            writing.write(piece)
    finally:
        writing.close()
    return told(app().uploading.status(token), _NOTHING)


def told(upload: Upload, status: int) -> HttpResponse:
    """How an upload stands, as tus says it."""
    answer = HttpResponse(status=status)
    answer["Tus-Resumable"] = VERSION
    answer["Upload-Offset"] = str(upload.received)
    answer["Upload-Length"] = str(upload.size)
    answer["Upload-Expires"] = http_date(upload.expires_at.astimezone(UTC).timestamp())
    return answer


def offset(kind: str, given: str | None) -> int:
    """Where the body belongs; BadInput for one that is no piece of a file."""
    if kind.partition(";")[0].strip() != OCTETS:
        raise BadInput("upload.wrong_type", hint_noop("Send it as {kind}."), kind=OCTETS)
    return number(given, "Upload-Offset")


def number(given: str | None, header: str) -> int:
    """A header that is a whole number."""
    most = 18
    if given is None or not (given.isascii() and given.isdigit() and len(given) <= most):
        raise BadInput(
            "upload.bad_header",
            hint_noop("Send the header {header} with a whole number of bytes."),
            header=header,
        )
    return int(given)


def metadata(given: str) -> dict[str, str]:
    """Names and values of Upload-Metadata; what cannot be read is left out."""
    found = {}
    for pair in given.split(","):
        name, _, value = pair.strip().partition(" ")
        try:
            found[name] = b64decode(value, validate=True).decode("utf-8")
        except (NotBase64, UnicodeDecodeError, ValueError):
            continue
    return found
