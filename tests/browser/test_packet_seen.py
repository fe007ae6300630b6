"""One click on a page makes the packet, and the browser saves it while the page stays."""

import zipfile

from playwright.sync_api import Page
from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.test_public_pages import faults
from tests.stories.stage import Stage

from gongdao.domain.kernel.events import Role


def saved(page: Page) -> list[str]:
    """Click, and name the files of what is saved, below their folder."""
    with page.expect_download() as waiting:
        page.click("form[action$='/packet/'] button")
    with zipfile.ZipFile(waiting.value.path()) as held:
        return [name.partition("/")[2] for name in held.namelist()]


def test_one_click_saves_the_packet(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    receipt = house.accepted(ana)
    page = surf(f"/track/{receipt.code}/", width=360)
    assert faults(page) == []
    assert "data/packet.pdf" in saved(page)
    assert page.url.endswith(f"/track/{receipt.code}/"), "the page stays"
    desk = at_the_desk(surf, ana, language="en")
    desk.goto(f"/desk/{receipt.case}/")
    assert faults(desk) == []
    assert "data/proofs/log.json" in saved(desk)
