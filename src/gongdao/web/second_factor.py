"""In production nobody decides over others with a password alone."""

from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

GetResponse = Callable[[HttpRequest], HttpResponse]

_BEHIND = "/desk/"


class SecondFactorMiddleware:
    """Leads staff without a second factor from the desk to setting one up."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Serve the page, or ask for a second factor first."""
        if self._asked_for(request):
            messages.info(request, _("Set up a second factor first: the desk decides over others."))
            return HttpResponseRedirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _asked_for(self, request: HttpRequest) -> bool:
        needed = settings.GONGDAO_MODE == "production" and request.path.startswith(_BEHIND)
        user = request.user
        return needed and user.is_authenticated and not is_mfa_enabled(user)
