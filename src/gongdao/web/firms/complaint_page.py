"""One complaint with a tier, and entering one: the same for a firm and for the operator."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from gongdao.bootstrap import app, caller_of
from gongdao.domain.duty.model import ComplaintId, DutyId
from gongdao.domain.flows.firm_papers import pack_with_firms
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.web import incoming, words
from gongdao.web.firms import forms, shown
from gongdao.web.public.fields import add_refusal


def new(request: HttpRequest, frame: dict[str, Any], to: str, *, own: bool) -> HttpResponse:
    """Enter one with its tier."""
    caller = caller_of(request.user)
    app().around_appeals.tiers.of(caller, own=own, limit=1)  # whoever may not see them finds none
    sent = request.method == "POST"
    form = forms.ComplaintForm(request.POST) if sent else forms.ComplaintForm()
    if sent and form.is_valid():
        try:
            entered = app().around_appeals.tiers.enter(form.incoming(), caller, own=own)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("It is entered, and its clocks run."))
            return redirect(to, entered)
    language = words.language()
    tiers = [
        {
            "title": t.title.in_(language),
            "comes_from": t.comes_from.in_(language),
            "duties": [
                f"{d.title.in_(language)} · {words.span(d.within)} · {d.who.in_(language)}"
                for d in t.duties
            ],
            "papers": [d.title.in_(language) for d in t.documents],
            "claimed": t.basis.value == "claimed",
        }
        for t in pack_with_firms(app().records)[1].tiers
    ]
    page = {"form": form, "tiers": tiers, "own": own, **frame}
    status = 400 if form.errors else 200
    return render(request, "firms/complaint_new.html", page, status=status)


def one(
    request: HttpRequest, complaint: ComplaintId, frame: dict[str, Any], to: str
) -> HttpResponse:
    """One of them; a POST ticks something off, or takes it."""
    caller, tiers = caller_of(request.user), app().around_appeals.tiers
    tiers.open(complaint, caller)
    problem: GongdaoError | None = None
    if request.method == "POST":
        try:
            _do(request, complaint)
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            messages.success(request, _("Recorded."))
            return redirect(to, complaint)
    view = tiers.open(complaint, caller)
    page = {
        "complaint": shown.complaint(view, app().records.clock()),
        "own": view.complaint.owner is None,
        "problem": problem,
        "problem_hint": words.hint(problem) if problem else "",
        "said": request.POST.get("words", ""),
        "tried": request.POST.get("duty", "") or request.POST.get("paper", ""),
        **frame,
    }
    return render(request, "firms/complaint.html", page, status=400 if problem else 200)


def _do(request: HttpRequest, complaint: ComplaintId) -> None:
    caller, tiers, given = caller_of(request.user), app().around_appeals.tiers, request.POST
    if "take" in given:
        tiers.take(complaint, caller)
        return
    upload = ""
    if request.FILES.getlist("file"):
        came = incoming.taken(request)
        if came.errors:
            raise _unusable(came.errors[0].code or "exhibit.none")
        upload = came.tokens[0]
    if "duty" in given:
        tiers.done(complaint, DutyId(given["duty"]), given.get("words", ""), upload, caller)
    else:
        tiers.paper(complaint, given.get("paper", ""), given.get("words", ""), upload, caller)


def _unusable(code: str) -> GongdaoError:
    return BadInput(code, hint_noop("The file cannot be taken. Choose another one."))
