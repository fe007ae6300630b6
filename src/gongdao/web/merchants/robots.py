"""Robots of group chats: set up, tried out and removed by an owner."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.robots import nearby
from gongdao.domain.disputes.robots import RobotId, RobotKind
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.web.merchants.follow_forms import FIELD_OF, RobotForm
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def robots(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """The list, and a form for one more."""
    which, caller = OrganisationId(organisation_id), caller_of(request.user)
    desk, posted = app().disputes.robots, request.POST
    for name, do in (("remove", desk.remove), ("try", desk.try_out)):
        if name in posted:
            do(which, RobotId(posted[name]), caller)
            messages.success(request, _("Removed.") if name == "remove" else _("A word is sent."))
            return redirect("merchant_robots", organisation_id)
    form = RobotForm(posted) if request.method == "POST" else RobotForm()
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        kind = RobotKind(given["kind"])
        try:
            desk.add(which, kind, given["url"], given["secret"], caller, nearby=nearby())
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("The robot is set up. A word is sent to the chat."))
            return redirect("merchant_robots", organisation_id)
    page: dict[str, Any] = {
        "organisation": which,
        "robots": desk.of(which, caller),
        "form": form,
        "here": "merchants",
    }
    return render(request, "merchants/robots.html", page, status=400 if form.errors else 200)
