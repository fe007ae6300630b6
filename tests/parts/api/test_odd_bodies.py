"""Whatever somebody sends to whichever step: an answer or a problem, never an error of ours."""

import json
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parts.api.described import described
from tests.parts.api.test_who_may import house, operations

from gongdao.api.batch import NDJSON

KNOWN = (
    "这是一段足够长的理由，请看一看。", "violation", "not_accepted", "change", "uphold", "overturn",
    "abuse.insult", "99999wd", "suspension", "account", "\ud800", "\x00", "{code}",
)  # fmt: skip
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(allow_nan=True),
    st.text(st.characters(codec=None), max_size=40),
    st.sampled_from(KNOWN),
    st.lists(st.text(max_size=5), max_size=2),
    st.fixed_dictionaries(
        {
            "penalty": st.sampled_from(["warning", "suspension", "closure", "x"]),
            "scope": st.sampled_from(["content", "account"]),
            "duration": st.sampled_from(["0d", "7d", "99999wd", "1", None]),
        }
    ),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
)
WRITES = {name: path for name, (verb, path) in sorted(operations().items()) if verb == "post"}


def fields(path: str) -> list[str]:
    """The fields of a step's body."""
    (content,) = described()["paths"][path]["post"]["requestBody"]["content"].values()
    body = content.get("x-itemSchema", content["schema"])
    of = described()["components"]["schemas"][body["$ref"].rpartition("/")[2]]
    return list(of["properties"])


@pytest.mark.django_db
def test_no_body_breaks_any_step() -> None:
    the_house = house()
    clients = [the_house.people[name] for name in ("nobody", "stranger", "app", "reviewer")]
    statuses: set[int] = set()

    @settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.data())
    def send(data: st.DataObject) -> None:
        path = WRITES[data.draw(st.sampled_from(list(WRITES)))]
        client: Client = data.draw(st.sampled_from(clients))
        body: dict[str, Any] = {
            name: data.draw(ODD) for name in fields(path) if data.draw(st.booleans())
        }
        address = path.format(**{**the_house.ids, "code": "AAAA-AAAA-AAAA-AAAA-AAAA"})
        answer = client.post(address, json.dumps(body), content_type="application/json")
        statuses.add(answer.status_code)
        assert answer.status_code < 500, (path, body, answer.content)
        if answer.headers["Content-Type"].startswith(NDJSON):
            (line,) = map(json.loads, answer.content.splitlines())
            assert 400 <= line["status"] < 500 or line["receipt"]

    send()
    assert statuses >= {404, 422}


@pytest.mark.django_db
def test_many_unknown_fields_are_not_looked_at_one_by_one() -> None:
    body = json.dumps({f"{number:x}": 0 for number in range(200_000)})
    answer = Client().post("/api/v1/screening", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (422, "body.too_many_fields")
    body = json.dumps({f"{number:x}": 0 for number in range(900)})
    answer = Client().post("/api/v1/screening", body, content_type="application/json")
    assert (answer.status_code, len(answer.json()["errors"])) == (422, 100)
