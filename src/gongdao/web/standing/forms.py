"""The forms of appeals against grades."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongdao.domain.kernel.ids import SanctionId
from gongdao.domain.policy.grades import GradeCode
from gongdao.domain.standing.account_rules import Ruling
from gongdao.domain.standing.accounts import Ruled
from gongdao.web.public.fields import LongText, needed
from gongdao.web.public.report_forms import choose
from gongdao.web.standing.shown import GradeShown, ItemShown

FIELD_OF = {
    "standing.no_words": "words",
    "standing.too_long": "words",
    "standing.not_counted": "excluded",
    "standing.not_better": "grade",
    "standing.bad_days": "days",
}
"""At which field a refusal of the domain is shown."""
_LONG = 4000


class GroundsForm(forms.Form):
    """Why a grade is wrong."""

    words = LongText(
        label=_("What is wrong about this grade?"),
        help_text=_(
            "Name what should not count, or why it weighs too much. Whoever hears it took part in "
            "none of it."
        ),
        limit=_LONG,
        **needed(_("Say it in a few words."), "standing.no_words"),
    )


def _without(item: ItemShown) -> str:
    return str(_("without it: %(grade)s") % {"grade": item.without})


class HearForm(forms.Form):
    """How an appeal against a grade ends."""

    ruled = forms.ChoiceField(
        label=_("Outcome"),
        widget=forms.RadioSelect,
        **needed(_("Choose an outcome."), "standing.no_outcome"),
    )
    excluded = forms.MultipleChoiceField(
        label=_("Take out"), required=False, widget=forms.CheckboxSelectMultiple
    )
    grade = forms.ChoiceField(label=_("Set the grade to"), required=False)
    days = forms.IntegerField(label=_("For so many days"), required=False, min_value=1)
    words = LongText(
        label=_("Reasons, which the account reads"),
        limit=_LONG,
        rows=5,
        **needed(_("Say it in a few words."), "standing.no_words"),
    )

    def __init__(self, shown: GradeShown, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        better = [rung for rung in shown.view.rungs if rung.code < shown.view.grade.value]
        choose(
            self,
            "ruled",
            [
                ("excluded", _("Take violations out of it")),
                ("set", _("Set a better grade for a while")),
                ("upheld", _("The grade stays")),
            ],
        )
        named = [
            (each.id, " · ".join((each.title, each.measure, each.points, _without(each))))
            for each in shown.items
        ]
        choose(self, "excluded", named)
        choose(self, "grade", [("", "—"), *((rung.code, rung.title) for rung in better)])

    def ruling(self) -> Ruling:
        """What was chosen, for the story."""
        given = self.cleaned_data
        return Ruling(
            Ruled(given["ruled"]),
            tuple(SanctionId(each) for each in given["excluded"]),
            GradeCode(given["grade"]) if given["grade"] else None,
            given["days"] or 0,
        )
