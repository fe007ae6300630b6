"""My posts: what waits and until when, why, and what I can do."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows.handing_in import MINE_SHOWN
from gongdao.domain.flows.post_views import PostView
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.site.hints import hint_of
from gongdao.web import pieces
from gongdao.web.failures import status_of
from gongdao.web.held_pieces import answers, heading, shown
from gongdao.web.public import mine
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.private import private
from gongdao.web.screening.forms import EditForm, VersionForm, keep_up, unsent


@private
@login_required
@require_safe
def posts(request: HttpRequest) -> HttpResponse:
    """What I handed in, the latest first."""
    before, here = request.GET.get("before"), reverse("mine_posts")
    found = app().screening.posts.mine(caller_of(request.user), before)
    older = f"{here}?before={found[-1].id}" if len(found) == MINE_SHOWN else ""
    page = {
        "posts": [shown(each) for each in found],
        "pager": pieces.Pager(here if before else "", older),
        **mine.frame(request, "posts"),
    }
    return render(request, "screening/mine.html", page)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def post(request: HttpRequest, post_id: str) -> HttpResponse:
    """One of them; while it waits it can be changed."""
    caller, stories = caller_of(request.user), app().screening.posts
    view = stories.my_own(post_id, caller)
    if request.method != "POST":
        return _page(request, view, _edit(view))
    form, status = EditForm(view.longest, request.POST), 400
    if form.is_valid():
        given = form.cleaned_data
        try:
            stories.edit(post_id, given["text"], caller, given["version"])
        except NotFound:
            raise
        except GongdaoError as problem:
            status = status_of(problem)
            add_refusal(form, problem, "text")
        else:
            messages.success(request, _("Changed, and looked at anew."))
            return redirect("mine_post", post_id)
    view = stories.my_own(post_id, caller)
    keep_up(form, view.version)
    return _page(request, view, form, status)


@private
@login_required
@require_POST
def take_back(request: HttpRequest, post_id: str) -> HttpResponse:
    """Take it back before it appears."""
    caller, stories = caller_of(request.user), app().screening.posts
    form = VersionForm(request.POST)
    version = form.cleaned_data["version"] if form.is_valid() else None
    try:
        stories.take_back(post_id, caller, version)
    except NotFound:
        raise
    except GongdaoError as problem:
        messages.info(request, hint_of(problem))
    else:
        messages.success(request, _("You took it back. It does not appear."))
    return redirect("mine_post", post_id)


def _edit(view: PostView) -> EditForm:
    return EditForm(view.longest, initial={"version": view.version, "text": view.text})


def _page(request: HttpRequest, view: PostView, form: EditForm, status: int = 200) -> HttpResponse:
    page = {
        "shown": shown(view),
        "heading": heading(view),
        "answers": answers(view),
        "form": form if view.waits and view.edits_left else None,
        "waits": view.waits,
        "unsent": [] if view.waits else unsent({"": form}),
        "wrong": bool(form.errors),
        **mine.frame(request, "posts"),
    }
    return render(request, "screening/my_post.html", page, status=status)
