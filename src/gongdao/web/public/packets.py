"""One click on a case's page makes its packet, and the browser saves it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from gongdao.bootstrap import caller_of, packet_handing, packets
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.packing import Wanted
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import CaseId
from gongdao.web import words
from gongdao.web.failures import refused_page
from gongdao.web.public import code_door
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private


@private
@login_required
@require_POST
def of_case(request: HttpRequest, case_id: str) -> HttpResponse:
    """For somebody signed in, from the chair that they have at the case."""
    return _made(request, CaseId(case_id), caller_of(request.user))


def _made(request: HttpRequest, case: CaseId, caller: Caller) -> HttpResponse:
    wanted = Wanted("originals" in request.POST, words.language())
    try:
        packet_handing.allow(str(caller.person))
        ready = packets.make(case, caller, wanted, most=packet_handing.MOST)
    except GongdaoError as problem:
        return refused_page(request, problem)
    return redirect("packet_file", packet_handing.link(ready))


def _with_code(request: HttpRequest, found: Opened) -> HttpResponse:
    return _made(request, found.view.id, found.caller)


by_code = code_door.doors(_with_code, ["POST"])
