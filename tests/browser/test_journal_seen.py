"""Somebody writes into their journal on a phone, corrects it, and reads a table in."""

import pytest
from playwright.sync_api import FilePayload
from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, offers, says
from tests.browser.test_public_pages import faults
from tests.fakes.vault import HeadExaminer
from tests.stories.files_of import PNG
from tests.stories.stage import Stage

from gongdao.bootstrap.public_log import log

PICTURE: FilePayload = {"name": "打包.png", "mimeType": "image/png", "buffer": PNG}
TABLE: FilePayload = {
    "name": "发货.csv",
    "mimeType": "text/csv",
    "buffer": "时间,类别,内容,单号\n2026-01-05,发货,装车,SF1\n昨天,发货,贴单,SF2\n".encode(),
}
MENDED: FilePayload = {**TABLE, "buffer": TABLE["buffer"].replace("昨天".encode(), b"2026-01-06")}


@pytest.fixture(autouse=True)
def unopened(house: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell files by their first bytes: a picture is then not drawn, and need not be."""
    monkeypatch.setattr(type(house.records.examiner), "look", HeadExaminer().look)


def test_a_journal_is_kept_on_a_phone(surf: Surf, house: Stage) -> None:
    page = at_the_desk(surf, house.hire("li"), width=360)
    page.goto("/mine/journal/")
    says(page, "#worth", "约六成二", "据称")
    found = faults(page)
    follow(page, "a[href='/mine/journal/new/']")
    page.set_input_files("#id_file", [PICTURE])
    page.fill("#id_text", "打包、贴单、装车。")
    page.check("input[name=sort][value=shipment]")
    found += faults(page)
    follow(page, "main form button[type=submit]")
    says(page, "main", "打包.png", "几秒内会进入公开日志")
    log().tick()
    page.reload()
    says(page, "main", "公开日志第", "保存证明")
    found += faults(page)
    page.click("details.folded summary")
    page.fill("#id_reason", "写重了。")
    follow(page, "details.folded button[type=submit]")
    says(page, "main", "划去", "写重了。")
    found += faults(page)
    page.goto("/mine/journal/import/")
    page.set_input_files("#id_table", [TABLE])
    follow(page, "main form button[type=submit]")
    says(page, "#wrong-lines", "第 3 行", "2026-11-21 14:05")
    found += faults(page)
    page.set_input_files("#id_table", [MENDED])
    follow(page, "main form[enctype] button[type=submit]")
    follow(page, "button[name=read]")
    says(page, "main", "已存证 2 行", "表格导入")
    offers(page, ".case-lines li", times=3)
    assert found + faults(page) == []
