"""The stories of how far reporters and accounts are trusted."""

from dataclasses import dataclass

from gongdao.domain.flows.believing import Believing
from gongdao.domain.flows.credibility_views import CredibilityViews
from gongdao.domain.flows.grade_views import Explaining
from gongdao.domain.flows.misusing import Misusing
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.regrading import Regrading
from gongdao.domain.flows.taking_up import TakingUp


@dataclass(frozen=True, slots=True, repr=False)
class StandingStories:
    """One field a story."""

    records: Records
    grades: Regrading
    """Of accounts."""
    explaining: Explaining
    believing: Believing
    misusing: Misusing
    taking_up: TakingUp
    credibility: CredibilityViews


def standing_stories(r: Records, believing: Believing, misusing: Misusing) -> StandingStories:
    """Join them to the records."""
    return StandingStories(
        records=r,
        grades=Regrading(r),
        explaining=Explaining(r),
        believing=believing,
        misusing=misusing,
        taking_up=misusing.taking_up,
        credibility=CredibilityViews(r, believing),
    )
