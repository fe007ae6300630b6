"""What was found in a picture, seen in a browser: boxes over it, text beside it, a copy made."""

import pytest
from bench.hard_set.making import make
from playwright.sync_api import expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
from tests.browser.test_public_pages import LOOKS, faults
from tests.fakes.looks import ToldReader
from tests.parts.evidence.read_pictures import recorded
from tests.stories.files_of import brought
from tests.stories.stage import Stage

from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.flows.looking import LookAt
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import ExhibitId

PICTURE = make("tune-27-bill_split-clean").picture


def looked_at(house: Stage) -> tuple[str, ExhibitId]:
    """A bill among the exhibits, opened by the real examiner; the reader says what was recorded."""
    ana = house.hire("ana", Role.REVIEWER)
    reporter = house.account("zhang_san")
    case = house.accepted(ana, reporter).case
    exhibit = brought(house, case, reporter, PICTURE)
    reader = ToldReader({PICTURE: recorded("bill_split")})
    LookAt(house.records, reader, house.app.looking.tools)({"exhibit": exhibit}, last=False)
    return f"/desk/{case}/evidence/{exhibit}/findings/", exhibit


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_picture_boxes_and_findings_stand_side_by_side(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    address, _ = looked_at(house)
    ana = house.hire("bo", Role.REVIEWER)
    page = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    page.goto(address)
    says(page, "main", "10:02", "2026-07-14 07:16:14")
    page.click("details.exhibit-peek > summary")
    expect(page.locator(".findings-svg image")).to_be_visible()
    boxes = page.locator(".findings-svg .box")
    assert boxes.count() > 5
    painted = boxes.first.evaluate("box => getComputedStyle(box).fill")
    assert painted in {"none", "rgba(0, 0, 0, 0)"}, "a box that hides what it is about"
    assert faults(page) == []


def test_a_copy_is_made_by_the_keyboards_means_alone(surf: Surf, house: Stage) -> None:
    address, exhibit = looked_at(house)
    bo = house.hire("bo", Role.REVIEWER)
    page = at_the_desk(surf, bo, script=False)
    page.goto(address)
    page.fill("#areas", "0 0 100 20")
    follow(page, "form.section button[type=submit]")
    says(page, "main", "打码")
    made = house.app.exhibiting.open(exhibit, bo).made
    assert made[-1].what is Derivative.REDACTED
