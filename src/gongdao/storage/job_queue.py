"""
The queue library's tables, and the ways to them.

pgqueuer takes names of tables and channels from the environment, some from bare words such as
`CHANNEL`. Here they are fixed, so that a stray variable cannot move the queue. The tables are
made by migration 0002; a test compares them with what the installed library declares.
"""

from typing import Any, Final

import psycopg
from django.db import connection
from pgqueuer.adapters.persistence.qb import (
    QueryBuilderEnvironment,
    QueryQueueBuilder,
    QuerySchedulerBuilder,
)
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.ports.driver import Driver
from pgqueuer.queries import Queries, SyncQueries
from psycopg import RawCursor
from psycopg.rows import dict_row

CHANNEL: Final = "ch_pgqueuer"

NAMES: Final = DBSettings.model_validate(
    {
        "prefix": "",
        "db_schema": None,
        "channel": CHANNEL,
        "function": "fn_pgqueuer_changed",
        "statistics_table": "pgqueuer_statistics",
        "queue_status_type": "pgqueuer_status",
        "queue_table": "pgqueuer",
        "queue_table_log": "pgqueuer_log",
        "trigger": "tg_pgqueuer_changed",
        "schedules_table": "pgqueuer_schedules",
        "durability": Durability.durable,
        "widen_id": True,
    }
)

_PATIENCE: Final = {
    "connect_timeout": 10,
    "keepalives_idle": 20,
    "keepalives_interval": 5,
    "keepalives_count": 3,
}
"""A server that vanished without a word is noticed within about 35 seconds."""


class _DjangoDriver:
    """Lets the library write on Django's own connection, within whatever is open there."""

    def fetch(self, query: str, *args: object) -> list[dict[str, object]]:
        """Run one statement."""
        connection.ensure_connection()
        with RawCursor(connection.connection, row_factory=dict_row) as cursor:
            cursor.execute(query.encode(), args or None)
            return cursor.fetchall()


IN_TRANSACTION: Final = SyncQueries(_DjangoDriver(), QueryQueueBuilder(NAMES))
"""The library's enqueueing half, on Django's connection."""


def queries(driver: Driver) -> Queries:
    """Give the library's working half over a driver of its own connection."""
    return Queries(
        driver,
        qbe=QueryBuilderEnvironment(NAMES),
        qbq=QueryQueueBuilder(NAMES),
        qbs=QuerySchedulerBuilder(NAMES),
    )


async def connect(name: str = "gongdao jobs") -> "psycopg.AsyncConnection[Any]":
    """Open a connection to Django's database beside Django's own; psycopg.Error if it fails."""
    known: dict[str, Any] = connection.get_connection_params()
    for ours_alone in ("cursor_factory", "context"):
        known.pop(ours_alone, None)
    return await psycopg.AsyncConnection.connect(
        **{**_PATIENCE, **known, "application_name": name}, autocommit=True
    )
