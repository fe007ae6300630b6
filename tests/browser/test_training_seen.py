"""The pages of courses and exams: axe finds nothing, and nothing sticks out."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage
from tests.stories.test_training import examined, read

from gongdao.domain.kernel.events import Role

SEND = "main form button[type=submit]"


def seen(page: Page, *paths: str) -> list[str]:
    """What is wrong with these pages, with everything on them unfolded."""
    found = []
    for path in paths:
        page.goto(path)
        page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
        found += faults(page)
    return found


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_an_exam_from_its_first_page_to_its_result(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    chief = house.hire("chief", Role.SENIOR_REVIEWER)
    read(house, chief, "community_rules", minutes=0)
    page = at_the_desk(surf, chief, width=width, scheme=scheme, language=language)
    page.goto("/learn/community_rules/exam/")
    follow(page, SEND)
    found = faults(page)
    for _ in range(8):
        page.check("main input[type=radio] >> nth=0")
        follow(page, SEND)
    found += faults(page)
    follow(page, SEND)
    assert found + faults(page) == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_course_a_certificate_and_the_desk(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    chief = house.hire("chief", Role.SENIOR_REVIEWER)
    read(house, chief, "group_owners", minutes=0)
    passed = examined(house, chief, "group_owners").certificate
    assert passed is not None
    house.app.training.schedule.catch_up(10)
    page = at_the_desk(surf, chief, width=width, scheme=scheme, language=language)
    places = ("/learn/", "/learn/merchants/packing/", f"/learn/c/{passed.number}/")
    assert seen(page, *places, "/desk/training/") == []
