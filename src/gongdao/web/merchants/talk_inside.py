"""A case of this installation is talked over: by the doors that both sides have anyway."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from gongdao.bootstrap import app
from gongdao.domain.flows.talk_door import Chair
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import SettlementId
from gongdao.domain.settlement.events import Side
from gongdao.web import words
from gongdao.web.merchants import talk_page, talk_words
from gongdao.web.public import code_door
from gongdao.web.public.opened import Opened


def _entrance(request: HttpRequest, case: Opened) -> HttpResponse:
    """The one talk that there is, the choice of several, or offering one."""
    story = app().disputes.talks_inside
    found = story.of_case(case.view.id, case.caller)
    if case.is_reporter and not found:
        return _opening(request, case)
    if not found or request.method == "POST":
        raise Http404
    if case.is_reporter or len(found) == 1:
        return redirect(f"{case.url('talk')}{found[0]}/")
    page = {"case": case, "here": "appeal", "talks": [_line(case, each) for each in found]}
    return talk_page.rendered(request, "merchants/talk_choice.html", page, None)


def _opening(request: HttpRequest, case: Opened) -> HttpResponse:
    story, given = app().disputes.talks_inside, request.POST
    kind = story.offered(case.view.id, case.caller)
    if kind is None and request.method != "POST":
        raise Http404
    problem: GongdaoError | None = None
    if request.method == "POST":
        try:
            made = story.open(
                case.view.id, given.get("name", ""), given.get("subject", ""), case.caller,
                sure="sure" in given,
            )  # fmt: skip
        except NotFound:
            raise
        except GongdaoError as refused:
            problem = refused
        else:
            return redirect(f"{case.url('talk')}{made}/")
    page = {
        "case": case,
        "here": "track",
        "name": given.get("name", ""),
        "subject": given.get("subject", ""),
        "ask_sure": problem is not None and problem.code in talk_page.WARNED,
        "why": kind.why.in_(words.language()) if kind else "",
        "withdrawal": _withdrawal(case),
    }
    return talk_page.rendered(request, "merchants/talk_offer.html", page, problem)


def _page(request: HttpRequest, case: Opened, talk: UUID) -> HttpResponse:
    return talk_page.acted(request, _chair(case, str(talk)), _around(case))


def _file(request: HttpRequest, case: Opened, talk: UUID, form: str) -> HttpResponse:
    return talk_page.file(request, _chair(case, str(talk)), form)


def _chair(case: Opened, talk: str) -> Chair:
    """The side of whoever came by this door; what is about another case is not here."""
    door = app().disputes.talk_door
    chair = door.ours(SettlementId(talk), case.caller)
    if not chair.inside or app().disputes.talks_inside.case_of(chair.now).id != case.view.id:
        raise Http404
    return chair


def _around(case: Opened) -> dict[str, Any]:
    """What the page says of the case."""
    mine = case.is_reporter
    return {
        "back": case.url(),
        "back_words": talk_words.CASE,
        "here": "track" if mine else "appeal",
        "withdraw": case.url("withdraw") if "withdraw" in case.view.can else "",
        "withdrawal": _withdrawal(case) if mine else "",
        "withdrawers": _withdrawers(case) if mine else [],
    }


def _withdrawers(case: Opened) -> list[tuple[str, str]]:
    """That it was taken back can be said by whoever did that."""
    kind = "case.withdrawn"
    taken_back = any(each.kind == kind for each in case.view.timeline)
    return [("complainant", str(talk_words.TAKEN_BACK))] if taken_back else []


def _withdrawal(case: Opened) -> str:
    """What the pack says of withdrawing such a report."""
    category = case.policy.category(case.view.category)
    return category.withdrawal.why.in_(words.language()) if category else ""


def _line(case: Opened, talk: SettlementId) -> tuple[str, str, str]:
    view = app().disputes.negotiating.view(_chair(case, talk))
    return (
        f"{case.url('talk')}{talk}/",
        f"{view.names[Side.INVITER]} · {view.subject}",
        talk_words.inside(view.stage, Side.INVITED)[0],
    )


entrance, page = code_door.doors(_entrance), code_door.doors(_page)
file = code_door.doors(_file, ("GET", "HEAD"))
