"""What is written as an array is read as the same values, whatever they hold."""

import pytest
from django.db import connection

from gongdao.storage.bulk import array

ODD = ["", "NULL", "null", " a ", '"', "\\", '\\"', "a,b", "{a}", "{}", "'; --", "%s", "举报\n\t"]


@pytest.mark.django_db
@pytest.mark.parametrize("values", [[], ODD])
def test_values_come_back_as_they_were(values: list[str]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select %s::text[]", [array(values)])
        assert cursor.fetchone() == (values,)
        cursor.execute("select %s::int[], %s::bool[]", [array([3, -1]), array([True, False])])
        assert cursor.fetchone() == ([3, -1], [True, False])
