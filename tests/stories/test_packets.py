"""The packet of a case: made for each chair, the same each time, and provable without us."""

import base64
import hashlib
import io
import json
import struct
import zipfile
from contextlib import nullcontext
from pathlib import Path
from typing import Any
from unittest import mock
from uuid import uuid4

import pikepdf
import pypdfium2
import pytest
from django.core.signing import TimestampSigner
from django.db import connection
from django.test import Client
from tests.fakes.practice_tsa import PracticeTsa
from tests.fakes.vault import MemoryFiles
from tests.stories.files_of import PNG, brought
from tests.stories.stage import Stage, refused, show_on_pages
from typer.testing import CliRunner

from gongdao.adapters import packet_paper, packet_zip
from gongdao.adapters.signatures import signed_with
from gongdao.adapters.timestamps import request
from gongdao.bootstrap import packet_handing, packets
from gongdao.bootstrap.public_log import log, tokens
from gongdao.cli.main import app as command_line
from gongdao.domain.access.model import Caller
from gongdao.domain.evidence import inclusion
from gongdao.domain.evidence.exhibits import Derivative
from gongdao.domain.evidence.packets import PacketSignature, record_leaf
from gongdao.domain.evidence.packing import Wanted, moment
from gongdao.domain.flows import packing_texts
from gongdao.domain.kernel.errors import BadInput, NotFound, PeerFailed
from gongdao.domain.kernel.events import Role
from gongdao.domain.kernel.ids import CaseId, Digest
from gongdao.domain.notices.model import Reader
from gongdao.storage import codec
from gongdao.storage.log_covering import Covering
from gongdao.storage.models import Account


@pytest.fixture
def house(postgres: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    show_on_pages(postgres, monkeypatch)
    return postgres


@pytest.fixture
def ana(house: Stage) -> Caller:
    return house.hire("ana", Role.REVIEWER)


@pytest.fixture
def case(house: Stage, ana: Caller) -> CaseId:
    """Both sides brought something, it was decided, and the respondent appealed."""
    decision = house.decided(ana, caller=house.account("zhang_san"))
    case = house.decision(decision).case
    brought(house, case, house.account("zhang_san"), name="zhang_san 的截屏.png")
    brought(house, case, house.account("li_si"), PNG + b"theirs", "说明.png")
    house.appealed(decision)
    return case


def made(case: CaseId, caller: Caller, wanted: Wanted | None = None) -> dict[str, bytes]:
    """The files of a packet by their paths within its folder."""
    ready = packets.make(case, caller, wanted or Wanted())
    whole = b"".join(ready.pieces())
    assert len(whole) == ready.size
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        assert held.testzip() is None
        return {name.partition("/")[2]: held.read(name) for name in held.namelist()}


def table(files: dict[str, bytes]) -> Any:
    return json.loads(files["data/packet.json"])


def test_whoever_has_it_can_prove_all_of_it_with_hashes_and_signatures_alone(
    case: CaseId, ana: Caller
) -> None:
    files = made(case, ana)
    hashes_hold(files)
    records_are_in_the_log(files)
    said = json.loads(files["signature.json"])
    signature = PacketSignature(**said)
    public, value = map(base64.b64decode, (signature.public_key, signature.signature))
    assert signed_with(public, value, signature.signed_bytes())
    assert signature.tagmanifest == hashlib.sha256(files["tagmanifest-sha256.txt"]).hexdigest()
    is_pdf_a(files["data/packet.pdf"])
    assert "案件材料包" in text_of(files["data/packet.pdf"])


def hashes_hold(files: dict[str, bytes]) -> None:
    """Every file is named by a manifest, and is what it says."""
    for name, below in (("manifest-sha256.txt", True), ("tagmanifest-sha256.txt", False)):
        lines = [line.split("  ") for line in files[name].decode().splitlines()]
        listed = {path: digest for digest, path in lines}
        assert {p: hashlib.sha256(files[p]).hexdigest() for p in listed} == listed
        apart = {"tagmanifest-sha256.txt", "signature.json"}
        assert set(listed) == {p for p in files if p.startswith("data/") is below} - apart


def records_are_in_the_log(files: dict[str, bytes]) -> None:
    """Each record's hash is its leaf, each text's stands in its record, each leaf is in the log."""
    found = table(files)
    for record in found["records"]:
        assert record_leaf(files[record["path"]]) == record["leaf"]
    for text in found["texts"]:
        if text["salt"] is None:
            assert "▇▇" in text["text"]
            continue
        digest = hashlib.sha256(bytes.fromhex(text["salt"]) + text["text"].encode()).hexdigest()
        assert digest == text["digest"]
        assert digest.encode() in files[f"data/records/{text['leaf']}.record"]
    proof = json.loads(files["data/proofs/log.json"])
    for entry in proof["entries"]:
        one = {**proof, **entry, "format": "gongdao.inclusion.v1"}
        inclusion.check(inclusion.read(one), [], [], signed_with)
    assert {entry["leaf"] for entry in proof["entries"]} == {r["leaf"] for r in found["records"]}


def is_pdf_a(content: bytes) -> None:
    """No validator is at hand here: what is looked at is what the file says of itself."""
    with pikepdf.open(io.BytesIO(content)) as document:
        with document.open_metadata() as said:
            assert said.pdfa_status == "2B"
        things = [each for each in document.objects if isinstance(each, pikepdf.Dictionary)]
        described = [each for each in things if each.get("/Type") == "/FontDescriptor"]
        assert described
        assert all("/FontFile3" in each or "/FontFile2" in each for each in described)


def test_the_same_state_gives_the_same_bytes(house: Stage, case: CaseId, ana: Caller) -> None:
    first = made(case, ana)
    house.decided(ana)  # another case goes on, and so does the log
    log().tick()
    house.clock.pass_(days=3)
    log().thin(house.clock())
    with connection.cursor() as cursor:  # as if all of its checkpoints were thinned out
        cursor.execute(
            "delete from log_checkpoint where size < (select max(size) from log_checkpoint)"
        )
    assert made(case, ana) == first
    notes = [(n.event.by.person, n.event.made_for, n.event.digest) for n in packets.makings(case)]
    digest = hashlib.sha256(first["tagmanifest-sha256.txt"]).hexdigest()
    assert notes == [(ana.person, "staff", digest)] * 2
    brought(house, case, house.account("li_si"), PNG + b"more")
    assert moment(packets.packing().gather(case, ana, Wanted()).as_of) > table(first)["as_of"]


def test_invariant_3_no_byte_of_a_respondents_packet_gives_the_reporter_away(
    house: Stage, case: CaseId, ana: Caller
) -> None:
    reporter, respondent = house.account("zhang_san"), house.account("li_si")
    theirs = house.app.exhibiting.of_case(case, reporter)[0]
    own = house.app.exhibiting.of_case(case, respondent)[0]
    assert theirs.file is not None
    copy = house.app.exhibiting.derive(
        theirs.id, Derivative.REDACTED, b"blackened", "image/png", "one box painted"
    )
    house.app.exhibiting.release(theirs.id, copy, ana)
    files = made(case, respondent, Wanted(originals=True))
    everything = b"".join([*files.values(), *(p.encode() for p in files)])
    everything += text_of(files["data/packet.pdf"]).encode()
    leaves = [kept.leaf for kept in packets.packing().shelf.events([case, theirs.id, own.id])]
    for secret in (
        "zhang_san",
        reporter.person,
        theirs.id,
        theirs.file.sha256,
        "他在评论里",
        *leaves,
    ):
        assert str(secret).encode() not in everything, secret
    found = table(files)
    assert (found["records"], found["proofs"]["log"]) == ([], None)
    assert [e["number"] for e in found["exhibits"]] == [1, 0], "no gap tells of another file"
    assert files["data/exhibits/released-1/redacted-0.png"] == b"blackened"
    assert files["data/exhibits/01/original.png"] == b"".join(
        house.records.files.read(own.file.sha256 if own.file else Digest(""))
    )


def test_a_reporters_packet_proves_their_own_report_and_shows_no_other(
    house: Stage, case: CaseId
) -> None:
    reporter, respondent = house.account("zhang_san"), house.account("li_si")
    house.report(house.account("wang_wu"), subject_ref="post-81", statement="我也看到了。")
    files = made(case, reporter)
    found = table(files)
    assert [r["leaf"] for r in found["records"]] == [
        house.app.files.open(case, reporter).reports[0].leaf
    ]
    everything = b"".join(files.values()) + text_of(files["data/packet.pdf"]).encode()
    for secret in ("我也看到了", "wang_wu", respondent.person, "说明.png", "请看这条评论"):
        assert str(secret).encode() not in everything, secret


def test_staff_hand_on_nothing_that_may_show_who_reported(
    house: Stage, case: CaseId, ana: Caller
) -> None:
    files = made(case, ana, Wanted(originals=True))
    everything = b"".join(files.values()) + text_of(files["data/packet.pdf"]).encode()
    assert b"zhang_san" not in everything
    assert PNG not in files.values()
    first, second = table(files)["exhibits"]
    assert [f["path"] for f in first["files"]] == [None, None, None]
    assert "data/exhibits/02/original.png" in files
    assert second["name"] == "说明.png"
    exhibit = house.app.exhibiting.of_case(case, ana)[0].id
    house.app.exhibiting.derive(exhibit, Derivative.REDACTED, b"blackened", "image/png", "a box")
    gathered = packets.packing().gather(case, ana, Wanted())
    given = [payload.path for payload in gathered.exhibits[0].payloads]
    assert given == ["data/exhibits/01/redacted-3.png"]


def test_a_text_says_nothing_to_the_typesetter_and_what_no_font_has_stands_as_its_number(
    house: Stage, ana: Caller
) -> None:
    written = '#panic("x") *b* $a$ <l> @r \\u{41} 😀👨‍👩‍👧 𠮷野家 \u202e end'
    receipt = house.report(house.account("zhang_san"), snapshot=written)
    files = made(receipt.case, ana, Wanted(language="en"))
    assert "Packet of a case" in text_of(files["data/packet.pdf"])
    shown = text_of(files["data/packet.pdf"]).replace("\n", "").replace("\r", "")
    assert '#panic("x") *b* $a$ <l> @r \\u{41} 〔U+1F600〕' in shown
    assert "〔U+20BB7〕野家" in shown
    assert "〔U+202E〕" in shown
    left = table(files)["left_out"]
    assert {"what": "characters", "why": "no_glyph"} in left
    assert written in [text["text"] for text in table(files)["texts"]]


def test_a_file_that_changed_in_the_store_is_named_and_not_handed_out(
    house: Stage, case: CaseId
) -> None:
    respondent = house.account("li_si")
    mark = house.app.exhibiting.of_case(case, respondent)[0].view
    assert mark is not None
    assert isinstance(house.records.files, MemoryFiles)
    house.records.files.kept[mark.sha256] = b"another"
    with refused("packet.file_changed", digest=mark.sha256):
        packets.make(case, respondent, Wanted())
    with pytest.raises(NotFound):
        packets.make(case, house.account("wang_wu"), Wanted())


def test_a_zip_beyond_four_gigabytes_says_where_its_files_lie() -> None:
    large = [packet_zip.Entry(f"f/{name}", 3 * 1024**3, 1, "d") for name in "ab"]
    entries = [*large, packet_zip.entry_of("f/small", b"small")]
    directory = b"".join(packet_zip._directory(entries))
    at = packet_zip.size_of(entries) - len(directory) - len(b"small") - len("f/small") - 30
    assert struct.pack("<2HQ", 1, 8, at) in directory
    assert b"PK\x06\x06" in directory


def text_of(content: bytes) -> str:
    document = pypdfium2.PdfDocument(content)
    try:
        return "".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_on_the_pages_one_click_makes_it_and_a_link_fetches_it(
    house: Stage, case: CaseId, client: Client, tmp_path: Path
) -> None:
    senior = house.hire("sena", Role.SENIOR_REVIEWER)
    client.force_login(Account.objects.get(party_id=str(senior.person)))
    assert "制作材料包" in client.get(f"/desk/{case}/").content.decode()
    made_there = client.post(f"/desk/{case}/packet/", {"originals": "on"})
    assert made_there.status_code == 302
    answer = client.get(made_there["Location"])
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    whole = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert len(whole) == int(answer["Content-Length"])
    with zipfile.ZipFile(io.BytesIO(whole)) as held:
        assert f"gongdao-packet-{case}/data/packet.pdf" in held.namelist()
    assert client.get("/files/forged/packet/").status_code == 404
    assert client.post(f"/desk/{uuid4()}/packet/").status_code == 404

    tells_who_reported_for_a_reason(house, case, client)
    client.logout()
    assert client.post(f"/desk/{case}/packet/").status_code == 302
    at = f"/api/v1/cases/{case}/packet"
    assert client.post(at, "{}", content_type="application/json").status_code == 404
    at_the_command_line(case, tmp_path / "theirs.zip")


def tells_who_reported_for_a_reason(house: Stage, case: CaseId, client: Client) -> None:
    """Over the API, by a senior reviewer: the look is kept and told as any other."""
    why = {"ground": "authority_demand", "reason": "法院调查令（2026）沪01民初字第1号要求提供。"}
    sent = {"unmask": why, "language": "en"}
    at = f"/api/v1/cases/{case}/packet"
    answer = client.post(at, json.dumps(sent), content_type="application/json")
    said = answer.json()
    assert answer.status_code == 201, said
    assert "reporter" not in {each["what"] for each in said["left_out"]}
    fetched = client.get(said["url"].removeprefix(house.records.address))
    whole = b"".join(fetched.streaming_content)  # type: ignore[attr-defined]
    assert b"zhang_san" in whole, "the file's name, which was masked"
    assert house.told(case, Reader.REPORTER)[-1] == "identity_shown"
    listed = client.get(f"/api/v1/cases/{case}/packets").json()
    assert [(each["role"], each["unmasked"]) for each in listed] == [
        ("senior_reviewer", False),
        ("senior_reviewer", True),
    ]
    made(case, house.account("zhang_san"))
    last = client.get(f"/api/v1/cases/{case}/packets").json()[-1]
    assert (last["role"], last["person"]) == ("reporter", None)


def test_what_waits_for_its_link_lies_encrypted_and_a_swept_one_is_over(
    house: Stage, case: CaseId, ana: Caller
) -> None:
    secrets, files = house.app.secrets, house.records.files
    ready = packets.make(case, ana, Wanted())
    ticket = packet_handing.link(ready)
    sealed = TimestampSigner(salt="gongdao.packets").unsign(ticket)
    said = json.loads(secrets.decrypt(bytes.fromhex(sealed)) or "")
    lies = b"".join(files.staged(said["p"], said["s"]))
    assert "他在评论里".encode() in b"".join(ready.own.values())
    assert "他在评论里".encode() not in lies
    assert b"gongdao-packet" not in lies
    assert b"".join(packet_handing.fetched(ticket).pieces) == b"".join(ready.pieces())
    files.unstage(said["p"])
    files.stage(said["p"], 0, b"")
    with refused("packet.link_over", NotFound):
        packet_handing.fetched(ticket)


def at_the_command_line(case: CaseId, place: Path) -> None:
    """For another chair, and what was made so far."""
    with mock.patch("gongdao.cli.packet.use_installation", nullcontext):
        run = CliRunner().invoke(command_line, ["packet", case, "--list"])
        assert run.output.count("→ staff") == 2
        refusal = CliRunner().invoke(
            command_line, ["packet", case, "--for=reporter", "--reporter=2"]
        )
        assert isinstance(refusal.exception, BadInput)
        args = ["packet", case, "--for=respondent", f"--out={place}", "--lang=en", "--json"]
        said = json.loads(CliRunner().invoke(command_line, args).output)
        last = CliRunner().invoke(command_line, ["packet", case, "--list"]).output.splitlines()[-1]
    assert "operator" in last
    assert "→ respondent" in last
    assert (said["made_for"], said["bytes"]) == ("respondent", place.stat().st_size)


@pytest.mark.parametrize("kind", sorted(codec.KINDS))
def test_each_text_of_a_record_in_a_packet_is_opened_or_its_kind_stays_out(kind: str) -> None:
    if kind.partition(".")[0] not in {"case", "decision", "appeal", "interim", "exhibit"}:
        return
    fields = {n for n, hint in codec.KINDS[kind].__annotations__.items() if "Sealed" in str(hint)}
    opened = {each.partition(".")[0] for each in packing_texts._FIELDS.get(kind, ())}
    assert fields <= opened


def test_a_document_that_cannot_be_printed_is_refused_by_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(packet_paper, "_CHILD", "gongdao.no_such_child")
    with refused("packet.not_printed", PeerFailed):
        packet_paper.printed({}, {})
    monkeypatch.setattr(packet_paper, "PATIENCE", 0)
    with packet_paper._turn(), refused("packet.busy", PeerFailed):
        packet_paper.printed({}, {})


def test_a_checkpoint_that_an_authority_stamped_comes_first(
    house: Stage, case: CaseId, ana: Caller
) -> None:
    leaves = [kept.leaf for kept in packets.packing().shelf.events([case])]
    covering = Covering(log(), tokens())
    assert covering.of(leaves, []).waiting == tuple(leaves)
    log().tick()
    first = covering.of(leaves, []).log
    house.decided(ana)
    log().tick()
    newest = log().newest()
    digest = hashlib.sha256(newest.note.text.encode()).digest()
    reply = PracticeTsa(house.clock()).answer(request(digest, b"\x01"))
    about = f"checkpoint {newest.checkpoint.size}"
    tokens().keep(digest, about, "https://tsa.example", reply)
    found = covering.of(leaves, [first.size if first else 0])
    assert found.log is not None
    assert first is not None
    assert found.log.size == newest.checkpoint.size > first.size
    assert [stamp.reply for stamp in found.stamps] == [reply]
