"""A reporter and a reviewer write to each other; somebody looks who it is; the auditor sees it."""

import pytest
from playwright.sync_api import Page
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
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
    follow(page, "main form button[type=submit]")
    says(page, "main .thread", text)


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_question_and_an_answer(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    receipt = house.accepted(ana, contact=CONTACT)
    desk = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    desk.goto(f"/desk/{receipt.case}/")
    follow(desk, f'#case a[href="/desk/{receipt.case}/mailbox/"]')
    send(desk, QUESTION)
    found = faults(desk)

    reporter = surf(f"/track/{receipt.code}/", language=language, width=width, scheme=scheme)
    follow(reporter, ".mailbox-line a")
    says(reporter, ".thread .is-new", QUESTION)
    follow(reporter, "main form button[type=submit]")
    says(reporter, ".error-summary", "mail.empty")
    found += faults(reporter)
    send(reporter, f"{REPLY}（{CONTACT}）")

    desk.goto("/desk/mailboxes/")
    found += faults(desk)
    follow(desk, ".notice a")
    says(desk, "main", REPLY)
    assert CONTACT not in desk.inner_text("main")
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
    follow(senior, f'a[href^="/desk/{receipt.case}/identity/"]')
    senior.check("[name=ground][value=danger_to_life]")
    senior.fill("#id_reason", "想看看")
    follow(senior, "main form button[type=submit]")
    says(senior, ".error-summary", "unmask.reason_too_short")
    assert CONTACT not in senior.content()
    found = faults(senior)
    senior.fill("#id_reason", REASON)
    follow(senior, "main form button[type=submit]")
    says(senior, "main", CONTACT)

    auditor.goto("/desk/looks/")
    says(auditor, "main table", REASON)
    assert CONTACT not in auditor.content()
    found += faults(auditor)
    assert found == []
