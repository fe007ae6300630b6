"""The public log as files: C2SP tlog-tiles below `/log/`, so that any such program can follow it.

An entry of our log is the hash of a record, 32 bytes, and never the record: what is published here
says how much happened and when, and nothing of whom it happened to.
"""

import re

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from gongdao.bootstrap.public_log import log, tile
from gongdao.domain.evidence.tiles import HASH, WIDTH
from gongdao.domain.kernel.errors import NotFound

_TILE = re.compile(
    r"(?P<level>entries|0|[1-9][0-9]?)/(?P<number>(?:x[0-9]{3}/)*[0-9]{3})"
    r"(?:\.p/(?P<width>[1-9][0-9]{0,2}))?"
)
_DEEPEST = 63
_LONGEST = 19
"""Digits of a number that a table can hold."""
_SECONDS = "public, max-age=1"
_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def checkpoint(request: HttpRequest) -> HttpResponse:
    """The newest checkpoint, signed."""
    del request
    try:
        note = log().newest().note.write()
    except NotFound:
        raise Http404 from None
    return _file(note.encode(), "text/plain; charset=utf-8", _SECONDS)


@require_safe
def tile_file(request: HttpRequest, name: str) -> HttpResponse:
    """A tile, or a bundle of entries; of one that is not full, the beginning that is asked for."""
    del request
    asked = _TILE.fullmatch(name)
    if asked is None:
        raise Http404
    number = asked["number"].replace("x", "").replace("/", "")
    width = int(asked["width"] or WIDTH)
    entries = asked["level"] == "entries"
    level = -1 if entries else int(asked["level"])
    if (
        (asked["width"] and width >= WIDTH)
        or level > _DEEPEST
        or len(number) >= _LONGEST
        or asked["number"].startswith("x000/")
    ):
        raise Http404
    hashes = tile(level, int(number))[: width * HASH]
    if len(hashes) != width * HASH:
        raise Http404
    body = _bundle(hashes) if entries else hashes
    return _file(body, "application/octet-stream", _FOR_EVER)


def _bundle(hashes: bytes) -> bytes:
    """Each entry behind its length."""
    length = HASH.to_bytes(2)
    return b"".join(length + hashes[at : at + HASH] for at in range(0, len(hashes), HASH))


def _file(body: bytes, kind: str, caching: str) -> HttpResponse:
    answer = HttpResponse(body, content_type=kind)
    answer["Cache-Control"] = caching
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Access-Control-Allow-Origin"] = "*"  # public, and a page elsewhere may check it
    return answer


urlpatterns = [
    path("checkpoint", checkpoint, name="log_checkpoint"),
    path("tile/<path:name>", tile_file, name="log_tile"),
]
