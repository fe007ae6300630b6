"""What somebody at the desk does with a case: each step has a form and a story behind it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.interim.model import InterimId
from gongdao.web.desk.appeal_steps import APPEAL_STEPS
from gongdao.web.desk.forms import NOT_WHO, Decide, Decline, Pause, Reasons
from gongdao.web.desk.interim_forms import Hold, Lift
from gongdao.web.desk.step import Context, Step


def _accept_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(
        _("Why it is taken up, as the reporter will read it"),
        context.policy,
        *args,
        initial=_("The report is clear and falls under our rules, so we look into it."),
    )


def _accept(context: Context, form: Any) -> None:
    context.app.investigating.accept(context.view.id, form.cleaned_data["reasons"], context.caller)


def _decline_form(context: Context, *args: Any) -> forms.Form:
    return Decline(context.policy, *args)


def _decline(context: Context, form: Any) -> None:
    context.app.deciding.decide(context.view.id, ruling(form), context.caller)


def _note_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("Note, for staff alone"), context.policy, *args)


def _note(context: Context, form: Any) -> None:
    context.app.investigating.note(context.view.id, form.cleaned_data["reasons"], context.caller)


def _ask_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("What you ask"), context.policy, *args, hint=NOT_WHO)


def _ask(context: Context, form: Any) -> None:
    context.app.investigating.request_answer(
        context.view.id, form.cleaned_data["reasons"], context.caller
    )


def _decide_form(context: Context, *args: Any) -> forms.Form:
    clauses = context.clauses()
    return Decide(context.policy, clauses, clauses[0].code, *args)


def _decide(context: Context, form: Any) -> None:
    context.app.deciding.decide(context.view.id, ruling(form), context.caller)


def ruling(form: Any) -> Ruling:
    """What a filled form decides."""
    given = form.cleaned_data
    if isinstance(form, Decline):
        return Ruling(
            Outcome.NOT_ACCEPTED, given["findings"], given["reasons"], ground=given["ground"]
        )
    return Ruling(
        Outcome(given["outcome"]),
        given["findings"],
        given["reasons"],
        clause=given["clause"],
        measure=form.measure(),
        departure=given["departure"] or None,
    )


def _pause_form(context: Context, *args: Any) -> forms.Form:
    return Pause(context.policy, _("What the clock waits for"), *args)


def _pause(context: Context, form: Any) -> None:
    context.app.investigating.pause(context.view.id, form.cleaned_data["reason"], context.caller)


def _resume_form(context: Context, *args: Any) -> forms.Form:
    return Pause(context.policy, _("What has been waited for"), *args)


def _resume(context: Context, form: Any) -> None:
    context.app.investigating.resume(context.view.id, form.cleaned_data["reason"], context.caller)


def _interim_form(context: Context, *args: Any) -> forms.Form:
    case = context.case
    rules = context.policy.interim_for(case.category, case.subject.kind)
    return Hold(context.policy, rules, *args)


def _interim(context: Context, form: Any) -> None:
    context.app.holding.impose(
        context.view.id,
        form.measure(),
        form.span(),
        form.cleaned_data["reasons"],
        context.caller,
    )


def _lift_form(context: Context, *args: Any) -> forms.Form:
    return Lift(context.policy, [one for one in context.view.interim if one.in_force], *args)


def _lift(context: Context, form: Any) -> None:
    given = form.cleaned_data
    context.app.holding.lift(InterimId(given["interim"]), given["reasons"], context.caller)


STEPS: dict[str, Step] = {
    **APPEAL_STEPS,
    "accept": Step(
        title=_("Take it up"),
        button=_("Take the report up"),
        done=_("The report is taken up. The clock for the decision runs."),
        make=_accept_form,
        do=_accept,
    ),
    "decline": Step(
        title=_("Do not take it up"),
        button=_("Issue the answer"),
        done=_("The report is answered. Its reporter may ask for a review."),
        make=_decline_form,
        do=_decline,
        decides=True,
    ),
    "decide": Step(
        title=_("Decide the case"),
        button=_("Issue the decision"),
        done=_("The case is decided, and everybody concerned is told."),
        make=_decide_form,
        do=_decide,
        decides=True,
    ),
    "request_answer": Step(
        title=_("Ask the person concerned"),
        button=_("Send the question"),
        done=_("The question is sent. The case comes back with the answer or when time is over."),
        make=_ask_form,
        do=_ask,
    ),
    "interim": Step(
        title=_("Let a measure hold until then"),
        button=_("Let it hold for now"),
        done=_("The measure holds for now, and the person concerned is told why."),
        make=_interim_form,
        do=_interim,
    ),
    "lift_interim": Step(
        title=_("Lift the interim measure"),
        button=_("Lift it now"),
        done=_("The interim measure is lifted, and the person concerned is told."),
        make=_lift_form,
        do=_lift,
    ),
    "note": Step(
        title=_("Add a note"),
        button=_("Keep the note"),
        done=_("The note is in the file."),
        make=_note_form,
        do=_note,
    ),
    "resume": Step(
        title=_("Let the clock run on"),
        button=_("Let the clock run on"),
        done=_("The clock runs on."),
        make=_resume_form,
        do=_resume,
    ),
    "pause": Step(
        title=_("Hold the clock"),
        button=_("Hold the clock"),
        done=_("The clock stands still until the reason is gone."),
        make=_pause_form,
        do=_pause,
    ),
}
"""In the order in which they are shown."""


def possible(context: Context) -> list[str]:
    """The steps that this caller could take now, in the order in which they are shown."""
    can = set(context.view.can)
    if context.paused and "pause" in can:
        can.add("resume")
    if not context.policy.procedure.pauses:
        can.discard("pause")
    return [name for name in STEPS if name in can]
