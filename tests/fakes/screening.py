"""The ports of texts that wait before they appear, and of what is learned from them, in memory."""

from typing import Any

from tests.fakes.held_posts import MemoryHeldPosts
from tests.fakes.memory import Memory
from tests.fakes.screening_labels import (
    MemoryJudgedEntries,
    MemoryLabels,
    MemoryLessons,
    MemoryModelSteps,
    MemorySamples,
)


def screening_on_fakes(memory: Memory) -> dict[str, Any]:
    """Each port by its name in the records."""
    return {
        "labels": MemoryLabels(memory),
        "judged_entries": MemoryJudgedEntries(memory),
        "lessons": MemoryLessons(memory),
        "model_steps": MemoryModelSteps(memory),
        "samples": MemorySamples(memory),
        "held_posts": MemoryHeldPosts(memory),
    }
