"""After a dispute: a reply that everybody reads, a file for a lawyer, papers for authorities."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from gongdao.bootstrap import afterwards as printing
from gongdao.bootstrap import app, caller_of
from gongdao.domain.access.model import Caller
from gongdao.domain.disputes.events import Instance
from gongdao.domain.flows.afterwards import OutsideOffered
from gongdao.domain.flows.dispute_files import DisputeView
from gongdao.domain.flows.legal_file import LegalFile
from gongdao.domain.flows.public_replies import PatternShown, ReplyLook
from gongdao.domain.kernel.errors import GongdaoError, NotFound
from gongdao.domain.kernel.ids import DisputeId
from gongdao.web import pieces, words
from gongdao.web.failures import refused_page
from gongdao.web.merchants import dispute as dispute_page
from gongdao.web.public import quotes, wording
from gongdao.web.public.fields import LongText, add_refusal, needed
from gongdao.web.public.private import private

_LANGUAGES = {"zh": "zh-hans", "en": "en"}
_MOST = 2000
DATA_KINDS: words.Words = {
    "resident_id": gettext_lazy("Identity number"),
    "phone": gettext_lazy("Phone number"),
    "bank_card": gettext_lazy("Bank card"),
    "email": gettext_lazy("E-mail address"),
    "plate": gettext_lazy("Number plate"),
    "address": gettext_lazy("Address"),
    "name": gettext_lazy("Name"),
    "number": gettext_lazy("Number of an order or the like"),
}
ROUTES: words.Words = {
    Instance.ASSOCIATION.value: gettext_lazy("The consumers' association"),
    Instance.MARKET.value: gettext_lazy("12315, the market regulator"),
    Instance.CYBERSPACE.value: gettext_lazy("The cyberspace office"),
}


class ReplyForm(forms.Form):
    """The reply as it will stand there, or does."""

    text = LongText(
        label=gettext_lazy("The reply"),
        limit=_MOST,
        **needed(gettext_lazy("Write the reply, or begin with a pattern."), "reply.length"),
    )


class FillForm(forms.Form):
    """What a pattern asks for."""

    def __init__(self, pattern: PatternShown, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for gap, question in pattern.asks:
            self.fields[gap] = forms.CharField(label=question, max_length=200, required=False)


@private
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def after(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """Everything that can still be done; a POST drafts, looks at or records a reply."""
    which, caller = DisputeId(dispute_id), caller_of(request.user)
    view = app().disputes.files.open(which, caller)
    replies = app().disputes.afterwards.replies
    patterns = replies.patterns(words.language())
    asked = request.POST.get("pattern") or request.GET.get("pattern", "")
    pattern = next((each for each in patterns if each.code == asked), patterns[0])
    fill, reply = FillForm(pattern), ReplyForm()
    look: ReplyLook | None = None
    if request.method == "POST" and not view.now.from_a_buyer:
        raise Http404
    if request.method == "POST" and "draft" in request.POST:
        fill = FillForm(pattern, request.POST)
        if fill.is_valid():
            look = replies.draft(which, pattern.code, fill.cleaned_data, words.language(), caller)
            reply = ReplyForm(initial={"text": look.text})
    elif request.method == "POST":
        reply = ReplyForm(request.POST)
        if reply.is_valid():
            done, look = _replied(request, which, reply, caller)
            if done:
                messages.success(request, _("Recorded: the reply is up."))
                return redirect("dispute_after", dispute_id)
    page = {"fill": fill, "reply": reply, "pattern": pattern, "patterns": _tabs(patterns, pattern)}
    return _page(request, view, caller, page, look)


@private
@login_required
@require_POST
def paper(request: HttpRequest, dispute_id: str) -> HttpResponse:
    """A paper, or the file for a lawyer, as PDF."""
    language = _LANGUAGES.get(request.POST.get("language", ""), "zh-hans")
    code = request.POST.get("paper", "")
    try:
        content = printing.printed(DisputeId(dispute_id), code, language, caller_of(request.user))
    except NotFound:
        raise
    except GongdaoError as problem:
        return refused_page(request, problem)
    answer = HttpResponse(content, content_type="application/pdf")
    name = f"gongdao-{code}-{language[:2]}.pdf"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _replied(
    request: HttpRequest, which: DisputeId, reply: ReplyForm, caller: Caller
) -> tuple[bool, ReplyLook | None]:
    """Look at a reply, or record it; whether it was recorded, and what was seen in it."""
    replies, text = app().disputes.afterwards.replies, reply.cleaned_data["text"]
    try:
        if "up" in request.POST:
            replies.published(which, text, caller)
            return True, None
        return False, replies.look(which, text, words.language(), caller)
    except NotFound:
        raise
    except GongdaoError as problem:
        add_refusal(reply, problem, "text")
    try:
        return False, replies.look(which, text, words.language(), caller)
    except GongdaoError:
        return False, None


def _page(
    request: HttpRequest, view: DisputeView, caller: Caller, page: dict[str, Any],
    look: ReplyLook | None,
) -> HttpResponse:  # fmt: skip
    story, language = app().disputes.afterwards, words.language()
    file = story.legal_file(view.now.id, language, caller)
    put_up = view.now.reply
    page |= {
        "view": view,
        "pattern_source": quotes.named(page["pattern"].source, app().records.packs),
        "now": view.now,
        "title": dispute_page.heading(view),
        "answers": _answers(view),
        "look": look,
        "marked": wording.shown(look.text, look.findings) if look and look.findings else None,
        "private": [(words.said(DATA_KINDS, p.kind.value), p.text) for p in look.private]
        if look
        else [],
        "most": story.replies.most(view.now),
        "advised": story.replies.policy().reply.most,
        "put_up": app().records.opened(put_up) if put_up else "",
        "file": file,
        "elements": _elements(file),
        "papers": [_paper(each) for each in story.offered(view.now.id, language, caller)],
        "legal_file": printing.LEGAL_FILE,
        "here": "merchants",
    }
    wrong = page["fill"].errors or page["reply"].errors
    return render(request, "merchants/after.html", page, status=400 if wrong else 200)


def _tabs(patterns: Sequence[PatternShown], chosen: PatternShown) -> list[pieces.Tab]:
    return [pieces.Tab(p.title, f"?pattern={p.code}#reply-title", p is chosen) for p in patterns]


def _answers(view: DisputeView) -> pieces.Answers:
    papers = [
        pieces.Action(_("See the file for a lawyer"), "#file-title", quiet=True),
        pieces.Action(_("See the papers for authorities"), "#papers-title", quiet=True),
    ]
    nothing = _("Read it here. Whoever works on it goes on.")
    if not view.now.from_a_buyer:
        return pieces.Answers(
            stands=_("No buyer wrote anything here that could be answered in public."),
            next=_("Nothing here runs by itself: choose what fits."),
            actions=tuple(papers),
            nothing=nothing,
        )
    up = view.now.reply is not None
    actions = [pieces.Action(_("Write the public reply"), "#reply-title", quiet=up), *papers]
    return pieces.Answers(
        stands=_("Your reply is up.") if up else _("Nothing of ours stands below it yet."),
        next=_("Others read the reply from now on. You can record a new one.")
        if up
        else _("Nothing here runs by itself: choose what fits."),
        actions=tuple(actions),
        nothing=nothing,
    )


def _elements(file: LegalFile) -> list[dict[str, Any]]:
    return [
        {
            "title": each.title,
            "asks": each.asks,
            "held": each.held,
            "missing": each.missing,
            "source": quotes.named(each.source, app().records.packs),
        }
        for each in file.elements
    ]


def _paper(offered: OutsideOffered) -> dict[str, Any]:
    return {
        "code": offered.paper.code,
        "title": offered.paper.title,
        "source": quotes.named(offered.paper.source, app().records.packs),
        "route": words.said(ROUTES, offered.paper.route),
        "for_whom": offered.for_whom,
        "remarks": offered.remarks,
        "claimed": offered.claimed,
    }
