"""The calendar feed: its page in the settings, and the feed itself."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.feeds import allow_feed
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.site.hints import hint_of
from gongdao.web.public import mine
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def settings(request: HttpRequest) -> HttpResponse:
    """Make an address, which is shown once, or revoke it."""
    caller, dating = caller_of(request.user), app().around_appeals.dating
    link = ""
    if request.method == "POST" and "revoke" in request.POST:
        dating.revoke(caller)
        messages.success(request, _("The address opens nothing any more."))
        return redirect("calendar")
    if request.method == "POST":
        link = dating.make(caller)
    page = {
        "link": link,
        "made_at": dating.made_at(caller),
        **mine.frame(request, "mine_settings"),
    }
    return render(request, "firms/calendar.html", page)


@private
@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar under a secret address: for programs, so that what is wrong is said plainly."""
    plain = "text/plain; charset=utf-8"
    try:
        allow_feed(str(request.META.get("REMOTE_ADDR", "")))
        text = app().around_appeals.dating.feed(token)
    except Refused as problem:
        answer = HttpResponse(hint_of(problem), status=429, content_type=plain)
        answer["Retry-After"] = str(problem.facts.get("seconds", 60))
        return answer
    except NotFound as problem:
        return HttpResponse(hint_of(problem), status=404, content_type=plain)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'inline; filename="gongdao.ics"'
    return answer
