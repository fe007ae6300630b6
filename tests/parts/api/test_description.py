"""The description of the API: complete, in step with what it answers, and served to anybody."""

import inspect
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from ninja import Schema
from tests.stories.http_teller import API, HttpTeller

from gongdao.api import batch
from gongdao.api.fast_reading import BatchLine
from gongdao.api.urls import api

VERBS = {"get", "post", "put"}


@pytest.fixture(scope="module")
def schema() -> dict[str, Any]:
    found: dict[str, Any] = Client().get(f"{API}/openapi.json").json()
    return found


def operations(schema: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, verbs in schema["paths"].items():
        for verb, of in verbs.items():
            yield path, verb, of


def references(value: Any) -> Iterator[str]:
    """Every `$ref`, however deep."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if key == "$ref":
                yield inner
            else:
                yield from references(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from references(inner)


def test_anybody_reads_it_and_it_is_openapi(schema: dict[str, Any]) -> None:
    assert schema["openapi"].startswith("3.1.")
    assert set(schema) >= {"info", "paths", "components"}
    assert all(path.startswith(f"{API}/") for path in schema["paths"])


def test_it_needs_nothing_that_it_does_not_hold(schema: dict[str, Any]) -> None:
    held = {f"#/components/schemas/{name}" for name in schema["components"]["schemas"]}

    assert set(references(schema)) <= held


def test_every_operation_says_all_there_is_to_say(schema: dict[str, Any]) -> None:
    for path, verb, of in operations(schema):
        named = {p["name"] for p in of["parameters"] if p["in"] == "path"}
        assert verb in VERBS
        assert named == set(re.findall(r"{(\w+)}", path)), path
        assert re.fullmatch(r"[a-z_]+", of["operationId"])
        assert "For: " in of["description"]
        assert min(of["responses"]) in {"200", "201"}
        assert of["responses"]["404"]["content"].keys() == {"application/problem+json"}
        assert of["tags"]


def test_whatever_changes_something_takes_a_key_of_its_own(schema: dict[str, Any]) -> None:
    for path, verb, of in operations(schema):
        headers = {p["name"] for p in of["parameters"] if p["in"] == "header"}
        own = verb != "get" and of["operationId"] != batch.OPERATION  # there each line has one
        assert ("Idempotency-Key" in headers) is own, path
        assert ("requestBody" in of) is (verb != "get"), path


def test_what_asks_for_a_proof_of_work_says_so(schema: dict[str, Any]) -> None:
    said = {
        of["operationId"]
        for _, _, of in operations(schema)
        if "Gongdao-Proof" in {p["name"] for p in of["parameters"] if p["in"] == "header"}
    }
    asks = {
        operation.operation_id
        for _, router in api._routers
        for view in router.path_operations.values()
        for operation in view.operations
        if "allow_report" in inspect.getsource(operation.view_func)
    }
    assert said == asks >= {"file_report", "give_rights_notice"}


def test_no_two_shapes_are_called_the_same() -> None:
    """In the description the second of one name would stand in the place of the first."""
    known: list[type[Any]] = [
        each
        for each in subclasses(Schema)
        if each.__module__.startswith("gongdao.api") and "[" not in each.__name__
    ]
    named = Counter(each.__name__ for each in known)
    assert {name: n for name, n in named.items() if n > 1} == {}
    assert named["CaseOut"] == 1


def subclasses(of: type[Any]) -> Iterator[type[Any]]:
    """Every class below one."""
    for each in of.__subclasses__():
        yield each
        yield from subclasses(each)


def test_the_ways_in_are_named(schema: dict[str, Any]) -> None:
    known = set(schema["components"]["securitySchemes"])

    for path, _, of in operations(schema):
        ways = [set(way) for way in of["security"]]
        assert set().union(*ways) == known, path


@pytest.mark.django_db
def test_what_is_answered_is_what_is_described(schema: dict[str, Any]) -> None:
    teller = HttpTeller()
    for turn in (teller.report, teller.accept, teller.decide, teller.appeal):
        turn()
    places = {
        "/cases/{case}": f"/cases/{teller.receipt['case']}",
        "/cases": "/cases?queue=all",
        "/decisions/{decision}": f"/decisions/{teller.decision}",
        "/appeals/{appeal}": f"/appeals/{teller.appealed}",
        "/packs/compare": "/packs/compare?p=wechat&p=jd&about=appeal",
        "/packs": "/packs",
        "/notices": "/notices",
    }
    for path, address in places.items():
        described = schema["paths"][f"{API}{path}"]["get"]["responses"]["200"]
        wanted = described["content"]["application/json"]["schema"]
        assert list(_wrong(schema, wanted, teller.ana.get(address), path)) == []


@pytest.mark.django_db
def test_the_lines_of_a_batch_are_what_is_described(schema: dict[str, Any]) -> None:
    described = schema["paths"][f"{API}/reports/batch"]["post"]
    line = schema["components"]["schemas"]["BatchLineIn"]["properties"]
    report = schema["components"]["schemas"]["ReportIn"]["properties"]
    assert set(line) == {*report, "idempotency_key"}
    assert set(BatchLine.__struct_fields__) == set(line), "what the fast route reads"

    (given,) = described["requestBody"]["content"].values()
    client = HttpTeller().app.client
    answer = client.post(f"{API}/reports/batch", given["example"], content_type=batch.NDJSON)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == f"{batch.NDJSON}; charset=utf-8"
    (wanted,) = described["responses"]["200"]["content"].values()
    shown = [json.loads(each) for each in wanted["example"].splitlines()]
    said = [json.loads(each) for each in answer.content.splitlines()]
    assert [each["status"] for each in said] == [each["status"] for each in shown] == [201, 400]
    assert [set(each) for each in said] == [set(each) for each in shown]
    for one, choice in zip(said, wanted["x-itemSchema"]["oneOf"], strict=True):
        assert list(_wrong(schema, choice, one, "line")) == []


def _wrong(schema: dict[str, Any], wanted: Any, given: Any, place: str) -> Iterator[str]:
    """Where an answer has other fields than its schema."""
    if "$ref" in wanted:
        wanted = schema["components"]["schemas"][wanted["$ref"].rpartition("/")[2]]
    for choice in wanted.get("anyOf", []):
        if given is not None and choice.get("type") != "null":
            yield from _wrong(schema, choice, given, place)
    if wanted.get("type") == "array":
        for each in given:
            yield from _wrong(schema, wanted["items"], each, f"{place}[]")
    if "properties" in wanted:
        for name in set(given) ^ set(wanted["properties"]):
            yield f"{place}.{name}"
        for name in set(given) & set(wanted["properties"]):
            yield from _wrong(schema, wanted["properties"][name], given[name], f"{place}.{name}")


@pytest.mark.django_db
def test_moments_say_their_offset_and_ids_sort_by_time() -> None:
    teller = HttpTeller()
    teller.report()
    first = teller.receipt
    teller.report("post-82")
    case = teller.ana.get(f"/cases/{teller.receipt['case']}")

    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?\+08:00", case["opened_at"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT.*\+08:00", case["clocks"][0]["due_at"])
    assert first["case"] < teller.receipt["case"]
    assert first["report"] < teller.receipt["report"]


def test_no_copy_is_kept_on_the_way() -> None:
    for path in ("/openapi.json", "/nowhere"):
        assert Client().get(f"{API}{path}").headers["Cache-Control"] == "no-store"
    assert api.docs_url is None
