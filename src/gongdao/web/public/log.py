"""The page that says what the public log is, what it shows, and how anybody checks it."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongdao.bootstrap.public_log import log
from gongdao.domain.kernel.errors import NotFound


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Plain words, and the newest checkpoint."""
    try:
        now = log().newest()
    except NotFound:
        now = None
    shown = {
        "here": "log",
        "size": now.checkpoint.size if now else 0,
        "signed_at": now.at if now else None,
        "note": now.note.write() if now else "",
        "keys": [str(key) for key in log().keys.public()],
        "address": settings.CONFIG.address,
    }
    return render(request, "public/log.html", shown)
