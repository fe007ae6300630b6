"""Writes the widgets of forms as Django's own templates do, without a template for each attribute.

A decision form has sixty attributes and forty options; each was a template of its own, which took a
quarter of the page's time. What is not written here is left to Django.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.http import HttpRequest
from django.utils.html import conditional_escape
from django.utils.safestring import SafeData, mark_safe

Widget = Mapping[str, Any]
_FOLDER = "django/forms/widgets/"


class Renderer(DjangoTemplates):
    """Django's, but for the commonest widgets."""

    def render(
        self, template_name: str, context: dict[str, Any], request: HttpRequest | None = None
    ) -> str:
        """A widget as HTML."""
        write = _WRITERS.get(template_name.removeprefix(_FOLDER))
        if write is None or context["widget"].get("wrap_label"):
            return super().render(template_name, context, request)
        return mark_safe(write(context["widget"]).strip())  # noqa: S308 – every part is escaped


def _input(widget: Widget) -> str:
    value = widget["value"]
    filled = "" if value is None else f' value="{_text(value)}"'
    kind, name = _text(widget["type"]), _text(widget["name"])
    return f'<input type="{kind}" name="{name}"{filled}{_attributes(widget)}>'


def _textarea(widget: Widget) -> str:
    words = conditional_escape(widget["value"]) if widget["value"] else ""
    return f'<textarea name="{_text(widget["name"])}"{_attributes(widget)}>\n{words}</textarea>'


def _select(widget: Widget) -> str:
    said = [f'<select name="{_text(widget["name"])}"{_attributes(widget)}>']
    for group, options, _ in widget["optgroups"]:
        if group:
            said.append(f'\n  <optgroup label="{conditional_escape(group)}">')
        for option in options:
            value = f'value="{_text(option["value"])}"{_attributes(option)}'
            said.append(f"\n  <option {value}>{conditional_escape(option['label'])}</option>\n")
        if group:
            said.append("\n  </optgroup>")
    return "".join([*said, "\n</select>"])


def _attributes(widget: Widget) -> str:
    """Those that are True stand by their name alone, those that are False not at all."""
    return "".join(
        f" {name}" if value is True else f' {name}="{_text(value)}"'
        for name, value in widget["attrs"].items()
        if value is not False
    )


def _text(value: object) -> str:
    return conditional_escape(value if isinstance(value, SafeData) else str(value))


_WRITERS: Mapping[str, Callable[[Widget], str]] = {
    "textarea.html": _textarea,
    "select.html": _select,
    **dict.fromkeys(
        (
            *("text.html", "hidden.html", "email.html", "password.html", "number.html"),
            *("url.html", "date.html", "datetime.html", "checkbox.html"),
            *("radio_option.html", "checkbox_option.html"),
        ),
        _input,
    ),
}
