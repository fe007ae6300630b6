"""The stories of courses, exams and certificates."""

from dataclasses import dataclass

from gongdao.domain.flows.records import Records


@dataclass(frozen=True, slots=True)
class TrainingStories:
    """One field a story."""

    records: Records


def training_stories(r: Records) -> TrainingStories:
    """Join them to the records."""
    return TrainingStories(r)
