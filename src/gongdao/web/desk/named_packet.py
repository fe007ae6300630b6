"""A packet that says who reported: for the same reasons as a look at who a reporter is."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of, packet_handing, packets
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import UNMASKERS
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.flows.unmask import Terms
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import CaseId
from gongdao.web import words
from gongdao.web.desk.identity import LookForm
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_FIELDS = {"unmask.unknown_ground": "ground", "unmask.reason_too_short": "reason"}


class NamedForm(LookForm):
    """On which ground, and why: it is about every reporter of the case."""

    def __init__(self, terms: Terms, *args: Any) -> None:
        super().__init__(terms, *args)
        del self.fields["reporter"]


def address(case: str, caller: Caller) -> str:
    """Where whoever may ask for it does; empty for others."""
    return reverse("desk_named_packet", args=[case]) if caller.has(*UNMASKERS) else ""


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def make(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say why; then the packet is made, and each look is kept and told as any other."""
    caller, case = caller_of(request.user), CaseId(case_id)
    terms = app().unmask.terms(case, caller)
    page: dict[str, Any] = {"here": "desk", "back": reverse("desk_case", args=[case])}
    page |= {"terms": terms, "packet": True}
    if request.method != "POST":
        return render(request, "desk/identity.html", {**page, "form": NamedForm(terms)})
    form = NamedForm(terms, request.POST)
    if form.is_valid():
        given = form.cleaned_data
        why = packets.Reason(given["ground"], given["reason"])
        try:
            packet_handing.allow(str(caller.person))
            ready = packets.make(
                case, caller, Wanted(False, words.language()), why, packet_handing.MOST
            )
        except Refused as problem:
            add_refusal(form, problem, _FIELDS.get(problem.code))
        else:
            return redirect("packet_file", packet_handing.link(ready))
    return render(request, "desk/identity.html", {**page, "form": form}, status=400)
