"""
The tags of the recurring pieces: `{% load pieces %}`, then one tag per view of `web/pieces.py`.

`{% clock view %}`, `{% timeline entries %}`, `{% statement view %}`, `{% receipt view %}`,
`{% meter items %}`, `{% snapshot view %}`, `{% clause_card view %}`, `{% comparison view %}`,
`{% share part whole %}`, `{% error_summary errors %}`, `{% form_errors form %}`,
`{% field form.name %}`, `{% task_list tasks %}`, `{% answers view %}`, `{% empty title hint %}`,
`{% pager view %}`, `{% confirm view %}`, `{% inbox notices %}`, `{% tabs tabs label %}`,
`{% queue items %}`, `{% icon "clock" %}`, and the filters `{{ at|moment }}`, `{{ on|day }}`,
`{{ leaf|short_hash }}`, `{{ code|grouped }}`.
"""

from collections.abc import Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

import segno
from django import template
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms import BaseForm, BoundField, CheckboxInput, Textarea
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from gongdao.web import pieces as views
from gongdao.web import times

register = template.Library()


@register.simple_tag
@cache
def icon(name: str) -> SafeString:
    """An icon of the sprite. It never says anything alone, so it is hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        static("web/vendored/icons.svg"),
        name,
    )


@register.filter
def moment(at: datetime, now: datetime | None = None) -> str:
    """A moment to the minute; with `now`, without the year if it is the same."""
    return times.moment(at, now)


@register.filter
def day(on: date) -> str:
    """A day with its year."""
    return times.day(on)


@register.filter
def short_hash(leaf: str) -> str:
    """The first digits of a hash, with an ellipsis that says that there are more."""
    return f"{leaf[: views.HASH_SHOWN]}…" if len(leaf) > views.HASH_SHOWN else leaf


@register.filter
def grouped(code: str) -> list[str]:
    """A code in its own groups where it has hyphens, else in groups of four."""
    if "-" in code:
        return code.split("-")
    return [code[start : start + 4] for start in range(0, len(code), 4)]


@register.inclusion_tag("pieces/clock.html")
def clock(view: views.Clock, level: str = "full") -> dict[str, Any]:
    """A time limit; `level="line"` leaves out the details, for lists."""
    return {"clock": view, "left": times.span(view.left), "level": level}


@register.inclusion_tag("pieces/timeline.html")
def timeline(entries: Sequence[views.TimelineEntry]) -> dict[str, Any]:
    """What happened, oldest first."""
    return {"entries": entries}


@register.inclusion_tag("pieces/statement.html")
def statement(view: views.Statement) -> dict[str, Any]:
    """A decision as a letter that one would print."""
    return {"statement": view}


@register.inclusion_tag("pieces/receipt.html")
def receipt(view: views.Receipt) -> dict[str, Any]:
    """The receipt with its code in groups and as a QR code."""
    return {"receipt": view, "qr": _qr(view.track_url)}


def _qr(text: str) -> SafeString:
    """An SVG without size or style, which the style sheet gives; the text is in the dots alone."""
    drawing = segno.make(text, error="m", micro=False).svg_inline(
        omitsize=True, border=2, dark="#201d19", light="#ffffff", svgclass="qr", lineclass=None
    )
    return mark_safe(drawing)  # noqa: S308  drawn by us out of numbers


@register.inclusion_tag("pieces/meter.html")
def meter(items: Sequence[views.MeterItem]) -> dict[str, Any]:
    """What is there, what is missing and what each would add."""
    there = sum(item.there for item in items)
    return {"items": items, "there": there, "all": len(items)}


@register.inclusion_tag("pieces/snapshot.html")
def snapshot(view: views.Snapshot) -> dict[str, Any]:
    """What was reported or shown, folded until asked for."""
    return {"snapshot": view}


@register.inclusion_tag("pieces/clause_card.html")
def clause_card(view: views.ClauseCard, level: str = "full") -> dict[str, Any]:
    """A rule with examples both ways; `level="brief"` folds all but its words."""
    return {"clause": view, "level": level}


@register.inclusion_tag("pieces/comparison.html")
def comparison(view: views.Comparison) -> dict[str, Any]:
    """Rule packs side by side, each cell with its source."""
    return {"comparison": view}


@register.inclusion_tag("pieces/share.html")
def share(part: int, whole: int) -> dict[str, Any]:
    """A share with its n; below 20 only that there are too few to tell."""
    few = whole < views.TOO_FEW
    return {"few": few, "n": whole, "percent": None if few else round(100 * part / whole)}


@register.inclusion_tag("pieces/error_summary.html")
def error_summary(errors: Sequence[views.FieldError]) -> dict[str, Any]:
    """What to mend, with links to the fields; nothing where there are no errors."""
    return {"errors": errors}


@register.inclusion_tag("pieces/error_summary.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The error summary of a Django form."""
    return {"errors": tuple(_errors_of(form))}


def _errors_of(form: BaseForm) -> list[views.FieldError]:
    problems = form.errors.as_data()
    whole = problems.get(NON_FIELD_ERRORS, ())
    found = [views.FieldError("", words, _own_code(p)) for p in whole for words in p.messages]
    for bound in form:
        for problem in problems.get(bound.name, ()):
            found += [_error(bound, problem, words) for words in problem.messages]
    return found


def _error(bound: BoundField, problem: ValidationError, words: str) -> views.FieldError:
    """In the summary an error says of which field it is: three times "required" helps nobody.

    Errors with a code of our own are whole sentences that say so themselves.
    """
    code = _own_code(problem)
    said = words if code else f"{bound.label}{pgettext('colon', ': ')}{words}"
    return views.FieldError(_first_id(bound), said, code)


def _own_code(problem: ValidationError) -> str:
    """Our codes have a dot (`report.no_subject`); Django's own (`required`) tell people nothing."""
    code = problem.code or ""
    return code if "." in code else ""


def _first_id(bound: BoundField) -> str:
    """The id of what takes the focus: a group of choices is entered by its first one."""
    if bound.field.widget.use_fieldset:
        choices = bound.subwidgets
        return str(choices[0].id_for_label) if choices else str(bound.auto_id)
    return str(bound.id_for_label)


@register.inclusion_tag("pieces/field.html")
def field(
    bound: BoundField,
    limit: int | None = None,
    hints: dict[str, str] | None = None,
    *,
    say_optional: bool = True,
) -> dict[str, Any]:
    """
    A field of a Django form with label, hint, errors and, in a text area, its character limit.

    The limit is the form field's `max_length` unless given. `hints` explains single choices by
    their value.
    """
    top = limit if limit is not None else getattr(bound.field, "max_length", None)
    counted = top if isinstance(bound.field.widget, Textarea) else None
    kind = _kind(bound)
    grouped = kind == "group"
    return {
        "bound": bound,
        "kind": kind,
        "limit": counted,
        "say_optional": say_optional and not bound.field.required,
        "widget": "" if grouped else bound.as_widget(attrs=_attrs(bound, counted)),
        "choices": [
            (choice, (hints or {}).get(str(choice.data["value"]), ""))
            for choice in (bound.subwidgets if grouped else ())
        ],
        "described_by": " ".join(_descriptions(bound, counted)),
    }


def _kind(bound: BoundField) -> str:
    if bound.is_hidden:
        return "hidden"
    if bound.field.widget.use_fieldset:
        return "group"
    return "check" if isinstance(bound.field.widget, CheckboxInput) else "plain"


def _descriptions(bound: BoundField, limit: int | None) -> list[str]:
    ids = [f"{bound.auto_id}_helptext"] if bound.help_text else []
    ids += [f"{bound.auto_id}_error"] if bound.errors else []
    return ids + ([f"{bound.id_for_label}-limit"] if limit else [])


def _attrs(bound: BoundField, limit: int | None) -> dict[str, Any]:
    attrs: dict[str, Any] = {}
    if str(bound.field.widget.attrs.get("placeholder", "")) == str(bound.label):
        attrs["placeholder"] = False  # says the label twice
    if described_by := " ".join(_descriptions(bound, limit)):
        attrs["aria-describedby"] = described_by
    if limit:
        # No `maxlength`: a browser would cut a pasted statement without a word.
        attrs |= {"maxlength": False, "data-limit": str(limit)}
    return attrs


@register.inclusion_tag("pieces/task_list.html")
def task_list(tasks: Sequence[views.Task]) -> dict[str, Any]:
    """What there is to do, each with how far it is."""
    return {"tasks": tasks}


@register.inclusion_tag("pieces/answers.html", takes_context=True)
def answers(context: template.Context, view: views.Answers) -> dict[str, Any]:
    """Where it stands, what happens next and by when, what I can do now."""
    return {"answers": view, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("pieces/empty.html")
def empty(title: str, hint: str = "", url: str = "", label: str = "") -> dict[str, Any]:
    """A list with nothing in it: says so, and what one could do."""
    return {"title": title, "hint": hint, "url": url, "label": label}


@register.inclusion_tag("pieces/pager.html")
def pager(view: views.Pager) -> dict[str, Any]:
    """Newer and older."""
    return {"pager": view}


@register.inclusion_tag("pieces/confirm.html", takes_context=True)
def confirm(context: template.Context, view: views.Confirm) -> dict[str, Any]:
    """What will happen, and the two ways on."""
    return {"confirm": view, "csrf_token": context.get("csrf_token")}


@register.inclusion_tag("pieces/inbox.html")
def inbox(notices: Sequence[views.NoticeItem]) -> dict[str, Any]:
    """Notices, newest first."""
    return {"notices": notices}


@register.inclusion_tag("pieces/tabs.html")
def tabs(each: Sequence[views.Tab], label: str) -> dict[str, Any]:
    """Ways to see a list: links, so that they work without JavaScript."""
    return {"tabs": each, "label": label}


@register.inclusion_tag("pieces/filter_bar.html")
def filter_bar(form: BaseForm, action: str = "") -> dict[str, Any]:
    """A form in one line that asks by GET, so that the answer has an address."""
    return {"form": form, "action": action}


@register.inclusion_tag("pieces/queue.html")
def queue(items: Sequence[views.QueueItem]) -> dict[str, Any]:
    """The desk's queue, most urgent first, each with why it stands there."""
    return {"items": items}
