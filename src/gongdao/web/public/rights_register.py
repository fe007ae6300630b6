"""The public register of notices, counter-notices and outcomes: nobody stands in it."""

import csv
import json
from io import StringIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.domain.flows.rights_register import PAGE, RegisterLine, RightsRegister
from gongdao.web import rights_pieces, words
from gongdao.web.public.rights_notice import policy_now


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The register, newest first."""
    found = _register().page(request.GET.get("before") or None)
    shown = {
        "here": "register",
        "lines": [_shown(line) for line in found],
        "older": f"{reverse('register')}?before={found[-1].number}" if len(found) == PAGE else "",
    }
    return render(request, "public/rights_register.html", shown)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """All of it as a table."""
    del request
    text = StringIO()
    names = list(RegisterLine.__dataclass_fields__)
    table = csv.DictWriter(text, names)
    table.writeheader()
    for line in _register().all():
        table.writerow(dict(line.plain()))
    return _file("\ufeff" + text.getvalue(), "text/csv; charset=utf-8", "csv")


@require_safe
def as_json(request: HttpRequest) -> HttpResponse:
    """All of it for programs."""
    del request
    lines = [dict(line.plain()) for line in _register().all()]
    text = json.dumps({"register": lines}, ensure_ascii=False)
    return _file(text, "application/json; charset=utf-8", "json")


def _register() -> RightsRegister:
    return RightsRegister(app().records)


def _shown(line: RegisterLine) -> dict[str, object]:
    """A line with its codes in words."""
    policy, language = policy_now(), words.language()
    kinds = {m.kind.value: m.title.in_(language) for m in policy.measures}
    found = [
        words.said(rights_pieces.MARKS, mark)
        for mark in (line.notice_found, line.counter_notice_found)
        if mark
    ]
    return {
        "line": line,
        "right": rights_pieces.right_title(policy, line.right),
        "measure": kinds.get(line.measure or "", ""),
        "outcome": words.said(rights_pieces.STAGES, line.outcome),
        "because": words.said(rights_pieces.BECAUSE, line.because) if line.because else "",
        "found": found,
    }


def _file(text: str, kind: str, ending: str) -> HttpResponse:
    answer = HttpResponse(text, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="gongdao-register.{ending}"'
    return answer
