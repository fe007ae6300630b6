"""My cases and my inbox, for people who are signed in."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongdao.bootstrap import app, caller_of
from gongdao.domain.flows import rights_letters
from gongdao.domain.flows.inbox import NoticeView
from gongdao.domain.kernel.ids import CaseId, NoticeId
from gongdao.web import pieces, words
from gongdao.web.public import case_page, mine_lists, opened, told
from gongdao.web.public.private import private

_SHOWN = 50
_WORDS = 120
"""Characters of a notice that the list shows."""


@private
@login_required
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """What I reported, and what is about me."""
    mine, about_me = app().desk.mine(caller_of(request.user))
    page = {
        "reported": mine_lists.reported(mine),
        "about_me": mine_lists.about_me(about_me),
    }
    return render(request, "public/mine.html", {**page, **frame(request, "mine")})


@private
@login_required
@require_safe
def case(request: HttpRequest, case_id: str) -> HttpResponse:
    """One of them."""
    return case_page.show(request, opened.by_id(request, case_id), "mine")


@private
@login_required
@require_safe
def inbox(request: HttpRequest) -> HttpResponse:
    """What I was told, newest first."""
    found = told.inbox().of(caller_of(request.user), words.language(), limit=_SHOWN)
    page = {"notices": [_item(notice) for notice in found], "full": len(found) == _SHOWN}
    return render(request, "public/inbox.html", {**page, **frame(request, "mine_inbox")})


@private
@login_required
@require_safe
def notice(request: HttpRequest, notice_id: str) -> HttpResponse:
    """One notice, as it was sent; from now on it counts as read."""
    found = told.inbox().read(NoticeId(notice_id), words.language(), caller_of(request.user))
    page = {"message": told.message(found), **_leads_to(found, request)}
    return render(request, "public/notice.html", {**page, **frame(request, "mine_inbox")})


@private
@login_required
@require_safe
def settings(request: HttpRequest) -> HttpResponse:
    """Language, password, address, second factor."""
    return render(request, "public/settings.html", frame(request, "mine_settings"))


def _leads_to(of: NoticeView, request: HttpRequest) -> dict[str, Any]:
    """Where a notice leads: to its case, or to what it is about that is none."""
    if of.template.startswith("account_"):
        return {"case_url": reverse("mine_protection"), "of_no_case": True}
    if of.template.startswith("firm_"):
        return {"case_url": reverse("firm"), "of_no_case": True}
    if of.template.startswith(("training_", "certificate_")):
        return {"case_url": reverse("learn"), "of_no_case": True}
    if of.template.startswith("screening_"):
        return {"case_url": reverse("desk_screening_numbers"), "of_no_case": True}
    if of.template.startswith("held_"):
        name = "desk_held_post" if of.reader == "staff" else "mine_post"
        return {"case_url": reverse(name, args=[of.case]), "of_no_case": True}
    if of.template.startswith("misuse_"):
        return {"case_url": reverse("my_credibility"), "of_no_case": True}
    if of.template.startswith("standing_"):
        return {"case_url": reverse("standing"), "of_no_case": True}
    if of.template.startswith("duty_"):
        name = "desk_complaint" if of.reader == "staff" else "firm_complaint"
        return {"case_url": reverse(name, args=[of.case]), "of_no_case": True}
    if of.template.startswith(rights_letters.TEMPLATE):
        person = caller_of(request.user).person
        code = app().records.codes.issue(CaseId(of.case), person) if person else ""
        return {"case_url": reverse("rights_matter", args=[code]), "of_no_case": True}
    return {"case_url": reverse("mine_case", args=[of.case])}


def _item(of: NoticeView) -> pieces.NoticeItem:
    first = " ".join(of.body.split())
    return pieces.NoticeItem(
        subject=of.subject,
        words=first if len(first) <= _WORDS else f"{first[:_WORDS]}…",
        at=of.issued_at,
        url=reverse("mine_notice", args=[of.id]),
        unread=of.read_at is None,
        sent=told.sent(of),
        tone=told.tone(of),
    )


def frame(request: HttpRequest, current: str) -> dict[str, Any]:
    """The tabs of this door, with how much is unread."""
    caller = caller_of(request.user)
    unread = told.inbox().unread(caller)
    owned = app().owning.groups(caller)
    waiting = sum(group.waiting for group in owned)
    left_out = set()
    if current != "posts" and not app().screening.posts.has_any(caller):
        left_out.add("posts")
    if current != "groups" and not owned:
        left_out.add("groups")
    how_many = {"mine_inbox": unread or None, "groups": waiting or None}
    tabs = [
        pieces.Tab(title, reverse(view), name == current, how_many.get(name), line)
        for line, name, title, view in _tabs()
        if name not in left_out
    ]
    return {"here": "mine", "tabs": tabs}


def _tabs() -> Iterator[tuple[str, str, str, str]]:
    """Every page of one's own: its line, the name of its tab, the title and the page."""
    line = _("Mine")
    yield line, "mine", _("Cases"), "mine"
    yield line, "mine_inbox", _("Inbox"), "mine_inbox"
    yield line, "posts", _("Posts"), "mine_posts"
    yield line, "groups", _("Chat groups"), "groups"
    line = _("Tools")
    yield line, "journal", _("Journal"), "journal"
    yield line, "learn", _("Courses"), "learn"
    yield line, "firm", _("Firm"), "firm"
    line = _("Account")
    yield line, "standing", _("Standing"), "standing"
    yield line, "credibility", _("Credibility"), "my_credibility"
    yield line, "mine_settings", _("Settings"), "mine_settings"
