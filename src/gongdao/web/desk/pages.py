"""The desk's pages: three panes, queue · case · decision."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of, read_once
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows import rights_letters
from gongdao.domain.flows.lists import QueueName
from gongdao.domain.kernel.errors import GongdaoError, MovedOn, NotFound, hint_noop
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.notices.model import Notice
from gongdao.web import pieces, words
from gongdao.web.desk import case_pane, decision_pane, named_packet, pulling, queue_pane
from gongdao.web.desk.checks import Check, check
from gongdao.web.desk.decision_pane import Filled
from gongdao.web.desk.queue_pane import Where
from gongdao.web.desk.step import Context
from gongdao.web.desk.steps import STEPS
from gongdao.web.failures import status_of
from gongdao.web.public.private import private

_AT_ONCE = 100


@private
@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone; a case is opened from it."""
    caller = caller_of(request.user)
    return render(
        request,
        "desk/queue.html",
        {**queue_pane.pane(request, caller), "no_case": True, "here": "desk"},
    )


@private
@login_required
@require_safe
def live(request: HttpRequest) -> HttpResponse:
    """The queue's pane anew; no content where it is what the page shows already."""
    caller = caller_of(request.user)
    found = queue_pane.pane(request, caller, request.GET.get("open", ""))
    if found["version"] == request.GET.get("version", ""):
        return HttpResponse(status=204)
    return render(request, "desk/panes.html", found)


@private
@login_required
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case with what can be done with it."""
    with read_once():
        return _page(request, _context(case_id, caller_of(request.user)))


@private
@login_required
@require_safe
def clause(request: HttpRequest, case_id: str) -> HttpResponse:
    """The rule that was chosen, with its ladder, to stand beside the form."""
    context = _context(case_id, caller_of(request.user))
    beside = decision_pane.beside(context, request.GET.get("clause", ""))
    return render(request, "desk/beside.html", beside)


@private
@login_required
@require_POST
def step(request: HttpRequest, case_id: str, name: str) -> HttpResponse:
    """Do one step; whatever stands in its way, what was written is still there."""
    caller = caller_of(request.user)
    context = _context(case_id, caller)
    if name not in STEPS or context.view.seat is not Seat.STAFF:
        raise not_found()
    form = decision_pane.form_of(context, name, request.POST)
    if "stay" in request.POST:
        return _page(request, context, Filled(name, decision_pane.unjudged(context, name, form)))
    if not form.is_valid():
        return _page(request, context, Filled(name, form), status=400)
    try:
        looked = _look(request, context, name, form)
        if looked is not None:
            return _page(request, context, Filled(name, form, looked))
        said = STEPS[name].do(context, form)
    except NotFound:
        raise
    except GongdaoError as problem:
        return _page(request, _context(case_id, caller), Filled(name, form), problem)
    messages.success(request, str(said or STEPS[name].done))
    return HttpResponseRedirect(Where.of(request.GET).url("desk_case", case_id))


@private
@login_required
@require_POST
def claim(request: HttpRequest, case_id: str, action: str) -> HttpResponse:
    """Take a case, give it back or on; whatever stands in its way, the reason is still there."""
    caller = caller_of(request.user)
    context = _context(case_id, caller)
    if action not in pulling.DONE or context.view.seat is not Seat.STAFF:
        raise not_found()
    try:
        pulling.do(context.view.id, action, request.POST, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return _page(request, _context(case_id, caller), problem=problem, tried=action)
    messages.success(request, words.said(pulling.DONE, action))
    return HttpResponseRedirect(Where.of(request.GET).url("desk_case", case_id))


@private
@login_required
@require_POST
def compare(request: HttpRequest, case_id: str) -> HttpResponse:
    """Say whether another case is about the same matter."""
    caller = caller_of(request.user)
    context = _context(case_id, caller)
    if context.view.seat is not Seat.STAFF:
        raise not_found()
    same = request.POST.get("same") == "yes"
    other = CaseId(request.POST.get("other", ""))
    try:
        app().alike.compare(context.view.id, other, same=same, caller=caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return _page(request, _context(case_id, caller), problem=problem)
    done = _("Noted: the same matter.") if same else _("Noted: another matter.")
    messages.success(request, done)
    return HttpResponseRedirect(Where.of(request.GET).url("desk_case", case_id))


@private
@login_required
@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """Notices whose e-mail is failing: somebody may be waiting for word."""
    tabs = queue_pane.tabs(caller_of(request.user), "undelivered")
    records = app().records
    items = [
        pieces.NoticeItem(
            subject=records.opened(notice.letter(words.language()).subject),
            words=_("To: %(role)s. Attempts so far: %(n)d.")
            % {"role": words.said(words.ROLES, notice.reader.value), "n": notice.attempts},
            at=notice.issued_at,
            url=_about(notice),
            sent=words.said(words.DELIVERIES, notice.email.value),
            tone=pieces.Tone.URGENT,
        )
        for notice in records.notices.undelivered(_AT_ONCE)
    ]
    return render(request, "desk/undelivered.html", {"items": items, "tabs": tabs, "here": "desk"})


def _about(notice: Notice) -> str:
    """Where the matter of a letter lies: a case, a notice about rights, a roster, a text."""
    if notice.template.startswith(rights_letters.TEMPLATE):
        return reverse("desk_rights_matter", args=[notice.case])
    if notice.template.startswith("screening_"):
        return reverse("desk_screening_numbers")
    if notice.template.startswith("held_"):
        return reverse("desk_held_post", args=[notice.case])
    if notice.template.startswith(("training_", "certificate_")):
        return reverse("desk_training")
    if notice.template.startswith("misuse_"):
        return reverse("desk_objections")
    if notice.template.startswith(("firm_", "duty_")):
        return reverse("desk_duty")
    return Where(QueueName.PRIORITY).url("desk_case", notice.case)


def _context(case_id: str, caller: Caller) -> Context:
    view = app().files.open(CaseId(case_id), caller)
    if view.seat not in {Seat.STAFF, Seat.AUDITOR}:
        raise not_found()
    platform, _at, version = view.pack.partition("@")
    return Context(app(), view, app().records.policy(PackRef(platform, version)), caller)


def _look(request: HttpRequest, context: Context, name: str, form: Any) -> Check | None:
    """What will happen, where that was not yet seen as it is now; None once it was."""
    if not STEPS[name].decides:
        return None
    found = check(context, name, form)
    if "sure" not in request.POST:
        return found
    if request.POST.get("seen", "") != found.seen:
        raise MovedOn(
            "decision.ladder_moved",
            hint_noop("Another decision came in between. Look at what would happen now."),
        )
    return None


def _page(
    request: HttpRequest,
    context: Context,
    filled: Filled | None = None,
    problem: GongdaoError | None = None,
    status: int = 200,
    tried: str = "",
) -> HttpResponse:
    asked = request.POST.get("clause") or request.GET.get("clause") or ""
    left = queue_pane.pane(request, context.caller, context.view.id)
    page = {
        **left,
        **case_pane.pane(context, app().records.clock()),
        **pulling.pane(context, left["kept"], tried, request.POST),
        **decision_pane.pane(context, filled, left["kept"], asked),
        "here": "desk",
        "named_packet": named_packet.address(context.view.id, context.caller),
        "problem": problem,
        "problem_hint": words.hint(problem) if problem else "",
    }
    return render(request, "desk/case.html", page, status=status_of(problem) if problem else status)
