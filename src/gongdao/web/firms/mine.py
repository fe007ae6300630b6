"""My firm: applying, what is recorded, objecting to a loss, and complaints with their tiers."""

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.duty.model import ComplaintId
from gongdao.domain.firms.model import FirmStage
from gongdao.domain.flows.firm_papers import pack_with_firms
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.web import incoming, words
from gongdao.web.firms import complaint_page, forms, shown
from gongdao.web.public import mine
from gongdao.web.public.evidence import waiting
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: HttpRequest) -> HttpResponse:
    """How my firm stands; without one, or to renew, the application."""
    sent = request.method == "POST"
    form = forms.ApplyForm(request.POST) if sent else forms.ApplyForm()
    came = incoming.taken(request) if sent else incoming.Incoming([], [])
    if sent and form.is_valid() and not came.errors:
        try:
            given = (form.application(), came.tokens[0], words.language())
            app().around_appeals.firms.apply(*given, caller_of(request.user))
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("Your application is here. A reviewer checks it."))
            return redirect("firm")
    return _page(request, form, came, forms.WordsForm(_why()), bad=sent)


@private
@login_required
@require_POST
def contest(request: HttpRequest) -> HttpResponse:
    """Object to the loss of the verification."""
    form = forms.WordsForm(_why(), request.POST)
    if form.is_valid():
        try:
            app().around_appeals.firms.contest(form.cleaned_data["words"], caller_of(request.user))
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("Your objection is here. A senior reviewer decides."))
            return redirect("firm")
    return _page(request, forms.ApplyForm(), incoming.Incoming([], []), form, bad=True)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Enter a complaint that reached the firm."""
    frame = mine.frame(request, "firm")
    return complaint_page.new(request, frame, "firm_complaint", own=False)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, complaint_id: str) -> HttpResponse:
    """One complaint with what its tier asks for."""
    frame = mine.frame(request, "firm")
    return complaint_page.one(request, ComplaintId(complaint_id), frame, "firm_complaint")


def _page(
    request: HttpRequest,
    form: forms.ApplyForm,
    came: incoming.Incoming,
    objects: django_forms.Form,
    *,
    bad: bool,
) -> HttpResponse:
    caller, stories, now = caller_of(request.user), app().around_appeals, app().records.clock()
    standing = stories.firms.mine(caller)
    asked = pack_with_firms(app().records)[1].qualification
    verified = standing is not None and standing.stage is FirmStage.VERIFIED
    found = stories.tiers.of(caller) if standing is not None else []
    page: dict[str, Any] = {
        "firm": shown.firm(standing) if standing else None,
        "may_apply": standing is None or (standing.pending is None and not _objects(standing)),
        "verified": verified,
        "form": form,
        "file_errors": came.errors,
        "waiting": waiting(came.tokens),
        "objects": objects,
        "undertaking": asked.undertaking.in_(words.language()),
        "minutes": asked.minutes_least,
        "complaints": [shown.complaint(each, now) for each in found],
        **incoming.form(app().uploading.policy(), came.errors),
        **mine.frame(request, "firm"),
    }
    return render(request, "firms/mine.html", page, status=400 if bad else 200)


def _objects(standing: Any) -> bool:
    """Whether an objection is possible or waits."""
    loss = standing.loss
    return bool(standing.stage is FirmStage.LOST and loss is not None and loss.restored is None)


def _why() -> str:
    return _("Why should the verification not be lost?")
