"""What the lane cost the others, in words: for the rules page and the desk."""

from dataclasses import dataclass

from gongdao.bootstrap import app
from gongdao.web.pieces import TOO_FEW


@dataclass(frozen=True, slots=True)
class LaneShown:
    """The lane on a page."""

    share: int
    days: int
    pulls: int
    ahead: int
    used: float
    n: int
    enough: bool
    median: float
    """In minutes."""


def shown() -> LaneShown:
    """The share and its cost."""
    view = app().around_appeals.lane.view()
    n = len(view.cost.extra)
    return LaneShown(
        share=view.share,
        days=view.days,
        pulls=view.cost.pulls,
        ahead=view.cost.ahead,
        used=view.cost.share,
        n=n,
        enough=n >= TOO_FEW,
        median=round(view.cost.median, 1),
    )
