"""The edges of the API: odd text, odd addresses, and a password without a second factor."""

from typing import Any

import pytest
from django.test import Client, override_settings

from gongdao import bootstrap
from gongdao.storage.models import Account

pytestmark = pytest.mark.django_db

API = "/api/v1"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REPORT: dict[str, Any] = {
    "subject": {
        "kind": "content",
        "ref": "post-7",
        "snapshot": "你就是个草包。",
        "account": "li_si",
    },
    "category": "abuse",
    "statement": "他在我的帖子下面这样骂我，请处理。",
}
HALF = b'"\\ud800 \xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80\xe4\xb8\x80"'
"""Half a character, escaped: JSON can say it, UTF-8 and the database cannot."""


def signed_in() -> Client:
    account = Account.objects.create_user(
        "ana@example.org", name="ana", roles=["reviewer"], party_id=bootstrap.new_party("en")
    )
    client = Client()
    client.force_login(account, backend=BACKEND)
    return client


def post(client: Client, path: str, body: Any, **headers: str) -> Any:
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def said(answer: Any) -> Any:
    assert answer.headers["Content-Type"] == "application/problem+json", answer.content
    return answer.json()


def test_half_a_character_is_refused_in_every_field() -> None:
    client = signed_in()
    case = post(Client(), "/reports", REPORT).json()["case"]
    answers = [
        post(client, f"/cases/{case}/{step}", b'{"reasons": ' + HALF + b"}")
        for step in ("acceptance", "notes", "answer-request")
    ]
    answers.append(post(Client(), "/reports", b'{"category": ' + HALF + b"}"))
    answers.append(post(Client(), "/reports", b"{" + HALF + b": 1}"))

    assert {answer.status_code for answer in answers} <= {400, 422}
    assert all(said(answer)["hint"] for answer in answers)


@pytest.mark.parametrize(
    "query",
    [
        "category=%00", "category=no_such", "limit=-1", "limit=999999999999", "limit=x",
        "cursor=%00", "cursor=bm90", "cursor=WzEsMl0=", "queue=nowhere",
    ],
)  # fmt: skip
def test_an_odd_question_never_breaks_the_queue(query: str) -> None:
    answer = signed_in().get(f"{API}/cases?{query}")

    assert answer.status_code in {200, 400, 422}


@pytest.mark.parametrize("name", ["%00", "x", "0" * 300, "..%2F..", "%F0%9F%98%80"])
@pytest.mark.parametrize("place", ["cases", "decisions", "appeals", "receipts", "packs"])
def test_an_odd_address_is_not_found(place: str, name: str) -> None:
    answer = signed_in().get(f"{API}/{place}/{name}")

    assert answer.status_code == 404


def test_an_unknown_pack_is_not_found_with_a_hint() -> None:
    assert said(Client().get(f"{API}/packs/nowhere"))["code"] == "pack.unknown"
    assert said(Client().get(f"{API}/packs/compare?p=nowhere"))["code"] == "pack.unknown"


def test_in_production_a_password_alone_opens_no_staff_door() -> None:
    client = signed_in()
    assert client.get(f"{API}/cases").status_code == 200

    with override_settings(GONGDAO_MODE="production"):
        answer = client.get(f"{API}/cases")

    assert answer.status_code == 404


def test_guessing_codes_is_slowed_down() -> None:
    client = Client(REMOTE_ADDR="203.0.113.77")

    codes = (f"WRON-GCOD-EWRO-NGCO-{n:04}" for n in range(5 * bootstrap.WRONG_CODES_PER_MINUTE))
    answers = (client.get(f"{API}/receipts/{code}").status_code for code in codes)

    assert [next(answers) for _ in range(bootstrap.WRONG_CODES_PER_MINUTE)] == [404] * 20
    assert 429 in answers  # tries come back with time, so on a slow machine it takes some more
    headed = client.get(f"{API}/appeals/x", headers={"X-Case-Code": "WRON-GCOD-EWRO-NGCO-DEXX"})
    assert headed.status_code in {404, 429}
    assert said(headed)["code"] in {"not_found", "rate.too_many"}


def test_what_is_no_route_is_a_problem_too() -> None:
    unknown, wrong_verb = Client().get(f"{API}/nowhere"), Client().delete(f"{API}/reports")

    assert (unknown.status_code, said(unknown)["code"]) == (404, "route.unknown")
    assert (wrong_verb.status_code, said(wrong_verb)["code"]) == (405, "route.wrong_method")
