"""The ports of how far reporters and accounts are trusted, in memory."""

from typing import Any

from tests.fakes.memory import Memory


def standing_on_fakes(memory: Memory) -> dict[str, Any]:
    """Each port by its name in the records."""
    assert memory is not None
    return {}
