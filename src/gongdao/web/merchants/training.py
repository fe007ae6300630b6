"""How an organisation's members did in exams: shares by course, for owners and managers."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.web import words
from gongdao.web.merchants.team import frame
from gongdao.web.public.private import private
from gongdao.web.training.desk import rates_of


@private
@login_required
@require_safe
def of(request: HttpRequest, organisation: str) -> HttpResponse:
    """The page."""
    which, caller = OrganisationId(organisation), caller_of(request.user)
    found = app().training.teams.of(which, caller)
    view = app().disputes.overseeing.of(which, caller)
    page = {
        "few": found.few,
        "rates": rates_of(found.courses, words.language(), coarse=True),
        **frame(view, "merchants_training"),
    }
    return render(request, "merchants/training.html", page)
