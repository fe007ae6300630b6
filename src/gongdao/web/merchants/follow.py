"""Following up one dispute: its clocks, what came of it, and the way on."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.deadlines.model import DeadlineStage
from gongdao.domain.disputes.events import Ending, Instance, Outcome
from gongdao.domain.disputes.model import DisputeStage
from gongdao.domain.flows.dispute_reminders import number
from gongdao.domain.flows.follow_views import ClockView, FollowView, WayOn
from gongdao.domain.flows.following import Called
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId, ExhibitId
from gongdao.web import pieces, words
from gongdao.web.merchants import clocks, dispute_words, follow_forms
from gongdao.web.public import quotes
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private


@private
@login_required
@require_safe
def follow(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """The page."""
    return _page(request, DisputeId(dispute_id))


@private
@login_required
@require_POST
def act(request: HttpRequest, dispute_id: str, name: str) -> HttpResponse:
    """Enter one thing that happened."""
    which, caller = DisputeId(dispute_id), caller_of(request.user)
    if name == "checked":
        app().disputes.following.check_off(which, caller)
        messages.success(request, _("Noted: somebody looked today."))
        return redirect("dispute_follow", dispute_id)
    do = _ACTS.get(name)
    if do is None:
        raise Http404
    view = app().disputes.follow_views.one(which, caller)
    form = _forms(view, caller, request.POST, name)[name]
    if form.is_valid():
        try:
            do(which, form.cleaned_data, caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            field = follow_forms.FIELD_OF.get(problem.code)
            add_refusal(form, problem, field if field in form.fields else None)
        else:
            messages.success(request, _("Recorded."))
            return redirect("dispute_follow", dispute_id)
    return _page(request, which, **{name: form})


def _asked(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    app().disputes.following.more_asked(which, given["words"], given["until"], caller)


def _sent(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    app().disputes.following.more_sent(which, given["words"], (), caller)


def _called(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    when = given["when"] or app().records.clock()
    call = Called(called_at=when, whom=given["whom"], said=given["words"], minutes=given["minutes"])
    app().disputes.following.called(which, call, caller)


def _answered(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    outcome = Outcome(given["outcome"])
    app().disputes.following.answered(which, outcome, given["words"], caller)


def _further(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    brought = [ExhibitId(each) for each in given["exhibits"]]
    to = Instance(given["to"])
    app().disputes.following.further(which, to, brought, given["reference"], caller)


def _ended(which: DisputeId, given: dict[str, Any], caller: Caller) -> None:
    app().disputes.following.ended(which, Ending(given["how"]), given["words"], caller)


_ACTS: dict[str, Callable[[DisputeId, dict[str, Any], Caller], None]] = {
    "asked": _asked,
    "sent": _sent,
    "call": _called,
    "answer": _answered,
    "further": _further,
    "end": _ended,
}


def _page(request: HttpRequest, which: DisputeId, **wrong: forms.Form) -> HttpResponse:
    caller, language = caller_of(request.user), words.language()
    view = app().disputes.follow_views.one(which, caller)
    now, stage = view.now, view.now.stage
    kind = words.said(dispute_words.KINDS, now.kind.value)
    page = {
        "view": view,
        "now": now,
        "number": number(now.id),
        "title": f"{view.pack.title.in_(language)} · {kind}",
        "answers": _answers(view),
        "clocks": [(clocks.clock(view, each), each) for each in view.clocks],
        "unknown": view.policy.daily.unknown.in_(language),
        "unknown_says": view.unknown.words.in_(language) if view.unknown else "",
        "reason": _reason(view),
        "ways": [_way_on(each) for each in view.ways],
        "filings": [_filing(view, n) for n in range(len(now.filings))],
        "calls": [
            (call.called_at, view.texts.get(call.whom, "—"), view.texts.get(call.said, "—"))
            for call in reversed(now.calls)
        ],
        "waits": stage in {DisputeStage.FILED, DisputeStage.MORE_ASKED},
        "asked_open": [
            (view.texts.get(each.what, "—"), each.until)
            for each in now.asked
            if each.sent_at is None
        ],
        "rejected": stage is DisputeStage.REJECTED,
        "may_end": now.is_open
        and (stage is DisputeStage.REJECTED or any(_missed(each) for each in view.clocks)),
        "checked": now.checked_on == view.today,
        "here": "merchants",
        **{f"form_{name}": form for name, form in _forms(view, caller).items()},
        **{f"form_{name}": form for name, form in wrong.items()},
        "wrong": next(iter(wrong.values()), None),
    }
    return render(request, "merchants/follow.html", page, status=400 if wrong else 200)


def _forms(
    view: FollowView, caller: Caller, data: Any = None, name: str = ""
) -> dict[str, forms.Form]:
    language = words.language()
    ways = [(w.rule.instance, _way(w.rule.title.in_(language), w.tried)) for w in view.ways]
    names = {e.id: e.name for e in app().disputes.exhibits.of(view.now.id, caller)}
    kept = [(each, names.get(each, "—")) for each in view.new]

    def given(each: str) -> Any:
        return data if each == name else None

    return {
        "asked": follow_forms.AskedForm(given("asked")),
        "sent": follow_forms.SentForm(given("sent")),
        "call": follow_forms.CallForm(given("call")),
        "answer": follow_forms.AnswerForm(given("answer")),
        "further": follow_forms.FurtherForm(ways, kept, given("further")),
        "end": follow_forms.EndForm(given("end")),
    }


def _way(title: str, tried: bool) -> str:  # noqa: FBT001 – a word of the label
    return _("%(title)s (tried already)") % {"title": title} if tried else title


def _way_on(way: WayOn) -> dict[str, Any]:
    language = words.language()
    return {
        "title": way.rule.title.in_(language),
        "detail": way.rule.detail.in_(language),
        "says": way.says.words.in_(language) if way.says else "",
        "source": quotes.named(
            way.says.source if way.says else way.rule.source, app().records.packs
        ),
        "claimed": way.claimed,
    }


def _missed(view: ClockView) -> bool:
    return view.deadline.stage is DeadlineStage.MISSED and view.binds


def _answers(view: FollowView) -> pieces.Answers:
    language, now = words.language(), view.now
    labels = {
        DisputeStage.PREPARING: (_("Go to the dispute"), reverse("dispute", args=[now.id])),
        DisputeStage.FILED: (_("Enter their answer"), "#answer-title"),
        DisputeStage.MORE_ASKED: (_("Say that it was sent"), "#sent-title"),
        DisputeStage.REJECTED: (_("Choose the way on"), "#further-title"),
    }
    label = labels.get(now.stage)
    actions = (pieces.Action(*label),) if label and view.may_work else ()
    stands = words.said(dispute_words.STAGES, now.stage.value)
    if now.ending:
        stands += " · " + words.said(dispute_words.ENDINGS, now.ending.value)
    todo = view.todo.in_(language) if now.is_open else _("Nothing more is to be done.")
    return pieces.Answers(
        stands=stands,
        next=todo,
        actions=actions,
        clock=clocks.first_of(view),
        nothing=_("Read it here. Whoever works on it goes on."),
    )


def _reason(view: FollowView) -> dict[str, Any] | None:
    if view.reason is None:
        return None
    language = words.language()
    first = next((each for each in view.read if each.code == view.reason.code), None)
    return {
        "title": view.reason.title.in_(language),
        "then": view.reason.then.in_(language),
        "sure": first.sure if first else None,
        "cues": first.cues if first else (),
        "again": view.reason.again,
        "others": [
            (rule.title.in_(language), each.sure)
            for each in view.read
            if each.code != view.reason.code and (rule := view.policy.reason(each.code))
        ],
    }


def _filing(view: FollowView, place: int) -> dict[str, Any]:
    filing = view.now.filings[place]
    said = view.texts
    return {
        "at": filing.at,
        "where": words.said(dispute_words.INSTANCES, filing.instance.value),
        "reference": said.get(filing.reference, "") if filing.reference else "",
        "outcome": words.said(dispute_words.OUTCOMES, filing.outcome.value)
        if filing.outcome
        else "",
        "answered_at": filing.answered_at,
        "words": said.get(filing.words, "") if filing.words else "",
    }
