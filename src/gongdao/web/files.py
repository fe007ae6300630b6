"""Files by their links: for whoever a page gave the link, for some minutes, without a sign-in.

Nothing here is shown as a page. What came from outside is handed out to be saved; what we drew of
it may be shown within our own pages. Whatever a browser makes of a file, it may run and load
nothing (a sandboxed policy), and may not take it for another kind than we say.
"""

from collections.abc import Iterable
from urllib.parse import quote

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.bootstrap.packet_handing import fetched
from gongdao.bootstrap.vaulting import opened
from gongdao.domain.kernel.errors import NotFound
from gongdao.web.failures import refused_page

_DRAWN = {"image/webp"}
"""What may be shown within a page: only what we drew is ever of this kind and marked so."""


@require_safe
def file(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """One file."""
    del request
    found = opened(ticket)
    pieces = app().records.files.read(found.digest)
    size = app().records.files.size(found.digest)
    inline = found.inline and found.media in _DRAWN
    kind = found.media if inline or not found.media.startswith("text/") else "text/plain"
    return _answer(pieces, kind, size, "inline" if inline else "attachment", found.name)


@require_safe
def packet(request: HttpRequest, ticket: str) -> HttpResponseBase:
    """The packet of a case, to be saved."""
    try:
        found = fetched(ticket)
    except NotFound as problem:
        return refused_page(request, problem)
    return _answer(found.pieces, "application/zip", found.size, "attachment", found.name)


def _answer(
    pieces: Iterable[bytes], kind: str, size: int | None, shown: str, name: str
) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Length"] = str(size)
    answer["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(name, safe='')}"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
