"""Thousands of rows and values at once, as text that PostgreSQL reads as it is."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db import connection

Row = Sequence[Any]


def array(values: Iterable[object]) -> str:
    """An array to be cast in a statement.

    A list is quoted value by value, and each value by Python: with thousands of them that takes
    an eighth of the time of putting reports in line.
    """
    quoted = [str(value).replace("\\", "\\\\").replace('"', '\\"') for value in values]
    return "{" + ",".join(f'"{value}"' for value in quoted) + "}"


def copy(table: str, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Copy rows into a table."""
    names = ", ".join(f'"{column}"' for column in columns)
    with (
        connection.cursor() as cursor,
        cursor.copy(f"copy {table} ({names}) from stdin") as copying,
    ):
        for row in rows:
            copying.write_row(row)


def copy_rows(table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """The same with rows as dictionaries of the same columns."""
    if rows:
        columns = tuple(rows[0])
        copy(table, columns, ([row[column] for column in columns] for row in rows))
