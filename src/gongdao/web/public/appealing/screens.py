"""The screens of a guided appeal in order, how far each is, and where it lies."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext, gettext_lazy, ngettext

from gongdao.domain.appeals.drafts import CONFIRMED, SITUATION, WISH, answer_name
from gongdao.domain.flows.guiding import Guide
from gongdao.domain.policy.questions import Part, Question
from gongdao.web import pieces, words
from gongdao.web.public.opened import Opened

TASKS, DECISION, HOW, WANTED = "tasks", "decision", "situation", "wish"
MATERIALS, STATEMENT, WORDING, CHECK, SENT = (
    "materials", "statement", "wording", "check", "sent",
)  # fmt: skip
AT_ONCE = "at-once"
_ASK = "ask-"
PART_TITLES: dict[Part, str | Promise] = {
    Part.FACTS: gettext_lazy("What happened"),
    Part.ACKNOWLEDGE: gettext_lazy("What you acknowledge"),
    Part.CHANGE: gettext_lazy("What you will change"),
}


@dataclass(frozen=True, slots=True)
class Screens:
    """The way through one appeal."""

    case: Opened
    guide: Guide

    @property
    def order(self) -> list[str]:
        """Every screen, first to last."""
        asked = [ask(question) for question in self.guide.asked]
        return [DECISION, HOW, *asked, WANTED, MATERIALS, STATEMENT, WORDING, CHECK]

    def url(self, screen: str = TASKS) -> str:
        """Where it lies, by the way that one came in."""
        return url_of(self.case, screen, str(self.guide.decision.id))

    def after(self, screen: str) -> str:
        """The address of the next one."""
        order = self.order
        place = order.index(screen) + 1 if screen in order else 0
        return self.url(order[place] if place < len(order) else CHECK)

    def before(self, screen: str) -> str:
        """The address of the one before."""
        order = self.order
        place = order.index(screen) if screen in order else 0
        return self.url(order[place - 1] if place else TASKS)

    def place(self, screen: str) -> tuple[int, int]:
        """Which of how many it is."""
        order = self.order
        return (order.index(screen) + 1 if screen in order else 0), len(order)

    def other(self, decision: str) -> str:
        """Where the appeal against another decision of the case begins."""
        return url_of(self.case, DECISION, decision)

    def question(self, screen: str) -> Question | None:
        """The question of a screen."""
        code = screen.removeprefix(_ASK) if screen.startswith(_ASK) else ""
        return next((each for each in self.guide.asked if each.code == code), None)

    def tasks(self) -> list[pieces.Task]:
        """What there is to do, each with how far it is."""
        return [
            pieces.Task(
                gettext("Which decision"),
                self._said(CONFIRMED),
                self.url(DECISION),
            ),
            pieces.Task(gettext("How it was"), self._said(SITUATION), self.url(HOW)),
            *(self._part(part) for part in Part),
            pieces.Task(gettext("What you want"), self._said(WISH), self.url(WANTED)),
            self._materials(),
            self._statement(),
            pieces.Task(gettext("Check it and send"), pieces.TaskStatus.TODO, self.url(CHECK)),
        ]

    def _said(self, name: str) -> pieces.TaskStatus:
        return _status(done=bool(self.guide.draft.text(name)))

    def _part(self, part: Part) -> pieces.Task:
        asked = [question for question in self.guide.asked if question.feeds is part]
        answered = self.guide.draft.answers()
        open_ones = [question for question in asked if question.code not in answered]
        said = len(asked) - len(open_ones)
        status = pieces.TaskStatus.BEGUN if said else pieces.TaskStatus.TODO
        first = (open_ones or asked)[:1]
        return pieces.Task(
            title=str(PART_TITLES[part]),
            status=status if open_ones else pieces.TaskStatus.DONE,
            url=self.url(ask(first[0])) if first else self.url(STATEMENT),
            hint=ngettext(
                "%(said)d of %(n)d question answered",
                "%(said)d of %(n)d questions answered",
                len(asked),
            )
            % {"said": said, "n": len(asked)},
        )

    def _materials(self) -> pieces.Task:
        number = len(self.guide.exhibits)
        hint = ngettext("%(n)d file in the case", "%(n)d files in the case", number)
        return pieces.Task(
            gettext("What you have"),
            _status(done=number > 0),
            self.url(MATERIALS),
            hint % {"n": number},
        )

    def _statement(self) -> pieces.Task:
        begun = bool(self.guide.draft.answers())
        status = pieces.TaskStatus.BEGUN if begun else pieces.TaskStatus.TODO
        return pieces.Task(
            gettext("Your statement and its wording"),
            pieces.TaskStatus.DONE if self.guide.edited else status,
            self.url(STATEMENT),
            gettext("Put together from your answers; you can change every word."),
        )


def url_of(case: Opened, screen: str, decision: str) -> str:
    """Where a screen lies; the decision is named where it is not the latest."""
    latest = case.view.decision
    asks = "" if latest and latest.id == decision else "?" + urlencode({"decision": decision})
    if screen == TASKS:
        return case.url("appeal") + asks
    if case.code:
        return reverse("appeal_screen", args=[case.code, screen]) + asks
    return reverse("mine_appeal_screen", args=[case.view.id, screen]) + asks


def ask(question: Question) -> str:
    """The screen of a question."""
    return f"{_ASK}{question.code}"


def missing_answers(guide: Guide) -> Sequence[Question]:
    """Needed questions without an answer."""
    said = guide.draft.answers()
    return [q for q in guide.asked if q.needed and q.code not in said]


def field_of(question: Question) -> str:
    """Under which name its answer is kept."""
    return answer_name(question.code)


def wish_title(guide: Guide) -> str:
    """What is asked for, in the reader's language."""
    wish = guide.questions.wish(guide.draft.text(WISH))
    return wish.title.in_(words.language()) if wish else ""


def _status(*, done: bool) -> pieces.TaskStatus:
    return pieces.TaskStatus.DONE if done else pieces.TaskStatus.TODO
