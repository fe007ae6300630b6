"""What was handed in on ways back and waits for a reviewer: the list, and one to check."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.flows.ways_shown import ProofShown, WaysShown
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.ways_back.model import WayBackId
from gongdao.web import exhibit_pieces, pieces, words
from gongdao.web.desk import queue_pane
from gongdao.web.desk.forms import NOT_WHO, Reasons
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_AT_ONCE = 100
_LABEL = gettext_lazy("Why, as the person concerned will read it")


@private
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """Every proof that waits, the longest first."""
    caller, language = caller_of(request.user), words.language()
    items = [
        pieces.NoticeItem(
            subject=proof.title.in_(language),
            words=_("You decided this case.") if proof.mine else " ".join(proof.said.split())[:120],
            at=proof.at,
            url=reverse("desk_way_proof", args=[proof.way_back, proof.step]),
            tone=pieces.Tone.PLAIN,
        )
        for proof in WaysShown(app().records).to_check(caller, _AT_ONCE)
    ]
    page = {"items": items, "tabs": queue_pane.tabs(caller, "proofs"), "here": "desk"}
    return render(request, "desk/way_proofs.html", page)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest, way: str, step: str) -> HttpResponse:
    """One proof with what it shows; accepted or refused with reasons."""
    caller = caller_of(request.user)
    proof = _proof(way, step, caller)
    case = app().records.cases.get(proof.case).now
    given = [request.POST] if request.method == "POST" else []
    form = Reasons(_LABEL, app().records.policy(case.pack), *given, hint=NOT_WHO)
    if request.method == "POST" and form.is_valid():
        accept = request.POST.get("outcome") == "accept"
        try:
            app().around_appeals.ways_back.check(
                proof.way_back, step, form.cleaned_data["reasons"], caller, accept=accept
            )
        except NotFound:
            raise
        except Refused as problem:
            add_refusal(form, problem, "reasons")
        else:
            messages.success(request, _("Noted. The person concerned is told."))
            return redirect("desk_way_proofs")
    shown = [e for e in app().exhibiting.of_case(proof.case, caller) if e.id in proof.exhibits]
    page = {
        "here": "desk",
        "title": proof.title.in_(words.language()),
        "detail": proof.detail.in_(words.language()),
        "proof": proof,
        "exhibits": exhibit_pieces.listed(shown, proof.case),
        "may": caller.has(*DECIDERS),
        "form": form,
        "case_url": reverse("desk_case", args=[proof.case]),
    }
    return render(request, "desk/way_proof.html", page, status=400 if form.errors else 200)


def _proof(way: str, step: str, caller: Caller) -> ProofShown:
    found = WaysShown(app().records).proofs(WayBackId(way), caller)
    proof = next((each for each in found if each.step == step), None)
    if proof is None:
        raise not_found()
    return proof
