"""A key, a code, a signed-in browser: which of them counts, and what each must bring."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from tests.stories.http_teller import API, REPORT, HttpTeller, Program, about

from gongdao import bootstrap
from gongdao.api import people
from gongdao.domain.kernel.errors import PeerFailed
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account, IdempotencyKey, ReportRow

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TOKEN = "a" * 32
REASONS = {"reasons": "看起来属于辱骂，予以受理并调查。"}


def browser(*roles: Role) -> Client:
    """Somebody signed in, in a browser that checks for forgery."""
    held = [role.value for role in roles]
    account = Account.objects.create_user(
        "li@example.org", name="li", roles=held, party_id=bootstrap.new_party("en")
    )
    client = Client(enforce_csrf_checks=True)
    client.force_login(account, backend=BACKEND)
    client.cookies["csrftoken"] = TOKEN
    return client


def post(client: Client, path: str, body: Mapping[str, Any], **headers: str) -> Any:
    return client.post(f"{API}{path}", dict(body), content_type="application/json", headers=headers)


def test_a_signed_in_browser_with_its_token_works() -> None:
    case = Program().post("/reports", **REPORT)["case"]
    client = browser(Role.REVIEWER)

    forged = post(client, f"/cases/{case}/acceptance", REASONS)
    meant = post(client, f"/cases/{case}/acceptance", REASONS, **{"X-CSRFToken": TOKEN})

    assert (forged.status_code, meant.status_code) == (403, 200)


def test_a_report_by_somebody_signed_in_is_theirs() -> None:
    client = browser()
    receipt = post(client, "/reports", REPORT, **{"X-CSRFToken": TOKEN}).json()

    assert client.get(f"{API}/cases/{receipt['case']}").json()["seat"] == "reporter"
    assert [n["template"] for n in client.get(f"{API}/notices").json()] == ["report_received"]


def test_a_key_in_a_browser_counts_before_its_sign_in() -> None:
    case = Program().post("/reports", **REPORT)["case"]
    client = browser(Role.REVIEWER)
    app = f"Bearer {bootstrap.api_keys().create('app server', [Role.APP])}"

    assert client.get(f"{API}/cases").status_code == 200
    assert client.get(f"{API}/cases", headers={"Authorization": app}).status_code == 404
    wrong = post(client, f"/cases/{case}/acceptance", REASONS, Authorization="Bearer gd_wrong")
    assert (wrong.status_code, wrong.headers["WWW-Authenticate"][:6]) == (401, "Bearer")


@pytest.mark.parametrize("given", ["", "Bearer", "Bearer ", "Basic YTpi", "gd_x", "Bearer \u00e9"])
def test_what_is_no_key_is_said_to_be_none(given: str) -> None:
    assert Client().get(f"{API}/packs", headers={"Authorization": given}).status_code == 401


def test_a_code_counts_before_a_key_and_opens_one_case() -> None:
    teller = HttpTeller()
    for turn in (teller.report, teller.accept):
        turn()
    case, code = teller.receipt["case"], teller.receipt["receipt"]
    other = Program().post("/reports", **about("post-82"))["case"]
    key = str(teller.ana.client.defaults["HTTP_AUTHORIZATION"])
    both = Program(Authorization=key, **{"X-Case-Code": code})

    assert teller.ana.get(f"/cases/{case}")["seat"] == "staff"
    assert both.get(f"/cases/{case}")["seat"] == "reporter"
    assert both.client.get(f"{API}/cases/{other}").status_code == 404
    assert both.client.get(f"{API}/cases").status_code == 404
    wrong = Program(Authorization="Bearer gd_wrong", **{"X-Case-Code": code})
    assert wrong.client.get(f"{API}/cases/{case}").status_code == 401


def test_the_app_reports_for_an_account_and_is_not_slowed_down(settings: LazySettings) -> None:
    settings.CONFIG = replace(settings.CONFIG, reports_per_minute=1)
    teller = HttpTeller()

    for _ in range(3):
        teller.app.post("/reports", **REPORT, reporter_account="zhang_san")

    reporter = bootstrap.app().records.parties.by_account("zhang_san")
    assert {str(row.reporter) for row in ReportRow.objects.all()} == {reporter}
    assert len(teller.app.get("/notices?account=zhang_san")) == 3
    assert post(Client(), "/reports", REPORT).status_code == 201
    slowed = post(Client(), "/reports", REPORT)
    assert (slowed.status_code, slowed.json()["code"]) == (429, "proof.required")
    assert 1 <= int(slowed.headers["Retry-After"]) <= 60


def test_the_app_cannot_have_somebody_report_themselves() -> None:
    app = HttpTeller().app.client
    answer = post(app, "/reports", {**REPORT, "reporter_account": "li_si"})

    assert (answer.status_code, answer.json()["code"]) == (422, "report.about_oneself")


def test_an_inbox_is_read_page_by_page() -> None:
    teller = HttpTeller()
    for _ in range(5):
        teller.app.post("/reports", **REPORT, reporter_account="zhang_san")
    place = "/notices?account=zhang_san"
    everything = [notice["id"] for notice in teller.app.get(place)]

    first = [notice["id"] for notice in teller.app.get(f"{place}&limit=2")]
    rest = [notice["id"] for notice in teller.app.get(f"{place}&before={first[-1]}")]

    assert [*first, *rest] == everything
    others = teller.app.client.get(f"{API}/notices?account=li_si&before={first[-1]}")
    assert others.status_code == 404


def test_one_key_of_two_callers_is_two_keys() -> None:
    key = {"Idempotency-Key": "f47ac10b-58cc-4372-a567-0e02b2c3d479"}
    teller = HttpTeller()

    first = post(teller.app.client, "/reports", REPORT, **key)
    other = post(Client(), "/reports", REPORT, **key)
    again = post(teller.app.client, "/reports", REPORT, **key)

    assert first.json() == again.json() != other.json()
    assert ReportRow.objects.count() == IdempotencyKey.objects.count() == 2


def test_one_key_at_two_addresses_is_refused() -> None:
    key = {"Idempotency-Key": "f47ac10b-58cc-4372-a567-0e02b2c3d479"}
    receipts = [Program().post("/reports", **REPORT)["receipt"] for _ in range(2)]

    first, second = (
        post(Client(), f"/receipts/{code}/withdrawal", {"reasons": ""}, **key) for code in receipts
    )

    assert first.status_code == 200
    assert (second.status_code, second.json()["code"]) == (422, "idempotency.reused")


def test_our_own_mistake_says_nothing_of_itself(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    teller = HttpTeller()

    def failing(problem: Exception) -> Any:
        def fail(_account: str) -> None:
            raise problem

        return fail

    monkeypatch.setattr(people, "sanctions_of", failing(ZeroDivisionError("a secret")))
    broken = teller.app.client.get(f"{API}/sanctions?account=li_si")
    monkeypatch.setattr(people, "sanctions_of", failing(PeerFailed("mail.later", "Later.")))
    later = teller.app.client.get(f"{API}/sanctions?account=li_si")

    assert (broken.status_code, broken.json()["code"]) == (500, "server.broken")
    assert "secret" not in broken.content.decode()
    assert (later.status_code, later.json()["code"]) == (503, "mail.later")
    assert "li_si" not in caplog.text.partition("Traceback")[0]
