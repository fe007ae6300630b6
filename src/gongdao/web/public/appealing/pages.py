"""The addresses of a guided appeal: with a code, or signed in."""

from collections.abc import Callable, Mapping

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app
from gongdao.domain.kernel.errors import NotFound
from gongdao.domain.kernel.ids import DecisionId
from gongdao.web.public import code_door, opened, saying
from gongdao.web.public.appealing import asking, ending, screens
from gongdao.web.public.appealing.screens import Screens
from gongdao.web.public.appealing.visit import Visit
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private

_METHODS = ["GET", "HEAD", "POST"]
_SHOW: Mapping[str, Callable[[Visit], HttpResponse]] = {
    screens.TASKS: asking.tasks,
    screens.DECISION: asking.which,
    screens.HOW: asking.how,
    screens.WANTED: asking.wanted,
    screens.MATERIALS: asking.materials,
    screens.STATEMENT: asking.statement,
    screens.WORDING: ending.look,
    screens.CHECK: ending.check,
}


@require_http_methods(_METHODS)
@code_door.of_code("appeal")
def by_code(request: HttpRequest, found: Opened, screen: str = screens.TASKS) -> HttpResponse:
    """With the code of a notice; nobody need be able to sign in."""
    return _guided(request, found, screen)


@private
@login_required
@require_http_methods(_METHODS)
def signed_in(request: HttpRequest, case_id: str, screen: str = screens.TASKS) -> HttpResponse:
    """Signed in."""
    return _guided(request, opened.by_id(request, case_id), screen)


def _guided(request: HttpRequest, case: Opened, screen: str) -> HttpResponse:
    if case.is_reporter:
        return redirect(case.url())
    if screen == screens.AT_ONCE:
        return saying.say(request, case, "appeal")
    if "appeal" not in case.view.can:
        return ending.sent(request, case, screen)
    decision = _decision(request, case)
    try:
        guide = app().around_appeals.guiding.open(decision, case.caller)
    except NotFound as problem:
        if problem.code != "draft.no_questions":
            raise
        return redirect(screens.url_of(case, screens.AT_ONCE, decision))
    return _SHOW.get(screen, asking.question)(Visit.of(request, Screens(case, guide), screen))


def _decision(request: HttpRequest, case: Opened) -> DecisionId:
    """The one that is named, if it is one of this case; else the latest."""
    named = request.GET.get("decision", "")
    known = [each.id for each in case.view.decisions]
    if not known:
        raise Http404
    return DecisionId(named if named in known else known[-1])
