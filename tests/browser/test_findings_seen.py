"""What was found in a picture, in a browser: picture, boxes, text and findings side by side."""

import pytest
from bench.hard_set.making import make
from playwright.sync_api import Page, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
from tests.browser.test_public_pages import LOOKS, faults
from tests.fakes.looks import ToldReader
from tests.parts.evidence.read_pictures import recorded
from tests.stories.files_of import brought
from tests.stories.stage import Stage

from gongdao.domain.access.model import Caller
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.flows.looking import LookAt
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, ExhibitId

PICTURE = make("tune-27-bill_split-clean").picture


def look(house: Stage, exhibit: ExhibitId) -> None:
    """The reader says what was recorded of this very picture."""
    reader = ToldReader({PICTURE: recorded("bill_split")})
    LookAt(house.records, reader, house.app.looking.tools)({"exhibit": exhibit}, last=False)


def looked_at(house: Stage) -> tuple[CaseId, ExhibitId, Caller]:
    """A bill that its reporter brought, opened by the real examiner."""
    ana = house.hire("ana", Role.REVIEWER)
    reporter = house.account("zhang_san")
    case = house.accepted(ana, reporter, category="fraud").case
    exhibit = brought(house, case, reporter, PICTURE)
    look(house, exhibit)
    return case, exhibit, ana


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_picture_boxes_text_and_findings_lead_to_one_another(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    case, exhibit, ana = looked_at(house)
    page = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    page.goto(f"/desk/{case}/evidence/{exhibit}/")
    says(page, ".viewer", "10:02", "2026-07-14 07:16:14")
    picture = page.locator(".findings-svg")
    expect(picture).to_be_hidden()
    page.locator(".viewer-found a[href^='#box-']").first.press("Enter")
    expect(picture.locator("image")).to_be_visible()
    expect(picture.locator(".is-marked .box").first).to_be_visible()
    marked = page.locator(".viewer-found .is-marked")
    expect(marked).to_have_count(1)
    beside(page, width)
    line = page.locator(".viewer-lines li").nth(3)
    line.locator("a").click()
    expect(line).to_have_class("is-marked")
    expect(marked).to_have_count(0)
    picture.locator("a[tabindex='0']").press("ArrowDown")
    picture.locator("a:focus").press("Enter")
    expect(page.locator(".viewer li.is-marked a[aria-current]")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator(".is-marked")).to_have_count(0)
    assert faults(page) == []


def beside(page: Page, width: int) -> None:
    """Side by side where there is room, and else one below the other."""
    left, right = (page.locator(".findings > div").nth(n).bounding_box() for n in (0, 1))
    assert left is not None
    assert right is not None
    if width > 900:
        assert right["x"] >= left["x"] + left["width"]
    else:
        assert right["y"] >= left["y"] + left["height"]


def test_areas_are_drawn_by_hand_or_written_and_a_copy_is_made(surf: Surf, house: Stage) -> None:
    case, exhibit, ana = looked_at(house)
    page = at_the_desk(surf, ana)
    page.goto(f"/desk/{case}/evidence/{exhibit}/findings/")
    page.click("[data-draw-start]")
    drawn = page.locator(".findings-svg .box-drawn")
    edge = page.locator(".findings-svg").bounding_box()
    assert edge is not None
    page.mouse.move(edge["x"] + edge["width"] * 0.5, edge["y"] + edge["height"] * 0.3)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] * 0.6, edge["y"] + edge["height"] * 0.4)
    page.mouse.up()
    expect(drawn).to_have_count(1)
    first = page.input_value("#areas")
    page.fill("#areas", f"{first}\n0 0 100 20")
    expect(drawn).to_have_count(2)
    page.click("[data-draw-undo]")
    expect(page.locator("#areas")).to_have_value(first)
    assert faults(page) == []
    follow(page, ".viewer-form button[type=submit]")
    left, top, wide, tall = (float(part) for part in first.split())
    assert 29 <= top <= 31
    assert 9 <= tall <= 12
    made = house.app.exhibiting.open(exhibit, ana).made
    assert made[-1].what is Derivative.REDACTED
    assert left + wide <= 100


def test_without_scripts_a_copy_is_made_and_the_original_is_asked_for(
    surf: Surf, house: Stage
) -> None:
    case, exhibit, ana = looked_at(house)
    page = at_the_desk(surf, ana, script=False)
    page.goto(f"/desk/{case}/evidence/{exhibit}/findings/")
    page.fill("#areas", "0 0 100 20")
    follow(page, ".viewer-form button[type=submit]")
    says(page, "main", "打码")
    with page.expect_download() as download:
        page.click("form:has([name=original]) button")
    assert download.value.path().read_bytes() == PICTURE
    page.reload()
    says(page, "main", "ana 取走过原件")


def test_the_chain_and_where_two_differ(surf: Surf, house: Stage) -> None:
    case, _exhibit, ana = looked_at(house)
    other = house.accepted(ana, house.account("wang_wu"), category="fraud")
    again = brought(house, other.case, house.account("wang_wu"), PICTURE)
    look(house, again)
    page = at_the_desk(surf, ana)
    page.goto(f"/desk/{other.case}/evidence/{again}/")
    follow(page, "a[href*='/differs/']")
    found = faults(page)
    page.goto(f"/desk/{case}/chain/")
    expect(page.locator(".chain-dot")).to_have_count(1)
    page.locator(".chain-link summary").click()
    page.fill("input[name=day-delivered]", "2026-07-20")
    follow(page, ".chain-link button[type=submit]")
    expect(page.locator(".chain-dot")).to_have_count(2)
    found += faults(page)
    page = surf(f"/track/{other.code}/chain/", language="en", width=360, scheme="dark")
    expect(page.locator(".chain-dot")).to_have_count(1)
    found += faults(page)
    assert found == []
