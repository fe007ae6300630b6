"""The evidence chain of a case at the desk."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.flows.exhibit_views import INSIDERS
from gongdao.domain.kernel.ids import CaseId
from gongdao.web import chain_pieces, pieces
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def chain(request: HttpRequest, case_id: str) -> HttpResponse:
    """See the chain, and say what an exhibit shows."""
    caller, chaining = caller_of(request.user), app().looking.chaining
    found = chaining.chain_of(CaseId(case_id), caller)
    if found.seat not in INSIDERS:
        raise not_found()
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        errors = chain_pieces.keep(request, found, caller)
        if not errors:
            return redirect("desk_chain", case_id)
    page = {
        **chain_pieces.page(found),
        "here": "desk",
        "case_url": reverse("desk_case", args=[case_id]),
        "list_url": reverse("desk_evidence", args=[case_id]),
        "subject": app().records.opened(app().records.cases.get(CaseId(case_id)).now.subject.ref),
        "may_explain": caller.has(*DECIDERS),
        "errors": errors,
        "wrong": request.POST.get("exhibit", ""),
    }
    return render(request, "desk/chain.html", page, status=400 if errors else 200)
