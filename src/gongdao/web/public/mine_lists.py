"""The lines of one's own cases."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from gongdao.bootstrap import app
from gongdao.domain.flows.lists import CaseLine
from gongdao.domain.flows.records import HOUSE
from gongdao.domain.kernel.clock import CHINA
from gongdao.web import words


@dataclass(frozen=True, slots=True)
class Line:
    """One case in a list."""

    title: str
    detail: str
    stands: str
    changed_at: datetime
    url: str


def reported(lines: Iterable[CaseLine]) -> list[Line]:
    """What I reported, by its own name."""
    return [_line(line, line.subject_ref, _outcome(line)) for line in lines]


def about_me(lines: Iterable[CaseLine]) -> list[Line]:
    """
    What is about me, by its kind and stage alone.

    The name that the reporter gave it may hold the reporter's own, and an outcome may be that of
    the reporter's review; the case page says what is mine to know.
    """
    return [
        _line(
            line,
            words.said(words.SUBJECTS, line.subject_kind),
            words.said(words.STAGES, line.stage),
        )
        for line in lines
    ]


def _line(line: CaseLine, title: str, stands: str) -> Line:
    return Line(
        title=title,
        detail=_category(line.category),
        stands=stands,
        changed_at=line.changed_at,
        url=reverse("mine_case", args=[line.id]),
    )


def _outcome(line: CaseLine) -> str:
    if line.stage == "decided" and line.outcome:
        return words.said(words.OUTCOMES, line.outcome)
    return words.said(words.STAGES, line.stage)


def _category(code: str) -> str:
    """The category's title in the newest rules; its code where they no longer have it."""
    records = app().records
    pack = records.packs.in_force(HOUSE, records.clock().astimezone(CHINA).date())
    found = records.policy(pack.ref).category(code)
    return found.title.in_(words.language()) if found else code
