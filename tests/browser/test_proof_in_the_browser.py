"""A browser solves what it is asked for, and sends the report again by itself."""

from dataclasses import replace

import pytest
from django.conf import LazySettings
from playwright.sync_api import Page, expect
from tests.browser.conftest import Surf
from tests.browser.test_public_pages import faults
from tests.browser.test_public_report import STATEMENT

from gongdao import bootstrap
from gongdao.storage.models import ReportRow


def write(page: Page) -> None:
    page.goto("/report/")
    page.check("input[name=kind][value=content]")
    page.fill("#id_ref", "post-1")
    page.fill("#id_snapshot", "…话")
    page.click("main form button[type=submit]:not(.button-quiet)")
    page.check("input[name=category][value=abuse]")
    page.fill("#id_statement", STATEMENT)
    page.click("main form button[type=submit]:not(.button-quiet)")
    page.click("main form button[type=submit]")


@pytest.mark.usefixtures("transactional_db")
def test_the_page_solves_it_and_nothing_is_lost(surf: Surf, settings: LazySettings) -> None:
    hard = replace(settings.CONFIG, reports_per_minute=1, proof_bits=30, proof_bits_most=30)
    settings.CONFIG = hard
    bootstrap.allow_report("127.0.0.1")
    page = surf(None, width=360, language="zh-hans")
    write(page)
    expect(page.locator("#proof-panel progress")).to_be_visible()
    expect(page.locator("[data-words]")).to_contain_text("秒")
    expect(page.locator("main form button[type=submit]")).to_be_disabled()
    assert faults(page) == []

    settings.CONFIG = replace(hard, proof_bits=12, proof_bits_most=12)
    page.goto("/report/check/")
    page.click("main form button[type=submit]")
    expect(page.locator(".receipt-code")).to_be_visible()
    assert ReportRow.objects.count() == 1
