"""What somebody at the desk does with an appeal, from the first opinion to the outcome."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.appeals.opinions import Leaning
from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.kernel.ids import AppealId, PersonId
from gongdao.web.desk.appeal_forms import AskColleague, Confirm, Opinion
from gongdao.web.desk.forms import NOT_WHO, Hear, Reasons
from gongdao.web.desk.step import Context, Step


def _appeal(context: Context) -> AppealId:
    appeal = context.open_appeal
    if appeal is None:
        raise BadInput("appeal.not_here", hint_noop("No appeal of this case lies with you."))
    return AppealId(appeal.id)


def _can_change(context: Context) -> bool:
    appeal = context.open_appeal
    return appeal is None or appeal.side == "respondent"


def _opinion_form(context: Context, *args: Any) -> forms.Form:
    return Opinion(context.policy, *args, can_change=_can_change(context))


def _opinion(context: Context, form: Any) -> None:
    given, hearings = form.cleaned_data, context.app.around_appeals.hearings
    leaning = Leaning(given["leaning"])
    hearings.write_opinion(_appeal(context), leaning, given["reasons"], context.caller)


def _hear_form(context: Context, *args: Any) -> forms.Form:
    return Hear(context.policy, *args, can_change=_can_change(context))


def _hear(context: Context, form: Any) -> Any:
    if context.my_appeal is None:
        raise BadInput("appeal.not_here", hint_noop("No appeal of this case lies with you."))
    given, reviewing = form.cleaned_data, context.app.reviewing
    wanted = AppealId(context.my_appeal.id)
    if given["ending"] == "uphold":
        done = reviewing.uphold(wanted, given["reasons"], context.caller)
    elif given["ending"] == "overturn":
        done = reviewing.overturn(wanted, given["reasons"], context.caller)
    else:
        done = reviewing.change(wanted, form.measure(), given["reasons"], context.caller)
    return None if done else _("The outcome is written. It waits for a second person.")


def _ask_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("What you ask the appellant"), context.policy, *args, hint=NOT_WHO)


def _ask(context: Context, form: Any) -> None:
    asking = context.app.around_appeals.asking
    asking.ask(_appeal(context), form.cleaned_data["reasons"], context.caller)


def _colleague_form(context: Context, *args: Any) -> forms.Form:
    hearings = context.app.around_appeals.hearings
    found = hearings.colleagues(_appeal(context), context.caller)
    return AskColleague(context.policy, found, *args)


def _colleague(context: Context, form: Any) -> None:
    given, hearings = form.cleaned_data, context.app.around_appeals.hearings
    hearings.ask_second(_appeal(context), PersonId(given["of"]), given["reasons"], context.caller)


def _note_form(context: Context, *args: Any) -> forms.Form:
    return Reasons(_("Note, for staff alone"), context.policy, *args)


def _note(context: Context, form: Any) -> None:
    hearings = context.app.around_appeals.hearings
    hearings.note(_appeal(context), form.cleaned_data["reasons"], context.caller)


def _confirm_form(context: Context, *args: Any) -> forms.Form:
    return Confirm(context.policy, *args)


def _confirm(context: Context, form: Any) -> Any:
    given, reviewing = form.cleaned_data, context.app.reviewing
    if given["stands"] == "yes":
        reviewing.confirm(_appeal(context), given["reasons"], context.caller)
        return None
    reviewing.refuse(_appeal(context), given["reasons"], context.caller)
    return _("You do not stand for it. Its reviewer looks at it again.")


APPEAL_STEPS: dict[str, Step] = {
    "opinion": Step(
        title=_("Write your first opinion"),
        button=_("Keep the opinion"),
        done=_("Your opinion is in the file. What was foretold is shown now."),
        make=_opinion_form,
        do=_opinion,
    ),
    "second_opinion": Step(
        title=_("Write the second opinion"),
        button=_("Give the opinion"),
        done=_("Your opinion is given. The reviewer decides."),
        make=_opinion_form,
        do=_opinion,
    ),
    "confirm_outcome": Step(
        title=_("Stand for the outcome, or refuse"),
        button=_("Say so"),
        done=_("The appeal is decided, and both sides are told."),
        make=_confirm_form,
        do=_confirm,
        decides=True,
    ),
    "hear_appeal": Step(
        title=_("Decide the appeal"),
        button=_("Issue the outcome"),
        done=_("The appeal is decided, and both sides are told."),
        make=_hear_form,
        do=_hear,
        decides=True,
    ),
    "ask_appellant": Step(
        title=_("Ask the appellant"),
        button=_("Send the question"),
        done=_(
            "The question is sent. The clock stands still for it, up to the limit of the rules."
        ),
        make=_ask_form,
        do=_ask,
    ),
    "ask_second": Step(
        title=_("Ask for a second opinion"),
        button=_("Ask for it"),
        done=_("Your colleague is asked. You can decide without the opinion, too."),
        make=_colleague_form,
        do=_colleague,
    ),
    "appeal_note": Step(
        title=_("Add a note on the appeal"),
        button=_("Keep the note"),
        done=_("The note is in the file."),
        make=_note_form,
        do=_note,
    ),
}
"""In the order in which they are shown."""
