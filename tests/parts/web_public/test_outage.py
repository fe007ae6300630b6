"""While the database is gone, a page says so and says what to do; it does not break."""

import pytest
from django.db import OperationalError
from django.test import Client

from gongdao.web.public import rules


@pytest.mark.django_db
def test_a_page_says_that_the_database_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    def gone(*_: object, **__: object) -> None:
        raise OperationalError("the connection is closed")

    monkeypatch.setattr(rules, "today", gone)
    answer = Client(raise_request_exception=False).get("/rules/")
    assert answer.status_code == 503
    assert "server.no_database" in answer.content.decode()
