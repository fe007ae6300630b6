"""The exam of a course: one question a screen, a look over all of them, and what was right."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.studying import ExamOutcome
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.policy.quiz import Asked, Paper
from gongdao.domain.training.courses import Course
from gongdao.site.hints import hint_of
from gongdao.web import pieces, words
from gongdao.web.public.private import private
from gongdao.web.training.pages import frame

REVIEW, _DIGITS = "review", 3


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exam(request: HttpRequest, named: str) -> HttpResponse:
    """Begin, answer one after the other, look them over, hand them in."""
    course, caller = app().records.courses.get(named), caller_of(request.user)
    paper = app().training.studying.open_paper(named, caller)
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
        outcome = study.answer(course.code, _given(request, paper), caller)
        request.session.pop(_key(course), None)
        return _marked(request, course, outcome)
    number, chosen = _number(request.POST.get("q", ""), paper), request.POST.get("option", "")
    if number is None:
        return redirect(here)
    asked = paper.questions[number - 1]
    if chosen not in {option.code for option in asked.options}:
        errors = [pieces.FieldError("option", _("Choose one answer."), "training.choose")]
        return _page(request, course, paper, errors)
    request.session[_key(course)] = {**_given(request, paper), asked.code: chosen}
    back = request.POST.get("back") == REVIEW or number == len(paper.questions)
    return redirect(f"{here}?q={REVIEW if back else number + 1}")


def _page(
    request: HttpRequest, course: Course, paper: Paper | None, errors: list[pieces.FieldError]
) -> HttpResponse:
    language, given = words.language(), _given(request, paper) if paper else {}
    written = request.POST.get("q") or request.GET.get("q", "")
    page: dict[str, Any] = {
        "code": course.code,
        "title": course.title.in_(language),
        "exam": course.exam,
        "days": course.exam.within.days,
        "begun": paper is not None,
        "errors": errors,
        "help": any(each.code in {"training.ask_a_person", "training.no_words"} for each in errors),
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
                    "chosen": _words(each, given.get(each.code, ""), language),
                }
                for n, each in enumerate(paper.questions, start=1)
            ]
        else:
            page["question"] = _question(paper.questions[number - 1], given, language)
            page |= {"number": number, "back": request.GET.get("back", "")}
    return render(request, "training/exam.html", page, status=400 if errors else 200)


def _question(asked: Asked, given: dict[str, str], language: str) -> dict[str, Any]:
    return {
        "ask": asked.ask.in_(language),
        "options": [
            {
                "code": option.code,
                "words": option.words.in_(language),
                "chosen": given.get(asked.code) == option.code,
            }
            for option in asked.options
        ],
    }


def _marked(request: HttpRequest, course: Course, outcome: ExamOutcome) -> HttpResponse:
    language, marked = words.language(), outcome.marked
    page = {
        "code": course.code,
        "title": course.title.in_(language),
        "certificate": outcome.certificate,
        "right": marked.right,
        "asked": len(marked.answers),
        "again_at": outcome.again_at,
        "answers": [
            {
                "ask": each.asked.ask.in_(language),
                "correct": each.correct,
                "chosen": _words(each.asked, each.chosen, language),
                "right": _words(each.asked, each.right, language),
                "why": each.why.in_(language),
            }
            for each in marked.answers
        ],
        **frame(request),
    }
    return render(request, "training/result.html", page)


def _words(asked: Asked, code: str, language: str) -> str:
    found = next((option for option in asked.options if option.code == code), None)
    return found.words.in_(language) if found else ""


def _given(request: HttpRequest, paper: Paper) -> dict[str, str]:
    """What was chosen so far; of another try nothing is left, since its questions differ."""
    kept = request.session.get(f"exam.{paper.quiz}", {})
    known = {each.code for each in paper.questions}
    return {code: str(chosen) for code, chosen in kept.items() if code in known}


def _key(course: Course) -> str:
    return f"exam.{course.exam.quiz}"


def _number(written: str, paper: Paper) -> int | None:
    if not (written.isascii() and written.isdigit() and len(written) <= _DIGITS):
        return None
    return int(written) if 1 <= int(written) <= len(paper.questions) else None
