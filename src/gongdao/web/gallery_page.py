"""The gallery: every piece with made-up content, for tests, pictures and page builders."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gongdao.web import samples
from gongdao.web.context import mode


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """All pieces; `?desk` shows the desk, `?confirm` a confirm page. 404 in production."""
    if mode() == "production":
        raise Http404
    shown = samples.everything(timezone.now())
    if "desk" in request.GET:
        return render(request, "web/gallery_desk.html", shown)
    if "confirm" in request.GET:
        return render(request, "web/confirm.html", shown)
    return render(request, "web/gallery.html", shown)
