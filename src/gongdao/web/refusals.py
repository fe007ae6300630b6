"""Every refusal of the domain becomes the same page, wherever it was raised."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongdao.bootstrap.taking_in import is_outage, no_database
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.web.failures import refused_page

GetResponse = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """Turns a GongdaoError that a page let through into its page."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page."""
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        """The page of a refusal, or of an outage; anything else is an error of ours."""
        if is_outage(problem):
            return refused_page(request, no_database())
        return refused_page(request, problem) if isinstance(problem, GongdaoError) else None


def refused_for(act: Callable[[], object]) -> GongdaoError | None:
    """Do something, and give what it was refused for, so that its own page says it.

    What is not there for the visitor goes on to be not there.
    """
    try:
        act()
    except NotFound:
        raise
    except GongdaoError as refused:
        return refused
    return None
