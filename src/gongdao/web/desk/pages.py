"""The desk's pages: three panes, queue · case · decision."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.flows.lists import CaseLine, Page, QueueName
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import CaseId, PackRef
from gongdao.domain.policy.model import CasePolicy, Clause
from gongdao.web import case_pieces, pieces, words
from gongdao.web.desk.steps import STEPS, Context
from gongdao.web.failures import hint_of, status_of

_IN_PANE = 30


@login_required
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """The queue alone; a case is opened from it."""
    caller = caller_of(request.user)
    return render(request, "desk/queue.html", {**_queue(request, caller, ""), "no_case": True})


@login_required
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One case with what can be done with it."""
    caller = caller_of(request.user)
    return _case_page(request, CaseId(case_id), caller, {}, None)


@login_required
@require_POST
def step(request: HttpRequest, case_id: str, name: str) -> HttpResponse:
    """Do one step; a refusal shows the same page with what was written still in it."""
    caller = caller_of(request.user)
    context = _context(CaseId(case_id), caller)
    if name not in STEPS:
        raise not_found()
    form = STEPS[name].make(context, request.POST)
    if not form.is_valid():
        return _case_page(request, CaseId(case_id), caller, {name: form}, None)
    try:
        STEPS[name].do(context, form)
    except GongdaoError as problem:
        return _case_page(request, CaseId(case_id), caller, {name: form}, problem)
    return HttpResponseRedirect(f"{reverse('desk_case', args=[case_id])}?{_kept(request)}")


@login_required
@require_safe
def undelivered(request: HttpRequest) -> HttpResponse:
    """Notices whose e-mail is failing: somebody may be waiting for word."""
    caller = caller_of(request.user)
    counts = app().desk.counts(caller)
    texts = app().records.texts
    items = [
        pieces.NoticeItem(
            subject=texts.open(notice.letter(words.language()).subject) or "—",
            words=_("Attempts so far: %(n)d") % {"n": notice.attempts},
            at=notice.issued_at,
            url=reverse("desk_case", args=[notice.case]),
            sent=words.said(words.DELIVERIES, notice.email.value),
            tone=pieces.Tone.URGENT,
        )
        for notice in app().records.notices.undelivered(100)
    ]
    return render(
        request, "desk/undelivered.html", {"items": items, "tabs": _tabs(counts, "undelivered")}
    )


def _context(case_id: CaseId, caller: Caller) -> Context:
    view = app().files.open(case_id, caller)
    if view.seat.value not in {"staff", "auditor"}:
        raise not_found()
    platform, _at, version = view.pack.partition("@")
    policy = app().records.policy(PackRef(platform, version))
    return Context(app(), view, policy, caller)


def _case_page(
    request: HttpRequest,
    case_id: CaseId,
    caller: Caller,
    forms: dict[str, Any],
    problem: GongdaoError | None,
) -> HttpResponse:
    context = _context(case_id, caller)
    view, now = context.view, timezone.now()
    clause = _clause(request, context)
    page = {
        **_queue(request, caller, view.id),
        "view": view,
        "category": view.category_title(words.language()),
        "answers": _answers(view, now),
        "clocks": case_pieces.clocks(view, now),
        "timeline": case_pieces.timeline(view),
        "snapshot": case_pieces.snapshot(view),
        "letters": [letter for d in view.decisions if (letter := case_pieces.letter(d))],
        "steps": _steps(context, forms),
        "appeals": view.appeals,
        "clause": _card(clause, view.pack) if clause else None,
        "proposal": _proposal(context, clause) if clause and "decide" in view.can else None,
        "category_clauses": _clauses_of(context),
        "problem": problem,
        "problem_hint": hint_of(problem) if problem else "",
    }
    status = status_of(problem) if problem else 200
    return render(request, "desk/case.html", page, status=status)


def _queue(request: HttpRequest, caller: Caller, current: str) -> dict[str, Any]:
    asked = request.GET.get("queue", QueueName.RECEIVED.value)
    name = QueueName(asked) if asked in set(QueueName) else QueueName.RECEIVED
    category = request.GET.get("category") or None
    counts = app().desk.counts(caller)
    page = app().desk.queue(
        caller, name, category=category, cursor=request.GET.get("cursor"), limit=_IN_PANE
    )
    return {
        "tabs": _tabs(counts, name.value),
        "queue": [_item(line, name, current) for line in page.lines],
        "queue_name": name.value,
        "pager": _pager(name, category, page),
        "kept": urlencode({"queue": name.value}),
    }


def _tabs(counts: Any, current: str) -> list[pieces.Tab]:
    shown = [
        ("received", _("New"), counts.received),
        ("investigating", _("Being looked into"), counts.investigating),
        ("appeals", _("My appeals"), counts.appeals),
        ("all_appeals", _("All appeals"), counts.all_appeals),
        ("overdue", _("Overdue"), counts.overdue),
        ("decided", _("Decided"), None),
    ]
    base = reverse("desk")
    tabs = [
        pieces.Tab(title, f"{base}?{urlencode({'queue': name})}", name == current, count)
        for name, title, count in shown
    ]
    mails = pieces.Tab(
        _("Undelivered"), reverse("desk_undelivered"), current == "undelivered", counts.undelivered
    )
    return [*tabs, mails]


def _item(line: CaseLine, name: QueueName, current: str) -> pieces.QueueItem:
    clock = None
    if line.next_due is not None:
        clock = pieces.Clock(what="", due=line.next_due, now=timezone.now(), rule="", source="")
    policy = _house()
    category = policy.category(line.category)
    title = category.title.in_(words.language()) if category else line.category
    return pieces.QueueItem(
        number=line.subject_ref,
        title=title,
        why=_why(line),
        url=f"{reverse('desk_case', args=[line.id])}?{urlencode({'queue': name.value})}",
        clock=clock,
        current=line.id == current,
        tags=(words.said(words.SUBJECTS, line.subject_kind),),
    )


def _why(line: CaseLine) -> str:
    """Why it stands here, in words."""
    if line.appeal:
        return _("An appeal waits for its outcome")
    if line.stage == "received":
        return _("Waits for the acceptance check")
    if line.stage == "investigating":
        return {
            "asked": _("Waits for the answer of the person concerned"),
            "given": _("Answered; waits for the decision"),
            "missed": _("No answer came; waits for the decision"),
        }.get(line.answer, _("Waits for the decision"))
    return words.said(words.OUTCOMES, line.outcome) or words.said(words.STAGES, line.stage)


def _pager(name: QueueName, category: str | None, page: Page) -> pieces.Pager:
    if page.cursor is None:
        return pieces.Pager("", "")
    asked = {"queue": name.value, "cursor": page.cursor} | (
        {"category": category} if category else {}
    )
    return pieces.Pager("", f"{reverse('desk')}?{urlencode(asked)}")


def _answers(view: CaseView, now: Any) -> pieces.Answers:
    clocks = case_pieces.clocks(view, now)
    titles = [STEPS[name] for name in STEPS if name in view.can]
    return pieces.Answers(
        stands=words.said(words.OUTCOMES, view.outcome)
        if view.outcome
        else words.said(words.STAGES, view.stage),
        next=clocks[0].what if clocks else _("Nothing is due."),
        clock=clocks[0] if clocks else None,
        actions=tuple(pieces.Action(str(s.title), "#decision") for s in titles[:2]),
    )


def _steps(context: Context, filled: dict[str, Any]) -> list[dict[str, Any]]:
    found = []
    for name, of in STEPS.items():
        if name in context.view.can:
            form = filled.get(name) or of.make(context)
            url = reverse("desk_step", args=[context.view.id, name])
            found.append(
                {"name": name, "step": of, "form": form, "url": url, "open": name in filled}
            )
    if found and not filled:
        found[0]["open"] = True
    return found


def _clauses_of(context: Context) -> list[tuple[str, str]]:
    category = context.policy.category(context.view.category)
    found = [context.policy.clause(code) for code in (category.clauses if category else ())]
    return [(c.code, c.title.in_(words.language())) for c in found if c is not None]


def _clause(request: HttpRequest, context: Context) -> Clause | None:
    category = context.policy.category(context.view.category)
    likeliest = category.clauses[0] if category and category.clauses else ""
    decided = context.view.decision.clause if context.view.decision else None
    asked = request.POST.get("clause") or request.GET.get("clause") or decided or likeliest
    return context.policy.clause(asked)


def _card(clause: Clause, version: str) -> pieces.ClauseCard:
    language = words.language()
    return pieces.ClauseCard(
        code=clause.code,
        title=clause.title.in_(language),
        definition=clause.definition.in_(language),
        examples=tuple(e.in_(language) for e in clause.examples),
        counter_examples=tuple(e.in_(language) for e in clause.counter_examples),
        source=words.source(clause.source),
        version=version,
        since=clause.in_force.from_,
        until=clause.in_force.to,
        legal_basis=tuple(b.cite.in_(language) for b in clause.legal_basis),
    )


def _proposal(context: Context, clause: Clause) -> dict[str, Any]:
    """What the ladder says for this clause now, in words."""
    record = app().records.cases.get(context.view.id).now
    measure, strike = app().deciding.proposal(record, clause)
    duration = str(measure.duration) if measure.duration else None
    return {
        "measure": words.measure(measure.penalty, measure.scope, duration),
        "strike": strike,
        "raised": context.view.unanswered,
    }


def _house() -> CasePolicy:
    today = timezone.localdate()
    return app().records.policy(app().packs.in_force("house", today).ref)


def _kept(request: HttpRequest) -> str:
    return urlencode({"queue": request.GET.get("queue", "")}) if request.GET.get("queue") else ""
