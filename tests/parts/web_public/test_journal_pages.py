"""A journal on its pages and by the API, to the proof that `gongdao verify` reads."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.fakes.vault import HeadExaminer
from tests.stories.files_of import PNG
from tests.stories.http_teller import API, HttpTeller

from gongdao import bootstrap
from gongdao.adapters import chance
from gongdao.bootstrap import offline
from gongdao.bootstrap.journaling import allow_entry, journals
from gongdao.bootstrap.public_log import log
from gongdao.domain.evidence.checked import Outcome
from gongdao.domain.kernel.clock import CHINA
from gongdao.storage.models import SealedText
from gongdao.storage.rebuild import differences

pytestmark = pytest.mark.django_db

HERE = "/mine/journal/"
WORDS = "打包、贴单、装车，商品完好。"


@pytest.fixture(autouse=True)
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tell files by their first bytes: opening them for good is another test's."""
    monkeypatch.setattr(type(bootstrap.app().records.examiner), "look", HeadExaminer().look)


@pytest.fixture
def sign_in() -> Callable[..., Client]:
    def signed_in(name: str, *roles: str) -> Client:
        party = bootstrap.app().records.parties.by_account(name)
        account = get_user_model().objects.create_user(
            f"{name}@example.org", name=name, party_id=party, roles=list(roles)
        )
        client = Client(headers={"Accept-Language": "en"})
        client.force_login(account)
        return client

    return signed_in


def write(client: Client, **given: Any) -> str:
    """Write an entry on the page; its address."""
    body = {"sort": "shipment", "day": "2026-01-05", "time": "16:00", "text": WORDS, **given}
    answer = client.post(f"{HERE}new/", body)
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def said(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_entry_is_written_proven_and_taken_along(
    sign_in: Callable[..., Client], tmp_path: Path
) -> None:
    me = sign_in("li_si")
    assert "Your journal is empty" in said(me, HERE)
    entry = write(me, file=SimpleUploadedFile("打包.png", PNG, "image/png"))
    page = said(me, entry)
    assert WORDS in page
    assert "within seconds" in page
    assert me.get(f"{entry}proof-1.json").status_code == 404

    log().tick()
    assert "of the public log" in said(me, entry)
    proof = tmp_path / "proof.json"
    proof.write_bytes(me.get(f"{entry}proof-1.json").content)
    (tmp_path / "打包.png").write_bytes(PNG)
    trust = offline.trust(None, [str(key) for key in log().keys.public()], [], None)
    lines = offline.check_record(proof, [], trust, None).lines
    assert [line for line in lines if line.outcome is Outcome.FAILED] == []
    proven = {line.check.value for line in lines if line.outcome is Outcome.PROVEN}
    assert proven >= {"records", "texts", "exhibits", "log"}
    changed = json.loads(proof.read_text())
    changed["texts"][0]["text"] += "!"
    proof.write_text(json.dumps(changed))
    lines = offline.check_record(proof, [], trust, None).lines
    assert [line.check.value for line in lines if line.outcome is Outcome.FAILED] == ["texts"]

    sent = me.get(f"{HERE}export.zip").getvalue()
    with zipfile.ZipFile(io.BytesIO(sent)) as archive:
        names = sorted(name.split("/")[0] for name in archive.namelist())
        assert names == ["files", "journal.csv", "proofs"]
        (named,) = [name for name in archive.namelist() if name.startswith("proofs/")]
        assert archive.read(named) == me.get(f"{entry}proof-1.json").content
        (row,) = csv.DictReader(archive.read("journal.csv").decode("utf-8-sig").splitlines())
    assert (row["when"], row["kind"], row["text"]) == (
        "2026-01-05T16:00:00+08:00", "shipment", WORDS,
    )  # fmt: skip
    assert list(differences(bootstrap.app().reweighing.weighing, lambda _: None)) == []


def test_an_entry_is_corrected_struck_and_filtered(sign_in: Callable[..., Client]) -> None:
    me = sign_in("li_si")
    entry = write(me)
    later = write(me, text="是五点。")
    answer = me.post(f"{HERE}new/?corrects={entry.split('/')[-2]}",
                     {"sort": "backup", "day": "", "time": "", "text": "其实是备份。"})  # fmt: skip
    assert answer.status_code == 302
    assert "A later entry corrects this one" in said(me, entry)
    assert me.post(f"{later}strike/", {"reason": " "}).status_code == 400
    assert me.post(f"{later}strike/", {"reason": "写重了。"}).status_code == 302
    assert "写重了。" in said(me, later)
    assert "struck out" in said(me, HERE)
    month = f"{chance.now().astimezone(CHINA):%Y-%m}"
    shown = said(me, f"{HERE}?kind=backup&month={month}")
    assert "其实是备份。" in shown
    assert WORDS not in shown
    assert "Nothing of this kind" in said(me, f"{HERE}?kind=backup&month=2026-01")
    future = chance.now() + timedelta(days=2)
    wrong = me.post(f"{HERE}new/", {"sort": "backup", "day": f"{future:%Y-%m-%d}", "text": "x",
                                    "file": SimpleUploadedFile("a.png", PNG)})  # fmt: skip
    assert wrong.status_code == 400
    assert 'name="upload"' in wrong.content.decode(), "what was sent is not sent again"


def test_a_table_is_looked_at_and_then_read_in(sign_in: Callable[..., Client]) -> None:
    me = sign_in("li_si")
    table = "时间,类别,内容,单号\n2026-01-05,发货,装车,SF1\n2026-01-06,备份,两份,\n"

    def look(content: str) -> str:
        file = SimpleUploadedFile("t.csv", content.encode("gb18030"), "text/csv")
        answer = me.post(f"{HERE}import/", {"sort": "other", "table": file})
        assert answer.status_code == 200, answer.content.decode()
        return answer.content.decode()

    page = look(table + "never,备份,x\n")
    assert "Line 4" in page
    assert 'name="read"' not in page
    page = look(table)
    assert "单号" in page
    token = page.split('name="table" value="')[1].split('"')[0]
    read = {"sort": "other", "table": token, "read": "yes"}
    assert me.post(f"{HERE}import/", read).status_code == 302
    assert me.post(f"{HERE}import/", read).status_code == 400, "it is read in once"
    assert said(me, HERE).count("from a table") == 2
    assert "in your journal already" in look(table)
    assert me.post(f"{HERE}import/", {"sort": "other"}).status_code == 400


def test_nobody_else_finds_it_and_what_is_erased_is_gone(
    sign_in: Callable[..., Client],
) -> None:
    me, other, staff = sign_in("li_si"), sign_in("wang"), sign_in("ana", "operator", "auditor")
    entry = write(me)
    log().tick()
    for client in (other, staff):
        for path in (entry, f"{entry}proof-1.json", f"{HERE}new/?corrects={entry.split('/')[-2]}"):
            assert client.get(path).status_code == 404
        assert client.post(f"{entry}strike/", {"reason": "x"}).status_code == 404
        assert client.post(f"{entry}attach/", {"case": "x"}).status_code in {400, 404}
        assert WORDS not in said(client, HERE)
    assert Client().get(entry).status_code == 302
    person = bootstrap.app().records.parties.known("li_si")
    SealedText.objects.filter(about=person).delete()
    assert WORDS not in said(me, entry)
    held = json.loads(me.get(f"{entry}proof-1.json").content)
    assert (held["texts"], WORDS in held["record"]) == ([], False)


def test_a_program_keeps_a_journal_too(sign_in: Callable[..., Client]) -> None:
    me = sign_in("li_si")

    def post(path: str, **body: Any) -> Any:
        return me.post(f"{API}/journal{path}", body, content_type="application/json")

    made = post("", kind="devices", happened="2026-01-05", text="手机一台。").json()
    assert (made["day_only"], made["place"]) == (True, None)
    log().tick()
    assert me.get(f"{API}/journal/{made['id']}").json()["place"] is not None
    proof = me.get(f"{API}/journal/{made['id']}/proof").json()
    assert proof["inclusion"]["leaf"] == made["leaf"]
    table = "when,text\n2026-01-06,x\nnever,y\n"
    seen = post("/import", table=table, preview=True).json()
    assert [(w["line"], w["code"]) for w in seen["wrong"]] == [(3, "journal.bad_moment")]
    assert post("/import", table=table).json()["code"] == "journal.lines_are_wrong"
    kept = post("/import", table="when,text\n2026-01-06,x\n").json()
    assert (kept["kept"], kept["new"]) == (True, 1)
    sent = bootstrap.app().uploading
    token = sent.begin("t.csv", 40, None, None)
    assert post("/import", upload=token).json()["code"] == "upload.unknown", "half a table"
    plain = b"when,text\n2026-01-07,z\n"
    token = sent.send_whole("t.csv", len(plain), [plain], None, None)
    assert post("/import", upload=token).json()["new"] == 1
    listed = me.get(f"{API}/journal?month=2026-01").json()
    assert (len(listed["entries"]), listed["used"]) == (3, 3)
    assert post(f"/{made['id']}/strike", reason="x").status_code == 201
    log().tick()
    assert me.get(f"{API}/journal/{made['id']}/proof?step=2").json()["files"] == []
    assert me.get(f"{API}/journal/export").status_code == 200


def test_who_writes_too_fast_is_told_to_wait(sign_in: Callable[..., Client]) -> None:
    me = sign_in("li_si")
    for _ in range(journals().policy().limits.per_minute):
        allow_entry("127.0.0.1")
    answer = me.post(f"{HERE}new/", {"sort": "backup", "day": "2026-01-05", "text": "x"})
    assert answer.status_code == 400
    assert "Try again in" in answer.content.decode()
    kept = me.post(f"{API}/journal", {"text": "x"}, content_type="application/json")
    assert kept.status_code == 429


def test_an_entry_goes_into_a_case_of_mine_from_its_page(sign_in: Callable[..., Client]) -> None:
    me = sign_in("li_si")
    entry = write(me)
    log().tick()
    teller = HttpTeller()
    for turn in (teller.report, teller.accept, teller.decide):
        turn()
    page = said(me, entry)
    case = teller.receipt["case"]
    assert case in page
    assert me.post(f"{entry}attach/", {"case": case}).status_code == 302
    assert me.post(f"{entry}attach/", {"case": case}).status_code == 400
    mine = said(me, f"/mine/{case}/evidence/")
    assert "journal-2026-01-05.txt" in mine
    assert f'href="{HERE}"' in mine
    staff = Client(headers={"Accept-Language": "en"})
    staff.force_login(get_user_model().objects.get(email="ana@staff.example"))
    (brought,) = teller.ana.get(f"/cases/{case}/evidence")
    seen = said(staff, f"/desk/{case}/evidence/{brought['id']}/")
    assert "recorded" in seen
    assert "of the public log" in seen
    origin = teller.ana.get(f"/evidence/{brought['id']}")["origin"]
    assert origin["journal"]["place"] is not None


def test_what_is_far_too_large_for_a_table_is_refused_before_it_is_read(
    sign_in: Callable[..., Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    me = sign_in("li_si")
    assert me.post(f"{HERE}import/", {"read": "1", "sort": "other"}).status_code == 400
    sent = SimpleNamespace(place="nowhere", size=200 * 1024**2, received=200 * 1024**2)
    uploading = type(bootstrap.app().uploading)
    monkeypatch.setattr(uploading, "status", lambda _self, _token: sent)
    answer = me.post(f"{HERE}import/", {"read": "1", "sort": "other", "table": "theirs"})
    assert (answer.status_code, "4 MB" in answer.content.decode()) == (400, True)
