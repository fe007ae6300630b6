"""Several platforms side by side, on one topic."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app
from gongdao.domain.policy.comparing import ABOUT_WORDS, About, Table, compare
from gongdao.web import words
from gongdao.web.public.quotes import quoted, titles
from gongdao.web.public.report_forms import choose
from gongdao.web.public.rules import today

_MOST = 6
"""Columns that a screen can hold."""
USUAL = ("wechat", "taobao", "jd")
"""What most people come to compare."""


class Choice(forms.Form):
    """Which platforms, on what."""

    p = forms.MultipleChoiceField(
        label=gettext_lazy("Platforms"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("Choose at least one platform."),
            "invalid_choice": gettext_lazy("Choose from the platforms in the list."),
        },
    )
    about = forms.ChoiceField(
        label=gettext_lazy("Topic"),
        error_messages={"invalid_choice": gettext_lazy("Choose a topic from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language, book = words.language(), app().packs
        packs = [(each, book.in_force(each, today())) for each in book.platforms()]
        choose(self, "p", [(each, pack.title.in_(language)) for each, pack in packs])
        choose(self, "about", [(a.value, ABOUT_WORDS[a].in_(language)) for a in About])

    def clean_p(self) -> list[str]:
        """At most as many as fit beside each other."""
        chosen: list[str] = self.cleaned_data["p"]
        if len(chosen) > _MOST:
            raise forms.ValidationError(
                _("Choose at most %(most)s platforms."), "compare.too_many", {"most": _MOST}
            )
        return chosen


@require_safe
def side_by_side(request: HttpRequest) -> HttpResponse:
    """`?p=wechat&p=taobao&about=appeal`; with nothing chosen, three well-known ones."""
    query = request.GET.copy()
    if not query:
        query.setlist("p", list(USUAL))
    query.setdefault("about", About.APPEAL.value)
    form = Choice(query)
    table = _table(form) if form.is_valid() else None
    page = {"here": "rules", "form": form, "table": table, "wide": True}
    return render(request, "public/compare.html", page, status=200 if table else 400)


def _table(form: Choice) -> dict[str, Any]:
    packs = [app().packs.in_force(each, today()) for each in form.cleaned_data["p"]]
    about = About(form.cleaned_data["about"])
    return _shown(compare(packs, about, today()), [titles(pack) for pack in packs])


def _shown(table: Table, called: Sequence[Mapping[str, str]]) -> dict[str, Any]:
    language = words.language()
    return {
        "caption": ABOUT_WORDS[table.about].in_(language),
        "columns": [column.title.in_(language) for column in table.columns],
        "rows": [
            {
                "title": row.label.in_(language),
                "cells": [quoted(*each) for each in zip(row.cells, called, strict=True)],
            }
            for row in table.rows
        ],
    }
