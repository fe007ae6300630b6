"""Exhibits at the desk: adding one, and the page on which one is looked into."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.giving import giving
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import DECIDERS, not_found, seat
from gongdao.domain.evidence.exhibits import Derivative, Finding
from gongdao.domain.flows.exhibit_views import ExhibitFile
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.records import parties_of
from gongdao.domain.intake.model import Case
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import CaseId, ExhibitId, PersonId
from gongdao.domain.policy.exhibits import ExhibitPolicy
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, incoming, journal_pieces, pieces, words
from gongdao.web.desk import texts
from gongdao.web.public.private import private
from gongdao.web.refusals import refused_for
from gongdao.web.viewer import viewer

FINDINGS: words.Words = {
    "sound": gettext_lazy("Sound"),
    "doubtful": gettext_lazy("Doubtful"),
    "unknown": gettext_lazy("Cannot be told"),
}
MADE: words.Words = {
    "thumbnail": gettext_lazy("Small picture"),
    "view": gettext_lazy("Picture to look at"),
    "neutral": gettext_lazy("Copy in which nothing can run"),
    "redacted": gettext_lazy("Redacted copy"),
}
SCANS: words.Words = {
    "not scanned": gettext_lazy("Not scanned for viruses"),
    "clamd: clean": gettext_lazy("Scanned for viruses: nothing found"),
    "clamd: not scanned": gettext_lazy("Not scanned: the virus scanner could not look at it"),
}


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor of authenticity with what was found on it."""

    code: str
    title: str
    hint: str
    finding: str
    said: str
    note: str
    at: object
    by: str


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, case_id: str) -> HttpResponse:
    """Add files to a case, and see all of them."""
    caller = caller_of(request.user)
    case = _case(CaseId(case_id), caller)
    errors: list[pieces.FieldError] = []
    again = ""
    if request.method == "POST":
        came = incoming.taken(request)
        again = came.again
        errors = came.errors + _attach(request, case, came.tokens, caller)
        if not errors:
            return redirect("desk_evidence", case_id)
    page = {
        "here": "desk",
        "case_url": reverse("desk_case", args=[case.id]),
        "chain_url": reverse("desk_chain", args=[case.id]),
        "subject": app().records.opened(case.subject.ref),
        "exhibits": exhibit_pieces.listed(app().exhibiting.of(case, caller), case.id),
        "may_add": caller.has(*DECIDERS),
        **incoming.form(app().records.exhibit_policy(case.pack), errors, again),
    }
    return render(request, "desk/evidence.html", page, status=400 if errors else 200)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exhibit(request: HttpRequest, case_id: str, exhibit_id: str) -> HttpResponse:
    """One exhibit: the file, where it came from, what was made of it, what was looked at."""
    caller = caller_of(request.user)
    case = _case(CaseId(case_id), caller)
    problem = None
    if "original" in request.POST:
        mark = app().exhibiting.take_original(ExhibitId(exhibit_id), caller)
        return redirect(exhibit_pieces.file_link(mark))
    if request.method == "POST":
        problem = refused_for(lambda: _act(request, ExhibitId(exhibit_id), caller))
        if problem is None:
            return redirect(f"{request.path}#factors")
    view = app().looking.open(ExhibitId(exhibit_id), caller)
    found = view.file
    if found.case != case.id:
        raise not_found()
    page = {**everything(case, found), **texts.beside(view.look)}
    page |= {"here": "desk", "may_check": caller.has(*DECIDERS)}
    page["viewer"] = viewer(view, case.id)
    page["errors"] = [] if problem is None else [_error(problem)]
    return render(request, "desk/exhibit.html", page, status=400 if problem else 200)


@private
@login_required
@require_safe
def record(request: HttpRequest, case_id: str, exhibit_id: str) -> HttpResponse:
    """The record of an exhibit as a file, which is checked without us."""
    caller = caller_of(request.user)
    _case(CaseId(case_id), caller)
    given = giving().exhibit(ExhibitId(exhibit_id), caller)
    answer = HttpResponse(given.write(), content_type="application/json")
    name = f"gongdao-exhibit-{exhibit_id}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def everything(case: Case, found: ExhibitFile) -> dict[str, Any]:
    """All that the page says."""
    policy = app().records.exhibit_policy(case.pack)
    factors = _factors(policy, found)
    return {
        "case_url": reverse("desk_case", args=[case.id]),
        "list_url": reverse("desk_evidence", args=[case.id]),
        "subject": app().records.opened(case.subject.ref),
        "exhibit": exhibit_pieces.shown(found.view, case.id),
        "leaf": found.view.leaf,
        "media": found.view.file.media if found.view.file else "",
        "origin": found.origin,
        "from_journal": journal_pieces.whence(found.origin.journal),
        "captured": exhibit_pieces.captured(policy, found.origin.captured),
        "scan": words.said(SCANS, found.origin.scan),
        "also_in": found.also_in,
        "taken": [{"by": _name(each.person), "at": each.at} for each in found.taken],
        "made": [_made(found, each) for each in found.made],
        "factors": factors,
        "looked_at": sum(bool(factor.finding) for factor in factors),
        "record_url": reverse("desk_exhibit_record", args=[case.id, found.view.id]),
        "source": policy.factors_source.source,
        "findings": [(code, str(said)) for code, said in FINDINGS.items()],
    }


def _act(request: HttpRequest, exhibit_id: ExhibitId, caller: Caller) -> None:
    if "release" in request.POST:
        app().exhibiting.release(exhibit_id, request.POST["release"], caller)
        messages.success(request, _("The person concerned can see this copy now."))
        return
    finding = request.POST.get("finding", "")
    if finding not in set(Finding):
        raise not_found()
    factor, note = request.POST.get("factor", ""), request.POST.get("note", "")
    app().exhibiting.check(exhibit_id, factor, Finding(finding), note, caller)
    messages.success(request, _("Noted."))


def _factors(policy: ExhibitPolicy, found: ExhibitFile) -> list[Factor]:
    looked = {check.factor: check for check in found.checks}
    language, shown = words.language(), []
    for ground in policy.factors:
        check = looked.get(ground.code)
        shown.append(
            Factor(
                code=ground.code,
                title=ground.title.in_(language),
                hint=ground.hint.in_(language),
                finding=check.finding if check else "",
                said=words.said(FINDINGS, check.finding) if check else "",
                note=check.note if check else "",
                at=check.at if check else None,
                by=_name(check.person) if check else "",
            )
        )
    return shown


def _name(person: PersonId | None) -> str:
    return (app().records.staff.name(person) if person else None) or ""


def _made(found: ExhibitFile, made: Any) -> dict[str, Any]:
    redacted = made.what is Derivative.REDACTED
    return {
        "what": words.said(MADE, made.what.value),
        "recipe": made.recipe,
        "mark": exhibit_pieces.short_mark(made.file.sha256),
        "url": exhibit_pieces.file_link(made.file),
        "at": made.at,
        "release": made.file.sha256 if redacted and found.released != made.file.sha256 else "",
        "released": redacted and found.released == made.file.sha256,
    }


def _attach(
    request: HttpRequest, case: Case, tokens: list[str], caller: Caller
) -> list[pieces.FieldError]:
    if not tokens:
        return []

    def attach() -> None:
        said = Said(incoming.captured(request))
        app().exhibiting.attach(case.id, tokens, said, caller)

    problem = refused_for(attach)
    if problem is not None:
        return [_error(problem)]
    messages.success(request, _("Added to the case."))
    return []


def _error(problem: GongdaoError) -> pieces.FieldError:
    return pieces.FieldError(incoming.FIELD, hint_of(problem), problem.code)


def _case(case_id: CaseId, caller: Caller) -> Case:
    case = app().records.cases.get(case_id).now
    if seat(caller, parties_of(case)) not in {Seat.STAFF, Seat.AUDITOR}:
        raise not_found()
    return case
