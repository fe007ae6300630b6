"""The desk as a reviewer uses it: no fault on any page, all of it by keyboard, nothing is lost."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.conftest import Scheme, Surf
from tests.browser.desks import at_the_desk, every_stage
from tests.browser.steps import follow, says
from tests.browser.test_public_pages import LOOKS, faults
from tests.stories.stage import REASONS, Stage

from gongdao.domain.kernel.events import Role
from gongdao.storage.models import CaseRow

NARROW = 360
FULLEST = ("received", "answered", "under review", "overturned")
"""The stages whose pages hold the most."""
FINDINGS = "被举报人在评论区对楼主写了这句话。"


def reach(page: Page, selector: str) -> None:
    """Press Tab until something has the focus."""
    for _ in range(80):
        if page.evaluate("s => document.activeElement.matches(s)", selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} is not reached with the Tab key")


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_every_page_of_the_desk(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana, bo = house.hire("ana", Role.REVIEWER), house.hire("bo", Role.REVIEWER)
    cases = every_stage(house, ana, bo)
    page = at_the_desk(surf, bo, language=language, width=width, scheme=scheme)
    found = []
    for path in ("/desk/", "/desk/?queue=overdue", "/desk/undelivered/"):
        page.goto(path)
        found += faults(page)
    for word in cases if width > NARROW else FULLEST:
        case = cases[word]
        page.goto(f"/desk/{case}/")
        page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
        found += [f"{word}: {fault}" for fault in faults(page)]
    assert found == []


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS)
def test_a_refusal_and_the_look_before_issuing(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    """Faults are looked for where the page is of a new kind: at the refusal, and at the look."""
    ana = house.hire("ana", Role.REVIEWER)
    case = house.accepted(ana).case
    page = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    page.goto(f"/desk/{case}/")
    page.check("[name=outcome][value=violation]")
    page.fill("#decide_findings", FINDINGS)
    follow(page, "#step-decide .actions button")
    found = faults(page)
    expect(page.locator(".error-summary")).to_be_focused()
    page.click(".error-summary a[href='#decide_reasons']")
    expect(page.locator("#decide_reasons")).to_be_focused()
    page.fill("#decide_reasons", "短")
    follow(page, "#step-decide .actions button")
    expect(page.locator(".error-summary")).to_be_focused()
    says(page, ".error-summary", "reasons.too_short")
    assert page.input_value("#decide_findings") == FINDINGS
    page.fill("#decide_reasons", REASONS)
    follow(page, "#step-decide .actions button")
    found += faults(page)
    expect(page.locator(".check")).to_be_focused()
    follow(page, ".check button[name=stay]")
    assert page.input_value("#decide_reasons") == REASONS
    assert page.is_checked("[name=outcome][value=violation]")
    assert found == []


def test_from_the_queue_to_an_issued_decision_by_keyboard_alone(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    first, second = house.report(account="a1").case, house.report(account="a2").case
    page = at_the_desk(surf, ana, language="en")
    page.goto("/desk/")
    keys = page.keyboard
    keys.press("j")
    keys.press("j")
    keys.press("k")
    keys.press("Enter")
    page.wait_for_url(f"**/desk/{first}/**")
    keys.press("s")
    expect(page.locator("#case .snapshot blockquote").first).to_be_visible()
    expect(page.locator("#case [data-fold] blockquote").first).to_be_visible()
    keys.press("d")
    expect(page.locator("#accept_reasons")).to_be_focused()
    with page.expect_event("load"):
        keys.press("Control+Enter")
    expect(page.get_by_text("The report is taken up.")).to_be_visible()
    keys.press("n")
    page.wait_for_url(f"**/desk/{second}/**")
    page.goto("/desk/?queue=investigating")
    keys.press("j")
    keys.press("Enter")
    page.wait_for_url(f"**/desk/{first}/**")
    keys.press("d")
    reach(page, "#decide_outcome_0")
    keys.press("Space")
    reach(page, "#decide_findings")
    keys.type(FINDINGS)
    reach(page, "#decide_reasons")
    keys.type(REASONS)
    with page.expect_event("load"):
        keys.press("Control+Enter")
    expect(page.locator(".check")).to_be_focused()
    reach(page, "[data-issue]")
    with page.expect_event("load"):
        keys.press("Enter")
    expect(page.get_by_text("The case is decided")).to_be_visible()
    assert CaseRow.objects.get(id=first).outcome == "violation"


def test_a_button_pressed_twice_sends_once(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.report().case
    page = at_the_desk(surf, ana, language="en")
    page.goto(f"/desk/{case}/")
    with page.expect_event("load"):
        page.dblclick("#step-accept button[type=submit]")
    expect(page.get_by_text("The report is taken up.")).to_be_visible()
    expect(page.locator(".error-summary")).to_be_hidden()


def test_letters_written_in_a_field_are_no_keys(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.report(account="a1").case
    house.report(account="a2")
    page = at_the_desk(surf, ana, language="en")
    page.goto(f"/desk/{case}/")
    page.fill("#accept_reasons", "")
    page.focus("#accept_reasons")
    page.keyboard.type("jknsd?")
    assert page.input_value("#accept_reasons") == "jknsd?"
    assert page.url.endswith(f"/desk/{case}/")
    expect(page.locator("#shortcuts")).to_be_hidden()
    page.focus("#queue")
    page.keyboard.type("?")
    expect(page.locator("#shortcuts")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#shortcuts")).to_be_hidden()


def test_another_rule_comes_with_its_ladder_and_nothing_is_lost(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.accepted(ana).case
    page = at_the_desk(surf, ana, language="en")
    page.goto(f"/desk/{case}/")
    page.fill("#decide_findings", FINDINGS)
    page.select_option("#decide_clause", "abuse.violence")
    expect(page.locator("#beside .clause")).to_have_id("clause-abuse.violence")
    says(page, "#beside", "The ladder says")
    assert page.input_value("#decide_findings") == FINDINGS
    page.check("[name=outcome][value=no_violation]")
    expect(page.locator("#beside .ladder")).to_be_hidden()
    expect(page.locator("#decide_penalty")).to_be_hidden()


@pytest.mark.parametrize(("width", "scheme", "language"), LOOKS[1:])
def test_a_measure_holds_until_then_and_is_lifted(
    surf: Surf, house: Stage, width: int, scheme: Scheme, language: str
) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.accepted(ana).case
    page = at_the_desk(surf, ana, language=language, width=width, scheme=scheme)
    page.goto(f"/desk/{case}/")
    page.click("#step-interim summary")
    page.fill("#interim_hours", "900")
    page.fill("#interim_reasons", REASONS)
    follow(page, "#step-interim button[type=submit]")
    says(page, ".error-summary", "interim.too_long")
    assert page.input_value("#interim_reasons") == REASONS
    page.fill("#interim_hours", "24")
    follow(page, "#step-interim button[type=submit]")
    page.click("#interim-title ~ article summary")
    says(page, "#interim-title ~ article", REASONS)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    found = faults(page)
    page.fill("#lift_interim_reasons", REASONS)
    follow(page, "#step-lift_interim button[type=submit]")
    expect(page.locator("#step-interim")).to_be_attached()
    assert house.records.interims.of_case(case)[0].now.in_force is False
    assert found == []


def test_a_decision_is_issued_without_javascript(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.accepted(ana).case
    page = at_the_desk(surf, ana, script=False)
    page.goto(f"/desk/{case}/")
    page.check("[name=outcome][value=violation]")
    page.fill("#decide_findings", FINDINGS)
    page.select_option("#decide_clause", "abuse.violence")
    follow(page, "button[name=stay]")
    expect(page.locator("#clause-abuse\\.violence")).to_be_visible()
    assert page.input_value("#decide_findings") == FINDINGS
    page.fill("#decide_reasons", REASONS)
    follow(page, "#step-decide .actions button")
    follow(page, "[data-issue]")
    assert CaseRow.objects.get(id=case).outcome == "violation"


def test_the_open_case_stands_in_sight_and_nothing_jumps(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    cases = [house.report(account=f"a{n}").case for n in range(15)]
    page = at_the_desk(surf, ana)
    page.goto(f"/desk/{cases[-1]}/?queue=received")
    assert page.evaluate("scrollY") == 0
    seen = page.locator(".queue-item.is-current").bounding_box()
    assert seen is not None
    assert seen["y"] + seen["height"] <= 900
