"""The one-line sign-in of a practice or local installation. Elsewhere there is no such page."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_safe

from gongdao.practice.accounts import signed_in

_BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_safe
def sign_in(request: HttpRequest, token: str) -> HttpResponse:
    """Sign in the account that the link names, and lead it to its work."""
    account = signed_in(token, request.META.get("REMOTE_ADDR", ""), settings.CONFIG)
    login(request, account, backend=_BACKEND)
    return HttpResponseRedirect("/desk/" if account.roles else "/mine/")
