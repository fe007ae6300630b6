"""Exams as pages show them, on courses and on ways back: questions, and what was right and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse

from gongdao.bootstrap import app
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.policy.quiz import Answered, Asked, Option, Place
from gongdao.web import words


def question(asked: Asked, chosen: str) -> dict[str, Any]:
    """A question as it is put; nothing here knows which answer is right."""
    language = words.language()
    return {
        "name": f"q-{asked.code}",
        "ask": asked.ask.in_(language),
        "options": [
            {
                "code": option.code,
                "words": option.words.in_(language),
                "chosen": chosen == option.code,
            }
            for option in asked.options
        ],
    }


def option_words(options: Iterable[Option], code: str) -> str:
    """What an option says; nothing for one that is not there."""
    return next((o.words.in_(words.language()) for o in options if o.code == code), "")


def answers(
    answered: Iterable[Answered], given: Mapping[str, str], missed: Iterable[str]
) -> list[dict[str, Any]]:
    """Every question with what is right, why, and where to read it; what was chosen, if known."""
    wrong = set(missed)
    return [
        {
            "ask": each.asked.ask.in_(words.language()),
            "correct": each.asked.code not in wrong,
            "chosen": option_words(each.asked.options, given.get(each.asked.code, "")),
            "right": option_words(each.asked.options, each.right),
            "why": each.why.in_(words.language()),
            "read": _read(each),
        }
        for each in answered
    ]


def _read(answered: Answered) -> dict[str, str] | None:
    """The section that explains it; nothing where it is taught no more."""
    place = answered.read
    title = _title(place) if place else ""
    if place is None or not title:
        return None
    return {"url": reverse("course_section", args=[place.course, place.section]), "title": title}


def _title(place: Place) -> str:
    try:
        section = app().records.courses.get(place.course).section(place.section)
    except NotFound:
        return ""
    return section.title.in_(words.language()) if section else ""
