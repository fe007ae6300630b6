"""The stories of protecting accounts."""

from dataclasses import dataclass

from gongdao.adapters import chance
from gongdao.domain.flows.freezing import Freezing
from gongdao.domain.flows.lists import CaseLists
from gongdao.domain.flows.protecting import Protecting
from gongdao.domain.flows.records import Records


@dataclass(frozen=True, slots=True, repr=False)
class ProtectionStories:
    """One field a story."""

    mine: Protecting
    """What the owner does while they are in."""
    freezing: Freezing
    """What is done from outside, and the way back."""


def protection_stories(r: Records, lists: CaseLists) -> ProtectionStories:
    """Join them to the records."""
    return ProtectionStories(
        mine=Protecting(r, chance.random_bytes),
        freezing=Freezing(r, lists, chance.random_bytes),
    )
