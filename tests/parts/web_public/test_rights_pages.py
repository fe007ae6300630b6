"""A notice, its counter-notice and the register, on the pages of both sides and the desk."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.stories.files_of import PNG
from tests.stories.rights import (
    COUNTER,
    HOLDER,
    HOLDERS_ID,
    HOLDERS_MAIL,
    NOTICE,
    SELLER,
    SELLERS_ID,
    Rights,
    china,
)
from tests.stories.stage import Stage, show_on_pages, stage_on_postgres

from gongdao.domain.counter_notices.model import Stage as Where
from gongdao.domain.flows.notice_takedown import RightsReceipt
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId
from gongdao.storage.models import Account

pytestmark = pytest.mark.django_db


@pytest.fixture
def stage(db: None, monkeypatch: pytest.MonkeyPatch) -> Stage:
    made = stage_on_postgres(china(9, 29, 10))
    show_on_pages(made, monkeypatch)
    return made


def file(name: str = "登记证书.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, PNG, "image/png")


def text(answer: Any) -> str:
    return str(answer.content.decode())


def fill(client: Client) -> Any:
    """Every page of the form, up to the check."""
    client.post("/notice/new/", {"right": NOTICE.right})
    client.post(
        "/notice/new/content/",
        {"items": "\n".join(NOTICE.items), "account": "lu_shop", "statement": NOTICE.statement},
    )
    proofs = {f"proof_{code}": said for code, said in NOTICE.proofs.items()}
    client.post("/notice/new/evidence/", {**proofs, "file": file()})
    who = {
        "party": "person",
        "name": HOLDER,
        "number": HOLDERS_ID,
        "contact": HOLDERS_MAIL,
    }
    return client.post("/notice/new/who/", who)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_whole_way_on_the_pages(stage: Stage, language: str) -> None:
    client = Client(headers={"Accept-Language": language})
    assert client.get("/notice/").status_code == 200
    assert fill(client)["Location"] == "/notice/new/check/"
    seen = client.get("/notice/new/check/")
    assert HOLDERS_ID in text(seen)
    assert client.post("/notice/new/check/", {}).status_code == 400
    sent = client.post("/notice/new/check/", {"bona_fide": "on"})
    code = re.fullmatch(r"/notice/([^/]+)/\?sent=1", sent["Location"])
    assert code is not None
    assert code[1] in text(client.get(sent["Location"]))
    (entry,) = stage.records.rights_notices.latest(5)
    given = RightsReceipt(entry.now.id, entry.now.number, code[1], entry.first_leaf)
    matter = Rights(stage, given).accept()

    counters(client, stage, matter)
    shows_a_suit(client, stage, matter, code[1])


def counters(client: Client, stage: Stage, matter: Rights) -> None:
    """Whom it concerns reads the notice and answers."""
    theirs = _code_of(stage, matter, "measure")
    page = text(client.get(f"/notice/{theirs}/"))
    assert HOLDER in page
    assert HOLDERS_ID not in page
    assert matter.now.delivered_at is not None
    form = {
        "statement": COUNTER.statement,
        "party": "person",
        "name": SELLER,
        "number": SELLERS_ID,
        "contact": COUNTER.contact,
        "bona_fide": "on",
        **{f"proof_{c}": said for c, said in COUNTER.proofs.items()},
    }
    counter = f"/notice/{theirs}/counter/evidence/"
    assert client.get(counter).status_code == 200
    assert client.post(counter, form).status_code == 400  # no file
    assert client.post(counter, {**form, "file": file("合同.png")}).status_code == 302
    assert matter.at(Where.COUNTERED)


def shows_a_suit(client: Client, stage: Stage, matter: Rights, code: str) -> None:
    """The right holder reads the answer, by which it arrives, and sues."""
    stage.clock.go_to(china(9, 30, 9))
    mine = text(client.get(f"/notice/{code}/"))
    assert SELLER in mine
    assert SELLERS_ID not in mine
    assert matter.at(Where.WAITING)
    bring = f"/notice/{code}/prove/evidence/"
    assert client.get(bring).status_code == 200
    said = {"proceeding": "suit", "text": "某区人民法院（2026）民初1号"}
    assert client.post(bring, said).status_code == 400  # without its document
    assert client.post(bring, {**said, "file": file("受理.png")}).status_code == 302
    assert matter.at(Where.STAYS)


def test_the_register_has_nobody_in_it(stage: Stage) -> None:
    matter = Rights(stage).waiting()
    stage.clock.go_to(china(10, 16))
    stage.app.passing.tick()
    client = Client(headers={"Accept-Language": "en"})
    pages = [text(client.get(f"/register{ending}")) for ending in ("/", ".csv", ".json")]
    pages.append(text(client.get("/api/v1/rights-register")))
    hidden = [
        HOLDER, HOLDERS_ID, HOLDERS_MAIL, SELLER, SELLERS_ID, COUNTER.contact, "lu_shop",
        NOTICE.statement, COUNTER.statement, *NOTICE.items, *NOTICE.proofs.values(),
        *COUNTER.proofs.values(), "登记证书", matter.now.notifier, str(matter.now.respondent),
    ]  # fmt: skip
    for page in pages:
        assert matter.now.number in page
        assert [each for each in hidden if each in page] == []
    assert "Everything is restored" in pages[0]


def test_staff_judge_on_the_desk_and_others_find_nothing(stage: Stage, client: Client) -> None:
    matter = Rights(stage).give()
    url = f"/desk/rights/{matter.id}/"
    ana = stage.hire("ana", Role.REVIEWER).person
    client.force_login(Account.objects.get(party_id=str(ana)))
    assert matter.receipt is not None
    assert matter.receipt.number in text(client.get("/desk/rights/"))
    assert HOLDERS_ID in text(client.get(url))
    assert client.post(f"{url}accept/", {"accept-measure": "hide"}).status_code == 400
    said = {"accept-measure": "hide", "accept-account": "lu_shop", "accept-reasons": "材料齐全。"}
    assert client.post(f"{url}accept/", said).status_code == 302
    assert matter.now.judged_by == ana
    assert client.post(f"{url}accept/", said).status_code == 404
    assert Client().get(url).status_code == 302  # to sign in
    assert Client().get("/notice/AAAA-BBBB-CCCC-DDDD-EEEE/").status_code == 404


def _code_of(stage: Stage, matter: Rights, template: str) -> str:
    found = [n for n in stage.notices(CaseId(matter.id)) if n.template.endswith(template)]
    body = stage.records.opened(found[-1].zh.body)
    return body.partition("/notice/")[2][:24]
