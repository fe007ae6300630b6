"""The pages of a talk about a case here: axe finds nothing, and nothing sticks out."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import REASONS, Stage
from tests.stories.talks_inside import APOLOGY, NEUTRAL, SUBJECT, THEIRS, InsideTalk

from gongdao.domain.kernel.events import Role


def offered(house: Stage) -> str:
    """The page on which a reporter may offer to talk."""
    ana = house.hire("bo", Role.REVIEWER)
    receipt = house.accepted(ana)
    house.app.investigating.request_answer(receipt.case, REASONS, ana)
    return f"/track/{receipt.code}/talk/"


def respondents(talk: InsideTalk) -> str:
    """The respondent's page."""
    assert talk.li_si.person is not None
    code = talk.stage.records.codes.issue(talk.case, talk.li_si.person)
    return f"/appeal/{code}/talk/{talk.id}/"


def look(page: Page, path: str) -> list[str]:
    """What is wrong with one page."""
    page.goto(path)
    return faults(page)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_the_pages_of_a_talk_about_a_case(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    page = surf(None, width=width, scheme=scheme, language=language)
    found = look(page, offered(house))
    talk = InsideTalk(house, come=False)
    ours, theirs = f"/track/{talk.receipt.code}/talk/{talk.id}/", respondents(talk)
    found += look(page, theirs)
    talk.inside.come(talk.theirs, THEIRS)
    talk.say(talk.ours, f"您好，我们谈谈{SUBJECT}吧。")
    talk.offer(talk.theirs, APOLOGY)
    found += look(page, ours)
    talk.stories.negotiating.accept(talk.ours, 1, NEUTRAL)
    talk.stories.negotiating.perform(talk.theirs, 1, "已在原帖下道歉。")
    talk.stories.negotiating.confirm(talk.ours, 1)
    found += look(page, ours)
    assert found == []
