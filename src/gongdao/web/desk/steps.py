"""What somebody at the desk does with a case: each step has a form and a story behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.casefile import CaseView
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.policy.model import CasePolicy
from gongdao.web.desk.forms import Decide, Decline, Hear, Pause, Reasons


@dataclass(frozen=True, slots=True)
class Context:
    """What a step works on."""

    app: App
    view: CaseView
    policy: CasePolicy
    caller: Caller


Make = Callable[..., forms.Form]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its form, and what it does with the form's answers."""

    title: Any
    button: Any
    make: Make
    do: Callable[[Context, Any], None]
    decides: bool = False


def _accept_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("Why it is taken up, as the reporter will read it"), context.policy, *args)


def _accept(context: Context, form: Any) -> None:
    context.app.investigating.accept(context.view.id, form.cleaned_data["reasons"], context.caller)


def _decline_form(context: Context, *args: Any) -> forms.Form:
    return Decline(context.policy, *args)


def _decline(context: Context, form: Any) -> None:
    given = form.cleaned_data
    ruling = Ruling(
        Outcome.NOT_ACCEPTED, given["findings"], given["reasons"], ground=given["ground"]
    )
    context.app.deciding.decide(context.view.id, ruling, context.caller)


def _note_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("Note, for staff alone"), context.policy, *args)


def _note(context: Context, form: Any) -> None:
    context.app.investigating.note(context.view.id, form.cleaned_data["reasons"], context.caller)


def _ask_form(context: Context, *args: Any) -> forms.Form:
    hint = _("The person concerned reads this. Do not name who reported.")
    return Reasons(_("What you ask"), context.policy, *args, hint=hint)


def _ask(context: Context, form: Any) -> None:
    context.app.investigating.request_answer(
        context.view.id, form.cleaned_data["reasons"], context.caller
    )


def _decide_form(context: Context, *args: Any) -> forms.Form:
    category = context.policy.category(context.view.category)
    first = list(category.clauses) if category else []
    clauses = sorted(
        context.policy.clauses,
        key=lambda c: first.index(c.code) if c.code in first else len(first),
    )
    return Decide(context.policy, clauses, *args)


def _decide(context: Context, form: Any) -> None:
    given = form.cleaned_data
    ruling = Ruling(
        Outcome(given["outcome"]),
        given["findings"],
        given["reasons"],
        clause=given["clause"],
        measure=form.measure(),
        departure=given["departure"] or None,
    )
    context.app.deciding.decide(context.view.id, ruling, context.caller)


def _hear_form(context: Context, *args: Any) -> forms.Form:
    appeal = _appeal(context)
    return Hear(context.policy, *args, can_change=appeal is None or appeal.side == "respondent")


def _hear(context: Context, form: Any) -> None:
    appeal = _appeal(context)
    if appeal is None:
        return
    given, reviewing = form.cleaned_data, context.app.reviewing
    wanted = AppealId(appeal.id)
    if given["ending"] == "uphold":
        reviewing.uphold(wanted, given["reasons"], context.caller)
    elif given["ending"] == "overturn":
        reviewing.overturn(wanted, given["reasons"], context.caller)
    else:
        measure = form.measure()
        if measure is None:
            raise BadInput("appeal.no_measure", hint_noop("Pick the measure that takes its place."))
        reviewing.change(wanted, measure, given["reasons"], context.caller)


def _appeal(context: Context) -> Any:
    mine = (a for a in context.view.appeals if a.stage == "under_review")
    return next((a for a in mine if a.reviewer == context.caller.person), None)


def _pause_form(context: Context, *args: Any) -> forms.Form:
    return Pause(context.policy, *args)


def _pause(context: Context, form: Any) -> None:
    investigating = context.app.investigating
    act = investigating.resume if form.cleaned_data["run_on"] else investigating.pause
    act(context.view.id, form.cleaned_data["reason"], context.caller)


STEPS: dict[str, Step] = {
    "hear_appeal": Step(
        _("Decide the appeal"), _("Issue the outcome"), _hear_form, _hear, decides=True
    ),
    "accept": Step(_("Take it up"), _("Take the report up"), _accept_form, _accept),
    "decline": Step(
        _("Do not take it up"), _("Issue the answer"), _decline_form, _decline, decides=True
    ),
    "decide": Step(
        _("Decide the case"), _("Issue the decision"), _decide_form, _decide, decides=True
    ),
    "request_answer": Step(_("Ask the person concerned"), _("Send the question"), _ask_form, _ask),
    "note": Step(_("Add a note"), _("Keep the note"), _note_form, _note),
    "pause": Step(_("Hold the clock"), _("Set the clock"), _pause_form, _pause),
}
"""In the order in which they are shown; `CaseView.can` says which of them are possible."""
