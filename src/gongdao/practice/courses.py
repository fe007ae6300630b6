"""Courses of the practice: one begun, one passed by staff, one whose exam many have taken."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import partial

from gongdao.bootstrap import App
from gongdao.domain.access.model import Caller
from gongdao.domain.flows.studying import Opened
from gongdao.domain.kernel.ids import Code
from gongdao.practice import ruled

_READ = timedelta(minutes=4)
_OF_STAFF, _OF_MANY = "reviewers", "leaving_alone"
_STAFF_AGO, _SINCE, _EVERY = 700.0, 300.0, 13.0
"""In hours: when staff passed, when the first of many took the exam, how far apart they are."""
_FAILS = 5
"""One of so many."""


def begin(app: App, code: str, who: Caller) -> None:
    """Read the first section of a course, and turn its page."""
    _read(app, code, app.records.courses.get(code).sections[0].code, who)


def steps(app: App, people: Mapping[str, Caller]) -> Iterator[tuple[float, Callable[[], object]]]:
    """Who took which exam, and so many hours ago."""
    reviewer = people["reviewer_1"]
    yield _STAFF_AGO, lambda: _sit(app, _OF_STAFF, reviewer, well=True)
    for number, text in enumerate(ruled.harmless()):
        well = number % _FAILS > 0
        yield _SINCE - number * _EVERY, partial(_writer_sits, app, text.author, well=well)


def _writer_sits(app: App, account: str, *, well: bool) -> None:
    _sit(app, _OF_MANY, Caller(app.records.parties.by_account(account)), well=well)


def _sit(app: App, course: Code, who: Caller, *, well: bool) -> None:
    """Read every section and take the exam, with every answer right or every one wrong."""
    study, exams = app.training.studying, app.records.exams
    known = app.records.courses.get(course)
    for section in known.sections:
        _read(app, course, section.code, who)
    paper = study.begin_exam(course, who)
    learner = study.mine(who)
    begun = learner.courses[course].open_try if learner else None
    if begun is None:
        raise ValueError(f"nobody was asked anything on {course}")
    anything = {each.code: each.options[0].code for each in paper.questions}
    marked = exams.mark(known.exam.quiz, begun.seed, paper.codes, anything)
    right = {each.asked.code: each.right for each in marked.answers}
    wrong = {
        each.asked.code: next(o.code for o in each.asked.options if o.code != each.right)
        for each in marked.answers
    }
    study.answer(course, right if well else wrong, who)


def _read(app: App, course: Code, section: Code, who: Caller) -> None:
    opened = Opened(course, section, app.records.clock() - _READ)
    app.training.studying.turn(opened, None, who)
