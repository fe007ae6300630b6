"""Reading a table into my journal: chosen, looked at, and only then kept."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import caller_of
from gongdao.bootstrap.journaling import allow_entry, held, hold, journals, let_go
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.journal_tables import Wrong
from gongdao.domain.flows.journaling import Preview
from gongdao.domain.kernel.errors import BadInput, GongdaoError, hint_noop
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, journal_pieces, pieces, words
from gongdao.web.public import mine
from gongdao.web.public.journal_forms import TableForm
from gongdao.web.public.private import private

_SHOWN = 20


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def table(request: HttpRequest) -> HttpResponse:
    """Choose a table, see what it would bring, and have it read in."""
    caller, policy = caller_of(request.user), journal_pieces.policy()
    form = TableForm(policy, *([request.POST] if request.method == "POST" else []))
    errors: list[pieces.FieldError] = []
    preview, token = None, ""
    if request.method == "POST" and form.is_valid():
        sort = form.cleaned_data["sort"]
        try:
            if "read" in request.POST:
                allow_entry(_address(request))
                return _read_in(request, request.POST.get("table", ""), sort, caller)
            content, token = _taken(request)
            preview = journals().preview(content, sort, caller)
        except GongdaoError as problem:
            errors = [pieces.FieldError("table", hint_of(problem), problem.code)]
    page = {
        "form": form,
        "errors": errors,
        "token": token,
        "sort": form.data.get("sort", ""),
        "kinds": journal_pieces.kinds(policy),
        "rows_most": policy.limits.rows_max,
        "most": exhibit_pieces.size_words(policy.limits.table_bytes_max),
        "preview": _shown(preview) if preview else None,
        **mine.frame(request, "journal"),
    }
    return render(request, "public/journal_import.html", page, status=400 if errors else 200)


def _taken(request: HttpRequest) -> tuple[bytes, str]:
    address = _address(request)
    allow_entry(address)
    file = request.FILES.get("table")
    if file is None:
        raise BadInput("exhibit.none", hint_noop("Choose a file first."))
    most = journal_pieces.policy().limits.table_bytes_max
    content = file.read(most + 1)
    return content, hold(content, file.name or "journal.csv", address)


def _read_in(request: HttpRequest, token: str, sort: str, caller: Caller) -> HttpResponse:
    done = journals().bring_in(held(token), sort, caller)
    let_go(token)
    said = ngettext("%(n)d line is recorded.", "%(n)d lines are recorded.", len(done.new))
    messages.success(request, said % {"n": len(done.new)})
    return redirect("journal")


def _address(request: HttpRequest) -> str:
    return str(request.META.get("REMOTE_ADDR", ""))


def _shown(preview: Preview) -> dict[str, object]:
    table = preview.table
    language = words.language()
    return {
        "new": len(preview.new),
        "known": [row.line for row in preview.known[:_SHOWN]],
        "known_in_all": len(preview.known),
        "wrong": [(wrong.line, _said(wrong)) for wrong in table.wrong],
        "wrong_in_all": table.wrong_in_all,
        "into_text": table.into_text,
        "left_out": table.left_out,
        "rows": [
            {
                "line": row.line,
                "kind": row.checked.sort.title.in_(language),
                "happened": journal_pieces.happened_words(row.checked.happened),
                "text": row.checked.text,
            }
            for row in preview.new[:_SHOWN]
        ],
    }


def _said(wrong: Wrong) -> str:
    return hint_of(wrong.problem)
