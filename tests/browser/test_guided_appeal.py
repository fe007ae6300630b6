"""Somebody is led through an appeal on a phone: whole at once, mended by guidance, calmed."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.steps import follow, offers, says
from tests.browser.test_public_appeal import code_of
from tests.browser.test_public_pages import faults
from tests.stories.stage import REASONS, Stage, violation

from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import AppealId

LANGUAGES = ["zh-hans", "en"]
SCHEMES: dict[str, Scheme] = {"zh-hans": "light", "en": "dark"}
"""What axe asks of how a page is made is the same in both: so the second look is at the dark."""
GO_ON = "#guide-form button:not([name])"
ANSWERS = {
    "zh-hans": {
        "when": "2026年11月3日20:15",
        "device": "华为 Mate 60",
        "what": "我在评论里引用了对方骂我的话。",
        "plan": "今后引用时写明出处，由我本人在发布前检查。",
    },
    "en": {
        "when": "3 November 2026, 20:15",
        "device": "Huawei Mate 60",
        "what": "I quoted what had been said to me.",
        "plan": "From now on I will name what I quote, and check it before I post.",
    },
}
HOSTILE = {"zh-hans": "你们根本不懂规则。", "en": "You people know nothing."}
CALM = {"zh-hans": "我的理解与处理决定不同", "en": "I read the rule differently"}
SENT = {"zh-hans": "我们已收到您的申诉", "en": "We have your appeal"}


class Appellant:
    """A banned person with a phone and the code of the letter."""

    def __init__(self, surf: Surf, house: Stage, language: str, *, script: bool = True) -> None:
        self.house, self.language = house, language
        ana = house.hire("ana", Role.REVIEWER)
        self.bo = house.hire("bo", Role.REVIEWER)
        receipt = house.accepted(ana)
        house.app.deciding.decide(receipt.case, violation(), ana)
        letter = house.last_letter(receipt.case, "decision_to_respondent")
        self.code = code_of(house, letter, "appeal")
        self.page: Page = surf(
            None, language=language, width=360, script=script, scheme=SCHEMES[language]
        )

    def open(self, screen: str) -> Page:
        """One screen, unless it is open; the clock is on it."""
        if not self.page.url.endswith(path := f"/appeal/{self.code}/write/{screen}"):
            self.page.goto(path)
        expect(self.page.locator(".window-clock")).to_be_visible()
        return self.page

    def answer(self, *questions: str) -> None:
        """Answer some questions."""
        for name in questions:
            self.open(f"ask-{name}/").fill(f"#id_answer_{name}", ANSWERS[self.language][name])
            follow(self.page, GO_ON)

    def send(self) -> None:
        """Send it, whatever is missing, and read that it came."""
        follow(self.open("check/"), "form[action$='check/'] button")
        says(self.page, "h1", SENT[self.language])
        expect(self.page.locator(".answers .clock").first).to_be_visible()

    def accepted(self) -> None:
        """Somebody who took no part overturns the decision, and the page says so."""
        appeal = self.house.app.files.by_code(self.code)[0].appeals[0]
        self.house.app.reviewing.overturn(AppealId(appeal.id), REASONS, self.bo)
        self.page.goto(f"/appeal/{self.code}/")
        says(self.page, "main", REASONS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_complete_appeal_by_keyboard_and_without_javascript_is_accepted(
    surf: Surf, house: Stage, language: str
) -> None:
    one = Appellant(surf, house, language, script=False)
    page = one.page
    page.goto("/appeal/")
    page.fill("#code", one.code)
    follow(page, "main form button[type=submit]")
    follow(page, ".answer-actions a")
    follow(page, "main .actions .button")
    for press in ("decision/", "situation/"):
        assert page.url.endswith(press)
        if press == "situation/":
            page.check("input[value=own]")
        page.locator(GO_ON).focus()
        with page.expect_event("load"):
            page.keyboard.press("Enter")
    for name in ("when", "device", "what"):
        assert page.url.endswith(f"ask-{name}/")
        page.fill(f"#id_answer_{name}", ANSWERS[language][name])
        follow(page, GO_ON)
    one.answer("plan")
    one.open("wish/").check("input[value=lift]")
    follow(page, GO_ON)
    one.open("statement/")
    offers(page, "mark.filled-answer", times=4)
    one.open("check/")
    says(page, "#statement", ANSWERS[language]["device"])
    one.send()
    one.accepted()


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_incomplete_appeal_is_mended_by_guidance_and_then_accepted(
    surf: Surf, house: Stage, language: str
) -> None:
    one = Appellant(surf, house, language)
    found = faults(one.open(""))
    one.open("situation/").check("input[value=context]")
    found += faults(one.page)
    follow(one.page, GO_ON)
    one.answer("when")
    found += faults(one.open("check/"))
    missing = one.page.locator(".meter .is-missing a[href*='ask-device']")
    follow(one.page, ".meter .is-missing a[href*='ask-device']")
    one.page.fill("#id_answer_device", ANSWERS[language]["device"])
    says(one.page, "#saved", ":")
    expect(one.page.locator("#seen")).not_to_have_value("2")
    one.page.reload()
    expect(one.page.locator("#id_answer_device")).to_have_value(ANSWERS[language]["device"])
    one.answer("what", "plan")
    one.open("check/")
    expect(missing).to_have_count(0)
    found += faults(one.open("statement/"))
    one.send()
    found += faults(one.page)
    one.accepted()
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hostile_draft_is_calmed(surf: Surf, house: Stage, language: str) -> None:
    one = Appellant(surf, house, language)
    one.open("ask-what/").fill("#id_answer_what", HOSTILE[language])
    follow(one.page, GO_ON)
    one.open("wording/")
    found = faults(one.page)
    says(one.page, "#wording mark", HOSTILE[language][:4])
    follow(one.page, "button[name=accept]")
    offers(one.page, "#wording mark", times=0)
    one.open("check/")
    says(one.page, "#statement", CALM[language])
    expect(one.page.locator("#statement")).not_to_contain_text(HOSTILE[language][:4])
    one.send()
    appeal = house.app.files.by_code(one.code)[0].appeals[0]
    assert CALM[language] in (appeal.grounds or "")
    assert found == []
