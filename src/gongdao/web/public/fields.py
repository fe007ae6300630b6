"""Form fields and errors as the public pages use them."""

from typing import Any

from django import forms

from gongdao.domain.kernel.errors import GongdaoError
from gongdao.site.hints import hint_of


class LongText(forms.CharField):
    """
    A text of several lines. Browsers send line ends as two characters: here each counts as one.

    The domain says which lengths are allowed, so that the limit is only shown.
    """

    def __init__(self, *, limit: int, rows: int = 7, **kwargs: Any) -> None:
        self.limit = limit
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> Any:
        """The text with plain line ends."""
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


def needed(words: Any, code: str) -> dict[str, Any]:
    """What to pass to a field that must be filled: its own words and a stable code."""
    return {"error_messages": {"required": forms.ValidationError(words, code=code)}}


def add_refusal(form: forms.Form, problem: GongdaoError, field: str | None) -> None:
    """Show a refusal of the domain as an error of the form, at the field that it is about."""
    form.add_error(field, forms.ValidationError(hint_of(problem), code=problem.code))
