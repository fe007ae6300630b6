"""What a party brought to its case, and bringing more: with a code, or signed in."""

from collections.abc import Iterable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import DecisionId
from gongdao.site.hints import hint_of
from gongdao.web import chain_pieces, exhibit_pieces, incoming, material_pieces, pieces
from gongdao.web.public import code_door
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private
from gongdao.web.public.report_draft import Draft


@private
@require_http_methods(["GET", "HEAD", "POST"])
def of_report(request: HttpRequest) -> HttpResponse:
    """Files for a report that is still being written: they go with it when it is sent."""
    draft = Draft.of(request)
    if not draft.said_where:
        return redirect("report")
    errors: list[pieces.FieldError] = []
    again = ""
    if "drop" in request.POST:
        kept = [t for t in draft.files.split() if t != request.POST["drop"]]
        draft.with_({"files": " ".join(kept)}).keep(request)
        return redirect("report_evidence")
    if request.method == "POST":
        came = incoming.taken(request)
        files = list(dict.fromkeys([*draft.files.split(), *came.tokens]))[: _most()]
        draft = draft.with_({"files": " ".join(files), "captured": incoming.captured(request)})
        draft.keep(request)
        if not came.errors:
            return redirect("report_check" if draft.said_what else "report_evidence")
        errors, again = came.errors, came.again
    page = {
        "here": "report",
        "waiting": waiting(draft.files.split()),
        "done": bool(draft.said_what),
        **incoming.form(app().uploading.policy(), errors, again),
    }
    return render(request, "public/report_evidence.html", page, status=400 if errors else 200)


def waiting(tokens: Iterable[str]) -> list[dict[str, str]]:
    """Files that were sent and not handed in; one whose time is over is left out."""
    found = []
    for token in tokens:
        try:
            upload = app().uploading.status(token)
        except GongdaoError:
            continue
        size = exhibit_pieces.size_words(upload.size)
        found.append({"token": token, "name": upload.name, "size": size})
    return found


def _most() -> int:
    return app().uploading.policy().limits.per_party_max


def _page(request: HttpRequest, case: Opened) -> HttpResponse:
    errors: list[pieces.FieldError] = []
    again = ""
    decision = _appealable(case)
    if decision and material_pieces.asked(request):
        errors = material_pieces.take(request, decision, case.view.id, case.caller)
        if not errors:
            return redirect(f"{case.url('evidence')}#material-{request.POST['material']}")
    elif request.method == "POST":
        came = incoming.taken(request)
        again = came.again
        errors = came.errors + attach(request, case, came.tokens)
        if not errors:
            return redirect(case.url("evidence"))
    found = app().exhibiting.of_case(case.view.id, case.caller)
    page = {
        "here": "track" if case.is_reporter else "appeal",
        "case": case,
        "chain": case.url("chain"),
        "exhibits": exhibit_pieces.listed(found),
        "materials": decision and material_pieces.page(decision, case.view.id, case.caller),
        **incoming.form(app().records.exhibit_policy(case.pack), errors, again),
    }
    return render(request, "public/evidence.html", page, status=400 if errors else 200)


def _appealable(case: Opened) -> DecisionId | None:
    """The decision that its pages speak of, once there is one."""
    return DecisionId(case.view.decision.id) if case.view.decision else None


def _chain(request: HttpRequest, case: Opened) -> HttpResponse:
    found = app().looking.chaining.chain_of(case.view.id, case.caller)
    errors: list[pieces.FieldError] = []
    if request.method == "POST":
        errors = chain_pieces.keep(request, found, case.caller)
        if not errors:
            return redirect(case.url("chain"))
    page = {
        "here": "track" if case.is_reporter else "appeal",
        "case": case,
        "evidence": case.url("evidence"),
        "may_explain": True,
        "errors": errors,
        "wrong": request.POST.get("exhibit", ""),
        **chain_pieces.page(found),
    }
    return render(request, "public/chain.html", page, status=400 if errors else 200)


def attach(request: HttpRequest, case: Opened, tokens: list[str]) -> list[pieces.FieldError]:
    """Add files to the case; what is wrong with them."""
    if not tokens:
        return []
    said = Said(incoming.captured(request))
    try:
        app().exhibiting.attach(case.view.id, tokens, said, case.caller)
    except GongdaoError as problem:
        return [pieces.FieldError(incoming.FIELD, hint_of(problem), problem.code)]
    done = ngettext(
        "%(n)d file is in the case file now.", "%(n)d files are in the case file now.", len(tokens)
    ) % {"n": len(tokens)}
    messages.success(request, done)
    return []


files, chain = code_door.doors(_page), code_door.doors(_chain)
