"""The right pane: what can be done, the rule beside it, and the look before something is issued."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from gongdao.domain.access.rules import DECIDERS
from gongdao.domain.policy.model import Clause
from gongdao.web import pieces, words
from gongdao.web.desk.checks import Check, in_force, measure_words
from gongdao.web.desk.step import Context, Step
from gongdao.web.desk.steps import STEPS, possible


@dataclass(frozen=True, slots=True)
class Filled:
    """A step's form as somebody sent it, and what became of it."""

    name: str
    form: forms.Form
    check: Check | None = None


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step as the pane shows it."""

    name: str
    step: Step
    form: forms.Form
    url: str
    opened: bool


def pane(context: Context, filled: Filled | None, kept: str, clause: str = "") -> dict[str, Any]:
    """Everything that the right pane shows."""
    rule = chosen(context, clause)
    deciding = "decide" in context.view.can
    appeal = context.my_appeal
    return {
        "steps": _steps(context, filled, kept, rule),
        "lost": _lost(context, filled),
        "check": filled.check if filled else None,
        "check_step": _checked(context, filled, kept),
        "clause": _card(rule, context) if rule and deciding else None,
        "proposal": _proposal(context, rule) if rule and deciding else None,
        "rules": [] if deciding else _rules(context),
        "taken": in_force(context.view, appeal) if appeal else [],
        "waits_because": waits_because(context),
    }


def chosen(context: Context, asked: str = "") -> Clause | None:
    """The clause asked for, else that of the decision, else the category's likeliest."""
    decided = context.view.decision.clause if context.view.decision else None
    found = context.policy.clause(asked or decided or "")
    return found or next(iter(context.clauses()), None)


def beside(context: Context, asked: str) -> dict[str, Any]:
    """The rule and what the ladder says for it, which change with the choice of the rule."""
    rule = chosen(context, asked)
    deciding = "decide" in context.view.can
    return {
        "clause": _card(rule, context) if rule else None,
        "proposal": _proposal(context, rule) if rule and deciding else None,
    }


def _rules(context: Context) -> list[pieces.ClauseCard]:
    """The rule that was decided by, else those that such a report is usually about."""
    decided = context.view.decision.clause if context.view.decision else None
    category = context.policy.category(context.view.category)
    codes = (decided,) if decided else category.clauses if category else ()
    found = (context.policy.clause(code) for code in codes)
    return [_card(clause, context) for clause in found if clause is not None]


def waits_because(context: Context) -> str:
    """Why the main step is not open to a reviewer who may take others."""
    view = context.view
    if not context.caller.has(*DECIDERS) or view.stage != "investigating":
        return ""
    if view.answer == "asked":
        return _("You can decide as soon as the answer is here or its time is over.")
    if "decide" not in view.can and view.seat.value == "staff":
        return _("You took part in the first decision. Somebody else decides this time.")
    return ""


def form_of(context: Context, name: str, *args: Any) -> forms.Form:
    """A step's form; the ids of its fields name the step, since a page holds several."""
    form = STEPS[name].make(context, *args)
    form.auto_id = f"{name}_%s"
    if "clause" in form.fields:
        url = reverse("desk_clause", args=[context.view.id])
        form.fields["clause"].widget.attrs |= {"hx-get": url, "hx-target": "#beside"}
    return form


def unjudged(context: Context, name: str, sent: forms.Form) -> forms.Form:
    """The form with what was written in it, while nobody has said that it is finished."""
    form = form_of(context, name)
    form.initial.update({field: sent.data[field] for field in sent.fields if field in sent.data})
    return form


def _steps(
    context: Context, filled: Filled | None, kept: str, rule: Clause | None
) -> list[StepShown]:
    names = possible(context)
    opened = filled.name if filled else next(iter(names), "")
    return [
        StepShown(
            name=name,
            step=STEPS[name],
            form=filled.form if filled and filled.name == name else _fresh(context, name, rule),
            url=_url(context, name, kept),
            opened=name == opened,
        )
        for name in names
    ]


def _fresh(context: Context, name: str, rule: Clause | None) -> forms.Form:
    form = form_of(context, name)
    if rule is not None and "clause" in form.fields:
        form.initial["clause"] = rule.code
    return form


def _lost(context: Context, filled: Filled | None) -> list[tuple[str, str]]:
    """What somebody wrote for a step that is no longer open: theirs to copy, never thrown away."""
    if filled is None or filled.name in possible(context):
        return []
    fields = [f for f in filled.form if isinstance(f.field.widget, forms.Textarea) and f.value()]
    return [(str(field.label), str(field.value())) for field in fields]


def _checked(context: Context, filled: Filled | None, kept: str) -> StepShown | None:
    if filled is None or filled.check is None:
        return None
    url = _url(context, filled.name, kept)
    return StepShown(filled.name, STEPS[filled.name], filled.form, url, opened=True)


def _url(context: Context, name: str, kept: str) -> str:
    return f"{reverse('desk_step', args=[context.view.id, name])}?{kept}"


def _card(clause: Clause, context: Context) -> pieces.ClauseCard:
    language = words.language()
    return pieces.ClauseCard(
        code=clause.code,
        title=clause.title.in_(language),
        definition=clause.definition.in_(language),
        examples=tuple(e.in_(language) for e in clause.examples),
        counter_examples=tuple(e.in_(language) for e in clause.counter_examples),
        source=words.source(clause.source),
        version=context.view.pack,
        since=clause.in_force.from_,
        until=clause.in_force.to,
        legal_basis=tuple(b.cite.in_(language) for b in clause.legal_basis),
    )


def _proposal(context: Context, clause: Clause) -> dict[str, Any]:
    """What the ladder says for this clause now, in words."""
    measure, strike = context.app.deciding.proposal(context.case, clause)
    return {
        "measure": measure_words(measure),
        "strike": strike,
        "raised": context.view.unanswered,
        "nobody": context.case.respondent is None,
    }
