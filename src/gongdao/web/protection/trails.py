"""What happened to the safety of an account, for the operator and the auditor."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of, known_account
from gongdao.domain.access.rules import must_be
from gongdao.domain.kernel.events import Role
from gongdao.web.desk import queue_pane
from gongdao.web.protection.mine import said
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def trail(request: HttpRequest) -> HttpResponse:
    """Ask for an account, by a form, so that no address stands in that of a page."""
    caller = caller_of(request.user)
    must_be(caller, Role.OPERATOR, Role.AUDITOR)
    shown = {"here": "desk", "tabs": queue_pane.tabs(caller, "accounts")}
    if request.method != "POST":
        return render(request, "protection/trail.html", shown)
    given = request.POST.get("account", "").strip()[:254].replace("\x00", "")
    person = app().records.sign_ins.holder(given) or known_account(given)
    lines = app().protection.freezing.trail_of(person, caller) if person is not None else ()
    page = {
        "asked": given,
        "known": person is not None,
        "closed": person is not None and app().protection.mine.closed(person),
        "trail": [said(each) for each in lines],
    }
    return render(request, "protection/trail.html", {**shown, **page})
