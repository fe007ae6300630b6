"""An owner's pages: no fault by axe or width, and an answer given by keyboard alone."""

from datetime import UTC, datetime, timedelta

from playwright.sync_api import expect
from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage, stage_on_postgres

from gongdao.domain.access.model import Caller
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account

OWNER = "wang_wu"


def with_a_group(house: Stage) -> tuple[str, str]:
    """A group in which two things were reported the day before yesterday, and one of its cases."""
    before = stage_on_postgres(datetime.now(UTC) - timedelta(days=2))
    app = Caller(None, frozenset({Role.APP}))
    group = before.app.owning.name("g-1", [OWNER], "周末跑步群", 80, app)
    before.report(group="g-1")
    case = before.report(
        group="g-1", subject_ref="周三晚上那条很长的消息" * 4, category="marketing"
    )
    return group.id, case.case


def test_an_owners_pages_and_an_answer_by_keyboard(surf: Surf, house: Stage) -> None:
    group, case = with_a_group(house)
    owner = house.account(OWNER)
    Account.objects.create_user("w@example.org", name="w", party_id=owner.person)
    ana = house.hire("ana", Role.REVIEWER)
    for width, scheme, language in LOOKS:
        page = at_the_desk(surf, owner, language=language, width=width, scheme=scheme)
        found = []
        for path in ("", f"{group}/", f"{group}/tools/", f"{group}/duty/"):
            page.goto(f"/mine/groups/{path}")
            found += faults(page)
        page.goto(f"/mine/groups/{group}/")
        follow(page, "main form button[type=submit] >> nth=0")
        found += faults(page)
        assert found == []
    page.goto(f"/mine/groups/{group}/")
    page.locator("main form input[type=radio]").first.focus()
    for key in ("ArrowDown", "Tab", "Tab"):
        page.keyboard.press(key)
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    page.wait_for_selector("#over-title")
    desk = at_the_desk(surf, ana)
    desk.goto(f"/desk/{case}/")
    assert faults(desk) == []
    expect(desk.locator("#owner-title")).to_be_visible()
