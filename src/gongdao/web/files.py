"""Files by their links: for whoever a page gave the link, for some minutes, without a sign-in.

Nothing here is shown as a page. What came from outside is handed out to be saved; what we drew of
it may be shown within our own pages. Whatever a browser makes of a file, it may run and load
nothing (a sandboxed policy), and may not take it for another kind than we say.
"""

from urllib.parse import quote

from django.http import HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.bootstrap.vaulting import opened

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
    answer = StreamingHttpResponse(pieces, content_type=kind)
    answer["Content-Length"] = str(size)
    shown = "inline" if inline else "attachment"
    answer["Content-Disposition"] = f"{shown}; filename*=UTF-8''{quote(found.name, safe='')}"
    answer["Content-Security-Policy"] = "default-src 'none'; frame-ancestors 'none'; sandbox"
    answer["Cross-Origin-Resource-Policy"] = "same-origin"
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    answer["Referrer-Policy"] = "no-referrer"
    return answer
