"""Reading in a table of orders and reviews: chosen, looked at, confirmed, and followed."""

from itertools import groupby
from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.importing import hold
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes import tables
from gongdao.domain.disputes.imports import Choice, Import, ImportId
from gongdao.domain.flows.importing import Preview
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, hint_noop
from gongdao.domain.kernel.ids import OrganisationId
from gongdao.domain.organisations.model import Right
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.merchants import dispute_words, start_forms
from gongdao.web.public.private import private
from gongdao.web.public.report_forms import choose

_SHOWN = 10


class TableForm(forms.Form):
    """Where the table is from, and which reviews matter."""

    where = forms.ChoiceField(label=_("Where is the table from?"))
    most_stars = forms.ChoiceField(
        label=_("Open disputes for reviews of at most"),
        choices=[(str(n), "★" * n + "☆" * (5 - n)) for n in (1, 2, 3, 4, 5)],
        initial="2",
    )

    def __init__(self, organisation: OrganisationId, caller: Caller, *args: Any) -> None:
        super().__init__(*args)
        choose(self, "where", start_forms.places(organisation, caller))

    def choice(self) -> Choice:
        """What was chosen, for the story."""
        platform, shop = start_forms.place(self.cleaned_data["where"])
        return Choice(platform, shop, int(self.cleaned_data["most_stars"]))


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest, organisation_id: str) -> HttpResponse:
    """Choose a table, say which column is which, and have it read in."""
    ours, caller = OrganisationId(organisation_id), caller_of(request.user)
    stories = app().disputes
    stories.organising.seat(ours, caller, Right.WORK)
    form = TableForm(ours, caller, *([request.POST] if request.method == "POST" else []))
    errors: list[pieces.FieldError] = []
    preview, token = None, request.POST.get("token", "")
    if request.method == "POST" and form.is_valid():
        try:
            if request.FILES.get("table") is not None or not token:
                content, token = _taken(request)
                columns = None
            else:
                content, columns = stories.importing.held(token), _columns(request)
            choice = form.choice()
            preview = stories.importing.look(ours, content, choice, caller, columns)
            if "read" in request.POST and not preview.table.wrong_in_all:
                new = stories.importing.begin(ours, token, choice, caller, preview.table.columns)
                return redirect("dispute_import", ours, new)
        except NotFound as problem:
            if problem.code != "upload.unknown":
                raise
            errors = [pieces.FieldError("table", hint_of(problem), problem.code)]
        except GongdaoError as problem:
            errors = [pieces.FieldError("table", hint_of(problem), problem.code)]
    page = {
        "form": form,
        "errors": errors,
        "token": token if preview else "",
        "preview": _shown(preview) if preview else None,
        "rows_most": tables.MOST_ROWS,
        "most": tables.MOST_BYTES // 1024**2,
        "latest": [progress(each) for each in stories.importing.latest(ours, caller)[:5]],
        "ours": ours,
        "here": "merchants",
    }
    wrong = bool(errors or form.errors)
    return render(request, "merchants/table.html", page, status=400 if wrong else 200)


@private
@login_required
@require_safe
def one(request: HttpRequest, organisation_id: str, import_id: str) -> HttpResponse:
    """How far a table is."""
    ours = OrganisationId(organisation_id)
    found = app().disputes.importing.get(ours, ImportId(import_id), caller_of(request.user))
    page = {"table": progress(found), "ours": ours, "here": "merchants"}
    return render(request, "merchants/table_one.html", page)


def progress(of: Import) -> dict[str, Any]:
    """How far a table is, for a page."""
    return {
        "id": of.id,
        "stage": of.stage.value,
        "words": words.said(dispute_words.TABLES, of.stage.value),
        "begun_at": of.begun_at,
        "lines": of.lines,
        "written": min(of.written, of.lines),
        "brought": of.brought,
        "problem": of.problem,
    }


def _taken(request: HttpRequest) -> tuple[bytes, str]:
    file = request.FILES.get("table")
    if file is None:
        raise BadInput("exhibit.none", hint_noop("Choose a file first."))
    content = file.read(tables.MOST_BYTES + 1)
    if not content:
        raise BadInput("file.empty", hint_noop("The file is empty. Choose it again."))
    address = str(request.META.get("REMOTE_ADDR", ""))
    return content, hold(content, file.name or "table.csv", address)


def _columns(request: HttpRequest) -> dict[str, int]:
    """Which column says what, as it was chosen for each column."""
    found: dict[str, int] = {}
    for number in range(tables.MOST_COLUMNS):
        name = request.POST.get(f"column-{number}", "")
        if name in found:
            raise BadInput(
                "import.column_twice",
                hint_noop("One column can only say one thing. Choose again."),
            )
        if name:
            found[name] = number
    return found


def _shown(preview: Preview) -> dict[str, Any]:
    table = preview.table
    chosen = {number: name for name, number in table.columns.items()}
    return {
        "columns": [
            {
                "number": number,
                "heading": heading,
                "chosen": chosen.get(number, ""),
                "first": [row[number] for row in table.first[:3] if number < len(row)],
            }
            for number, heading in enumerate(table.headings)
        ],
        "names": [(n, words.said(dispute_words.COLUMNS, n)) for n in tables.HEADINGS],
        "wrong": [
            (number, [hint_of(each.problem) for each in several])
            for number, several in groupby(table.wrong, key=lambda each: each.number)
        ],
        "wrong_in_all": table.wrong_in_all,
        "brings": preview.brings,
        "known": preview.known[:_SHOWN],
        "ambiguous": preview.ambiguous[:_SHOWN],
        "new": len(preview.new),
    }
