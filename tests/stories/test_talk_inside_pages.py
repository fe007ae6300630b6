"""The pages on which a reporter and a respondent of a case here talk, in both languages."""

import json
from html import unescape
from typing import Any

import pytest
from django.test import Client
from tests.stories.reporters_names import identity_of, names_of
from tests.stories.stage import REASONS, Stage, show_on_pages
from tests.stories.talks_inside import NEUTRAL, SUBJECT, THEIRS

from gongdao.domain.intake.model import CaseStage
from gongdao.domain.kernel.events import Role
from gongdao.storage.models import Account

CONTACT = "zhang.san@example.org"
WORDS = "他在我的评论下面骂人，已经三天了。"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_they_settle_on_the_pages_and_nothing_gives_the_reporter_away(
    postgres: Stage, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    show_on_pages(postgres, monkeypatch)
    ana = postgres.hire("ana", Role.REVIEWER)
    receipt = postgres.accepted(ana, contact=CONTACT, statement=WORDS)
    ours, theirs = (Client(headers={"accept-language": language}) for _ in range(2))
    at = f"/track/{receipt.code}/talk/"
    assert ours.get(at).status_code == 404
    postgres.app.investigating.request_answer(receipt.case, REASONS, ana)
    li_si = postgres.account("li_si").person
    assert li_si is not None
    code = postgres.records.codes.issue(receipt.case, li_si)
    assert theirs.get(f"/appeal/{code}/talk/").status_code == 404
    assert theirs.post(f"/appeal/{code}/talk/", {"name": "x", "subject": "y"}).status_code == 404
    assert at in ours.get(f"/track/{receipt.code}/").content.decode()
    assert ours.get(at).status_code == 200
    told = ours.post(at, {"name": CONTACT, "subject": SUBJECT})
    assert told.status_code == 409
    assert "settlement.names_you" in told.content.decode()
    opened = ours.post(at, {"name": NEUTRAL, "subject": SUBJECT})
    assert opened.status_code == 302
    page = opened.headers["location"]
    door = page.replace(f"/track/{receipt.code}/", f"/appeal/{code}/")
    assert ours.get(at).headers["location"] == page
    read = [theirs.get(f"/appeal/{code}/", follow=True), theirs.get(door)]
    assert door.removesuffix("/").rpartition("/")[0] in read[0].content.decode()
    assert theirs.post(door, {"do": "come", "name": THEIRS}).status_code == 302
    warned = ours.post(page, {"do": "say", "text": "请打 13800138000。"})
    assert warned.status_code == 409
    assert 'name="sure"' in warned.content.decode()
    assert ours.post(page, {"do": "say", "text": "您好，我们谈谈吧。"}).status_code == 302
    bought = {"do": "say", "text": "我给您五百元，您撤回举报。"}
    assert theirs.post(door, bought).status_code == 409
    offer = {"do": "offer", "kind_1": "apology", "by_1": "invited", "text_1": "公开道歉。",
             "days": "3", "signed": THEIRS}  # fmt: skip
    assert theirs.post(door, offer).status_code == 302
    assert ours.post(page, {"do": "accept", "offer": "1", "signed": NEUTRAL}).status_code == 302
    assert theirs.post(door, {"do": "perform", "item": "1", "proof": "已道歉。"}).status_code == 302
    assert ours.post(page, {"do": "confirm", "item": "1"}).status_code == 302
    assert f"/track/{receipt.code}/withdraw/" in ours.get(page).content.decode()
    files = [each.get(f"{at}settlement.json") for each, at in ((ours, page), (theirs, door))]
    assert json.loads(files[0].content) == json.loads(files[1].content)
    assert theirs.get(f"{door}settlement.pdf").content.startswith(b"%PDF")
    assert ours.post(f"/track/{receipt.code}/withdraw/", {"text": ""}).status_code == 302
    assert postgres.case(receipt.case).stage is CaseStage.WITHDRAWN
    done = {"do": "close", "withdrawn_by": "complainant"}
    assert ours.post(page, done).status_code == 302
    assert theirs.post(door, {"do": "close"}).status_code == 404
    read += [theirs.get(door), files[1], warned_of(theirs, door)]
    identity = identity_of(postgres, receipt, WORDS, names_of(CONTACT))
    seen = unescape("\n".join(each.content.decode() for each in read))
    assert NEUTRAL in seen
    assert identity.found_in(seen) == []


def warned_of(client: Client, door: str) -> Any:
    """What somebody is told whose step was refused."""
    return client.post(door, {"do": "say", "text": "x"})


def test_by_other_doors_there_is_nothing(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    show_on_pages(postgres, monkeypatch)
    ana = postgres.hire("ana", Role.REVIEWER)
    receipt = postgres.accepted(ana)
    postgres.app.investigating.request_answer(receipt.case, REASONS, ana)
    reporter = postgres.app.files.by_code(receipt.code)[1]
    inside = postgres.app.disputes.talks_inside
    talk = inside.open(receipt.case, NEUTRAL, SUBJECT, reporter)
    other = postgres.report(account="wang_wu")
    staff = Client()
    staff.force_login(Account.objects.get(name="ana"))
    li_si = Client()
    party = postgres.account("li_si").person
    li_si.force_login(Account.objects.create_user("l@example.org", name="l", party_id=party))
    mine = f"/mine/{receipt.case}/talk/"
    assert li_si.get(mine).headers["location"] == f"{mine}{talk}/"
    assert li_si.get(f"{mine}{talk}/").status_code == 200
    assert li_si.get(f"{mine}{receipt.case}/").status_code == 404
    for client, address in (
        (staff, mine), (staff, f"{mine}{talk}/"), (Client(), f"{mine}{talk}/settlement.json"),
        (Client(), f"/track/{other.code}/talk/{talk}/"),
        (Client(), f"/track/{other.code}/talk/{talk}/settlement.json"),
        (Client(), f"/appeal/AAAA-BBBB-CCCC-DDDD-EEEE/talk/{talk}/"),
    ):  # fmt: skip
        assert client.get(address).status_code in {302, 404}
        assert SUBJECT not in client.get(address, follow=True).content.decode()
    desk = staff.get(f"/desk/{receipt.case}/", follow=True).content.decode()
    assert SUBJECT not in desk
    assert talk not in desk
