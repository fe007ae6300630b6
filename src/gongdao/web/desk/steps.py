"""What somebody at the desk does with a case: each step has a form and a story behind it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.decisions.model import Outcome
from gongdao.domain.decisions.rules import Ruling
from gongdao.domain.flows.casefile import AppealView, CaseView
from gongdao.domain.intake.model import Case
from gongdao.domain.interim.model import InterimId
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import AppealId
from gongdao.domain.policy.model import CasePolicy, Clause
from gongdao.web.desk.forms import NOT_WHO, Decide, Decline, Hear, Pause, Reasons
from gongdao.web.desk.interim_forms import Hold, Lift


@dataclass(frozen=True)
class Context:
    """What a step works on."""

    app: App
    view: CaseView
    policy: CasePolicy
    caller: Caller
    names: dict[str, str] = field(default_factory=dict)
    """What colleagues are called, once asked."""

    @cached_property
    def case(self) -> Case:
        """The case as it stands."""
        return self.app.records.cases.get(self.view.id).now

    @property
    def my_appeal(self) -> AppealView | None:
        """The appeal of this case that lies with the caller."""
        open_ones = (a for a in self.view.appeals if a.stage == "under_review")
        return next((a for a in open_ones if a.reviewer == self.caller.person), None)

    @property
    def paused(self) -> bool:
        """Whether the decision's clock stands still."""
        return any(clock.kind == "decision" and clock.paused for clock in self.view.clocks)

    def clauses(self) -> list[Clause]:
        """Every clause, those of the report's category first."""
        category = self.policy.category(self.view.category)
        first = list(category.clauses) if category else []
        return sorted(
            self.policy.clauses,
            key=lambda c: first.index(c.code) if c.code in first else len(first),
        )


Make = Callable[..., forms.Form]


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its words, its form, and what it does with the form's answers."""

    title: Any
    button: Any
    done: Any
    make: Make
    do: Callable[[Context, Any], None]
    decides: bool = False
    """It issues a decision: looked at once more before it is sent."""


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


def _hear_form(context: Context, *args: Any) -> forms.Form:
    appeal = context.my_appeal
    return Hear(context.policy, *args, can_change=appeal is None or appeal.side == "respondent")


def _hear(context: Context, form: Any) -> None:
    appeal = context.my_appeal
    if appeal is None:
        raise BadInput("appeal.not_here", hint_noop("No appeal of this case lies with you."))
    given, reviewing = form.cleaned_data, context.app.reviewing
    wanted = AppealId(appeal.id)
    if given["ending"] == "uphold":
        reviewing.uphold(wanted, given["reasons"], context.caller)
    elif given["ending"] == "overturn":
        reviewing.overturn(wanted, given["reasons"], context.caller)
    else:
        reviewing.change(wanted, form.measure(), given["reasons"], context.caller)


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
    "hear_appeal": Step(
        title=_("Decide the appeal"),
        button=_("Issue the outcome"),
        done=_("The appeal is decided, and both sides are told."),
        make=_hear_form,
        do=_hear,
        decides=True,
    ),
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
