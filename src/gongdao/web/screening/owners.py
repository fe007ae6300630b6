"""The first level: the owner of a group looks at what waits to appear in it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.screening.posts import Opinion
from gongdao.site.hints import hint_of
from gongdao.web.public.private import private
from gongdao.web.screening.forms import VersionForm


@private
@login_required
@require_POST
def look(request: HttpRequest, group_id: str, post_id: str) -> HttpResponse:
    """Let it appear, or hand it to the reviewers."""
    caller, looks = caller_of(request.user), app().screening.looks
    app().owning.group(group_id, caller)
    if post_id not in {each.id for each in looks.of_group(group_id, caller)}:
        messages.info(request, _("It does not wait for you any more."))
        return redirect("group", group_id)
    given, form = request.POST, VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    try:
        if given.get("do") == "release":
            looks.release(post_id, "", caller, version)
            said = _("Released. It appears now.")
        elif given.get("do") == "pass_on":
            looks.pass_on(post_id, Opinion.UNSURE, "", caller, version)
            said = _("Handed to the reviewers.")
        else:
            raise not_found()
    except NotFound:
        raise
    except GongdaoError as problem:
        messages.info(request, hint_of(problem))
    else:
        messages.success(request, said)
    return redirect("group", group_id)
