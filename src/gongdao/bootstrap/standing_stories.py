"""The stories of how far reporters and accounts are trusted."""

from dataclasses import dataclass

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.regrading import Regrading


@dataclass(frozen=True, slots=True)
class StandingStories:
    """One field a story."""

    records: Records
    grades: Regrading
    """Of accounts."""


def standing_stories(r: Records) -> StandingStories:
    """Join them to the records."""
    return StandingStories(records=r, grades=Regrading(r))
