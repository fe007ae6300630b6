"""Looking at a statement over the API: open, bounded, and nothing of it is kept."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from gongdao.bootstrap import wording

pytestmark = pytest.mark.django_db

TEXT = "你们根本不懂规则。我的授权书见证据3。"


def sent(**body: Any) -> Any:
    return Client().post("/api/v1/lint", body, content_type="application/json")


def test_a_program_is_told_what_where_and_better() -> None:
    answer = sent(text=TEXT, exhibits=[1, 2], words="en").json()
    assert answer["stored"] is False
    assert answer["language"] == "zh-hans"
    first, second = answer["findings"]
    assert (first["start"], first["end"], first["passage"]) == (0, 6, "你们根本不懂")
    assert first["kind"] == "antagonistic"
    assert first["reason"].startswith("This belittles")
    assert second["passage"] == "证据3"


def test_nothing_but_the_count_of_looks_is_written() -> None:
    with CaptureQueriesContext(connection) as queries:
        assert sent(text=TEXT).status_code == 200
    written = [q["sql"] for q in queries if "insert" in q["sql"].lower()]
    assert len(written) == 1
    assert "rate_limit" in written[0]
    assert "不懂" not in str(queries.captured_queries)


def test_so_many_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "LOOKS_PER_MINUTE", 2)
    assert [sent(text="好的。").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"text": ""}, 422, "lint.empty"),
        ({"text": "a" * 10_001}, 422, "lint.too_long"),
        ({"text": "a" * 300_000}, 413, "body.too_large"),
        ({"text": "a" * 200_001}, 422, "body.invalid"),
        ({"text": "x", "exhibit": [1]}, 422, "body.invalid"),
        ({"text": "x", "language": "fr"}, 422, "body.invalid"),
    ],
)
def test_what_cannot_be_looked_at(body: dict[str, Any], status: int, code: str) -> None:
    answer = sent(**body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
