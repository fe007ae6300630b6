"""The desk's pages of firms and of duty: checking firms, the roster, the operator's complaints."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.duty.model import ComplaintId
from gongdao.domain.duty.roster import Spell
from gongdao.domain.duty.tables import clock
from gongdao.domain.firms.model import FirmId
from gongdao.domain.flows.rostering import RosterView
from gongdao.domain.kernel.clock import CHINA
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.events import Role
from gongdao.web import lane_words
from gongdao.web.firms import complaint_page, forms, shown
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private

_DAY = 24 * 60


@private
@login_required
@require_safe
def firms(request: HttpRequest) -> HttpResponse:
    """Firms, those on which somebody must decide first."""
    found = app().around_appeals.firms.listed(caller_of(request.user))
    page = {
        "firms": [shown.firm(each) for each in found],
        "lane": lane_words.shown(),
        "here": "desk",
    }
    return render(request, "firms/desk_firms.html", page)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def firm(request: HttpRequest, firm_id: str) -> HttpResponse:
    """One firm: its papers, what is recorded, and what can be decided."""
    caller, stories = caller_of(request.user), app().around_appeals.firms
    stories.open(FirmId(firm_id), caller)
    decide, record = forms.WordsForm(_("Reasons, which the firm reads")), forms.RecordForm(_proof())
    if request.method == "POST":
        recorded = "record" in request.POST
        if recorded:
            record = forms.RecordForm(_proof(), request.POST)
        else:
            decide = forms.WordsForm(_("Reasons, which the firm reads"), request.POST)
        form = record if recorded else decide
        if form.is_valid():
            try:
                _do(FirmId(firm_id), form, request.POST.get("do", ""), caller)
            except NotFound:
                raise
            except GongdaoError as problem:
                add_refusal(form, problem, _field(form, problem.code))
            else:
                messages.success(request, _("Recorded."))
                return redirect("desk_firm", firm_id)
    page = {
        "firm": shown.firm(stories.open(FirmId(firm_id), caller)),
        "decide": decide,
        "record": record,
        "may_hear": caller.has(Role.SENIOR_REVIEWER),
        "here": "desk",
    }
    status = 400 if decide.errors or record.errors else 200
    return render(request, "firms/desk_firm.html", page, status=status)


@private
@login_required
@require_safe
def duty(request: HttpRequest) -> HttpResponse:
    """Who is on duty, the week as a picture, gaps ahead, and the operator's complaints."""
    return _duty(request)


@private
@login_required
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    """Write down what the next one must know."""
    form = forms.WordsForm(_note(), request.POST)
    if form.is_valid():
        try:
            words = form.cleaned_data["words"]
            app().around_appeals.rosters.hand_over(words, caller_of(request.user))
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, "words")
        else:
            messages.success(request, _("Handed over."))
            return redirect("desk_duty")
    return _duty(request, note=form)


@private
@login_required
@require_POST
def roster(request: HttpRequest) -> HttpResponse:
    """Put another roster in place of this one."""
    caller, rosters = caller_of(request.user), app().around_appeals.rosters
    form = forms.RosterForm(rosters.people(caller), request.POST)
    file = request.FILES.get("file")
    if file is not None:
        form.fields["table"].required = False
    if form.is_valid():
        try:
            content = file.read() if file else form.cleaned_data["table"].encode()
            rosters.read_in(content, form.cleaned_data["responsible"], caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            add_refusal(form, problem, forms.FIELD_OF.get(problem.code))
        else:
            messages.success(request, _("The roster is set."))
            return redirect("desk_duty")
    return _duty(request, table=form)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new_complaint(request: HttpRequest) -> HttpResponse:
    """Enter a complaint that reached the operator."""
    return complaint_page.new(request, {"here": "desk"}, "desk_complaint", own=True)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, complaint_id: str) -> HttpResponse:
    """One of them."""
    frame = {"here": "desk"}
    return complaint_page.one(request, ComplaintId(complaint_id), frame, "desk_complaint")


def _duty(
    request: HttpRequest,
    note: forms.WordsForm | None = None,
    table: forms.RosterForm | None = None,
) -> HttpResponse:
    caller, stories = caller_of(request.user), app().around_appeals
    board, now = stories.rosters.board(caller), app().records.clock()
    staff = caller.has(Role.REVIEWER, Role.SENIOR_REVIEWER, Role.OPERATOR)
    found = stories.tiers.of(caller, own=True) if staff else []
    begin = {"table": board.table, "responsible": board.responsible}
    page: dict[str, Any] = {
        "board": board,
        "days": _week(board),
        "gaps": board.gaps[:10],
        "complaints": [shown.complaint(each, now) for each in found],
        "note": note or forms.WordsForm(_note()),
        "table": table or forms.RosterForm(stories.rosters.people(caller), initial=begin),
        "may_set": caller.has(Role.OPERATOR, Role.SENIOR_REVIEWER),
        "staff": staff,
        "here": "desk",
    }
    wrong = (note is not None and note.errors) or (table is not None and table.errors)
    return render(request, "firms/desk_duty.html", page, status=400 if wrong else 200)


def _week(board: RosterView) -> list[dict[str, Any]]:
    """Each day with its spells as columns of a grid of 48 half-hours."""
    return [
        {"day": day, "spells": [_bar(spell, name) for spell, name in spells]}
        for day, spells in board.days
    ]


def _bar(spell: Spell, name: str) -> dict[str, Any]:
    begins = spell.begins.astimezone(CHINA)
    begin = begins.hour * 60 + begins.minute
    end = begin + int((spell.ends - spell.begins).total_seconds() // 60)
    first = begin // 30
    return {
        "name": name,
        "words": f"{clock(begin)}–{clock(min(end, _DAY))}",
        "first": first,
        "wide": max(1, -(-end // 30) - first),
    }


def _do(firm: FirmId, form: forms.WordsForm, do: str, caller: Caller) -> None:
    stories, given = app().around_appeals.firms, form.cleaned_data
    words = given["words"]
    if isinstance(form, forms.RecordForm):
        if given["what"] == "hours":
            stories.hours(firm, given["minutes"] or 0, words, caller)
        elif given["what"] == "deposit":
            stories.deposit(firm, int((given["yuan"] or 0) * 100), words, caller)
        else:
            stories.exam(firm, words, caller, passed=given["what"] == "passed")
    elif do in {"restore", "uphold"}:
        stories.hear(firm, words, caller, restored=do == "restore")
    else:
        stories.decide(firm, words, caller, accept=do == "accept")


def _field(form: forms.WordsForm, code: str) -> str | None:
    field = forms.FIELD_OF.get(code)
    return field if field in form.fields else None


def _proof() -> str:
    return _("Its proof, in a few words")


def _note() -> str:
    return _("What must the next one know?")
