"""The outbox in PostgreSQL."""

from collections.abc import Mapping


class PgOutbox:
    """Jobs, promised in the open transaction."""

    def post(self, topic: str, key: str, payload: Mapping[str, str]) -> None:
        """Promise a job."""
