"""Going a way back on pages: the exam, the pledge, the proof; with a code, or signed in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.bootstrap import app, pledges
from gongdao.domain.access.rules import not_found
from gongdao.domain.flows.earning_back import EarningBack, Outcome
from gongdao.domain.flows.exhibiting import Said
from gongdao.domain.flows.ways_learned import course_for
from gongdao.domain.flows.ways_shown import PledgeShown, StepShown, StepState, WayShown, WaysShown
from gongdao.domain.kernel.errors import BadInput, GongdaoError, NotFound, Refused
from gongdao.domain.kernel.ids import ExhibitId
from gongdao.domain.policy.quiz import Paper
from gongdao.domain.policy.ways_back import ExamStep, PledgeStep, ProofStep, WaysBackPolicy
from gongdao.domain.ways_back.model import WayBackId
from gongdao.site.hints import hint_of
from gongdao.web import exhibit_pieces, incoming, pieces, quiz_pieces, times, way_pieces, words
from gongdao.web.public import code_door, opened
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private
from gongdao.web.public.way_forms import PledgeForm, ProofForm

_PDF, _JSON = "application/pdf", "application/json"


@require_http_methods(["GET", "HEAD", "POST"])
@code_door.of_code("appeal")
def by_code(request: HttpRequest, found: Opened, way: str, step: str) -> HttpResponse:
    """One step, with the code of a notice."""
    return _step(request, found, way, step)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: HttpRequest, case_id: str, way: str, step: str) -> HttpResponse:
    """One step, signed in."""
    return _step(request, opened.by_id(request, case_id), way, step)


@require_safe
@code_door.of_code("appeal")
def file_by_code(
    request: HttpRequest, found: Opened, way: str, step: str, kind: str
) -> HttpResponse:
    """What was signed as a file, with the code of a notice."""
    del request
    return _file(found, way, step, kind)


@private
@login_required
@require_safe
def file_signed_in(
    request: HttpRequest, case_id: str, way: str, step: str, kind: str
) -> HttpResponse:
    """What was signed as a file, signed in."""
    return _file(opened.by_id(request, case_id), way, step, kind)


def url(case: Opened, way: WayShown, step: StepShown) -> str:
    """The address of one step by the same way in."""
    return _address(case, "way_back", str(way.way_back), step.code)


def cards(case: Opened) -> list[way_pieces.WayCard]:
    """The ways back of a case, for its respondent."""
    if case.is_reporter:
        return []
    records = app().records
    found = WaysShown(records).of(records.cases.get(case.view.id).now)
    return way_pieces.cards(found, records.clock(), lambda way, step: url(case, way, step))


def _story() -> EarningBack:
    return app().around_appeals.ways_back


def _address(case: Opened, name: str, *more: str) -> str:
    if case.code:
        return reverse(f"appeal_{name}", args=[case.code, *more])
    return reverse(f"mine_{name}", args=[case.view.id, *more])


def _found(case: Opened, way_id: str, code: str) -> tuple[WayShown, StepShown, WaysBackPolicy]:
    if case.is_reporter:
        raise not_found()
    records = app().records
    found = WaysShown(records).of(records.cases.get(case.view.id).now)
    way = next((each for each in found if each.way_back == way_id), None)
    policy = records.pack(case.pack).ways_back
    if way is None or policy is None:
        raise not_found()
    return way, way.step(code), policy


def _step(request: HttpRequest, case: Opened, way_id: str, code: str) -> HttpResponse:
    way, shown, policy = _found(case, way_id, code)
    asked, wanted = policy.step(code), WayBackId(way_id)
    signed = isinstance(asked, PledgeStep) and shown.state is StepState.DONE
    if signed:
        return _signed(request, case, wanted, shown)
    if way.stage != "open" or shown.state is StepState.DONE:
        messages.info(request, gettext("This is not open now. The page says where it stands."))
        return redirect(case.url())
    if isinstance(asked, ExamStep):
        return _quiz(request, case, wanted, asked, shown)
    if isinstance(asked, PledgeStep):
        return _pledge(request, case, wanted, asked, policy)
    if isinstance(asked, ProofStep):
        return _proof(request, case, wanted, asked, shown)
    return redirect(case.url())


def _frame(case: Opened, **more: object) -> dict[str, object]:
    return {"here": "appeal", "case": case, **more}


def _quiz(
    request: HttpRequest, case: Opened, way: WayBackId, exam: ExamStep, shown: StepShown
) -> HttpResponse:
    story, language = _story(), words.language()
    errors: list[pieces.FieldError] = []
    paper = story.open_paper(way, exam.code, case.caller)
    if request.method == "POST":
        try:
            if paper is None or "begin" in request.POST:
                story.begin_quiz(way, exam.code, case.caller)
                return redirect(request.path)
            outcome = story.answer_quiz(way, exam.code, _given(request, paper), case.caller)
        except NotFound:
            raise
        except GongdaoError as problem:
            first = _first_open(request, paper)
            errors = [pieces.FieldError(first, hint_of(problem), problem.code)]
        else:
            return _marked(request, case, exam, outcome)
    now = app().records.clock()
    course = course_for(app().records, exam)
    page = _frame(
        case,
        course=course.code if course else "",
        course_title=course.title.in_(language) if course else "",
        title=exam.title.in_(language),
        detail=exam.detail.in_(language),
        questions=_questions(request, paper),
        answers=_explained(story, way, exam, case) if shown.state is StepState.LATER else [],
        later=shown.until if shown.state is StepState.LATER else None,
        left=times.span(shown.until - now) if shown.until and shown.until > now else "",
        errors=errors,
    )
    return render(request, "public/quiz.html", page, status=400 if errors else 200)


def _explained(
    story: EarningBack, way: WayBackId, exam: ExamStep, case: Opened
) -> list[dict[str, Any]]:
    """What was right in the try that failed: to be read until the next one opens."""
    found = story.explained(way, exam.code, case.caller)
    return quiz_pieces.answers(found.answers, {}, found.tried.missed) if found else []


def _given(request: HttpRequest, paper: Paper) -> dict[str, str]:
    return {code: request.POST.get(f"q-{code}", "") for code in paper.codes}


def _first_open(request: HttpRequest, paper: Paper | None) -> str:
    open_ones = [code for code in paper.codes if not request.POST.get(f"q-{code}")] if paper else []
    return f"q-{open_ones[0]}" if open_ones else "quiz"


def _questions(request: HttpRequest, paper: Paper | None) -> list[dict[str, Any]]:
    asked = paper.questions if paper else ()
    return [quiz_pieces.question(each, request.POST.get(f"q-{each.code}", "")) for each in asked]


def _marked(request: HttpRequest, case: Opened, exam: ExamStep, outcome: Outcome) -> HttpResponse:
    """Every question with what is right and why; the case says what follows."""
    marked = outcome.marked
    given = {each.asked.code: each.chosen for each in marked.answers}
    page = _frame(
        case,
        title=exam.title.in_(words.language()),
        passed=outcome.passed,
        right=marked.right,
        asked=len(marked.answers),
        again_at=outcome.again_at,
        answers=quiz_pieces.answers(marked.answers, given, marked.missed),
    )
    return render(request, "public/quiz_marked.html", page)


def _pledge(
    request: HttpRequest, case: Opened, way: WayBackId, asked: PledgeStep, policy: WaysBackPolicy
) -> HttpResponse:
    language = words.language()
    form = PledgeForm(policy.name_max, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            _story().sign(way, asked.code, form.signature(), language, case.caller)
        except Refused as problem:
            add_refusal(form, problem, "name")
        else:
            messages.success(request, gettext("Signed. You can see and save it here."))
            return redirect(request.path)
    page = _frame(
        case,
        title=asked.title.in_(language),
        detail=asked.detail.in_(language),
        text=asked.text.in_(language),
        form=form,
    )
    return render(request, "public/pledge.html", page, status=400 if form.errors else 200)


def _signed(request: HttpRequest, case: Opened, way: WayBackId, shown: StepShown) -> HttpResponse:
    pledge = WaysShown(app().records).pledge(way, shown.code, case.caller)
    page = _frame(
        case,
        title=shown.title.in_(words.language()),
        pledge=pledge,
        lines=_lines(pledge),
        pdf=_address(case, "pledge_file", way, shown.code, "pdf"),
        record=_address(case, "pledge_file", way, shown.code, "json"),
    )
    return render(request, "public/pledge_signed.html", page)


def _lines(pledge: PledgeShown) -> list[str]:
    """The strokes as an SVG's polylines take them."""
    return [" ".join(f"{x},{y}" for x, y in stroke) for stroke in pledge.strokes]


def _file(case: Opened, way: str, step: str, kind: str) -> HttpResponse:
    _found(case, way, step)
    wanted = WayBackId(way)
    if kind == "pdf":
        content = pledges.document(wanted, step, case.caller, words.language())
        return _saved(content, _PDF, f"pledge-{way}.pdf")
    return _saved(
        pledges.record(wanted, step, case.caller).write().encode(), _JSON, f"pledge-{way}.json"
    )


def _saved(content: bytes, media: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=media)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _proof(
    request: HttpRequest, case: Opened, way: WayBackId, asked: ProofStep, shown: StepShown
) -> HttpResponse:
    language = words.language()
    own = [e for e in app().exhibiting.of_case(case.view.id, case.caller) if e.mine]
    lines = exhibit_pieces.listed(own)
    choices = [
        (str(e.id), f"{line.title} · {line.name}") for e, line in zip(own, lines, strict=True)
    ]
    form = ProofForm(case, choices, *([request.POST] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        try:
            chosen = [ExhibitId(e) for e in form.cleaned_data.get("exhibits", [])]
            brought = [*chosen, *_brought(request, case)]
            _story().hand_in(way, asked.code, form.cleaned_data["said"], brought, case.caller)
        except (Refused, BadInput) as problem:
            add_refusal(form, problem, "said")
        else:
            messages.success(request, gettext("We have it. A reviewer checks it and tells you."))
            return redirect(case.url())
    limits = app().records.exhibit_policy(case.pack).limits
    page = _frame(
        case,
        title=asked.title.in_(language),
        detail=asked.detail.in_(language),
        form=form,
        checking=shown.state is StepState.CHECKING,
        refused=shown.reasons if shown.state is StepState.REFUSED else "",
        evidence=case.url("evidence"),
        most=exhibit_pieces.size_words(limits.plain_bytes_max),
    )
    return render(request, "public/proof.html", page, status=400 if form.errors else 200)


def _brought(request: HttpRequest, case: Opened) -> list[ExhibitId]:
    """Files that came with the form are exhibits of the case from now on."""
    if not request.FILES:
        return []
    came = incoming.taken(request)
    if came.errors:
        raise BadInput(came.errors[0].code, "{what}", what=came.errors[0].words)
    said = Said(incoming.captured(request))
    return app().exhibiting.attach(case.view.id, came.tokens, said, case.caller)
