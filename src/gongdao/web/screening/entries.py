"""One entry of the lexicon that was proposed for retirement: its figures, its past, what to do."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.retiring import LONGEST_REASON, RETIRERS, EntryShown
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.events import Recorded
from gongdao.domain.screening.entries import EntryProposed, EntryStage, EntryStep
from gongdao.web import words
from gongdao.web.failures import status_of
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.private import private
from gongdao.web.screening.numbers import STAGES, bar, category

_DONE: words.Words = {
    "retire": gettext_lazy("It is retired: no text is flagged for it any more."),
    "keep": gettext_lazy("It is kept. It is proposed again only if more false alarms come."),
    "restore": gettext_lazy("It is matched again."),
}
_MAY = {
    EntryStage.PROPOSED: ("retire", "keep"),
    EntryStage.RETIRED: ("restore",),
    EntryStage.KEPT: (),
    EntryStage.RESTORED: (),
}


class Why(forms.Form):
    """Why it is done."""

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["reasons"] = LongText(
            limit=LONGEST_REASON,
            rows=3,
            label=_("Why"),
            help_text=_("It stays on record with your name."),
            **needed(_("Say why."), "lexicon.reasons"),
        )


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: HttpRequest, entry_id: str) -> HttpResponse:
    """Show it, or do something with it."""
    caller, status = caller_of(request.user), 200
    shown = _shown(entry_id, caller)
    may = _MAY[shown.entry.stage] if caller.has(*RETIRERS) else ()
    form = Why(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        verb = request.POST.get("verb", "")
        if verb not in _DONE or not caller.has(*RETIRERS):
            raise not_found()
        status = 400
        if form.is_valid():
            try:
                _do(verb, entry_id, form.cleaned_data["reasons"], caller)
            except NotFound:
                raise
            except GongdaoError as problem:
                add_refusal(form, problem, "reasons")
                status = status_of(problem)
            else:
                messages.success(request, words.said(_DONE, verb))
                return redirect("desk_screening_numbers")
    page = {
        "here": "desk",
        "entry": shown.entry,
        "category": category(shown.entry.category),
        "stage": words.said(STAGES, shown.entry.stage.value),
        "bar": bar(shown.now, None),
        "reviewers": shown.reviewers,
        "left_out": shown.left_out,
        "most": _most(),
        "past": [_past(each) for each in app().screening.retiring.history(entry_id, caller)],
        "may": may,
        "form": form,
    }
    return render(request, "screening/entry.html", page, status=status)


def _most() -> int:
    """The largest share of one account's texts, in percent."""
    teaching = app().screening.retiring.policy().teaching
    return round(100 * teaching.learning.one_account) if teaching else 100


def _do(verb: str, entry_id: str, reasons: str, caller: Caller) -> None:
    story = app().screening.retiring
    {"retire": story.retire, "keep": story.keep, "restore": story.restore}[verb](
        entry_id, reasons, caller
    )


def _shown(entry_id: str, caller: Caller) -> EntryShown:
    return app().screening.retiring.one(entry_id, caller)


def _past(recorded: Recorded[EntryStep]) -> dict[str, Any]:
    r, step = app().records, recorded.event
    if isinstance(step, EntryProposed):
        words_ = _("%(false)d of %(n)d findings were false.") % {
            "false": step.false,
            "n": step.false + step.true,
        }
    else:
        words_ = r.opened(step.reasons)
    return {
        "at": step.at,
        "what": words.said(STAGES, step.kind.rpartition("_")[2]),
        "by": (r.staff.name(step.by.person) if step.by.person else None) or _("the system"),
        "words": words_,
    }
