"""Work for later, promised in the same transaction as what causes it."""

from collections.abc import Mapping
from typing import Protocol


class Outbox(Protocol):
    """Jobs that are done at least once after the unit of work is kept, and never if it is not."""

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        """Promise a job. The same topic and key promise it once, however often they are posted."""
