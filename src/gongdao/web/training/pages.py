"""Courses: the list, one course with how far one is, and one section a screen."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of, study_pages
from gongdao.bootstrap.certificates import as_html
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.ways_learned import counts_for_ways_back
from gongdao.domain.training import rules
from gongdao.domain.training.courses import Course
from gongdao.domain.training.model import Learner
from gongdao.web import words
from gongdao.web.public import mine
from gongdao.web.public.private import private

_DIGITS = 6
"""Of seconds: more are not said by any page of ours."""


@private
@require_safe
def courses(request: HttpRequest) -> HttpResponse:
    """Every course, with how far one is on each; one's certificates."""
    learner, found = learner_of(request), app().records.courses.all()
    shown = [_line(each, learner) for each in found]
    page = {"courses": shown, "certificates": _certificates(request), **frame(request)}
    return render(request, "training/courses.html", page)


@private
@require_safe
def course(request: HttpRequest, named: str) -> HttpResponse:
    """One course: its sections, the time that counts, and its exam."""
    of, learner = app().records.courses.get(named), learner_of(request)
    progress = learner.courses.get(named) if learner else None
    read = progress.read if progress else frozenset()
    language = words.language()
    sections = [
        {
            "code": each.code,
            "title": each.title.in_(language),
            "read": each.code in read,
            "minutes": minutes(learner.seconds(named, each.code)) if learner else 0,
        }
        for each in of.sections
    ]
    first = next((each for each in sections if not each["read"]), None)
    now = app().records.clock()
    page = {
        **_line(of, learner),
        "sections": sections,
        "next": first,
        "exam": of.exam,
        "failed": rules.failed_lately(progress, of, now) if progress else 0,
        "answer": app().records.opened(progress.answer) if progress and progress.answer else "",
        "passed": progress.last_passed if progress else None,
        "days": of.exam.within.days,
        "way_back": counts_for_ways_back(app().records, of),
        **frame(request),
    }
    return render(request, "training/course.html", page)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def section(request: HttpRequest, named: str, part: str) -> HttpResponse:
    """One section; sent off, it is read, and the next one comes."""
    of, language = app().records.courses.get(named), words.language()
    here = of.section(part)
    if here is None:
        raise not_found()
    caller = caller_of(request.user)
    if request.method == "POST":
        if caller.person is None:
            raise not_found()
        opened = study_pages.read_mark(request.POST.get("opened", ""), caller)
        claimed = _whole(request.POST.get("seconds", ""))
        after = app().training.studying.turn(opened, claimed, caller)
        where = app().records.courses.get(opened.course)
        if after is None:
            return redirect("course", where.code)
        return redirect("course_section", where.code, after.code)
    learner, rule = learner_of(request), study_pages.time_rule()
    codes = [each.code for each in of.sections]
    page = {
        "course": _line(of, learner),
        "code": named,
        "part": part,
        "title": here.title.in_(language),
        "text": html(here.text.in_(language)),
        "exercise": here.exercise,
        "number": codes.index(part) + 1,
        "of": len(codes),
        "before": codes[codes.index(part) - 1] if codes.index(part) else None,
        "minutes": minutes(learner.seconds(named)) if learner else 0,
        "opened": study_pages.opened_now(caller, named, part) if caller.person else "",
        "rule": rule,
        "signed_in": caller.person is not None,
        **frame(request),
    }
    return render(request, "training/section.html", page)


@private
@login_required
@require_POST
def time(request: HttpRequest, named: str, part: str) -> HttpResponse:
    """The page says how long it was read since it last said so."""
    del named, part  # the mark says it, and is signed
    caller = caller_of(request.user)
    opened = study_pages.read_mark(request.POST.get("opened", ""), caller)
    claimed = _whole(request.POST.get("seconds", "")) or 0
    counted = app().training.studying.count(opened, claimed, caller)
    learner = app().training.studying.mine(caller)
    total = learner.seconds(opened.course) if learner else 0
    return JsonResponse({"counted": counted.seconds, "minutes": minutes(total)})


def learner_of(request: HttpRequest) -> Learner | None:
    """Whoever is signed in as a learner; None for everybody else."""
    caller = caller_of(request.user)
    return app().training.studying.mine(caller) if caller.person is not None else None


def frame(request: HttpRequest) -> dict[str, Any]:
    """The tabs of one's own pages; others have none."""
    if caller_of(request.user).person is None:
        return {"here": "learn"}
    return mine.frame(request, "learn")


def minutes(seconds: int) -> int:
    """Whole minutes."""
    return seconds // 60


def html(text: str) -> SafeString:
    """Markdown of a course as safe HTML: its adapter escapes whatever is none."""
    return mark_safe(as_html(text))  # noqa: S308 – see adapters/markdown.py and its tests


def _whole(text: str) -> int | None:
    """Seconds as a page writes them; None where it writes none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _DIGITS else None


def _line(of: Course, learner: Learner | None) -> dict[str, Any]:
    language, progress = words.language(), None
    if learner is not None:
        progress = learner.courses.get(of.code)
    return {
        "code": of.code,
        "title": of.title.in_(language),
        "summary": of.summary.in_(language),
        "audience": of.audience.in_(language),
        "long": max(1, minutes(of.plausible(study_pages.time_rule()))),
        "n": len(of.sections),
        "read_n": len(progress.read) if progress else 0,
        "minutes": minutes(learner.seconds(of.code)) if learner else 0,
        "begun": progress is not None,
        "signed_in": learner is not None,
    }


def _certificates(request: HttpRequest) -> list[dict[str, Any]]:
    caller, language = caller_of(request.user), words.language()
    if caller.person is None:
        return []
    return [
        {
            "number": each.certificate.number,
            "title": each.title.in_(language),
            "state": each.state.value,
            "until": each.certificate.valid_until,
        }
        for each in app().training.certifying.mine(caller)
    ]
