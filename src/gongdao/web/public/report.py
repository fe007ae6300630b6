"""Reporting in three steps: what and where, what happened, check and send. Then the receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.flows.reporting import Receipt
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.policy.model import CasePolicy, SubjectKind
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.public import evidence, limits, receipt, report_guide, report_link
from gongdao.web.public.private import private
from gongdao.web.public.report_draft import Draft
from gongdao.web.public.report_forms import FIELD_OF, KIND_HINTS, WhatForm, WhereForm
from gongdao.web.public.sending import file_once

_HOTLINES = {"12377", "12315"}
"""The pack's ways outside that take a report by telephone."""


def policy_now() -> CasePolicy:
    """The rules by which a report that comes in now is judged."""
    records = app().records
    pack = records.packs.in_force(HOUSE, records.clock().astimezone(CHINA).date())
    return records.policy(pack.ref)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def where(request: HttpRequest) -> HttpResponse:
    """Step 1: what it is, and where. A link may fill it in; one that an app signed skips it."""
    policy, draft = policy_now(), Draft.of(request)
    if report_link.is_link(request) and request.method != "POST":
        draft = report_link.draft_of(request, policy, draft)
        draft.keep(request)
        return redirect("report_what" if draft.linked == "app" else "report")
    if "anew" in request.POST:
        Draft.forget(request)
        return redirect("report")
    if draft.linked == "app":
        return _given_page(request, draft)
    if request.method == "POST":
        form = WhereForm(policy, request.POST)
        if form.is_valid():
            draft.with_({**form.cleaned_data, "left_out": ""}).keep(request)
            return redirect("report_what")
        return _where_page(request, draft, form, 400)
    return _where_page(request, draft, WhereForm(policy, initial=draft.values()))


def _given_page(request: HttpRequest, draft: Draft) -> HttpResponse:
    """What an app vouches for: it is read here, and not changed."""
    page = {"here": "report", "draft": draft, "kind": words.said(words.SUBJECTS, draft.kind)}
    return render(request, "public/report_given.html", page)


def _where_page(
    request: HttpRequest, draft: Draft, form: WhereForm, status: int = 200
) -> HttpResponse:
    left_out = [words.said(words.LINK_PARTS, name) for name in draft.left_out.split()]
    hints = {kind: str(hint) for kind, hint in KIND_HINTS.items()}
    said = report_guide.before(report_guide.policy_of_today())
    page = {"here": "report", "form": form, "hints": hints, "draft": draft, **said}
    page["left_out"] = left_out
    return render(request, "public/report_where.html", page, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def what(request: HttpRequest) -> HttpResponse:
    """Step 2: what happened, and what you would like to happen."""
    policy, draft = policy_now(), Draft.of(request)
    if not draft.said_where:
        return redirect("report")
    kind, signed_in = SubjectKind(draft.kind), request.user.is_authenticated
    if request.method == "POST":
        form = WhatForm(policy, kind, request.POST, signed_in=signed_in)
        if "stay" in request.POST:  # without JavaScript: show the guidance, judge nothing yet
            draft = draft.with_({name: request.POST.get(name, "") for name in form.fields})
            draft.keep(request)
            unjudged = WhatForm(policy, kind, initial=draft.values(), signed_in=signed_in)
            return _what_page(request, draft, unjudged)
        if form.is_valid():
            draft.with_(form.cleaned_data).keep(request)
            return redirect("report_check")
        return _what_page(request, draft, form, 400)
    initial = draft.values()
    initial["language"] = draft.language or (get_language() or "zh-hans")
    return _what_page(request, draft, WhatForm(policy, kind, initial=initial, signed_in=signed_in))


def _what_page(
    request: HttpRequest, draft: Draft, form: WhatForm, status: int = 200
) -> HttpResponse:
    panel = {"hx-get": reverse("report_guidance"), "hx-target": "#guidance"}
    form.fields["category"].widget.attrs |= panel
    guidance = report_guide.of(draft, str(form["category"].value() or ""))
    page = {"here": "report", "form": form, "guidance": guidance, "draft": draft}
    page["kind"] = words.said(words.SUBJECTS, draft.kind)
    return render(request, "public/report_what.html", page, status=status)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Step 3: read it again, and send."""
    draft = Draft.of(request)
    token = request.POST.get("token", "")
    if token and token == receipt.token(request):
        return redirect("report_sent")  # pressed twice, or sent again after going back
    if not draft.said_where:  # sent, and gone back: the receipt says more than an empty form
        return redirect("report_sent" if receipt.token(request) else "report")
    if not draft.said_what:
        return redirect("report_what")
    if request.method == "POST":
        return _send(request, draft)
    return _check_page(request, draft)


def _check_page(request: HttpRequest, draft: Draft, problem: Refused | None = None) -> HttpResponse:
    policy, language = policy_now(), words.language()
    category = policy.category(draft.category)
    wishes = {remedy.code: remedy.title.in_(language) for remedy in policy.remedies}
    meter, ready = report_guide.meter(draft)
    page = {
        "here": "report",
        "draft": draft,
        "files": evidence.waiting(draft.files.split()),
        "meter": meter,
        "ready": ready,
        "kind": words.said(words.SUBJECTS, draft.kind),
        "category": category.title.in_(language) if category else draft.category,
        "withdrawal": category.withdrawal.why.in_(language) if category else "",
        "remedy": wishes.get(draft.remedy, ""),
        "signed_in": request.user.is_authenticated,
        "errors": [_error(problem)] if problem else [],
    }
    return render(request, "public/report_check.html", page, status=400 if problem else 200)


def _error(problem: Refused) -> pieces.FieldError:
    field = FIELD_OF.get(problem.code, "")
    return pieces.FieldError(f"change-{field}" if field else "", hint_of(problem), problem.code)


def _send(request: HttpRequest, draft: Draft) -> HttpResponse:
    try:
        limits.spend_report(request)
        filed = file_once(draft.token, draft.submission(), caller_of(request.user))
    except Refused as problem:
        if problem.code == limits.NEEDS_PROOF:
            return _proof_page(request, draft, problem)
        return _check_page(request, draft, problem)
    _hand_in(request, draft, filed)
    receipt.keep(request, filed, draft)
    Draft.forget(request)
    return redirect("report_sent")


def _hand_in(request: HttpRequest, draft: Draft, filed: Receipt) -> None:
    """Hand in what goes with it. The report stands, whatever becomes of its files."""
    tokens = draft.files.split()
    if not tokens:
        return
    case, person = app().records.codes.opens(filed.code)
    caller, said = Caller(person, only_case=case), Said(draft.captured)
    lost = app().exhibiting.attach_what_is_there(case, tokens, said, caller)
    if lost:
        messages.warning(
            request, gettext("Some files could not be added. Add them again on the case's page.")
        )


def _proof_page(request: HttpRequest, draft: Draft, problem: Refused) -> HttpResponse:
    """What solves the challenge and sends the report again; without scripts it says to wait."""
    language = words.language()
    page = {
        "here": "report",
        "draft": draft,
        "code": problem.code,
        "challenge": problem.facts["challenge"],
        "difficulty": problem.facts["difficulty"],
        "wait": problem.facts["seconds"],
        "routes": [
            (route.title.in_(language), route.detail.in_(language))
            for route in policy_now().appeals.routes
            if route.code in _HOTLINES
        ],
    }
    answer = render(request, "public/report_proof.html", page, status=429)
    answer["Retry-After"] = str(problem.facts["seconds"])
    return answer
