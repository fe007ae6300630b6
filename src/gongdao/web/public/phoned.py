"""What somebody said on the phone, on the page of their case, and the code that confirms it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.bootstrap import app
from gongdao.domain.access.rules import not_found
from gongdao.domain.appeals.dictation import PARTS
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import DictationId
from gongdao.site.hints import hint_of
from gongdao.web import words
from gongdao.web.public import code_door
from gongdao.web.public.opened import Opened

TITLES: words.Words = {
    "facts": gettext_lazy("What happened"),
    "acknowledge": gettext_lazy("What you acknowledge"),
    "change": gettext_lazy("What you will change"),
}


def _page(request: HttpRequest, case: Opened) -> HttpResponse:
    if case.is_reporter:
        raise not_found()
    problem: Refused | None = None
    if request.method == "POST":
        name = DictationId(request.POST.get("call", ""))
        try:
            app().around_appeals.phoning.confirm(name, request.POST.get("code", ""), case.caller)
        except Refused as refused:
            problem = refused
        else:
            messages.success(request, _("We have your appeal. It counts from your call."))
            return redirect(case.url())
    found = app().around_appeals.phoning.of_case(case.view.id, case.caller)
    page = {
        "here": "appeal",
        "case": case,
        "calls": [shown(each) for each in found],
        "appeal_url": case.url("appeal"),
        "problem": hint_of(problem) if problem else "",
        "problem_code": problem.code if problem else "",
    }
    return render(request, "public/phoned.html", page, status=409 if problem else 200)


def shown(call: Any) -> dict[str, Any]:
    """A call with its parts under their titles."""
    parts = [(words.said(TITLES, name), text) for name, text in zip(PARTS, call.parts, strict=True)]
    return {"view": call, "parts": [(title, text) for title, text in parts if text]}


page = code_door.doors(_page)
