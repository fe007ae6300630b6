"""Our widgets are Django's, letter by letter."""

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import mark_safe

from gongdao.web.widgets import Renderer

NASTY = '"><script>alert(1)</script>&amp;'
OPTIONS: list[Any] = [
    ("", "—"),
    ("a", NASTY),
    ("组", [("b", "乙"), (NASTY, mark_safe("<b>safe</b>"))]),
    (3, "three"),
]


class Every(forms.Form):
    """A field of each kind."""

    text = forms.CharField(label=NASTY, max_length=80, help_text="h")
    hidden = forms.CharField(widget=forms.HiddenInput)
    secret = forms.CharField(widget=forms.PasswordInput(render_value=True))
    mail = forms.EmailField()
    number = forms.IntegerField(min_value=1)
    day = forms.DateField()
    url = forms.URLField(assume_scheme="https")
    long = forms.CharField(widget=forms.Textarea(attrs={"rows": 3, "data-x": NASTY, "x": False}))
    one = forms.ChoiceField(choices=OPTIONS)
    several = forms.MultipleChoiceField(choices=OPTIONS, required=False)
    radio = forms.ChoiceField(choices=OPTIONS, widget=forms.RadioSelect)
    boxes = forms.MultipleChoiceField(choices=OPTIONS, widget=forms.CheckboxSelectMultiple)
    check = forms.BooleanField()


@pytest.mark.parametrize("name", Every.base_fields)
@pytest.mark.parametrize("given", [None, "", "a", NASTY, "3", "on", mark_safe("&lt;")])
def test_a_widget_is_as_django_writes_it(name: str, given: Any) -> None:
    data = None if given is None else {name: [given] if name in {"several", "boxes"} else given}
    ours, theirs = (Every(data, renderer=each())[name] for each in (Renderer, DjangoTemplates))
    assert str(ours) == str(theirs)
    if ours.field.widget.use_fieldset:
        tags = [[choice.tag() for choice in each.subwidgets] for each in (ours, theirs)]
        assert tags[0] == tags[1]
        assert tags[0]
