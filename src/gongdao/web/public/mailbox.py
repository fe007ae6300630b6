"""The reporter's end of the mailbox: with the code of a receipt, or signed in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from gongdao.bootstrap import app
from gongdao.domain.access.rules import not_found
from gongdao.domain.kernel.errors import Refused
from gongdao.domain.mailbox.model import Side
from gongdao.web.public import code_door, opened
from gongdao.web.public.fields import add_refusal
from gongdao.web.public.mail_pieces import MessageForm, left_words, thread
from gongdao.web.public.opened import Opened
from gongdao.web.public.private import private

_HINT = _(
    "Leave out your name and how to reach you. An account or address that you gave us is blacked "
    "out, should it stand in a message."
)


@require_http_methods(["GET", "HEAD", "POST"])
@code_door.of_code("track")
def by_code(request: HttpRequest, found: Opened) -> HttpResponse:
    """With the code of a receipt; with any other there is no mailbox."""
    return _mailbox(request, found)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def signed_in(request: HttpRequest, case_id: str) -> HttpResponse:
    """Signed in."""
    return _mailbox(request, opened.by_id(request, case_id))


def _mailbox(request: HttpRequest, case: Opened) -> HttpResponse:
    if not case.is_reporter:
        raise not_found()
    mailing = app().mailing
    (box,) = mailing.open(case.view.id, case.caller)
    sent = [request.POST] if request.method == "POST" else []
    form = MessageForm(box.text_max, *sent, hint=_HINT)
    if sent and form.is_valid():
        try:
            mailing.write(case.view.id, form.cleaned_data["text"], case.caller)
        except Refused as problem:
            add_refusal(form, problem, "text")
        else:
            messages.success(request, gettext("Your message is sent."))
            return redirect(case.url("messages"))
    page = {
        "here": "track",
        "case": case,
        "form": form,
        "thread": thread(box, Side.REPORTER),
        "may_write": box.left_today > 0 or bool(form.errors),
        "left_words": left_words(box),
    }
    return render(request, "public/mailbox.html", page, status=400 if form.errors else 200)
