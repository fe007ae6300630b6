"""Guidance before a report, for an app that shows its own form: open, sourced, and of the pack."""

from typing import Any

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db

HERE = "/api/v1/report-guidance"


def got(path: str) -> Any:
    answer = Client().get(f"{HERE}{path}")
    assert answer.status_code == 200, answer.content
    return answer.json()


def test_an_app_reads_what_can_be_reported_and_what_counts() -> None:
    listed = [each["code"] for each in got("?kind=order")]
    assert "fraud" in listed
    assert "abuse" not in listed

    fraud = got("/fraud?kind=order")
    assert fraud["counts"][0]["zh"]
    assert fraud["does_not_count"][0]["en"]
    number = next(each for each in fraud["collect"] if each["code"] == "number")
    assert number["how"]["source"] == "003_a154e42743d832ae"
    assert (number["how"]["as_of"], number["how"]["basis"]) == ("2026-11-21", "claimed")
    assert "没有查实" in fraud["unfounded"]["zh"]
    assert "neither your name" in fraud["promise"]["en"]
    assert fraud["pack"].startswith("house")


def test_without_a_kind_it_names_all_that_may_help() -> None:
    codes = {each["code"] for each in got("/review")["collect"]}

    assert {"number", "talk", "screen"} <= codes


@pytest.mark.parametrize("path", ["/no_such", "/abuse?kind=order", "/%00", "/" + "x" * 300])
def test_what_is_not_there_is_not_found(path: str) -> None:
    assert Client().get(f"{HERE}{path}").status_code == 404


def test_a_kind_that_nobody_knows_is_said_so() -> None:
    assert Client().get(f"{HERE}/abuse?kind=planet").status_code == 422
