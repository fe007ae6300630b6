"""Codes of organisations in the reader's words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongdao.bootstrap import app
from gongdao.domain.flows.teamwork import Colleague
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.ids import Code
from gongdao.web import words
from gongdao.web.merchants import dispute_words
from gongdao.web.words import Words

ROLES: Words = {
    "owner": _("Owner"),
    "manager": _("Manager"),
    "agent": _("Agent"),
    "viewer": _("Viewer"),
}
MAY: Words = {
    "owner": _("Everything, and makes others owners."),
    "manager": _("Members, shops, templates and the roster, and everything about disputes."),
    "agent": _("Everything about disputes."),
    "viewer": _("Reads, and changes nothing."),
}
EVENTS: Words = {
    "organisation.founded": _("Founded the organisation"),
    "organisation.renamed": _("Gave it another name"),
    "organisation.invited": _("Made an invitation"),
    "organisation.invitation_withdrawn": _("Took an invitation back"),
    "organisation.joined": _("Joined"),
    "organisation.role_changed": _("Changed somebody's role"),
    "organisation.left": _("Left, or took somebody out"),
    "organisation.shop_added": _("Added a shop"),
    "organisation.shop_closed": _("Closed a shop"),
    "organisation.member_named": _("Said how colleagues know them"),
    "organisation.template_kept": _("Kept a template"),
    "organisation.template_dropped": _("Dropped a template"),
    "flag.raised": _("Flagged a buyer"),
    "flag.ended": _("Took a flag off"),
}


def event(kind: str) -> str:
    """What happened, in words."""
    return words.said(EVENTS, kind) if kind in EVENTS else dispute_words.event(kind, "")


def name(who: Colleague | None) -> str:
    """A colleague's name; a number for whoever gave none."""
    if who is None:
        return gettext("somebody who is no member now")
    return who.name or gettext("Member %(number)s") % {"number": who.number}


def platforms() -> list[tuple[Code, str]]:
    """Every outside platform there is a pack for, by its name."""
    packs = app().records.packs
    known = [(code, packs.versions(code)[0]) for code in packs.platforms() if code != "house"]
    language = words.language()
    return sorted((code, pack.title.in_(language)) for code, pack in known)


def platform(code: Code) -> str:
    """A platform's name; its code where there is no pack any more."""
    try:
        return app().records.packs.versions(code)[0].title.in_(words.language())
    except GongdaoError:
        return code
