"""A chat is pasted and read as one reads it; a copy of it hides what was ticked."""

from tests.browser.conftest import Surf
from tests.browser.desks import at_the_desk
from tests.browser.steps import follow, says
from tests.browser.test_public_pages import faults
from tests.fakes.looks import ReaderInHere
from tests.stories.stage import Stage

from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.flows.reading_files import ReadFileAt
from gongdao.domain.kernel.events import Role

CHAT = """聊天记录
阿杰 2026-11-03 21:03
加我 13800138000，转你 ¥128.00，订单编号：2026110312345678
老陈 2026-11-03 21:05
好，地址是云溪市临江区梧桐路 18 号 3 单元 402
阿杰 2026-11-03 21:04
收货人：陈小明
11月4日 08:00 小李
谁的？
"""


def test_a_chat_is_pasted_read_and_copied_without_what_is_hidden(surf: Surf, house: Stage) -> None:
    ana = house.hire("ana", Role.REVIEWER)
    case = house.accepted(ana, house.account("zhang_san")).case
    page = at_the_desk(surf, ana, language="zh-hans", width=360, scheme="dark")
    page.goto(f"/desk/{case}/evidence/")
    page.click("details.field > summary")
    page.fill("#id_chat", CHAT)
    assert faults(page) == []
    follow(page, "form[data-upload] button[type=submit]")
    [exhibit] = house.app.exhibiting.of_case(case, ana)
    read = ReadFileAt(house.records, ReaderInHere())
    read({"exhibit": exhibit.id}, last=False)
    page.goto(f"/desk/{case}/evidence/{exhibit.id}/")
    says(page, ".chat", "阿杰", "2026-11-03 21:03", "13800138000")
    assert page.locator(".chat-said").count() == 4
    assert faults(page) == []
    page.goto(f"/desk/{case}/evidence/{exhibit.id}/findings/")
    page.fill("#passages", "收货人")
    assert faults(page) == []
    follow(page, "#hide-form button[type=submit]")
    made = house.app.exhibiting.open(exhibit.id, ana).made
    assert made[-1].what is Derivative.REDACTED
    copy = b"".join(house.records.files.read(made[-1].file.sha256)).decode()
    assert [word for word in ("13800138000", "收货人", "陈小明", "梧桐路") if word in copy] == []
    assert "2026110312345678" in copy, "a number is offered, and hidden only when it is ticked"
