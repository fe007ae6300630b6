"""The forms of a guided appeal: one screen each. None of them insists: one may always go on."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.appeals.drafts import OWN, PARTS, SITUATION, WISH
from gongdao.domain.flows.guiding import Guide
from gongdao.domain.policy.questions import Question
from gongdao.web import words
from gongdao.web.public.appealing.screens import PART_TITLES, field_of
from gongdao.web.public.fields import LongText

KEPT_IN_FORM = 20_000
"""So many characters of a text that does not fit are shown again."""


class GuideForm(forms.Form):
    """What one screen asks; its fields are named as the draft's texts are."""

    def texts(self) -> dict[str, str]:
        """What was written, with plain line ends; blanks around it do not count."""
        return {
            name: str(self.data.get(name, "")).replace("\r\n", "\n").strip() for name in self.fields
        }


def situation(guide: Guide, data: Mapping[str, Any] | None = None) -> GuideForm:
    """How it was: it chooses the template."""
    language = words.language()
    known = [(s.code, s.title.in_(language)) for s in guide.templates.situations]
    choices = [*known, (OWN, str(_("None of these: I write it myself")))]
    return _choice(SITUATION, _("What fits best?"), choices, guide, data)


def wish(guide: Guide, data: Mapping[str, Any] | None = None) -> GuideForm:
    """What is asked for."""
    language = words.language()
    choices = [(w.code, w.title.in_(language)) for w in guide.questions.wishes]
    return _choice(WISH, _("I ask you to"), choices, guide, data)


def wish_hints(guide: Guide) -> dict[str, str]:
    """What each wish means."""
    return {w.code: w.hint.in_(words.language()) for w in guide.questions.wishes}


def answer(guide: Guide, question: Question, data: Mapping[str, Any] | None = None) -> GuideForm:
    """One question."""
    form, name = GuideForm(data), field_of(question)
    form.fields[name] = LongText(
        limit=question.most,
        rows=max(question.lines, 2),
        label=_("Your answer"),
        required=False,
    )
    form.initial[name] = guide.draft.text(name)
    return form


def statement(guide: Guide, data: Mapping[str, Any] | None = None) -> GuideForm:
    """The three parts."""
    form = GuideForm(data)
    for part, text in guide.parts(words.language()).items():
        form.fields[PARTS[part]] = LongText(
            limit=guide.policy.appeals.grounds_max,
            rows=6,
            label=PART_TITLES[part],
            required=False,
        )
        form.initial[PARTS[part]] = text
    return form


def again(form: GuideForm) -> GuideForm:
    """The same form with what was written, as much of it as a page can show."""
    cut = type(form)()
    cut.fields = form.fields
    cut.initial = {name: text[:KEPT_IN_FORM] for name, text in form.texts().items()}
    return cut


def _choice(
    name: str, label: Any, choices: list[tuple[str, str]], guide: Guide, data: Any
) -> GuideForm:
    form = GuideForm(data)
    form.fields[name] = forms.ChoiceField(
        label=label, choices=choices, widget=forms.RadioSelect, required=False
    )
    kept = guide.draft.passages.get(name)
    if kept is not None:
        form.initial[name] = kept.text
    return form
