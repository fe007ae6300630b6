"""Saying something in one's case: an answer, an appeal, a request for a review, a withdrawal."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.flows.asking_back import QuestionView
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.kernel.ids import AppealId, DecisionId
from gongdao.domain.policy.model import CasePolicy
from gongdao.site.hints import hint_of
from gongdao.web import case_pieces, pieces, words
from gongdao.web.public import code_door, stands, wording
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.opened import Opened
from gongdao.web.public.wording import Marked

Text = str | Promise
_DONE_ALREADY = {
    "appeal.already_filed",
    "appeal.nothing_asked",
    "case.already_answered",
    "withdrawal.already",
    "case.wrong_stage",
}
"""What a button pressed twice runs into: the first time was enough."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to say: how the page asks for it, and what it does."""

    title: Text
    lead: Text
    label: Text
    hint: Text
    button: Text
    done: Text
    least: Callable[[CasePolicy], int]
    most: Callable[[CasePolicy], int]
    do: Callable[[Opened, str], None]
    consequences: tuple[Text, ...] = ()
    with_letter: bool = False
    with_question: bool = False
    advised: bool = True
    """Whether one can have the wording looked at before sending."""
    asks: bool = True
    """Whether there is anything to write."""


def _answer(case: Opened, text: str) -> None:
    app().investigating.answer(case.view.id, text, case.caller)


def _rectify(case: Opened, text: str) -> None:
    app().investigating.rectify(case.view.id, text, case.caller)


def _withdraw(case: Opened, text: str) -> None:
    app().reporting.withdraw(case.view.id, text, case.caller)


def _take_up(case: Opened, _: str) -> None:
    app().standing.taking_up.mine(case.view.id, case.caller)


def _appeal(case: Opened, text: str) -> None:
    decision = case.view.decision
    if decision is None:
        raise Http404
    app().appealing.file(DecisionId(decision.id), text, case.caller)


def _answer_question(case: Opened, text: str) -> None:
    question = open_question(case)
    if question is None:
        raise Http404
    app().around_appeals.asking.answer(AppealId(question.appeal), text, case.caller)


def open_question(case: Opened) -> QuestionView | None:
    """What this side is asked back about its appeal, if something is."""
    asked = app().around_appeals.asking.of_case(case.view.id, case.caller)
    return next((question for question in reversed(asked) if question.open), None)


def _reason_least(policy: CasePolicy) -> int:
    return policy.limits.reason_min


def _reason_most(policy: CasePolicy) -> int:
    return policy.limits.reason_max


def _grounds_least(policy: CasePolicy) -> int:
    return policy.appeals.grounds_min


def _grounds_most(policy: CasePolicy) -> int:
    return policy.appeals.grounds_max


STEPS: dict[str, Step] = {
    "answer": Step(
        title=_("Tell your side"),
        lead=_("Before anything is decided we want to hear you. Nothing is decided yet."),
        label=_("Your answer"),
        hint=_("Say what happened from where you stand, and what else we should look at."),
        button=_("Send the answer"),
        done=_("We have your answer. It is in the file."),
        least=_reason_least,
        most=_reason_most,
        do=_answer,
        consequences=(
            _("A reviewer reads it before deciding."),
            _("You can answer once. If you forgot something, you can say it in an appeal."),
        ),
        with_question=True,
    ),
    "rectify": Step(
        title=_("Say how you put it right"),
        lead=_("The decision asks you to put something right within a time."),
        label=_("What you did"),
        hint=_("Say what you changed or took down, where, and when."),
        button=_("Send"),
        done=_("Thank you. It is in the file, and the time limit is met."),
        least=_reason_least,
        most=_reason_most,
        do=_rectify,
        with_letter=True,
    ),
    "appeal": Step(
        title=_("Appeal"),
        lead=_("Somebody who took no part in the decision looks at it again."),
        label=_("What did the decision get wrong?"),
        hint=_(
            "Name the fact or the rule, and what speaks for it. Short and exact is better than "
            "long. You need not apologise."
        ),
        button=_("Send the appeal"),
        done=_("We have your appeal."),
        least=_grounds_least,
        most=_grounds_most,
        do=_appeal,
        consequences=(
            _("It costs nothing, and the outcome is never harder than the decision."),
            _("You can appeal once against this decision at this level."),
            _("The decision stands until the appeal is decided."),
        ),
        with_letter=True,
    ),
    "answer_question": Step(
        title=_("Answer our question"),
        lead=_("The reviewer of your appeal asks you something. The outcome waits for it."),
        label=_("Your answer"),
        hint=_("Say what you know, with times and numbers. If you do not know it, say so."),
        button=_("Send the answer"),
        done=_("We have your answer. The clock runs on."),
        least=_reason_least,
        most=_reason_most,
        do=_answer_question,
        consequences=(
            _("The reviewer reads it before anything is decided."),
            _("Our time limit runs on from now."),
        ),
        with_question=True,
    ),
    "ask_review": Step(
        title=_("Ask for a review"),
        lead=_("Somebody who took no part in the decision looks at your report again."),
        label=_("What did we miss?"),
        hint=_("Name the fact or the rule that was got wrong, or what you know in addition."),
        button=_("Send the request"),
        done=_("We have your request for a review."),
        least=_grounds_least,
        most=_grounds_most,
        do=_appeal,
        consequences=(
            _("The person concerned does not learn that you asked."),
            _("You can ask once against this decision at this level."),
        ),
    ),
    "withdraw": Step(
        title=_("Withdraw the report"),
        lead="",
        label=_("Why do you withdraw it?"),
        hint=_("You need not say. It helps us if somebody put you under pressure."),
        button=_("Withdraw the report"),
        done=_("Your report is withdrawn."),
        least=lambda _policy: 0,
        most=_reason_most,
        do=_withdraw,
        advised=False,
    ),
    "take_up": Step(
        title=_("Have it looked at now"),
        lead=_("This report came in while a measure was in force. That is over now."),
        label="",
        hint="",
        button=_("Have it looked at"),
        done=_("It waits for the acceptance check now, like any new report."),
        least=lambda _policy: 0,
        most=_reason_most,
        do=_take_up,
        consequences=(
            _(
                "It is treated like every other report. The person concerned learns neither who "
                "you are nor that it waited."
            ),
            _("It waits its turn from now on."),
            _("If it has settled itself, you can leave it as it is or withdraw it."),
        ),
        advised=False,
        asks=False,
    ),
}


class SayForm(forms.Form):
    """One text."""

    def __init__(self, step: Step, policy: CasePolicy, *args: Any) -> None:
        super().__init__(*args)
        if not step.asks:
            return
        least = step.least(policy)
        short = gettext("Write at least %(least)s characters.") % {"least": least}
        self.fields["text"] = LongText(
            limit=step.most(policy),
            rows=8 if least else 4,
            label=step.label,
            help_text=step.hint,
            required=least > 0,
            **needed(short, "text.missing"),
        )


def say(request: HttpRequest, case: Opened, step: str) -> HttpResponse:
    """The page on which one thing is said, and saying it."""
    if step not in STEPS:
        raise Http404
    asked = STEPS[step]
    if step not in case.view.can:
        messages.info(request, gettext("This is not open now. The page says where it stands."))
        return redirect(case.url())
    if asked.advised and wording.asked(request):
        return _looked_at(request, case, step)
    form = SayForm(asked, case.policy, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            asked.do(case, form.cleaned_data.get("text", ""))
        except Refused as problem:
            if problem.code in _DONE_ALREADY:
                messages.info(request, hint_of(problem))
                return redirect(case.url())
            add_refusal(form, problem, "text" if asked.asks else None)
        else:
            messages.success(request, str(asked.done))
            return redirect(case.url())
    return _page(request, case, step, form)


said = code_door.doors(say)


def _looked_at(request: HttpRequest, case: Opened, name: str) -> HttpResponse:
    """The same page with the text kept and its marks; nothing is sent, and nothing is wrong."""
    text = request.POST.get("text", "").replace("\r\n", "\n")
    form = SayForm(STEPS[name], case.policy)
    form.initial["text"] = text
    return _page(request, case, name, form, wording.marked(request, case, text))


def _page(
    request: HttpRequest, case: Opened, name: str, form: SayForm, marked: Marked | None = None
) -> HttpResponse:
    step, decision = STEPS[name], case.view.decision
    offered = wording.templates(case, name)
    if template := wording.chosen(request, offered):
        form.initial["text"] = template
    page = {
        "here": "track" if case.is_reporter else "appeal",
        "case": case,
        "name": name,
        "step": step,
        "form": form,
        "marked": marked,
        "advised": step.advised,
        "templates": offered,
        "clock": _clock(case, name),
        "evidence": case.url("evidence"),
        "consequences": _consequences(case, name),
        "letter": case_pieces.letter(decision) if decision and step.with_letter else None,
        "letter_outcome": case.letter_outcome,
        "question": _question(case, name) if step.with_question else "",
        "snapshot": case_pieces.snapshot(case.view),
        "interim": case_pieces.interim(case.view),
    }
    status = 400 if form.errors else 200
    return render(request, "public/say.html", page, status=status)


def _clock(case: Opened, name: str) -> pieces.Clock | None:
    return (
        None
        if name in {"withdraw", "take_up"}
        else stands.answers(case, app().records.clock()).clock
    )


def _consequences(case: Opened, name: str) -> list[str]:
    """What will happen; the pack says what a withdrawal does."""
    if name != "withdraw":
        return [str(each) for each in STEPS[name].consequences]
    category = case.policy.category(case.view.category)
    why = [category.withdrawal.why.in_(words.language())] if category else []
    final = gettext("You cannot take the withdrawal back. You can report again.")
    return [*why, final]


def _question(case: Opened, name: str) -> str:
    if name == "answer_question":
        question = open_question(case)
        return question.text if question else ""
    asked = [e.text for e in case.view.timeline if e.kind == "case.answer_requested"]
    return asked[-1] or "" if asked else ""
