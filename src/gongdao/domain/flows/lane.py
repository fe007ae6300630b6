"""What the lane of verified firms cost the others, for anybody to read."""

from dataclasses import dataclass
from datetime import timedelta

from gongdao.domain.flows.records import Records
from gongdao.domain.flows.submitting import pack_of_the_day
from gongdao.domain.triage.model import LaneCost
from gongdao.domain.triage.rules import cost_of_lane

DAYS = 30
_MOST = 20_000
"""Pulls that are looked at: the latest."""


@dataclass(frozen=True, slots=True)
class LaneView:
    """The share that a pack gives to firms, and what it cost."""

    share: int
    days: int
    cost: LaneCost


@dataclass(frozen=True, slots=True)
class Lane:
    """The lane, looked at. It names no case and nobody, so that there is no door."""

    records: Records

    def view(self) -> LaneView:
        """The share and its cost over the last days."""
        r = self.records
        firms = pack_of_the_day(r.packs, r.clock()).firms
        pulls = r.queues.pulled(r.clock() - timedelta(days=DAYS), _MOST)
        return LaneView(firms.lane.share if firms else 0, DAYS, cost_of_lane(pulls))
