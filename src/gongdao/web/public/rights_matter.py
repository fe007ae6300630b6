"""A notice about rights by its code: where it stands, and what each side can do."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.counter_notices.events import Proceeding
from gongdao.domain.flows.rights_views import MatterView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.site.hints import hint_of
from gongdao.web import pieces, rights_pieces, words
from gongdao.web.public import limits
from gongdao.web.public.private import private
from gongdao.web.public.rights_forms import BringForm, CounterForm, given
from gongdao.web.public.rights_notice import files_of, needs_file

_TITLES: words.Words = {
    "counter": gettext_lazy("Give a counter-notice"),
    "prove": gettext_lazy("Show a suit or a complaint"),
    "pause": gettext_lazy("Ask for a pause for a notary"),
    "supplement": gettext_lazy("Add what is missing"),
    "resume": gettext_lazy("The notary is done: let the period run on"),
    "withdraw": gettext_lazy("Withdraw the notice"),
}
_LABELS: words.Words = {
    "prove": gettext_lazy("Which court or authority, and under which number"),
    "pause": gettext_lazy("What takes time, where, and how long it will take"),
    "supplement": gettext_lazy("What you add"),
}
_DONE: words.Words = {
    "counter": gettext_lazy("Your counter-notice was passed on."),
    "prove": gettext_lazy("Noted in time. The measure stays."),
    "pause": gettext_lazy("The period is paused."),
    "supplement": gettext_lazy("Added. We check again."),
    "resume": gettext_lazy("The period runs on."),
    "withdraw": gettext_lazy("The notice is withdrawn."),
}
_ORDER = ("counter", "supplement", "prove", "pause", "resume", "withdraw")
_AT_ONCE = {"resume", "withdraw"}


def _by_code(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Open the matter before the page is made; guessing codes is slowed down."""

    @private
    @wraps(view)
    def opening(request: HttpRequest, code: str, **more: Any) -> HttpResponseBase:
        views = app().around_appeals.rights_views
        found, caller = limits.looked_up(request, lambda: views.by_code(code))
        return view(request, found, caller, code, **more)

    return opening


@require_http_methods(["GET", "HEAD"])
@_by_code
def matter(request: HttpRequest, view: MatterView, caller: Caller, code: str) -> HttpResponse:
    """The whole matter from the side of whoever holds the code."""
    del caller
    shown = rights_pieces.matter(view)
    actions = tuple(
        pieces.Action(
            words.said(_TITLES, name), _url(name, code), post=name in _AT_ONCE,
            quiet=name == "withdraw",
        )
        for name in _ORDER
        if name in view.may
    )  # fmt: skip
    page = {
        "here": "notice",
        "matter": replace(shown, answers=replace(shown.answers, actions=actions)),
        "code": code if "sent" in request.GET else "",
        "liability": rights_pieces.policy_of(view).liability.in_(words.language()),
    }
    return render(request, "public/rights_matter.html", page)


@require_http_methods(["GET", "HEAD", "POST"])
@_by_code
def counter(request: HttpRequest, view: MatterView, caller: Caller, code: str) -> HttpResponse:
    """The counter-notice, on one page."""
    if "counter" not in view.may:
        return redirect("rights_matter", code)
    policy = rights_pieces.policy_of(view)
    right = policy.right(view.right)
    asked = right.counter if right else ()
    form = CounterForm(policy, asked, request.POST or None)
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        came, errors = files_of(request)
        errors = errors or ([] if came else [needs_file()])
        if form.is_valid() and not errors:
            paper = given(form.cleaned_data, came)
            try:
                app().around_appeals.takedown.counter(view.id, paper, caller)
            except GongdaoError as problem:
                errors = [pieces.FieldError("", hint_of(problem), problem.code)]
            else:
                messages.success(request, words.said(_DONE, "counter"))
                return redirect("rights_matter", code)
    why = policy.identity.why.in_(words.language())
    lead = _("Your files go to the right holder too: hide what they need not see.")
    return _page(request, view, code, "counter", {"form": form, "file_errors": errors, "why": why,
                                                   "lead": lead})  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
@_by_code
def bring(
    request: HttpRequest, view: MatterView, caller: Caller, code: str, step: str
) -> HttpResponse:
    """Bring something: what was missing, a suit, a reason for a pause."""
    if step not in _LABELS:
        raise Http404
    if step not in view.may:
        return redirect("rights_matter", code)
    sizes = rights_pieces.policy_of(view).sizes
    form = BringForm(_LABELS[step], sizes, request.POST or None, proceeding=step == "prove")
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        came, errors = files_of(request)
        if form.is_valid() and not errors:
            try:
                _do(step, view, form.cleaned_data, came, caller)
            except GongdaoError as problem:
                errors = [pieces.FieldError("", hint_of(problem), problem.code)]
            else:
                messages.success(request, words.said(_DONE, step))
                return redirect("rights_matter", code)
    return _page(request, view, code, step, {"form": form, "file_errors": errors})


@require_POST
@_by_code
def at_once(
    request: HttpRequest, view: MatterView, caller: Caller, code: str, step: str
) -> HttpResponse:
    """What needs no words."""
    takedown = app().around_appeals.takedown
    if step not in _AT_ONCE:
        raise Http404
    try:
        if step == "withdraw":
            takedown.withdraw(view.id, caller)
        else:
            takedown.resume(view.id, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        messages.error(request, hint_of(problem))
    else:
        messages.success(request, words.said(_DONE, step))
    return redirect("rights_matter", code)


def _do(
    step: str, view: MatterView, said: dict[str, Any], files: list[str], caller: Caller
) -> None:
    takedown = app().around_appeals.takedown
    if step == "prove":
        kind = Proceeding(said["proceeding"])
        takedown.show_proof(view.id, kind, said["text"], files, caller)
    elif step == "pause":
        takedown.pause(view.id, said["text"], files, caller)
    else:
        takedown.supplement(view.id, said["text"], files, caller)


def _url(name: str, code: str) -> str:
    if name == "counter":
        return reverse("rights_counter", args=[code])
    return reverse("rights_do" if name in _AT_ONCE else "rights_bring", args=[code, name])


def _page(
    request: HttpRequest, view: MatterView, code: str, step: str, more: dict[str, Any]
) -> HttpResponse:
    page = {
        "here": "notice",
        "title": words.said(_TITLES, step),
        "kicker": view.number,
        "files": True,
        "name": step,
        "back": reverse("rights_matter", args=[code]),
        "clock": rights_pieces.clock(view, app().records.clock()),
        **more,
    }
    status = 400 if request.method == "POST" else 200
    return render(request, "public/rights_step.html", page, status=status)
