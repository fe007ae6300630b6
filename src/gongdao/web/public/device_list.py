"""The devices of an account, in its settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongdao.bootstrap import caller_of
from gongdao.bootstrap.known_devices import forget
from gongdao.web.public.private import private


@private
@login_required
@require_POST
def take_off(request: HttpRequest, device: str) -> HttpResponse:
    """Take one of one's own devices off the list."""
    forget(caller_of(request.user), device, request.session.session_key or "")
    messages.success(request, _("The device is off the list."))
    return redirect("mine_protection")
