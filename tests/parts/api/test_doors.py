"""Deny, then allow: what nobody may have, nobody gets; keys open what they are for."""

import json
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings as conf
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.parts.api.described import described

from gongdao import bootstrap
from gongdao.domain.kernel.errors import NotFound, Refused
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account

pytestmark = pytest.mark.django_db

NOTHING = "01890000-0000-7000-8000-000000000000"
PUBLIC = {
    ("get", "/api/v1/packs"),
    ("get", "/api/v1/packs/compare"),
    ("get", "/api/v1/packs/{platform}"),
    ("get", "/api/v1/log"),
    ("get", "/api/v1/log/inclusion/{leaf}"),
    ("get", "/api/v1/log/consistency"),
    ("post", "/api/v1/log/cosignatures"),
    ("get", "/api/v1/log/timestamps/{leaf}"),
    ("get", "/api/v1/keys"),
    ("get", "/api/v1/report-guidance"),
    ("get", "/api/v1/report-guidance/{category}"),
    ("post", "/api/v1/lint"),
    ("post", "/api/v1/screening"),
    ("post", "/api/v1/eligibility"),
    ("get", "/api/v1/lane"),
    ("get", "/api/v1/courses"),
    ("get", "/api/v1/ways"),
    ("post", "/api/v1/reports"),
    ("post", "/api/v1/rights-notices"),
    ("get", "/api/v1/rights-register"),
}


def operations() -> list[tuple[str, str, dict[str, Any]]]:
    paths = described()["paths"]
    return [(verb, path, of) for path, verbs in paths.items() for verb, of in verbs.items()]


def reviewer() -> Account:
    party = bootstrap.new_party("en")
    return Account.objects.create_user(
        "ana@example.org", name="ana", roles=["reviewer"], party_id=party
    )


def test_every_operation_has_a_name_and_says_what_it_does() -> None:
    found = operations()

    assert len(found) > 15
    assert len({of["operationId"] for _, _, of in found}) == len(found)
    assert all(of["description"] for _, _, of in found)


@pytest.mark.parametrize(
    ("verb", "path"), [(v, p) for v, p, _ in operations() if (v, p) not in PUBLIC]
)
def test_a_stranger_finds_nothing(verb: str, path: str) -> None:
    address = path
    for name in ("case", "decision", "appeal", "code", "number"):
        address = address.replace(f"{{{name}}}", NOTHING)
    body = {
        "reasons": "一些理由，足够长。",
        "findings": "一些事实，足够长。",
        "outcome": "no_violation",
        "clause": "abuse.insult",
        "decision": NOTHING,
        "grounds": "一些理由，足够长，足够长。",
        "ending": "uphold",
        "text": "一条消息。",
        "uploads": [],
        "identity": {},
        "statement": "一段说明，足够长。",
        "step": "withdraw",
        "code": NOTHING,
    }
    wanted = _taken(path, verb)
    sent = {name: value for name, value in body.items() if name in wanted}

    answer = getattr(Client(), verb)(
        f"{address}?account=somebody", sent, content_type="application/json"
    )

    assert answer.status_code == 404, answer.content


def _taken(path: str, verb: str) -> set[str]:
    schema = described()
    of = schema["paths"][path][verb].get("requestBody")
    if of is None:
        return set()
    (content,) = of["content"].values()
    ref = content.get("x-itemSchema", content["schema"])["$ref"].rpartition("/")[2]
    return set(schema["components"]["schemas"][ref]["properties"])


def test_a_wrong_key_is_said_to_be_wrong() -> None:
    answer = Client().get("/api/v1/cases", headers={"Authorization": "Bearer gd_wrong"})

    assert answer.status_code == 401
    assert answer.json()["code"] == "auth.bad_key"


def test_a_revoked_key_opens_nothing() -> None:
    account = reviewer()
    keys = bootstrap.api_keys()
    secret = keys.create("mine", [Role.REVIEWER], account.email)
    assert Client().get("/api/v1/cases", headers=_bearer(secret)).status_code == 200

    keys.revoke(keys.listed()[0].id)

    assert Client().get("/api/v1/cases", headers=_bearer(secret)).status_code == 401


def test_a_key_can_do_no_more_than_its_person() -> None:
    account = reviewer()

    with pytest.raises(Refused, match=r"api_key\.more_than_the_person"):
        bootstrap.api_keys().create("mine", [Role.AUDITOR], account.email)
    with pytest.raises(Refused, match=r"api_key\.needs_a_person"):
        bootstrap.api_keys().create("mine", [Role.REVIEWER])
    with pytest.raises(NotFound, match=r"account\.unknown"):
        bootstrap.api_keys().create("mine", [Role.REVIEWER], "nobody@example.org")


def test_a_key_follows_its_person_out() -> None:
    account = reviewer()
    secret = bootstrap.api_keys().create("mine", [Role.REVIEWER], account.email)
    account.is_active = False
    account.save()

    assert Client().get("/api/v1/cases", headers=_bearer(secret)).status_code == 401


def test_the_apps_key_never_decides() -> None:
    secret = bootstrap.api_keys().create("app", [Role.APP])

    answer = Client().get("/api/v1/cases", headers=_bearer(secret))

    assert answer.status_code == 404


def test_a_signed_in_browser_needs_its_token() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(reviewer(), backend="allauth.account.auth_backends.AuthenticationBackend")

    answer = client.post(
        f"/api/v1/cases/{NOTHING}/notes", {"reasons": "x"}, content_type="application/json"
    )

    assert answer.status_code == 403
    assert answer.json()["code"] == "auth.no_csrf_token"


def test_too_many_reports_from_one_address_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    most = 3
    monkeypatch.setattr(conf, "CONFIG", replace(conf.CONFIG, reports_per_minute=most))
    report = {
        "subject": {"kind": "content", "ref": "post-1", "snapshot": "…话"},
        "category": "abuse",
        "statement": "请看这条评论。",
    }
    answers = [
        Client(REMOTE_ADDR="203.0.113.9").post(
            "/api/v1/reports", report, content_type="application/json"
        )
        for _ in range(most + 1)
    ]

    assert answers[0].status_code == 201
    assert answers[-1].status_code == 429
    assert answers[-1].headers["Retry-After"]
    assert answers[-1].json()["code"] == "proof.required"


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    body=st.fixed_dictionaries(
        {"subject": json_values, "category": json_values, "statement": json_values},
        optional={"contact": json_values, "remedy": json_values, "language": json_values},
    )
)
def test_no_body_breaks_the_intake(body: dict[str, Any]) -> None:
    answer = Client().post("/api/v1/reports", json.dumps(body), content_type="application/json")

    assert answer.status_code in {201, 400, 422, 429}


def _bearer(secret: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {secret}"}
