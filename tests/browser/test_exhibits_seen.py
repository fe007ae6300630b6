"""Files are sent in a real browser, with and without scripts, and looked into at the desk."""

import pytest
from playwright.sync_api import FilePayload, Page, Request, Route, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, offers, receipt_code, says
from tests.browser.test_public_pages import LOOKS, faults
from tests.fakes.vault import HeadExaminer
from tests.stories.files_of import PDF, PNG, brought
from tests.stories.stage import Stage

from gongdao.adapters.opening import not_opened
from gongdao.domain.evidence.uploads import Examined
from gongdao.domain.kernel.events import Role

PICTURE: FilePayload = {"name": "截屏.png", "mimeType": "image/png", "buffer": PNG}
PAGE: FilePayload = {"name": "page.html", "mimeType": "text/html", "buffer": b"<html><p>1"}


@pytest.fixture(autouse=True)
def unopened(house: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell files by their first bytes: a picture is then not drawn, and need not be."""
    monkeypatch.setattr(type(house.records.examiner), "look", HeadExaminer().look)


@pytest.mark.parametrize("script", [True, False])
def test_a_reporter_adds_a_file_with_the_code(surf: Surf, house: Stage, *, script: bool) -> None:
    receipt = house.report()
    page = surf(f"/track/{receipt.code}/evidence/", script=script, width=360)
    page.set_input_files("#id_file", [PICTURE])
    page.select_option("#id_captured", "screenshot")
    follow(page, "main form button[type=submit]")
    says(page, ".exhibits", "证据 1", "截屏.png", "SHA-256")
    assert not script or faults(page) == [], "axe itself is a script"


def test_what_is_wrong_is_said_and_the_rest_is_kept(surf: Surf, house: Stage) -> None:
    receipt = house.report()
    page = surf(f"/track/{receipt.code}/evidence/", language="en")
    page.set_input_files("#id_file", [PICTURE, PAGE])
    page.click("main form button[type=submit]")
    says(page, "[data-problems]", "page.html", "Web pages and SVG are not taken")
    assert faults(page) == []
    follow(page, "main form button[type=submit]")
    says(page, ".exhibits", "Exhibit 1", "截屏.png")
    plain = surf(f"/track/{receipt.code}/evidence/", language="en", script=False)
    plain.set_input_files("#id_file", [PICTURE, PAGE])
    follow(plain, "main form button[type=submit]")
    says(plain, ".error-summary", "page.html", "Web pages and SVG are not taken")
    offers(plain, ".exhibit", times=2)


def test_a_line_that_breaks_is_taken_up_again(surf: Surf, house: Stage) -> None:
    receipt = house.report()
    page = surf(f"/track/{receipt.code}/evidence/")
    broken: list[str] = []

    def breaks(route: Route, request: Request) -> None:
        if request.method == "PATCH" and not broken:
            broken.append("once")
            route.abort()
        else:
            route.continue_()

    page.route("**/api/v1/evidence/uploads/**", breaks)
    page.set_input_files("#id_file", [PICTURE])
    follow(page, "main form button[type=submit]")
    says(page, ".exhibits", "截屏.png")
    assert broken == ["once"]


def test_what_is_whole_and_unopened_is_opened_before_the_form_goes(
    surf: Surf, house: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    receipt = house.report()
    page = surf(f"/track/{receipt.code}/evidence/")
    tried: list[str] = []

    def later(path: str, size: int) -> Examined:
        tried.append(path)
        if len(tried) == 1:
            raise not_opened()
        return HeadExaminer().look(path, size)

    monkeypatch.setattr(type(house.records.examiner), "look", staticmethod(later))
    page.set_input_files("#id_file", [PICTURE])
    follow(page, "main form button[type=submit]")
    says(page, ".exhibits", "截屏.png")
    assert len(tried) == 2, "once in vain, and once more"


def test_files_go_with_a_report(surf: Surf, house: Stage) -> None:
    page = surf("/report/")
    page.check("input[name=kind][value=content]")
    page.fill("#id_ref", "post-9")
    page.fill("#id_snapshot", "你就是个废物。")
    follow(page, "main form button[type=submit]")
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", "他在评论里这样骂我，请处理。")
    follow(page, "main form button[type=submit]")
    follow(page, "#change-files")
    page.set_input_files("#id_file", [PICTURE])
    follow(page, "main form[data-upload] button[type=submit]")
    says(page, ".summary", "截屏.png")
    assert faults(page) == []
    follow(page, "main form button[type=submit]")
    code = receipt_code(page)
    page.goto(f"/track/{code}/")
    says(page, ".exhibits", "截屏.png")
    assert faults(page) == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_reviewer_looks_into_an_exhibit(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    reporter = house.account("zhang_san")
    receipt = house.accepted(ana, reporter)
    brought(house, receipt.case, reporter, captured="screenshot")
    brought(house, receipt.case, house.account("li_si"), PDF, "合同.pdf")
    desk = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    desk.goto(f"/desk/{receipt.case}/")
    offers(desk, "#case .exhibit", times=2)
    found = faults(desk)
    follow(desk, "#case .exhibit:first-of-type .line-title a")
    _check(desk)
    found += faults(desk)
    desk.goto(f"/desk/{receipt.case}/evidence/")
    found += faults(desk)
    assert found == []


def _check(desk: Page) -> None:
    desk.check(".factor[open] input[value=sound]")
    desk.fill(".factor[open] textarea", "设备常见，来源清楚。")
    follow(desk, ".factor[open] button[type=submit]")
    expect(desk.locator(".factor .tag").first).to_be_visible()
    desk.locator(".factor summary").first.click()
    says(desk, "#factors", "设备常见，来源清楚。")
