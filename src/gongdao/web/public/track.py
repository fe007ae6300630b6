"""Following a report with the code of its receipt."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.web.public import case_page, code_door
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private


@private
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Where a code is entered; the front page sends people here with theirs."""
    return code_door.enter(request, "track")


@require_safe
@code_door.of_code("track")
def case(request: HttpRequest, found: Opened) -> HttpResponse:
    """A report and its case, from the reporter's chair."""
    return case_page.show(request, found, "track") if found.is_reporter else redirect(found.url())
