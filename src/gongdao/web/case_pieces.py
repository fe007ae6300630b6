"""A case as the pages show it: the views of `pieces.py`, filled from a `CaseView`."""

from datetime import datetime

from django.utils.translation import gettext as _

from gongdao.domain.flows.casefile import CaseView, ClockView, DecisionView
from gongdao.domain.flows.timeline import Entry
from gongdao.web import pieces, words

_TONES = {
    "case.decided": pieces.Tone.DECISION,
    "case.answer_missed": pieces.Tone.URGENT,
}


def timeline(view: CaseView) -> list[pieces.TimelineEntry]:
    """What happened, oldest first."""
    return [_entry(entry) for entry in view.timeline]


def _entry(entry: Entry) -> pieces.TimelineEntry:
    tone = _TONES.get(entry.kind, pieces.Tone.PLAIN)
    if entry.detail == "overturned":
        tone = pieces.Tone.RESTORED
    return pieces.TimelineEntry(
        at=entry.at,
        role=words.said(words.ROLES, entry.role),
        words=words.event(entry.kind, entry.detail),
        detail=entry.text or "",
        leaf=entry.leaf,
        tone=tone,
    )


def clocks(view: CaseView, now: datetime) -> list[pieces.Clock]:
    """Every open clock of the case that this chair sees, soonest first; a group owner's last."""
    ordered = sorted(view.clocks, key=lambda c: (c.kind == "owner", c.due_at))
    return [clock(of, now) for of in ordered]


def clock(of: ClockView, now: datetime) -> pieces.Clock:
    """One clock."""
    state = pieces.ClockState.RUNNING
    if of.missed:
        state = pieces.ClockState.MISSED
    elif of.paused:
        state = pieces.ClockState.PAUSED
    return pieces.Clock(
        what=words.said(words.CLOCKS, of.kind),
        due=of.due_at,
        now=now,
        rule=_("%(span)s, by the rule %(rule)s") % {"span": words.span(of.span), "rule": of.rule},
        source=f"{words.source(of.source)} · {of.calendar}",
        state=state,
        provisional=of.provisional,
    )


def snapshot(view: CaseView) -> pieces.Snapshot:
    """What was reported, folded."""
    return pieces.Snapshot(
        title=view.subject_ref,
        kind=words.said(words.SUBJECTS, view.subject_kind),
        taken=view.opened_at,
        text=view.snapshot,
    )


def letter(decision: DecisionView) -> dict[str, object] | None:
    """The statement of reasons as it was sent, in the reader's language."""
    zh = words.language() == "zh"
    statement = decision.statement_zh if zh else decision.statement_en
    if statement is None:
        return None
    return {
        "statement": statement,
        "digest": decision.digest,
        "state": decision.state,
        "decision": decision,
    }


def interim(view: CaseView) -> list[dict[str, object]]:
    """What holds, or held, before the case is decided, with its statement as it was sent."""
    zh = words.language() == "zh"
    return [
        {
            "title": one.title_zh if zh else one.title_en,
            "in_force": one.in_force,
            "imposed_at": one.imposed_at,
            "until": one.lifted_at or one.ends_at,
            "statement": one.statement_zh if zh else one.statement_en,
        }
        for one in view.interim
    ]
