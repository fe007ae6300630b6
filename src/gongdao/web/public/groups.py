"""My groups: what is reported there, what I did about it, and the tools that I set."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.group_views import DutyLine, TaskView
from gongdao.domain.flows.owning import action_of
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.owners import rules
from gongdao.domain.owners.model import Action
from gongdao.site.hints import hint_of
from gongdao.web import held_pieces, words
from gongdao.web.public import mine
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.private import private

_PAUSES = (0, 10, 30, 60, 300, 900, 3600)


@dataclass(frozen=True, slots=True)
class Shown:
    """A task on the page, with its form while something can be said."""

    task: TaskView
    category: str
    kind: str
    stage: str
    action: str
    form: "ActForm | None"


@dataclass(frozen=True, slots=True)
class DutyShown:
    """A line of the duty record on the page."""

    line: DutyLine
    category: str
    stage: str
    action: str


class ActForm(forms.Form):
    """What the owner did."""

    action = forms.ChoiceField(
        label=_("What did you do?"),
        widget=forms.RadioSelect,
        choices=[(each.value, words.OWNER_ACTIONS[each.value]) for each in Action],
        **needed(_("Choose one of the answers."), "owners.unknown_action"),
    )
    note = LongText(
        limit=rules.NOTE_MOST,
        rows=3,
        required=False,
        label=_("Note for the reviewers"),
        help_text=_("If it helps: what you saw, what you said. The reviewers read it."),
    )


class ToolsForm(forms.Form):
    """The group's tools."""

    words = LongText(
        limit=rules.WORDS_MOST * rules.WORD_MOST,
        required=False,
        label=_("Word list"),
        help_text=_(
            "One a line. A post with such a word waits some hours for you, then it appears. "
            "You cannot delete it. One character alone is not looked for."
        ),
    )
    questions = LongText(
        limit=rules.QUESTIONS_MOST * rules.QUESTION_MOST,
        rows=3,
        required=False,
        label=_("Questions to whoever joins"),
        help_text=_("One a line, five at the most."),
    )
    slow_seconds = forms.TypedChoiceField(
        label=_("Pause between two messages of one member"), coerce=int
    )
    text = LongText(
        limit=2000,
        rows=3,
        required=False,
        label=_("Try a text against the word list"),
        help_text=_("Nothing of it is kept."),
    )

    def __init__(self, *args: Any, slow: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pauses = sorted({*_PAUSES, slow})
        self.fields["slow_seconds"].choices = [(n, _pause(n)) for n in pauses]  # type: ignore[attr-defined]


@private
@login_required
@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """The groups that I own."""
    page = {"groups": app().owning.groups(caller_of(request.user))}
    return render(request, "public/groups.html", {**page, **mine.frame(request, "groups")})


@private
@login_required
@require_safe
def group(request: HttpRequest, group_id: str) -> HttpResponse:
    """What is reported in one of them."""
    return _group(request, group_id)


@private
@login_required
@require_POST
def act(request: HttpRequest, group_id: str, task: str) -> HttpResponse:
    """Say what I did about one thing."""
    caller = caller_of(request.user)
    app().owning.group(group_id, caller)
    form = ActForm(request.POST, prefix=task)
    if form.is_valid():
        given = form.cleaned_data
        try:
            app().owning.act(task, action_of(given["action"]), given["note"], caller)
        except Refused as problem:
            if problem.code in {"owners.already_acted", "owners.case_closed"}:
                messages.info(request, hint_of(problem))
                return redirect("group", group_id)
            add_refusal(form, problem, "note")
        else:
            messages.success(request, gettext("Thank you. The reviewers see your answer."))
            return redirect("group", group_id)
    return _group(request, group_id, task, form)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def tools(request: HttpRequest, group_id: str) -> HttpResponse:
    """Word list, questions to whoever joins, slow mode; and trying the list."""
    owning, caller = app().owning, caller_of(request.user)
    view = owning.group(group_id, caller)
    begin = {
        "words": "\n".join(view.words),
        "questions": "\n".join(view.questions),
        "slow_seconds": view.slow_seconds,
    }
    sent = [request.POST] if request.method == "POST" else []
    form = ToolsForm(*sent, initial=begin, slow=view.slow_seconds)
    found: list[str] | None = None
    short: Sequence[str] = ()
    if sent and form.is_valid():
        given = form.cleaned_data
        if "try" in request.POST:
            listed, now = rules.lines(given["words"]), app().screening.now
            hits = now.own_words(given["text"], listed)
            found, short = list(dict.fromkeys(e.word for e in hits)), now.too_short(listed)
        else:
            try:
                owning.set_tools(
                    group_id, given["words"], given["questions"], given["slow_seconds"], caller
                )
            except Refused as problem:
                add_refusal(form, problem, _field_of(problem))
            else:
                messages.success(request, gettext("Saved. The app is told of it."))
                return redirect("group_tools", group_id)
    page = {
        "group": view,
        "form": form,
        "tried": found is not None,
        "found": found,
        "short": short,
        "history": [(c, _pause(c.slow_seconds)) for c in owning.tools_history(group_id, caller)],
        **mine.frame(request, "groups"),
    }
    return render(request, "public/group_tools.html", page, status=400 if form.errors else 200)


@private
@login_required
@require_safe
def duty(request: HttpRequest, group_id: str) -> HttpResponse:
    """What the owners were asked, and what became of it."""
    caller = caller_of(request.user)
    lines = app().owning.duty(group_id, caller)
    page = {"group_id": group_id, "lines": [_duty(line) for line in lines]}
    return render(request, "public/group_duty.html", {**page, **mine.frame(request, "groups")})


@private
@login_required
@require_safe
def duty_csv(request: HttpRequest, group_id: str) -> HttpResponse:
    """The same as a table to keep: codes, days and times, nothing that somebody wrote."""
    lines = app().owning.duty(group_id, caller_of(request.user))
    text = StringIO()
    table = csv.writer(text)
    table.writerow(
        ["task", "category", "asked_on", "due_at", "stage", "why", "action", "late", "ended_at"]
    )
    for line in lines:
        ended = line.ended_at.isoformat() if line.ended_at else ""
        late = "yes" if line.late else "no"
        due = line.due_at.isoformat()
        row = [line.ref, line.code, line.asked_on.isoformat(), due, line.stage]
        table.writerow([*row, line.why or "", line.action or "", late, ended])
    answer = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="duty.csv"'
    return answer


def _group(
    request: HttpRequest, group_id: str, wrong: str = "", form: ActForm | None = None
) -> HttpResponse:
    caller = caller_of(request.user)
    view = app().owning.group(group_id, caller)
    tasks = app().owning.tasks(group_id, caller)
    shown = [_shown(task, form if task.ref == wrong else None) for task in tasks]
    page = {
        "group": view,
        "waiting": [each for each in shown if each.form is not None],
        "over": [each for each in shown if each.form is None],
        "wrong": form,
        "posts": [held_pieces.shown(p) for p in app().screening.looks.of_group(group_id, caller)],
        **mine.frame(request, "groups"),
    }
    return render(request, "public/group.html", page, status=400 if form else 200)


def _shown(task: TaskView, form: ActForm | None) -> Shown:
    waits = task.stage in {"open", "missed"}
    return Shown(
        task=task,
        category=task.category(words.language()),
        kind=words.said(words.SUBJECTS, task.subject_kind),
        stage=words.said(words.OWNER_STAGES, task.stage),
        action=words.said(words.OWNER_ACTIONS, task.action),
        form=(form or ActForm(prefix=task.ref)) if waits else None,
    )


def _duty(line: DutyLine) -> DutyShown:
    return DutyShown(
        line=line,
        category=line.category(words.language()),
        stage=words.said(words.OWNER_STAGES, line.stage),
        action=words.said(words.OWNER_ACTIONS, line.action),
    )


def _pause(seconds: int) -> str:
    return gettext("%(n)d seconds") % {"n": seconds} if seconds else gettext("No pause")


def _field_of(problem: Refused) -> str:
    fields = {
        "owners.too_many_questions": "questions",
        "owners.bad_slow_mode": "slow_seconds",
    }
    return fields.get(problem.code, "words")
