"""Take the next case, keep it, give it back or on; and why it stands where it stands."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import DECIDERS, not_found
from gongdao.domain.flows.pulling import Standing
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import CaseId, PersonId
from gongdao.domain.policy.weights import PLAIN
from gongdao.domain.triage.model import Factor, FactorKind
from gongdao.web import words
from gongdao.web.desk.queue_pane import OF_APPEALS, Where
from gongdao.web.desk.step import Context
from gongdao.web.public.private import private

TITLES: words.Words = {
    "harm": gettext_lazy("Harm"),
    "spread": gettext_lazy("Spread"),
    "growth": gettext_lazy("Growth"),
    "credibility": gettext_lazy("Reporters"),
    "vulnerability": gettext_lazy("Who must not wait"),
    "repetition": gettext_lazy("Repeated violations"),
    "waiting": gettext_lazy("Waiting"),
}
DONE: words.Words = {
    "take": gettext_lazy("The case is kept for you."),
    "release": gettext_lazy("The case is back in the queue."),
    "conflict": gettext_lazy("The case is back in the queue. You will not be given it again."),
    "hand_over": gettext_lazy("The case is handed over."),
    "escalate": gettext_lazy("The senior reviewers have the case."),
}
"""What is said once it is done, by the action."""


_LAST = 286
"""An answer after which htmx asks no more."""


@dataclass(frozen=True, slots=True)
class FactorShown:
    """One part of a priority, in words."""

    title: str
    said: str
    points: str


@private
@login_required
@require_POST
def next_case(request: HttpRequest) -> HttpResponse:
    """Claim the case that comes next, and open it."""
    where = Where.of(request.GET)
    try:
        caller = caller_of(request.user)
        of_appeals = where.name in OF_APPEALS
        stories = app()
        taken = stories.around_appeals.hearings if of_appeals else stories.pulling
        case = taken.next(caller)
    except Refused as problem:
        messages.info(request, words.hint(problem))
        return HttpResponseRedirect(where.url("desk"))
    if case is None:
        messages.info(request, _("Nothing waits for you now."))
        return HttpResponseRedirect(where.url("desk"))
    return HttpResponseRedirect(where.url("desk_case", case))


@private
@login_required
@require_POST
def keep(request: HttpRequest, case_id: str) -> HttpResponse:
    """A sign of life from the open page; words for it where the case is somebody else's by now."""
    try:
        app().pulling.keep(CaseId(case_id), caller_of(request.user))
    except Refused as problem:
        hint = {"hint": words.hint(problem)}
        return render(request, "desk/lost_hold.html", hint, status=_LAST)
    return HttpResponse(status=204)


def do(case: CaseId, action: str, said: QueryDict, caller: Caller) -> None:
    """Take a case, give it back, or give it on."""
    pulling, reasons = app().pulling, said.get("reasons", "")
    match action:
        case "take":
            pulling.take(case, caller)
        case "release" | "conflict":
            pulling.release(case, caller, conflict=action == "conflict")
        case "hand_over":
            pulling.hand_over(case, PersonId(said.get("to", "")), reasons, caller)
        case "escalate":
            pulling.escalate(case, reasons, caller)
        case _:
            raise not_found()


def pane(context: Context, kept: str, tried: str, said: QueryDict) -> dict[str, Any]:
    """What the case pane shows of its place in the queue."""
    standing = app().pulling.standing(context.view.id, context.caller)
    if standing is None:
        return {"standing": None}
    decides = context.caller.has(*DECIDERS) and context.view.seat.value == "staff"
    free = standing.holder is None and standing.ready
    return {
        "standing": standing,
        "factors": [_shown(context, factor) for factor in standing.factors],
        "holder": _holder(standing),
        "kept": kept,
        "can_take": decides and free,
        "can_share": decides and (standing.mine or standing.holder is None),
        "colleagues": _colleagues(context) if standing.mine else [],
        "reason_max": context.policy.limits.reason_max,
        "tried": tried,
        "said": said if tried else {},
    }


def _colleagues(context: Context) -> list[tuple[PersonId, str]]:
    return app().pulling.colleagues(context.view.id, context.caller)


def _holder(standing: Standing) -> str:
    if not standing.ready:
        return _("Waits for an answer. It comes back to the queue by itself.")
    if standing.holder is None:
        return _("Nobody works on this case yet.")
    if standing.mine:
        return _("You work on this case. It stays with you while this page is open.")
    name = app().records.staff.name(standing.holder) or _("Somebody who has left")
    return _("%(name)s works on this case.") % {"name": name}


def _shown(context: Context, factor: Factor) -> FactorShown:
    title = words.said(TITLES, factor.kind.value)
    return FactorShown(title, _said(context, factor), f"{factor.points:+d}")


def _said(context: Context, factor: Factor) -> str:
    """What was counted, in words."""
    n = round(factor.value)
    match factor.kind:
        case FactorKind.HARM:
            return context.view.category_title(words.language())
        case FactorKind.SPREAD:
            if not n:
                return _("no numbers from the app")
            return ngettext("reached about %(n)s person", "reached about %(n)s people", n) % {
                "n": f"{n:,}"
            }
        case FactorKind.GROWTH:
            return _("%(n)s more an hour") % {"n": f"{n:,}"} if n else _("no growth known")
        case FactorKind.CREDIBILITY:
            return _("neutral") if not factor.points else _("by how often they were right")
        case FactorKind.VULNERABILITY:
            weights = context.policy.triage or PLAIN
            flag = weights.flag(context.view.category)
            return flag.title.in_(words.language()) if flag and factor.code else _("nobody named")
        case FactorKind.REPETITION:
            if not factor.points:
                return _("no grade that restricts")
            return _("the account's grade restricts it; that says nothing of this case")
        case FactorKind.WAITING:
            return ngettext("%(n)d hour", "%(n)d hours", n) % {"n": n}
