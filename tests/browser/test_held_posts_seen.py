"""A text waits, is looked at and appears: its author's screen, an owner's and a reviewer's."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
from tests.browser.test_public_pages import faults
from tests.browser.test_standing_seen import session_of
from tests.stories.posts_of import APP, BAD, CLEAN, MILD, hand_in, post, with_three_words
from tests.stories.stage import INSULT, REASONS, Stage, show_on_pages

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.domain.screening.posts import Level, PostStage

EITHER = pytest.mark.parametrize("language", ["zh-hans", "en"])
SMALL = 780
"""The height of a telephone of 360 × 780: there the three questions are answered in one screen."""
WILL, WHY = (
    {"zh-hans": zh, "en": en}
    for zh, en in (("将于", "Will appear at"), ("辱骂或歧视", "insults or bias"))
)
OTHER = {"zh-hans": "en", "en": "zh-hans"}


@pytest.fixture
def waiting(house: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """The house behind the pages, where three words stand out."""
    house = with_three_words(house)
    show_on_pages(house, monkeypatch)
    return house


def change_language(page: Page) -> None:
    """Read on in the other one."""
    follow(page, "header button[name=language]")


def answered_in_sight(page: Page) -> None:
    """Where it stands, what comes and what one can do are read without scrolling."""
    box = page.locator(".answers").bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= SMALL


def author(surf: Surf, house: Stage, language: str) -> Page:
    """Whose texts they are, on a telephone."""
    mine = session_of("li_si", house.account("li_si").person)
    return surf(None, language=language, width=360, session=mine)


@EITHER
def test_its_author_sees_when_and_why_and_changes_it(
    surf: Surf, waiting: Stage, language: str
) -> None:
    of, me = hand_in(waiting, MILD), author(surf, waiting, language)
    me.goto("/mine/posts/")
    found = faults(me)
    follow(me, f"a[href$='{of}/']")
    says(me, "h1", WILL[language])
    says(me, "main", WHY[language], "笨手笨脚")
    answered_in_sight(me)
    found += faults(me)
    me.fill("[name=text]", CLEAN)
    change_language(me)
    says(me, "h1", WILL[OTHER[language]])
    answered_in_sight(me)
    me.fill("[name=text]", CLEAN)
    follow(me, "form:has([name=text]) button")
    assert post(waiting, of).because == "nothing_found"
    answered_in_sight(me)
    assert found == []


@EITHER
def test_owner_and_reviewer_look_and_what_was_withheld_wrongly_appears(
    surf: Surf, waiting: Stage, language: str
) -> None:
    waiting.app.owning.name("g-1", ["wang_wu"], "周末跑步群", 80, APP)
    ana, bo = (waiting.hire(name, Role.REVIEWER) for name in ("ana", "bo"))
    of, me = hand_in(waiting, BAD, place="g-1"), author(surf, waiting, language)
    me.goto(f"/mine/posts/{of}/")
    answered_in_sight(me)

    owner = surf(
        None, language=language, session=session_of("w", waiting.account("wang_wu").person)
    )
    owner.goto(f"/mine/groups/{post(waiting, of).group}/")
    says(owner, "article mark", "蠢如木头")
    follow(owner, "article button[value=pass_on]")
    assert post(waiting, of).level is Level.DESK

    found = withheld_by_keys(at_the_desk(surf, ana, language=language, width=360), of)
    assert post(waiting, of).stage is PostStage.WITHHELD
    me.reload()
    answered_in_sight(me)
    case = CaseId(post(waiting, of).case or "")
    follow(me, ".answers a.button")
    expect(me).to_have_url(re.compile(f"/mine/{case}/"))

    decision = waiting.case(case).decision
    assert decision is not None
    appeal = waiting.appealed(decision, waiting.account("li_si"))
    assert waiting.reviewer_of(appeal, ana, bo) == bo
    waiting.app.reviewing.overturn(appeal, REASONS, bo)
    me.goto(f"/mine/posts/{of}/")
    answered_in_sight(me)
    assert post(waiting, of).stage is PostStage.RELEASED
    assert found == []


def withheld_by_keys(desk: Page, of: str) -> list[str]:
    """From the queue to a decision with the keyboard alone; what is wrong with how it looks."""
    desk.goto("/desk/screening/")
    found = faults(desk)
    desk.keyboard.press("j")
    expect(desk.locator(f"a[href$='{of}/']")).to_be_focused()
    with desk.expect_event("load"):
        desk.keyboard.press("Enter")
    change_language(desk)
    desk.keyboard.press("d")
    expect(desk.locator("[name=release-note]")).to_be_focused()
    desk.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found += faults(desk)
    desk.select_option("[name=withhold-clause]", INSULT)
    desk.fill("[name=withhold-findings]", "这句话指着群里的人说。")
    desk.fill("[name=withhold-reasons]", REASONS)
    with desk.expect_event("load"):
        desk.keyboard.press("Control+Enter")
    return found
