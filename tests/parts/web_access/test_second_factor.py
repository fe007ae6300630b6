"""Staff in production need a second factor before the desk opens."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from gongdao import bootstrap
from gongdao.storage.models import Account


@pytest.fixture
def reviewer(db: None) -> Client:
    party = bootstrap.new_party("en")
    account = Account.objects.create_user(
        "reviewer@example.org", name="reviewer", roles=["reviewer"], party_id=party
    )
    client = Client()
    client.force_login(account, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_in_production_the_desk_asks_for_a_second_factor(
    reviewer: Client, settings: Settings
) -> None:
    settings.GONGDAO_MODE = "production"

    answer = reviewer.get("/desk/")

    assert answer.status_code == 302
    assert "/2fa/totp/activate" in answer.headers["Location"]


def test_elsewhere_the_desk_opens_at_once(reviewer: Client) -> None:
    assert reviewer.get("/desk/").status_code == 200
