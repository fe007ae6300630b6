"""Giving a notice about one's rights: which right, what content, what shows it, who, check."""

import hashlib
import json
import secrets
from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of, once
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.domain.policy.counter_notices import CounterNoticePolicy, Right
from gongdao.site.hints import hint_of
from gongdao.web import incoming, pieces, rights_pieces, words
from gongdao.web.public import evidence, limits, opened, sealed
from gongdao.web.public.private import private
from gongdao.web.public.rights_forms import (
    PROOF,
    ContentForm,
    ProofsForm,
    RightForm,
    VouchForm,
    WhoForm,
    given,
)

_DRAFT = "rights_draft"
_STEPS = ("right", "content", "evidence", "who", "check")
_SCOPE = "page.rights_notice"
Values = dict[str, Any]


def policy_now() -> CounterNoticePolicy:
    """The rules by which a notice that comes in now is judged."""
    return app().around_appeals.takedown.policy_now()[1]


@private
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """What a notice is, and the way to follow one."""
    written = request.POST.get("code", request.GET.get("code"))
    errors: list[pieces.FieldError] = []
    if written is not None:
        code = opened.grouped(written)
        try:
            limits.looked_up(request, lambda: app().around_appeals.takedown.holder(code))
        except GongdaoError as problem:
            errors = [pieces.FieldError("code", hint_of(problem), problem.code)]
        else:
            return redirect("rights_matter", code)
    policy = policy_now()
    page = {
        "here": "notice",
        "written": written or "",
        "errors": errors,
        "liability": policy.liability.in_(words.language()),
        "why": policy.identity.why.in_(words.language()),
    }
    return render(request, "public/rights_entrance.html", page, status=404 if errors else 200)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def right(request: HttpRequest) -> HttpResponse:
    """Which right."""
    form_of: Callable[..., forms.Form] = lambda *a, **k: RightForm(policy_now(), *a, **k)  # noqa: E731
    return _step(request, "right", form_of, _("Which of your rights is it about?"))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def content(request: HttpRequest) -> HttpResponse:
    """What content."""
    form_of: Callable[..., forms.Form] = lambda *a, **k: ContentForm(policy_now(), *a, **k)  # noqa: E731
    return _step(request, "content", form_of, _("Which content exactly, and what is wrong?"))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def who(request: HttpRequest) -> HttpResponse:
    """Who you are: asked for by law."""
    return _step(request, "who", WhoForm, _("Who are you?"))


@private
@require_http_methods(["GET", "HEAD", "POST"])
def proofs(request: HttpRequest) -> HttpResponse:
    """What shows the right, in words and files."""
    draft = _draft(request)
    found = _right(draft)
    if found is None:
        return redirect("rights_new")
    policy = policy_now()
    if "drop" in request.POST:
        draft["files"] = [t for t in draft.get("files", []) if t != request.POST["drop"]]
        _keep(request, draft)
        return redirect("rights_evidence")
    errors: list[pieces.FieldError] = []
    form = ProofsForm(policy, found.notice, initial=draft)
    if request.method == "POST":
        form = ProofsForm(policy, found.notice, request.POST)
        came, errors = files_of(request)
        draft["files"] = list(dict.fromkeys([*draft.get("files", []), *came]))
        if not draft["files"] and not errors:
            errors = [needs_file()]
        draft |= {name: request.POST.get(name, "") for name in form.fields}
        _keep(request, draft)
        if form.is_valid() and not errors:
            return redirect("rights_who")
    page = {
        "files": True,
        "waiting": evidence.waiting(draft.get("files", [])),
        "file_errors": errors,
    }
    title = _("What shows it at first sight?")
    return _page(request, "evidence", form, title, page, bad=request.method == "POST")


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Read it again, vouch for it, and send."""
    draft = _draft(request)
    if not all(draft.get(name) for name in ("right", "items", "files", "name")):
        return redirect("rights_new")
    policy, errors = policy_now(), list[pieces.FieldError]()
    form = VouchForm(policy, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            limits.spend_report(request)
            code = _send(request, draft)
        except GongdaoError as problem:
            if problem.code == limits.NEEDS_PROOF:
                return _proof(request, problem)
            errors = [pieces.FieldError("", hint_of(problem), problem.code)]
        else:
            sealed.drop(request, _DRAFT)
            return redirect(f"{reverse('rights_matter', args=[code])}?sent=1")
    found = _right(draft)
    titles = {r.code: r.title.in_(words.language()) for r in found.notice} if found else {}
    page = {
        "draft": draft,
        "right": rights_pieces.right_title(policy, draft["right"]),
        "items": draft["items"].splitlines(),
        "party": words.said(rights_pieces.PARTIES, draft.get("party") or "person"),
        "proofs": [(title, draft.get(PROOF + code, "")) for code, title in titles.items()],
        "waiting": evidence.waiting(draft.get("files", [])),
        "errors": errors,
        "form": form,
        "here": "notice",
        "n": len(_STEPS),
        "all": len(_STEPS),
        "why": policy.identity.why.in_(words.language()),
        "liability": policy.liability.in_(words.language()),
    }
    bad = request.method == "POST"
    return render(request, "public/rights_check.html", page, status=400 if bad else 200)


def files_of(request: HttpRequest) -> tuple[list[str], list[pieces.FieldError]]:
    """The files of a form that may also come without any."""
    if not request.FILES and not request.POST.getlist("upload"):
        return [], []
    came = incoming.taken(request)
    return came.tokens, came.errors


def needs_file() -> pieces.FieldError:
    """What is said where a paper comes without a file."""
    problem = BadInput("exhibit.none", hint_noop("Choose a file first."))
    return pieces.FieldError("id_file", hint_of(problem), problem.code)


def _send(request: HttpRequest, draft: Values) -> str:
    """Give the notice; a second press of the button gives the first one's code."""
    values = {**draft, "bona_fide": True}
    paper = given(values, draft.get("files", []))
    caller = caller_of(request.user)
    written = json.dumps(draft, sort_keys=True, ensure_ascii=False)
    digest = hashlib.sha256(f"{caller.person}\n{written}".encode()).hexdigest()

    def do() -> tuple[int, str]:
        receipt = app().around_appeals.takedown.give(paper, caller)
        return 201, json.dumps({"code": receipt.code})

    _status, answer = once(_SCOPE, draft["token"], digest, do)
    return str(json.loads(answer)["code"])


def _step(
    request: HttpRequest, name: str, form_of: Callable[..., forms.Form], title: str
) -> HttpResponse:
    draft = _draft(request)
    if name != "right" and _right(draft) is None:
        return redirect("rights_new")
    if request.method == "POST":
        form = form_of(request.POST)
        draft |= {field: request.POST.get(field, "") for field in form.fields}
        _keep(request, draft)
        if form.is_valid():
            return redirect(f"rights_{_STEPS[_STEPS.index(name) + 1]}")
        return _page(request, name, form, title, {}, bad=True)
    return _page(request, name, form_of(initial=draft), title, {})


def _page(
    request: HttpRequest, name: str, form: forms.Form, title: str, more: Values, *,
    bad: bool = False,
) -> HttpResponse:  # fmt: skip
    policy, number = policy_now(), _STEPS.index(name)
    before = reverse("rights_new" if number < 2 else f"rights_{_STEPS[number - 1]}")  # noqa: PLR2004
    page = {
        "here": "notice",
        "form": form,
        "title": title,
        "name": name,
        "n": number + 1,
        "all": len(_STEPS),
        "back": reverse("rights") if number == 0 else before,
        "why": policy.identity.why.in_(words.language()) if name == "who" else "",
        **more,
    }
    return render(request, "public/rights_step.html", page, status=400 if bad else 200)


def _proof(request: HttpRequest, problem: GongdaoError) -> HttpResponse:
    page = {
        "here": "notice",
        "code": problem.code,
        "challenge": problem.facts["challenge"],
        "difficulty": problem.facts["difficulty"],
        "wait": problem.facts["seconds"],
        "n": len(_STEPS),
        "all": len(_STEPS),
    }
    answer = render(request, "public/rights_proof.html", page, status=429)
    answer["Retry-After"] = str(problem.facts["seconds"])
    return answer


def _draft(request: HttpRequest) -> Values:
    return {"token": secrets.token_urlsafe(16), **sealed.get(request, _DRAFT)}


def _keep(request: HttpRequest, draft: Values) -> None:
    sealed.put(request, _DRAFT, draft)


def _right(draft: Values) -> Right | None:
    return policy_now().right(str(draft.get("right", "")))
