"""An appeal in the middle pane: what is new, what the checks found, and who said what of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.decisions.model import Measure
from gongdao.domain.flows.hearing_views import HearingView, HeldView, OpinionView
from gongdao.web import case_pieces, exhibit_pieces, forecast_pieces, material_pieces, words
from gongdao.web.desk.checks import measure_words
from gongdao.web.desk.step import Context
from gongdao.web.public.wording import KINDS

_SIDES: words.Words = {
    "reporter": gettext_lazy("The reporter asks for a review"),
    "respondent": gettext_lazy("The person concerned appeals"),
}
_FURTHER: words.Words = {
    "level": gettext_lazy("After this outcome the next level is open."),
    "new_evidence": gettext_lazy(
        "After this outcome it is final for the same facts; new evidence opens it once more."
    ),
    "nothing": gettext_lazy("After this outcome it is final here."),
}


@dataclass(frozen=True, slots=True)
class OpinionShown:
    """An opinion in words."""

    title: str
    leaning: str
    reasons: str
    at: datetime


@dataclass(frozen=True, slots=True)
class HearingShown:
    """An appeal as the desk shows it while it is heard."""

    view: HearingView
    title: str
    channel: str
    next: str
    clock: Any
    exhibits: list[exhibit_pieces.Shown]
    tone: list[str]
    materials: material_pieces.Shown | None
    foretold: forecast_pieces.Forecast | None
    opinions: list[OpinionShown]
    unread: int
    held: str
    two_people: str
    further: str


def shown(context: Context, now: datetime) -> HearingShown | None:
    """The open appeal of this case; None where there is none."""
    view = context.hearing
    if view is None:
        return None
    mine = context.caller.person
    return HearingShown(
        view=view,
        title=words.said(_SIDES, view.side),
        channel=words.said(words.CHANNELS, view.channel),
        next=why_next(view),
        clock=case_pieces.clock(view.clock, now) if view.clock else None,
        exhibits=exhibit_pieces.listed(view.exhibits, view.case),
        tone=[words.said(KINDS, kind) for kind in view.tone],
        materials=material_pieces.for_staff(view.appeal, view.case, context.caller),
        foretold=forecast_pieces.kept(view.foretold) if view.foretold else None,
        opinions=[_opinion(one, mine) for one in view.opinions],
        unread=view.opinions_written - len(view.opinions),
        held=_held(view.held) if view.held else "",
        two_people=_two_people(view),
        further=words.said(_FURTHER, view.further),
    )


def why_next(view: HearingView) -> str:
    """Whose move it is and why, in words."""
    if view.asked_of_me and view.held is None:
        return _("Its reviewer asks for your opinion.")
    if "confirm_outcome" in view.can:
        return _("An outcome is written and waits for a second person: you took no part.")
    if view.waits_for:
        return _("The appeal %(waits)s.") % {
            "waits": words.said(words.APPEAL_WAITS, view.waits_for)
        }
    if view.mine and "opinion" in view.can:
        return _("It is yours. Write what you think before anything foretold is shown.")
    if view.mine:
        return _("It is yours, and your move.")
    return _("It is with its reviewer.")


def _opinion(one: OpinionView, mine: str | None) -> OpinionShown:
    name = _("You") if one.by == mine else one.name
    kind = _("First opinion, %(name)s") if one.first else _("Second opinion, %(name)s")
    return OpinionShown(
        kind % {"name": name}, words.said(words.LEANINGS, one.leaning), one.reasons, one.at
    )


def _held(held: HeldView) -> str:
    said = words.said(words.LEANINGS, held.ending)
    kept = held.measure
    if kept is None:
        return said
    return words.joined(said, measure_words(Measure(kept.penalty, kept.scope, kept.duration)))


def _two_people(view: HearingView) -> str:
    if not view.two_people_for:
        return ""
    why = ", ".join(words.said(words.HIGH_PROFILE, code) for code in view.two_people)
    endings = ", ".join(words.said(words.LEANINGS, code) for code in view.two_people_for)
    return _("Two people answer for some outcomes here (%(endings)s): %(why)s.") % {
        "endings": endings,
        "why": why,
    }
