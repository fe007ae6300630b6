"""A frozen account is nobody's at any door: what is signed in to it is signed out."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

GetResponse = Callable[[HttpRequest], HttpResponse]


class FrozenMiddleware:
    """Ends a session of a frozen account that was not known when it was frozen."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page, to nobody where the account is frozen."""
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            user = request.user
            if user.is_authenticated and user.frozen_at is not None:
                logout(request)
        return self.get_response(request)
