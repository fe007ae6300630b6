"""A house whose clock a test moves, its desk's pages, and people signed in."""

from collections.abc import Callable

import pytest
from django.test import Client
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account

SignIn = Callable[[str], Client]


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Give a house whose clock the test moves, and let the desk show that one."""
    found = stage_on_postgres()
    show_on_pages(found, monkeypatch)
    for name in ("ana", "bo"):
        found.hire(name, Role.REVIEWER)
    found.hire("cy", Role.SENIOR_REVIEWER)
    found.hire("ou", Role.AUDITOR)
    found.hire("op", Role.OPERATOR)
    return found


@pytest.fixture
def sign_in(stage: Stage) -> SignIn:
    """Give a way to sign in one of the staff; their pages are in English."""

    def signed_in(name: str) -> Client:
        client = Client(headers={"accept-language": "en"})
        client.force_login(Account.objects.get(name=name))
        return client

    return signed_in


@pytest.fixture
def ana(sign_in: SignIn) -> Client:
    """Give a reviewer at the desk."""
    return sign_in("ana")
