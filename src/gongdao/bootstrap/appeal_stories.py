"""The stories around appeals: what helps before one is sent, and the ways back after a decision."""

from dataclasses import dataclass

from gongdao.domain.flows.appealing import Appealing
from gongdao.domain.flows.clocks import Clocks
from gongdao.domain.flows.materials import Materials
from gongdao.domain.flows.records import Records
from gongdao.domain.flows.sanctioning import Sanctioning
from gongdao.domain.flows.telling import Telling


@dataclass(frozen=True, slots=True)
class Common:
    """What most of them stand on."""

    records: Records
    telling: Telling
    clocks: Clocks
    sanctioning: Sanctioning
    appealing: Appealing


@dataclass(frozen=True, slots=True)
class AppealStories:
    """One field a story."""

    materials: Materials


def appeal_stories(on: Common) -> AppealStories:
    """Join them to the records."""
    return AppealStories(materials=Materials(on.records))
