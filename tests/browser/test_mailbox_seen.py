"""A reporter and a reviewer write to each other; somebody looks who it is; the auditor sees it."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import Stage

from gongdao.domain.kernel.events import Role

QUESTION = "请问这条评论是哪一天发的？"
REPLY = "是十一月二日晚上九点左右。"
REASON = "举报人说被举报人今晚要来找他，需要马上联系到他本人。"
CONTACT = "zhang.san@example.org"


def send(page: Page, text: str) -> None:
    """Write a message and press the button below it."""
    page.fill("main textarea", text)
    page.click("main form button[type=submit]")
    assert text in page.inner_text("main .thread")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_question_and_an_answer(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    receipt = house.accepted(ana, contact=CONTACT)
    desk = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    desk.goto(f"/desk/{receipt.case}/")
    desk.click(f'#case a[href="/desk/{receipt.case}/mailbox/"]')
    send(desk, QUESTION)
    found = faults(desk)

    reporter = surf(f"/track/{receipt.code}/", language=language, width=width, scheme=scheme)
    reporter.click(".mailbox-line a")
    assert QUESTION in reporter.inner_text(".thread .is-new")
    reporter.click("main form button[type=submit]")
    assert "mail.empty" in reporter.inner_text(".error-summary")
    found += faults(reporter)
    send(reporter, f"{REPLY}（{CONTACT}）")

    desk.goto("/desk/mailboxes/")
    found += faults(desk)
    desk.click(".notice a")
    said = desk.inner_text("main")
    assert REPLY in said
    assert CONTACT not in said
    assert found == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_look_at_an_identity_is_said_before_and_seen_afterwards(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    sue, ou = house.hire("sue", Role.SENIOR_REVIEWER), house.hire("ou", Role.AUDITOR)
    receipt = house.report(contact=CONTACT)
    senior, auditor = (
        at_the_desk(surf, who, language=language, width=width, scheme=scheme) for who in (sue, ou)
    )
    senior.goto(f"/desk/{receipt.case}/mailbox/")
    senior.click(f'a[href^="/desk/{receipt.case}/identity/"]')
    senior.check("[name=ground][value=danger_to_life]")
    senior.fill("#id_reason", "想看看")
    senior.click("main form button[type=submit]")
    assert "unmask.reason_too_short" in senior.inner_text(".error-summary")
    assert CONTACT not in senior.content()
    found = faults(senior)
    senior.fill("#id_reason", REASON)
    senior.click("main form button[type=submit]")
    assert CONTACT in senior.inner_text("main")

    auditor.goto("/desk/looks/")
    assert REASON in auditor.inner_text("main table")
    assert CONTACT not in auditor.content()
    found += faults(auditor)
    assert found == []
