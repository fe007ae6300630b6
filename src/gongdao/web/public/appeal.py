"""The side of the person concerned, with the code of a notice: the decision, and the appeal."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from gongdao.web.public import case_page, code_door
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private


@private
@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Where the code of a notice is entered; or sign in."""
    return code_door.enter(request, "appeal")


@require_safe
@code_door.of_code("appeal")
def case(request: HttpRequest, found: Opened) -> HttpResponse:
    """The decision with its reasons, its clock and what can be done about it."""
    return redirect(found.url()) if found.is_reporter else case_page.show(request, found, "appeal")
