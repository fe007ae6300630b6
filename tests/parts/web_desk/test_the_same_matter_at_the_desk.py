"""At the desk: what may be the same matter, with its reason, and two buttons that say which."""

from django.test import Client
from tests.parts.web_desk.at_the_desk import page, staff
from tests.parts.web_desk.conftest import SignIn
from tests.stories.stage import Stage

PERHAPS = "Perhaps the same matter"


def test_a_reviewer_says_which_it_is(stage: Stage, ana: Client, sign_in: SignIn) -> None:
    one, other = stage.accepted(staff("ana")).case, stage.report().case
    third = stage.report(account="wang_wu").case
    shown = page(ana, f"/desk/{one}/")
    assert PERHAPS in shown
    assert f'href="/desk/{other}/"' in shown
    assert "About the same account" in shown
    assert "statements 100% alike" in shown
    assert PERHAPS not in page(ana, f"/desk/{third}/")
    assert "/compare/" not in page(sign_in("ou"), f"/desk/{one}/")

    said = ana.post(f"/desk/{one}/compare/", {"other": other, "same": "yes"})
    assert said.status_code == 302
    assert "Found to be the same matter" in page(ana, f"/desk/{other}/")
    ana.post(f"/desk/{other}/compare/", {"other": one, "same": "no"})
    assert PERHAPS not in page(ana, f"/desk/{one}/")

    refused = ana.post(f"/desk/{one}/compare/", {"other": one, "same": "yes"})
    assert "alike.itself" in refused.content.decode()
    for nothing in ("", "x", "00000000-0000-7000-8000-000000999999"):
        answer = ana.post(f"/desk/{one}/compare/", {"other": nothing, "same": "yes"})
        assert answer.status_code == 404
    answer = sign_in("ou").post(f"/desk/{one}/compare/", {"other": other, "same": "yes"})
    assert answer.status_code == 404
