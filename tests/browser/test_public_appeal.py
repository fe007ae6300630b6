"""The other side in the browser: an answer, the letter, an appeal by code, its outcome."""

import pytest
from playwright.sync_api import expect
from tests.browser.conftest import Surf
from tests.browser.steps import follow, offers, says
from tests.stories.stage import GROUNDS, REASONS, Stage, violation

from gongdao.domain.kernel.events import Role


def code_of(house: Stage, letter: str, door: str) -> str:
    """The code in a letter's link."""
    return letter.partition(f"/{door}/")[2].partition("/")[0]


@pytest.mark.parametrize(
    ("language", "letter", "undone"),
    [("zh-hans", "处置决定与理由说明", "撤销"), ("en", "Decision and statement", "overturned")],
)
def test_an_appeal_by_code_from_the_question_to_the_overturned_decision(
    surf: Surf, house: Stage, language: str, letter: str, undone: str
) -> None:
    ana, bo = house.hire("ana", Role.REVIEWER), house.hire("bo", Role.REVIEWER)
    receipt = house.accepted(ana)
    house.app.investigating.request_answer(receipt.case, "请说明您为什么在评论里这样说。", ana)
    code = code_of(house, house.last_letter(receipt.case, "answer_requested"), "answer")

    page = surf(f"/answer/{code}/", language=language)
    says(page, "main", "请说明您为什么在评论里这样说")
    expect(page.locator(".clock").first).to_be_visible()
    page.fill("#id_text", "当时我在引用别人骂我的话，前后文可以看到。")
    follow(page, "main form button[type=submit]")
    assert "/appeal/" in page.url

    house.app.deciding.decide(receipt.case, violation(), ana)
    page = surf("/appeal/", language=language)
    page.fill("#code", code)
    follow(page, "main form button[type=submit]")
    says(page, ".letter", letter, "abuse.insult")
    expect(page.locator(".answers .clock").first).to_be_visible()
    follow(page, ".answer-actions a")
    follow(page, "a[href$='at-once/']")
    page.fill("#id_text", GROUNDS)
    follow(page, "main form button[type=submit]")
    says(page, "main", GROUNDS)
    offers(page, ".answer-actions", times=0)

    view = house.app.files.by_code(code)[0]
    reviewer = house.reviewer_of(house.records.appeals.get(view.appeals[0].id).now.id, ana, bo)
    house.app.reviewing.overturn(view.appeals[0].id, REASONS, reviewer)  # type: ignore[arg-type]
    page.reload()
    says(page, ".answers", undone)
    says(page, "main", REASONS)


def test_an_appeal_is_sent_without_javascript(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    house.hire("bo", Role.REVIEWER)
    receipt = house.accepted(ana)
    house.app.deciding.decide(receipt.case, violation(), ana)
    letter = house.last_letter(receipt.case, "decision_to_respondent")
    page = surf(f"/appeal/{code_of(house, letter, 'appeal')}/write/at-once/", script=False)
    page.fill("#id_text", "短")
    follow(page, "main form button[type=submit]")
    says(page, ".error-summary", "appeal.no_grounds")
    expect(page.locator("#id_text")).to_have_value("短")
    page.fill("#id_text", "你们根本不懂规则。")
    follow(page, "main form button[name=look]")
    says(page, "#wording mark", "你们根本不懂")
    expect(page.locator("#id_text")).to_have_value("你们根本不懂规则。")
    page.fill("#id_text", GROUNDS)
    follow(page, "main form button[type=submit]")
    says(page, "main", GROUNDS)
