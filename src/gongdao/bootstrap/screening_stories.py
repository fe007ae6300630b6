"""The stories of texts that wait before they appear, and of what is learned from them."""

from dataclasses import dataclass

from gongdao.domain.flows.records import Records


@dataclass(frozen=True, slots=True)
class ScreeningStories:
    """One field a story."""

    records: Records


def screening_stories(r: Records) -> ScreeningStories:
    """Join them to the records."""
    return ScreeningStories(r)
