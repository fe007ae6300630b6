"""Webhooks at the command line and over the API: the secret is shown once."""

import json
from typing import Any

import pytest
from tests.stories.http_teller import API, hired
from typer.testing import CliRunner, Result

from gongdao.cli.main import app
from gongdao.domain.kernel.errors import GongdaoError
from gongdao.domain.kernel.events import Role
from gongdao.storage.webhook_tables import WebhookTarget

pytestmark = pytest.mark.django_db
URL = "https://app.example.org/told"


def webhook(*words: str) -> Result:
    return CliRunner().invoke(app, ["webhook", *words])


def test_an_address_is_added_listed_given_another_secret_and_removed() -> None:
    made = json.loads(webhook("add", URL, "--json").stdout)
    assert made["secret"].startswith("whsec_")
    assert made["secret"].encode() not in bytes(WebhookTarget.objects.get().secret)
    listed = webhook("list", "--json").stdout
    assert [(t["id"], t["url"]) for t in json.loads(listed)] == [(made["id"], URL)]
    assert made["secret"] not in listed

    renewed = webhook("rotate", made["id"], "--overlap-hours", "1").stdout.split()
    assert renewed[0] == made["id"]
    assert renewed[1] != made["secret"]
    assert json.loads(webhook("sent", "--json").stdout) == []
    assert webhook("replay", "--since", "2026-03-02").stdout.strip() == "0"
    assert webhook("remove", made["id"]).exit_code == 0
    assert json.loads(webhook("list", "--json").stdout) == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "http://app.example.org/"), "webhook.not_https"),
        (("remove", "nothing"), "not_found"),
        (("rotate", "00000000-0000-7000-8000-000000000009"), "not_found"),
        (("replay",), "webhook.replay_what"),
        (("replay", "12"), "not_found"),
    ],
)
def test_what_is_not_allowed_is_refused(words: tuple[str, ...], code: str) -> None:
    problem = webhook(*words).exception

    assert isinstance(problem, GongdaoError)
    assert problem.code == code


def test_the_operator_does_the_same_over_the_api() -> None:
    client = hired("op", Role.OPERATOR)[1].client

    def post(place: str, **body: object) -> dict[str, Any]:
        answer = client.post(f"{API}/{place}", body, content_type="application/json")
        assert answer.status_code in {200, 201}, answer.content
        return dict(answer.json())

    made = post("webhooks", url=URL)
    assert post(f"webhooks/{made['id']}/rotation")["secret"] != made["secret"]
    (listed,) = client.get(f"{API}/webhooks").json()
    assert listed["url"] == URL
    assert listed["overlap_until"]
    assert client.get(f"{API}/webhooks/sendings?state=given_up").json() == []
    assert post("webhooks/replays", since="2026-03-02T00:00:00+08:00") == {"replayed": 0}
    assert post(f"webhooks/{made['id']}/removal") == {"done": True}
    assert client.get(f"{API}/webhooks").json() == []
