"""Moments nobody can have meant, halves of characters, ids that are none: told at once."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tests.stories.merchants import merchant, review
from tests.stories.stage import Stage, refused, show_on_pages
from tests.stories.talks import Talk
from tests.stories.test_dispute_pages import signed_in
from tests.stories.test_following_disputes import filed

from gongdao.domain.disputes.events import DisputeKind
from gongdao.domain.flows.disputing import Told
from gongdao.domain.flows.following import Called
from gongdao.domain.kernel.errors import BadInput

LONG_AGO = datetime(1, 1, 1, tzinfo=UTC)
"""A moment that no other clock of the world can show."""
NEVER = datetime(9999, 12, 31, 23, 59, tzinfo=UTC)


def test_a_moment_of_another_age_is_told(stage: Stage) -> None:
    ours, boss = merchant(stage)
    stories = stage.app.disputes
    with refused("dispute.long_ago", BadInput):
        review(stage, ours, boss, noticed_at=LONG_AGO)
    with refused("dispute.long_ago", BadInput):
        review(stage, ours, boss, shown_on=LONG_AGO.date())
    with refused("dispute.in_the_future", BadInput):
        review(stage, ours, boss, shown_on=stage.clock().date() + timedelta(days=2))
    dispute = review(stage, ours, boss)
    filed(stage, dispute, boss)
    with refused("dispute.until_far", BadInput):
        stories.following.more_asked(dispute, "物流凭证", NEVER, boss)
    with refused("dispute.long_ago", BadInput):
        called = Called(called_at=LONG_AGO, whom="客服", said="等回复", minutes=1)
        stories.following.called(dispute, called, boss)


@pytest.mark.parametrize("field", ["text", "order", "reference", "other_side"])
def test_half_of_a_character_is_told_before_anything_is_looked_up(stage: Stage, field: str) -> None:
    ours, boss = merchant(stage)
    half: dict[str, Any] = {"text": "差", field: "\ud800"}
    told = Told(of=DisputeKind.REVIEW, platform="taobao", noticed_at=stage.clock(), **half)
    with refused("text.broken", BadInput):
        stage.app.disputes.starting.open(ours, told, boss)
    talk = Talk(stage, enter=False)
    with refused("text.broken", BadInput):
        talk.stories.talk_door.enter(talk.code, "\ud800 secret", "小周")


def test_the_api_wants_the_offset_of_a_moment_and_ids_that_are_ids(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    dispute = review(postgres, ours, boss)
    filed(postgres, dispute, boss)
    client = signed_in(boss.person)
    plain = "2026-01-01T00:00:00"
    for path, body in (
        ("facts", {"noticed_at": plain}),
        ("more-asked", {"what": "凭证", "until": plain}),
        ("calls", {"called_at": plain, "whom": "客服", "said": "等", "minutes": 1}),
    ):
        sent = client.post(
            f"/api/v1/disputes/{dispute}/{path}", json.dumps(body), content_type="application/json"
        )
        assert sent.status_code == 422, (path, sent.content)
    assert client.get(f"/api/v1/organisations/{ours}/board?shop=x").status_code == 404


@pytest.mark.parametrize(
    "before",
    [
        "0001-01-01T00:00:00-23:59",
        "9999-12-31T23:59:59-23:59",
        "0001-01-01T00:00:00+14:00",
    ],
)
def test_the_audit_before_a_moment_that_no_clock_shows(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, before: str
) -> None:
    show_on_pages(postgres, monkeypatch)
    ours, boss = merchant(postgres)
    client = signed_in(boss.person)
    assert client.get(f"/merchants/o/{ours}/audit/", {"before": before}).status_code == 200
    api = client.get(f"/api/v1/organisations/{ours}/audit", {"before": before})
    assert api.status_code == 200
