"""Other weights are tried on the open cases before anybody saves them."""

import re
from typing import Any

import pytest
from django.test import Client
from tests.parts.web_desk.at_the_desk import page
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

from gongdao.domain.policy.reading import dump_weights, read_weights
from gongdao.storage.models import TriageRow


def test_the_page_says_what_would_move_and_moves_nothing(stage: Stage, sign_in: SignIn) -> None:
    first = stage.report(category="other", account="a1", subject_ref="p1").case
    second = stage.report(category="fraud", account="a2", subject_ref="p2").case
    desk = sign_in("op")
    opened: Any = desk.get("/weights/")
    text = opened.context["form"].initial["weights"]
    ranks = dict(TriageRow.objects.values_list("id", "rank"))
    same = desk.post("/weights/", {"weights": text}).content.decode()
    assert "0 of 2 open cases would move" in same
    other = re.sub(r"(?m)^(\s+other:) \d+$", r"\1 900", text)
    shown = desk.post("/weights/", {"weights": other}).content.decode()
    assert "2 of 2 open cases would move" in shown
    assert shown.index(first) < shown.index(second)
    assert "<td>2</td><td>1</td><td>+1</td>" in shown
    assert dict(TriageRow.objects.values_list("id", "rank")) == ranks


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "Write down the weights."),
        ("harm: {other: -1}", "cannot be read"),
        (
            "{source: x, as_of: 2026-11-21, basis: house, harm: {no.such: 9}}",
            "These categories are not in the rules: no.such",
        ),
    ],
)
def test_weights_that_cannot_be_tried_are_refused_and_kept(
    stage: Stage, sign_in: SignIn, text: str, why: str
) -> None:
    answer: Any = sign_in("op").post("/weights/", {"weights": text})
    assert answer.status_code == 400
    assert why in answer.content.decode()
    assert answer.context["form"]["weights"].value() == text


def test_only_who_keeps_the_rules_tries_weights(stage: Stage, ana: Client, sign_in: SignIn) -> None:
    for who in (ana, sign_in("ou")):
        assert who.get("/weights/").status_code == 404
        assert who.post("/weights/", {"weights": "x"}).status_code == 404
    assert 'href="/weights/"' in page(sign_in("op"), "/desk/")
    assert 'href="/weights/"' not in page(ana, "/desk/")


def test_weights_are_written_as_they_are_read(stage: Stage) -> None:
    weighing = stage.app.reweighing.weighing
    weights = weighing.by(weighing.in_force(stage.clock()))
    assert read_weights(dump_weights(weights), "triage") == weights
