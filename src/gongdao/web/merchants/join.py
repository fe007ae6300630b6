"""Coming into an organisation by a code that one of its members passed on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused, hint_noop
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.failures import status_of
from gongdao.web.merchants import team_forms, team_words
from gongdao.web.public import limits, opened
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_MISSING = hint_noop("Check the code: it has 20 letters and digits, in groups of four.")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Where the code of an invitation is entered."""
    if request.method != "POST":
        return _ask(request)
    code = opened.grouped(request.POST.get("code", ""))
    if not code:
        return _ask(request, BadInput("code.missing", _MISSING))
    return redirect("merchants_join_code", code)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, code: str) -> HttpResponse:
    """What an invitation leads to; whoever is signed in can follow it."""
    joining, who = app().disputes.joining, caller_of(request.user)
    try:
        asked = limits.looked_up(request, lambda: joining.asked(code))
    except (NotFound, Refused) as problem:
        return _ask(request, problem, code)
    form = team_forms.OwnNameForm(request.POST or None)
    if request.method == "POST" and who.person is not None and form.is_valid():
        try:
            joined = joining.join(code, form.cleaned_data["name"], who)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, team_forms.FIELD_OF.get(problem.code))
        else:
            return redirect("merchants_team", joined)
    role = asked.role.value
    page = {
        "asked": asked,
        "role": words.said(team_words.ROLES, role),
        "may": words.said(team_words.MAY, role),
        "form": form,
        "here": "merchants",
    }
    return render(request, "merchants/join.html", page, status=400 if form.errors else 200)


def _ask(
    request: HttpRequest, problem: GongdaoError | None = None, written: str = ""
) -> HttpResponse:
    errors = [pieces.FieldError("code", hint_of(problem), problem.code)] if problem else []
    page = {"errors": errors, "written": written, "here": "merchants"}
    status = status_of(problem) if problem else 200
    return render(request, "merchants/join_code.html", page, status=status)
