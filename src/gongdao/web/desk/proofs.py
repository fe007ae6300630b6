"""What somebody brought to show who they are, as the desk reads it."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.verified import ReviewedProofs, RingView
from gongdao.domain.kernel.ids import CaseId
from gongdao.web import words
from gongdao.web.public.private import private
from gongdao.web.public.proofs import FACES, SIGN_INS, weight_lines

ASIDE: words.Words = {
    "party": gettext_lazy("has a part in the case"),
    "staff": gettext_lazy("works here"),
    "repeated": gettext_lazy("answered twice in this case"),
}
SIGNS: words.Words = {
    "circle": gettext_lazy("They vouch for each other in a circle."),
    "same_group": gettext_lazy("The same few people stand behind several cases."),
    "often": gettext_lazy("A friend vouches very often."),
}


@private
@login_required
@require_safe
def proofs(request: HttpRequest, case_id: str) -> HttpResponse:
    """The page; NotFound for everybody but staff and the auditor."""
    case, who = CaseId(case_id), caller_of(request.user)
    found = app().around_appeals.verifying.for_review(case, who)
    view = app().files.open(case, who)
    page = {
        "here": "desk",
        "subject": view.subject_ref,
        "case_url": reverse("desk_case", args=[case]),
        "found": [_shown(each) for each in found],
    }
    return render(request, "desk/proofs.html", page)


def _shown(each: ReviewedProofs) -> dict[str, Any]:
    return {
        "proofs": each,
        "lines": weight_lines(each.weight.lines),
        "rings": [_ring(ring) for ring in each.rings],
        "friends": [
            {"view": friend, "aside": words.said(ASIDE, friend.aside)} for friend in each.friends
        ],
        "devices": [
            {"view": d, "sign_in": words.said(SIGN_INS, d.sign_in.value)} for d in each.devices
        ],
        "faces": [words.said(FACES, face.result.value) for face in each.faces],
    }


def _ring(ring: RingView) -> dict[str, Any]:
    counted = {"people": ring.people, "cases": ring.cases}
    return {
        "view": ring,
        "title": words.said(SIGNS, ring.sign),
        "words": _("%(people)d people, %(cases)d cases.") % counted,
    }
