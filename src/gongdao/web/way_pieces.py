"""Ways back as pages show them: what is done, what is next, how long."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from gongdao.domain.flows.ways_shown import StepShown, StepState, WayShown
from gongdao.web import times, words

STATES: words.Words = {
    "todo": gettext_lazy("To do"),
    "begun": gettext_lazy("Begun"),
    "later": gettext_lazy("Open again later"),
    "waiting": gettext_lazy("Only time is needed"),
    "checking": gettext_lazy("A reviewer checks it"),
    "refused": gettext_lazy("Not enough yet"),
    "done": gettext_lazy("Done"),
}
BUTTONS: words.Words = {
    "exam": gettext_lazy("Take the exam"),
    "pledge": gettext_lazy("Read and sign"),
    "rectification": gettext_lazy("Hand in a proof"),
    "judicial_proof": gettext_lazy("Hand in the document"),
}
_ICONS = {
    "todo": "circle",
    "begun": "circle-dashed",
    "later": "clock",
    "waiting": "clock",
    "checking": "circle-dashed",
    "refused": "circle-alert",
    "done": "check",
}
_OPEN = {StepState.TODO, StepState.BEGUN, StepState.REFUSED}


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step in the list."""

    title: str
    detail: str
    state: str
    icon: str
    words: str
    """Where it stands, in words."""
    when: str
    """Until when, both ways: how long and which moment."""
    reasons: str
    button: str
    url: str


@dataclass(frozen=True, slots=True)
class WayCard:
    """The way back from one sanction."""

    title: str
    effect: str
    stage: str
    progress: str
    alternatives: list[list[StepLine]]
    ended: str
    why_none: str


def cards(
    found: Sequence[WayShown], now: datetime, url: Callable[[WayShown, StepShown], str]
) -> list[WayCard]:
    """One card a sanction; closed ones say nothing that anybody could still do."""
    return [card(way, now, url) for way in found if way.stage != "closed"]


def card(way: WayShown, now: datetime, url: Callable[[WayShown, StepShown], str]) -> WayCard:
    """One of them."""
    language = words.language()
    return WayCard(
        title=way.title.in_(language) if way.title else "",
        effect=way.effect.in_(language) if way.effect else "",
        stage=way.stage,
        progress=_("%(done)d of %(of)d done") % {"done": way.done, "of": way.of},
        alternatives=[
            [line(step, now, url(way, step), open_way=way.stage == "open") for step in each]
            for each in way.alternatives
        ],
        ended=_ended(way),
        why_none=way.why_none.in_(language) if way.why_none else "",
    )


def line(step: StepShown, now: datetime, url: str, *, open_way: bool) -> StepLine:
    """One step."""
    language, state = words.language(), step.state.value
    mayhap = open_way and step.state in _OPEN and step.kind in BUTTONS
    signed = step.kind == "pledge" and step.state is StepState.DONE
    button = words.said(BUTTONS, step.kind) if mayhap else ""
    return StepLine(
        title=step.title.in_(language),
        detail=step.detail.in_(language) if step.state is not StepState.DONE else "",
        state=state,
        icon=_ICONS[state],
        words=words.said(STATES, state),
        when=_when(step, now),
        reasons=step.reasons if step.state in {StepState.REFUSED, StepState.DONE} else "",
        button=_("See and save what you signed") if signed else button,
        url=url if button or signed else "",
    )


def _when(step: StepShown, now: datetime) -> str:
    if step.until is None:
        return ""
    told = {"left": times.span(max(step.until - now, now - now)), "at": times.moment(step.until)}
    if step.state is StepState.LATER:
        return _("Next try in %(left)s (from %(at)s)") % told
    return _("%(left)s left (until %(at)s)") % told


def _ended(way: WayShown) -> str:
    if way.stage != "fulfilled" or way.ended_at is None:
        return ""
    at = times.moment(way.ended_at)
    if way.lifted:
        return _("Everything is done. The sanction was lifted on %(at)s.") % {"at": at}
    return _("Everything is done. The sanction became lighter on %(at)s.") % {"at": at}
