"""Notices about rights at the desk: what is open, and what a reviewer does with one."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller, Seat
from gongdao.domain.access.rules import not_found
from gongdao.domain.counter_notices.events import Mark, Paper, RightsNoticeId
from gongdao.domain.flows.rights_desk import FIELDS
from gongdao.domain.flows.rights_views import MatterView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.policy.counter_notices import MeasureKind
from gongdao.site.hints import hint_of
from gongdao.web import pieces, rights_pieces, words
from gongdao.web.desk import queue_pane
from gongdao.web.failures import status_of
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.private import private

TITLES: words.Words = {
    "accept": gettext_lazy("Find it effective"),
    "ask_more": gettext_lazy("Ask for what is missing"),
    "reject": gettext_lazy("Find it without effect"),
    "handed_over": gettext_lazy("Note that it was handed over otherwise"),
    "doubt": gettext_lazy("Find that this is no suit and no complaint"),
    "resume": gettext_lazy("End the pause"),
    "restore": gettext_lazy("Lift the measure"),
    "mark": gettext_lazy("Mark a paper as wrong"),
}
_NO_REASONS = {"handed_over", "resume"}
_PAPERS: words.Words = {
    "notice": gettext_lazy("The notice"),
    "counter": gettext_lazy("The counter-notice"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, with its form."""

    name: str
    title: str
    form: forms.Form


class StepForm(forms.Form):
    """What a step asks for."""

    def __init__(self, name: str, view: MatterView, data: Any = None) -> None:
        super().__init__(data, prefix=name)
        if name == "accept":
            _accepting(self, view)
        elif name == "ask_more":
            _asking(self, view)
        elif name == "mark":
            _marking(self)
        if name not in _NO_REASONS:
            sizes = rights_pieces.policy_of(view).sizes
            self.fields["reasons"] = LongText(
                limit=sizes.reasons_max,
                rows=3,
                label=_("Reasons, as people will read them"),
                **needed(_("Give the reasons."), "rights_notice.length"),
            )


@private
@login_required
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What is not over."""
    caller = caller_of(request.user)
    found = app().around_appeals.rights_desk.waiting(caller)
    items = [
        pieces.NoticeItem(
            subject=f"{each.number} · {_title(each)}",
            words=words.said(rights_pieces.STAGES, each.stage.value),
            at=each.given_at,
            url=reverse("desk_rights_matter", args=[each.id]),
            unread=not each.stage.is_judged,
            sent="",
            tone=pieces.Tone.PLAIN if each.stage.is_judged else pieces.Tone.URGENT,
        )
        for each in found
    ]
    page = {"items": items, "tabs": queue_pane.tabs(caller, "rights"), "here": "desk"}
    return render(request, "desk/rights.html", page)


@private
@login_required
@require_safe
def matter(request: HttpRequest, notice_id: str) -> HttpResponse:
    """One notice, with what can be done."""
    caller = caller_of(request.user)
    return _page(request, _view(notice_id, caller))


@private
@login_required
@require_POST
def step(request: HttpRequest, notice_id: str, name: str) -> HttpResponse:
    """Do one step."""
    caller = caller_of(request.user)
    view = _view(notice_id, caller)
    if name not in TITLES or name not in view.may:
        raise not_found()
    form = StepForm(name, view, request.POST)
    if not form.is_valid():
        return _page(request, view, (name, form))
    try:
        _STEPS[name](view.id, form.cleaned_data, caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        return _page(request, _view(notice_id, caller), (name, form), problem)
    messages.success(request, _("Done, and whom it concerns was told."))
    return HttpResponseRedirect(reverse("desk_rights_matter", args=[notice_id]))


def _view(notice_id: str, caller: Caller) -> MatterView:
    view = app().around_appeals.rights_views.open(RightsNoticeId(notice_id), caller)
    if view.seat not in {Seat.STAFF, Seat.AUDITOR}:
        raise not_found()
    return view


def _page(
    request: HttpRequest,
    view: MatterView,
    filled: tuple[str, forms.Form] | None = None,
    problem: GongdaoError | None = None,
) -> HttpResponse:
    tried, form = filled or ("", None)
    page = {
        "here": "desk",
        "matter": rights_pieces.matter(view),
        "errors": [pieces.FieldError("", hint_of(problem), problem.code)] if problem else [],
        "steps": [
            Step(name, words.said(TITLES, name), _form(name, view, tried, form))
            for name in TITLES
            if name in view.may
        ],
    }
    status = status_of(problem) if problem else 400 if filled else 200
    return render(request, "desk/rights_matter.html", page, status=status)


def _form(name: str, view: MatterView, tried: str, filled: forms.Form | None) -> forms.Form:
    return filled if filled is not None and name == tried else StepForm(name, view)


def _title(each: Any) -> str:
    return rights_pieces.right_title(app().records.counter_notices(each.pack), each.right)


def _accepting(form: forms.Form, view: MatterView) -> None:
    policy, language = rights_pieces.policy_of(view), words.language()
    right = policy.right(view.right)
    kinds = right.measures if right else ()
    form.fields["measure"] = forms.ChoiceField(
        label=_("What is necessary"),
        widget=forms.RadioSelect,
        choices=[(k.value, policy.measure(k).title.in_(language)) for k in kinds],
    )
    form.fields["account"] = forms.CharField(
        label=_("Account that it belongs to"),
        max_length=200,
        required=not view.account,
        initial=view.account,
    )
    files = [(str(f.number), f"{f.number}. {f.name}") for f in view.notice.files]
    form.fields["withheld"] = forms.MultipleChoiceField(
        label=_("Files that stay with us, since they show too much of people"),
        widget=forms.CheckboxSelectMultiple,
        choices=files,
        required=False,
    )


def _asking(form: forms.Form, view: MatterView) -> None:
    policy, language = rights_pieces.policy_of(view), words.language()
    right = policy.right(view.right)
    asked = [(r.code, r.title.in_(language)) for r in right.notice] if right else []
    known = [(code, said.in_(language)) for code, said in FIELDS.items()]
    form.fields["missing"] = forms.MultipleChoiceField(
        label=_("What is missing"),
        widget=forms.CheckboxSelectMultiple,
        choices=[*known, *asked],
        **needed(_("Say what of it is missing."), "rights_notice.unknown_proof_asked"),
    )


def _marking(form: forms.Form) -> None:
    form.fields["paper"] = forms.ChoiceField(
        label=_("Which paper"), choices=[(p.value, _PAPERS[p.value]) for p in Paper]
    )
    form.fields["mark"] = forms.ChoiceField(
        label=_("What you found"), choices=[(m.value, rights_pieces.MARKS[m.value]) for m in Mark]
    )


def _accept(notice: RightsNoticeId, said: dict[str, Any], caller: Caller) -> None:
    app().around_appeals.rights_desk.accept(
        notice, MeasureKind(said["measure"]), said["reasons"], caller, said["account"],
        [int(number) for number in said["withheld"]],
    )  # fmt: skip


def _mark(notice: RightsNoticeId, said: dict[str, Any], caller: Caller) -> None:
    desk, mark = app().around_appeals.rights_desk, Mark(said["mark"])
    desk.mark(notice, Paper(said["paper"]), mark, said["reasons"], caller)


_STEPS: dict[str, Callable[[RightsNoticeId, dict[str, Any], Caller], None]] = {
    "accept": _accept,
    "ask_more": lambda notice, said, caller: app().around_appeals.rights_desk.ask_more(
        notice, said["missing"], said["reasons"], caller
    ),
    "reject": lambda notice, said, caller: app().around_appeals.rights_desk.reject(
        notice, said["reasons"], caller
    ),
    "handed_over": lambda notice, _said, caller: app().around_appeals.rights_desk.handed_over(
        notice, caller
    ),
    "doubt": lambda notice, said, caller: app().around_appeals.rights_desk.doubt(
        notice, said["reasons"], caller
    ),
    "resume": lambda notice, _said, caller: app().around_appeals.rights_desk.resume(notice, caller),
    "restore": lambda notice, said, caller: app().around_appeals.rights_desk.restore(
        notice, said["reasons"], caller
    ),
    "mark": _mark,
}
