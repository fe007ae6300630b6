"""My journal: the list, a new entry, one entry with its proof, and what is done with it."""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.forms import Form
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.bootstrap.journaling import (
    allow_entry,
    export,
    journal_exhibits,
    journals,
    places,
    proof,
)
from gongdao.domain.evidence.journal_ports import Wanted
from gongdao.domain.evidence.journal_rules import month_of
from gongdao.domain.flows.journaling import Proven
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import CaseId, EntryId
from gongdao.site.hints import hint_of
from gongdao.web import incoming, journal_pieces, pieces
from gongdao.web.public import journal_forms as forms
from gongdao.web.public import mine, mine_lists
from gongdao.web.public.evidence import waiting
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_SHOWN = 30
_ALL = 1_000_000


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One step of an entry and where its record stands."""

    at: datetime
    struck: bool
    leaf: str
    place: str
    """Empty while it has none."""
    version: int


@private
@login_required
@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The list, the latest first."""
    caller, policy = caller_of(request.user), journal_pieces.policy()
    form = forms.FilterForm(policy, journals().months(caller), request.GET)
    wanted = _wanted(form)
    page = _number(request.GET.get("page", ""))
    found = journals().of(
        Wanted(wanted.sort, wanted.since, wanted.until, page * _SHOWN, _SHOWN + 1), caller
    )
    used = journals().used(caller)
    shown = {
        "entries": [journal_pieces.shown(each, policy) for each in found[:_SHOWN]],
        "form": form,
        "room": journal_pieces.room(used, policy),
        "worth": journal_pieces.worth(policy),
        "filtered": bool(wanted.sort or wanted.since),
        "asked": urlencode(_asked(form)),
        "pager": pieces.Pager(
            newer_url=_page_url(form, page - 1) if page else "",
            older_url=_page_url(form, page + 1) if len(found) > _SHOWN else "",
        ),
    }
    return render(request, "public/journal.html", {**shown, **mine.frame(request, "journal")})


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A new entry, or one that corrects an earlier one."""
    caller, policy = caller_of(request.user), journal_pieces.policy()
    corrects = EntryId(request.GET.get("corrects", ""))
    earlier = journals().open(corrects, caller) if corrects else None
    form = forms.EntryForm(policy, *([request.POST] if request.method == "POST" else []))
    came = incoming.taken(request) if _brings(request) else incoming.Incoming([], [])
    if request.method == "POST" and form.is_valid() and not came.errors:
        try:
            allow_entry(str(request.META.get("REMOTE_ADDR", "")))
            entry = journals().enter(form.note(), came.tokens, caller, corrects or None)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("It is recorded."))
            return redirect("journal_entry", entry)
    page = {
        "form": form,
        "earlier": journal_pieces.shown(earlier, policy) if earlier else None,
        "files_most": policy.limits.files_max,
        "waiting": waiting(came.tokens),
        "room": journal_pieces.room(journals().used(caller), policy),
        **incoming.form(app().uploading.policy(), came.errors),
        **mine.frame(request, "journal"),
    }
    wrong = bool(form.errors or came.errors)
    return render(request, "public/journal_new.html", page, status=400 if wrong else 200)


@private
@login_required
@require_safe
def entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """One entry, with its proof in plain words."""
    return _entry(request, EntryId(entry_id))


@private
@login_required
@require_POST
def strike(request: HttpRequest, entry_id: str) -> HttpResponse:
    """Strike it out, with a reason."""
    caller, policy = caller_of(request.user), journal_pieces.policy()
    form = forms.StrikeForm(policy, request.POST)
    if form.is_valid():
        try:
            journals().strike(EntryId(entry_id), form.cleaned_data["reason"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("It is struck out, and stays with your reason."))
            return redirect("journal_entry", entry_id)
    return _entry(request, EntryId(entry_id), strike=form)


@private
@login_required
@require_POST
def attach(request: HttpRequest, entry_id: str) -> HttpResponse:
    """Bring it into a case of mine."""
    caller = caller_of(request.user)
    form = forms.CaseForm(_cases(request), request.POST)
    if form.is_valid():
        case = CaseId(form.cleaned_data["case"])
        try:
            journal_exhibits().attach(EntryId(entry_id), case, caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "case")
        else:
            messages.success(request, _("It is in the case file now."))
            return redirect("mine_evidence", case)
    return _entry(request, EntryId(entry_id), attach=form)


@private
@login_required
@require_safe
def proof_file(request: HttpRequest, entry_id: str, version: int) -> HttpResponse:
    """The proof of one step as a file."""
    text = proof(EntryId(entry_id), version, caller_of(request.user))
    answer = HttpResponse(text, content_type="application/json; charset=utf-8")
    name = f"gongdao-record-{entry_id[-12:]}-{version}.json"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@private
@login_required
@require_safe
def take_along(request: HttpRequest) -> HttpResponseBase:
    """Everything, or what the filters leave of it, as one archive."""
    caller, policy = caller_of(request.user), journal_pieces.policy()
    wanted = _wanted(forms.FilterForm(policy, journals().months(caller), request.GET))
    try:
        allow_entry(str(request.META.get("REMOTE_ADDR", "")))
        archive = export(Wanted(wanted.sort, wanted.since, wanted.until, 0, _ALL), caller)
    except GongdaoError as problem:
        messages.error(request, hint_of(problem))
        return redirect("journal")
    answer = StreamingHttpResponse(archive, content_type="application/zip")
    answer["Content-Disposition"] = 'attachment; filename="gongdao-journal.zip"'
    return answer


def _entry(
    request: HttpRequest,
    entry_id: EntryId,
    strike: forms.StrikeForm | None = None,
    attach: forms.CaseForm | None = None,
) -> HttpResponse:
    caller, policy = caller_of(request.user), journal_pieces.policy()
    view = journal_pieces.shown(journals().open(entry_id, caller), policy)
    proven = journals().proven(entry_id, caller)
    cases = _cases(request)
    wrong: list[Form] = [form for form in (strike, attach) if form is not None]
    page = {
        "entry": view,
        "proofs": _proof_lines(proven),
        "strike": strike or forms.StrikeForm(policy),
        "attach": (attach or forms.CaseForm(cases)) if cases else None,
        "wrong": wrong[0] if wrong else None,
        **mine.frame(request, "journal"),
    }
    return render(request, "public/journal_entry.html", page, status=400 if wrong else 200)


def _proof_lines(proven: list[Proven]) -> list[ProofLine]:
    found = places([each.written.leaf for each in proven])
    return [
        ProofLine(
            at=written.at,
            struck=written.kind == "journal.struck",
            leaf=written.leaf,
            place=journal_pieces.place_words(found[written.leaf].place)
            if written.leaf in found
            else "",
            version=written.version,
        )
        for written in (each.written for each in proven)
    ]


def _cases(request: HttpRequest) -> list[tuple[str, str]]:
    reported, about = app().desk.mine(caller_of(request.user))
    lines = [*mine_lists.about_me(about), *mine_lists.reported(reported)]
    ids = [line.id for line in (*about, *reported)]
    return [
        (str(id_), f"{line.title} · {line.detail} · {line.changed_at:%Y-%m-%d}")
        for id_, line in zip(ids, lines, strict=True)
    ]


def _brings(request: HttpRequest) -> bool:
    return bool(request.FILES.getlist("file") or request.POST.getlist("upload"))


def _wanted(form: forms.FilterForm) -> Wanted:
    asked = _asked(form)
    month = asked.get("month", "")
    since, until = month_of(month) if month else (None, None)
    return Wanted(asked.get("kind", ""), since, until)


def _asked(form: forms.FilterForm) -> dict[str, str]:
    """What was asked for; what is none of the choices counts as not asked."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def _page_url(form: forms.FilterForm, page: int) -> str:
    return f"?{urlencode({**_asked(form), 'page': str(page)})}"


def _number(written: str) -> int:
    most = 6
    return int(written) if written.isascii() and written.isdigit() and len(written) < most else 0
