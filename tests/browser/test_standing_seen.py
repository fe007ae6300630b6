"""The pages of an account's grade: axe finds nothing, and nothing sticks out."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from tests.browser.conftest import Scheme, Surf
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage
from tests.stories.test_grades_of_accounts import WHY, fallen


def session_of(name: str, party: str | None) -> str:
    """The session of somebody who signed in."""
    assert party is not None
    users = get_user_model().objects
    found = users.filter(party_id=party).first() or users.create_user(
        f"{name}@example.org", name=name, party_id=party
    )
    client = Client()
    client.force_login(found)
    return client.cookies["sessionid"].value


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_grade_and_its_appeal(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    on = fallen(house)
    mine = session_of("li_si", on.li_si.person)
    page = surf("/mine/standing/", width=width, scheme=scheme, language=language, session=mine)
    found = faults(page)
    on.grades().contest(WHY, on.li_si)
    staff = session_of("cai", on.cai.person)
    page = surf(None, width=width, scheme=scheme, language=language, session=staff)
    page.goto(f"/desk/standing/{on.account().id}/")
    assert found + faults(page) == []
