"""A batch on the common route is answered as the intake's own route answers it."""

import json
from typing import Any

import pytest
from django.test import Client
from tests.stories.fast_client import Clients, Elsewhere, playing
from tests.stories.http_teller import API, REPORT, HttpTeller, about

from gongdao import bootstrap
from gongdao.api import bodies
from gongdao.api.batch import NDJSON
from gongdao.api.fast import FastIntake
from gongdao.bootstrap import taking_in
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Party, ReportRow

KEYED = {**about("p-2"), "idempotency_key": "line-three-of-a-batch"}
LINES: list[Any] = [
    {**REPORT, "contact": None},
    {**REPORT, "statement": "短"},
    KEYED,
    KEYED,
    {**KEYED, "category": "fraud"},
    {**about("p-3"), "idempotency_key": "short"},
    {**REPORT, "reporter_account": "li_si"},
    {"subject": {}},
]


def send(client: Client, lines: list[Any], **headers: str) -> Any:
    body = "\n".join(json.dumps(each, ensure_ascii=False) for each in lines)
    return client.post(f"{API}/reports/batch", body, content_type=NDJSON, headers=headers)


@pytest.mark.usefixtures("transactional_db")
def test_both_routes_answer_a_batch_alike() -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    fast = Clients(FastIntake(Elsewhere()), key)
    own = playing(fast.route, lambda: fast.batch(LINES)).lines
    other = bootstrap.api_keys().create("another app", [Role.APP])
    answer = send(Client(), LINES, Authorization=f"Bearer {other}")
    common = [json.loads(line) for line in answer.content.splitlines()]

    def outcome(line: dict[str, Any]) -> tuple[Any, ...]:
        return line["line"], line["status"], line.get("code"), set(line)

    assert [outcome(each) for each in common] == [outcome(each) for each in own]
    for said in (own, common):
        assert said[2]["receipt"] == said[3]["receipt"], "one key, one report"
    assert {line.get("code") for line in own} >= {"batch.bad_line", "idempotency.reused"}


@pytest.mark.django_db
def test_a_batch_is_for_the_app_and_has_a_size() -> None:
    teller = HttpTeller()
    assert send(Client(), LINES).status_code == 404
    assert send(teller.ana.client, LINES).status_code == 404
    for number in (0, 501):
        answer = send(teller.app.client, [{}] * number)
        assert (answer.status_code, answer.json()["code"]) == (400, "batch.wrong_size")
    huge = b" " * (bodies.LARGEST_LINES + 1)
    answer = teller.app.client.post(f"{API}/reports/batch", huge, content_type=NDJSON)
    assert (answer.status_code, answer.json()["code"]) == (413, "body.too_large")
    assert ReportRow.objects.count() == 0


@pytest.mark.usefixtures("transactional_db")
@pytest.mark.parametrize("blank", ["", "  \t"])
def test_a_blank_account_is_nobodys_on_every_route(blank: str) -> None:
    key = bootstrap.api_keys().create("app", [Role.APP])
    report = {**REPORT, "contact": None, "reporter_account": blank}
    headers = {"Authorization": f"Bearer {key}"}
    fast = Clients(FastIntake(Elsewhere()), key)
    assert playing(fast.route, lambda: fast.post(report)).status == 201
    assert playing(fast.route, lambda: fast.batch([report])).lines[0]["status"] == 201
    while taking_in.sorting().tick():
        pass
    for client, sent in ((Client(headers=headers), headers), (Client(), {})):
        answer = client.post(f"{API}/reports", report, content_type="application/json")
        assert answer.status_code == 201, answer.content
        if sent:
            (line,) = send(client, [report]).content.splitlines()
            assert json.loads(line)["status"] == 201
    assert len({row.reporter for row in ReportRow.objects.all()}) == 5, "each somebody new"
    accounts = Party.objects.exclude(account_digest=None).values_list("account", flat=True)
    opened = {bootstrap.app().secrets.decrypt(each) for each in accounts}
    assert opened == {"li_si"}, "no party is known by blanks"
