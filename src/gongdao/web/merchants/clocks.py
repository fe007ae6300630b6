"""The clocks of a dispute, as its pages show them: one way everywhere, so that no two disagree."""

from django.utils.translation import gettext as _

from gongdao.bootstrap import app
from gongdao.domain.access.model import Caller
from gongdao.domain.deadlines.model import DeadlineStage
from gongdao.domain.flows.follow_views import ClockView, FollowView
from gongdao.domain.kernel.ids import DisputeId
from gongdao.web import pieces, words
from gongdao.web.public import quotes


def clock(view: FollowView, each: ClockView) -> pieces.Clock:
    """One of its clocks."""
    language, deadline = words.language(), each.deadline
    claimed = _("claimed") if each.claimed else ""
    source = quotes.named(each.source, app().records.packs)
    missed = deadline.stage is DeadlineStage.MISSED
    return pieces.Clock(
        what=each.title.in_(language),
        due=deadline.due_at,
        now=app().records.clock(),
        rule=each.rule.in_(language),
        source=" · ".join(part for part in (source, claimed) if part),
        state=pieces.ClockState.MISSED if missed else pieces.ClockState.RUNNING,
        provisional=deadline.provisional,
        missed_means=each.todo.in_(language) if view.now.is_open else "",
    )


def first(which: DisputeId, caller: Caller) -> pieces.Clock | None:
    """The one that runs out first; None where nothing is known to run."""
    return first_of(app().disputes.follow_views.one(which, caller))


def first_of(view: FollowView) -> pieces.Clock | None:
    """The same, where the dispute was read already."""
    if not view.clocks:
        return None
    return clock(view, min(view.clocks, key=lambda each: each.deadline.due_at))
