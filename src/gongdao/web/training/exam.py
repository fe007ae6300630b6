"""The exam of a course: one question a screen, a look over all of them, and what was right."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.examining import Explained
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.policy.quiz import Paper
from gongdao.domain.training.courses import Course
from gongdao.domain.training.model import ExamTry
from gongdao.site.hints import hint_of
from gongdao.web import pieces, quiz_pieces, words
from gongdao.web.public.private import private
from gongdao.web.training.pages import frame

REVIEW, _DIGITS = "review", 3


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exam(request: HttpRequest, named: str) -> HttpResponse:
    """Begin, answer one after the other, look them over, hand them in."""
    course, caller = app().records.courses.get(named), caller_of(request.user)
    paper = app().training.studying.standing(named, caller).paper
    if request.method == "POST":
        try:
            return _sent(request, course, paper)
        except NotFound:
            raise
        except GongdaoError as problem:
            errors = [pieces.FieldError("exam", hint_of(problem), problem.code)]
            return _page(request, course, paper, errors)
    return _page(request, course, paper, [])


@private
@login_required
@require_safe
def result(request: HttpRequest, named: str) -> HttpResponse:
    """The last try: what was right, why, and where to read it."""
    course, caller = app().records.courses.get(named), caller_of(request.user)
    kept = request.session.get(_key(course.exam.quiz), {})
    explained = app().training.studying.explained(named, caller)
    if explained is None:
        return redirect("course_exam", named)
    tried = explained.tried
    same = kept.get("paper") == [tried.edition, *tried.questions]
    return _marked(request, course, explained, kept.get("given", {}) if same else {})


@private
@login_required
@require_POST
def ask(request: HttpRequest, named: str) -> HttpResponse:
    """Ask a person for help."""
    course = app().records.courses.get(named)
    try:
        said = request.POST.get("said", "")
        app().training.studying.ask_help(named, said, caller_of(request.user))
    except NotFound:
        raise
    except GongdaoError as problem:
        errors = [pieces.FieldError("said", hint_of(problem), problem.code)]
        return _page(request, course, None, errors)
    messages.success(request, _("Somebody will look at it with you and answer here."))
    return redirect("course", named)


def _sent(request: HttpRequest, course: Course, paper: Paper | None) -> HttpResponse:
    study, caller = app().training.studying, caller_of(request.user)
    here = reverse("course_exam", args=[course.code])
    if paper is None or "begin" in request.POST:
        study.begin_exam(course.code, caller)
        return redirect(f"{here}?q=1")
    if "hand_in" in request.POST:
        study.answer(course.code, _given(request, paper), caller)
        return redirect("course_result", course.code)
    number, chosen = _number(request.POST.get("q", ""), paper), request.POST.get("option", "")
    if number is None:
        return redirect(here)
    asked = paper.questions[number - 1]
    if chosen not in {option.code for option in asked.options}:
        errors = [pieces.FieldError("option", _("Choose one answer."), "training.choose")]
        return _page(request, course, paper, errors)
    _keep(request, paper, {**_given(request, paper), asked.code: chosen})
    back = request.POST.get("back") == REVIEW or number == len(paper.questions)
    return redirect(f"{here}?q={REVIEW if back else number + 1}")


def _page(
    request: HttpRequest, course: Course, paper: Paper | None, errors: list[pieces.FieldError]
) -> HttpResponse:
    language, given = words.language(), _given(request, paper) if paper else {}
    standing = app().training.studying.standing(course.code, caller_of(request.user))
    written = request.POST.get("q") or request.GET.get("q", "")
    page: dict[str, Any] = {
        "code": course.code,
        "title": course.title.in_(language),
        "exam": course.exam,
        "days": course.exam.within.days,
        "begun": paper is not None,
        "errors": errors,
        "later": standing.opens_at,
        "help": standing.used_up and not standing.asked,
        "asked_help": standing.asked,
        "explained": standing.last is not None,
        **frame(request),
    }
    if paper is not None:
        number = _number(written, paper)
        page |= {"n": len(paper.questions), "given_n": len(given)}
        if number is None or written == REVIEW:
            page["review"] = [
                {
                    "number": n,
                    "ask": each.ask.in_(language),
                    "chosen": quiz_pieces.option_words(each.options, given.get(each.code, "")),
                }
                for n, each in enumerate(paper.questions, start=1)
            ]
        else:
            asked = paper.questions[number - 1]
            page["question"] = quiz_pieces.question(asked, given.get(asked.code, ""))
            page |= {"number": number, "back": request.GET.get("back", "")}
    return render(request, "training/exam.html", page, status=400 if errors else 200)


def _marked(
    request: HttpRequest, course: Course, explained: Explained[ExamTry], given: dict[str, str]
) -> HttpResponse:
    tried, caller = explained.tried, caller_of(request.user)
    mine = app().training.certifying.mine(caller) if tried.passed else []
    numbers = {each.certificate.id: each.certificate.number for each in mine}
    page = {
        "code": course.code,
        "title": course.title.in_(words.language()),
        "passed": tried.passed,
        "certificate": numbers.get(tried.certificate) if tried.certificate else None,
        "right": tried.right,
        "asked": len(tried.questions),
        "again_at": tried.again_at,
        "answers": quiz_pieces.answers(explained.answers, given, tried.missed),
        **frame(request),
    }
    return render(request, "training/result.html", page)


def _given(request: HttpRequest, paper: Paper) -> dict[str, str]:
    """What was chosen so far on this very paper; of another one nothing is left."""
    kept = request.session.get(_key(paper.quiz), {})
    if kept.get("paper") != _name(paper):
        return {}
    return {code: str(chosen) for code, chosen in kept.get("given", {}).items()}


def _keep(request: HttpRequest, paper: Paper, given: dict[str, str]) -> None:
    request.session[_key(paper.quiz)] = {"paper": _name(paper), "given": given}


def _name(paper: Paper) -> list[str]:
    """What tells one paper from another: the edition of its bank, its questions in their order."""
    return [paper.edition, *paper.codes]


def _key(quiz: str) -> str:
    return f"exam.{quiz}"


def _number(written: str, paper: Paper) -> int | None:
    if not (written.isascii() and written.isdigit() and len(written) <= _DIGITS):
        return None
    return int(written) if 1 <= int(written) <= len(paper.questions) else None
