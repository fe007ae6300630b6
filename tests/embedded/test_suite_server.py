"""The suite's own server serves what the tests ask of it."""

import psycopg
import pytest
from django.db import connection


@pytest.mark.django_db
def test_django_gets_a_test_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        (name,) = cursor.fetchone()
    assert name.startswith("test_")


def test_a_fresh_database_is_empty_and_speaks_utf8(fresh_database: str) -> None:
    with psycopg.connect(fresh_database) as session:
        tables = session.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        assert tables.fetchone() == (0,)
        assert session.execute("SHOW server_encoding").fetchone() == ("UTF8",)
