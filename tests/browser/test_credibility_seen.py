"""The pages of credibility: axe finds nothing, and nothing sticks out."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage
from tests.stories.test_cried_wolf import cried, limited, misusing

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import PersonId


def look(page: Page, path: str) -> list[str]:
    """What is wrong with one page, with everything on it unfolded."""
    page.goto(path)
    page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
    return faults(page)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_credibility_seen(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana, wolf = house.hire("ana", Role.REVIEWER), house.hire("wolf")
    before = cried(house, wolf, ana, 3)[-1]
    desk = at_the_desk(surf, ana, width=width, scheme=scheme, language=language)
    found = look(desk, f"/desk/{before.case}/reporters/1/")
    last = limited(house, wolf, ana)
    house.report(wolf)
    found += look(desk, f"/desk/{last.case}/reporters/1/")
    mine = at_the_desk(surf, wolf, width=width, scheme=scheme, language=language)
    found += look(mine, "/mine/credibility/")
    held = house.records.misuses.of(PersonId(wolf.person or ""))
    assert held is not None
    misusing(house).object(held.now.measures[0].id, "我的举报是真的，请看附上的截图。", wolf)
    found += look(mine, "/mine/credibility/")
    found += look(desk, "/desk/objections/")
    assert found == []
