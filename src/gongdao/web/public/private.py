"""Pages that show one person's case: kept by no cache, listed by no search engine."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.cache import add_never_cache_headers

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """
    Mark a page as private: no-store, noindex, and no address handed on to other sites.

    The referrer stays within this site and isn't left out altogether: without it browsers send no
    origin with a form, which would then be refused as forged.
    """

    @wraps(view)
    def marked(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        answer = view(request, *args, **kwargs)
        add_never_cache_headers(answer)
        answer["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        answer["Referrer-Policy"] = "same-origin"
        return answer

    return marked
