"""The page in every packet finds what our rules find, in a browser and without a server.

The packets are those of a second maker; what the page says of each is held against the rules.
"""

import base64
import json
import random
from collections.abc import Iterator
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, FilePayload, Page, expect
from tests.browser import axe
from tests.parts.evidence import packet_writer as writer
from tests.parts.evidence.packet_writer import Files, sign
from tests.parts.evidence.test_checking_packets import (
    LOG,
    ONE,
    OTHERS_KEY,
    STAMP,
    TABLE,
    TWO,
    InMemory,
    edited,
    flipped,
    stamp,
    told_of_another,
)
from tests.parts.evidence.test_packet_files import twisted

from gongdao.adapters import packet_page, timestamps
from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence import record_check, record_file
from gongdao.domain.evidence.packet_check import check
from gongdao.domain.evidence.packet_proofs import Trust

ASK = """async ([zip, fallback]) => {
  if (fallback) crypto.subtle.importKey = () => Promise.reject(new Error("no Ed25519"));
  const bytes = Uint8Array.from(atob(zip), (letter) => letter.charCodeAt(0));
  const trust = { operator: null, log: [], witnesses: [] };
  const seen = new Seen(await openZip(new Blob([bytes])));
  const { lines } = await checkPacket(seen, trust, () => {});
  return lines.map((line) => [line.outcome, line.code, line.about, String(line.facts.files ?? "")]);
}"""
HASH = """(lengths) => lengths.map(([length, cut]) => {
  const bytes = Uint8Array.from({ length }, (_, n) => n % 251);
  const hash = new Sha256();
  for (let at = 0; at < length; at += cut) hash.take(bytes.subarray(at, at + cut));
  return hash.digest();
})"""


@pytest.fixture(scope="module")
def packet() -> Files:
    return writer.made(stamp=stamp)


@pytest.fixture
def page(chromium: Browser, tmp_path: Path) -> Iterator[Page]:
    """The page as somebody opens it who has it from a packet, with no network at all."""
    place = tmp_path / "verify.html"
    place.write_bytes(packet_page.page())
    window = chromium.new_context(
        locale="zh-CN", viewport={"width": 360, "height": 900}, offline=True
    )
    opened = window.new_page()
    asked: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: asked.append(str(error)))
    opened.goto(place.as_uri())
    yield opened
    assert asked == [place.as_uri()]
    window.close()


def found_by_page(page: Page, files: Files, *, fallback: bool = False) -> set[tuple[str, ...]]:
    zipped = writer.zipped(files, packed=len(files) % 2 == 0)
    said = page.evaluate(ASK, [base64.b64encode(zipped).decode(), fallback])
    return {tuple(line) for line in said}


def found_by_rules(files: Files) -> set[tuple[str, ...]]:
    trust = Trust(signed_with, partial(timestamps.read, roots=[]))
    lines = check(InMemory(files), trust).lines
    return {
        (line.outcome.value, line.code, line.about, str(line.facts.get("files", "")))
        for line in lines
    }


def tampered(packet: Files) -> Iterator[Files]:
    """What tests/parts/evidence/test_checking_packets.py does, one of each."""
    for path in sorted(packet):
        yield flipped(packet, path)
    yield {path: each for path, each in packet.items() if path != ONE}
    yield {path: each for path, each in packet.items() if path != "signature.json"}
    for name in ("format", "public_key", "signature"):
        otherwise = writer.written_otherwise(packet["signature.json"], name)
        yield {**packet, "signature.json": otherwise}
    yield {**packet, "data/more.txt": b"more"}
    yield {**packet, ONE: packet[TWO], TWO: packet[ONE]}
    yield {**packet, TABLE: packet[TABLE][:-9]}
    yield sign({**packet, ONE: b"another"})
    yield sign({**packet, ONE: b"another"}, OTHERS_KEY)
    yield {**sign({**packet, ONE: b"another"}), "signature.json": packet["signature.json"]}
    yield sign({**packet, TABLE: b"{}"})
    yield sign({**packet, STAMP: stamp(bytes(32))})
    yield sign({**packet, STAMP: b"\x30\x80nothing"})
    yield sign(packet, case="another")
    yield from told_otherwise(packet)


def told_otherwise(packet: Files) -> Iterator[Files]:
    """Signed by the operator, and not what the records say."""

    def in_table(place: str, **other: Any) -> Files:
        def edit(it: Any) -> None:
            (it["texts"] if place == "texts" else it["exhibits"])[0].update(other)

        return sign(edited(packet, TABLE, edit))

    def in_log(**other: Any) -> Files:
        return sign(edited(packet, LOG, lambda it: it.update(other)))

    def entry(**other: Any) -> Files:
        return sign(edited(packet, LOG, lambda it: it["entries"][0].update(other)))

    yield in_table("texts", text="another")
    yield in_table("texts", leaf=None, salt=None)
    yield in_table("exhibits", received_at="2026-03-01T09:00:00+08:00")
    yield in_table("exhibits", leaf=None)
    yield in_table("exhibits", files=json.loads(packet[TABLE])["exhibits"][0]["files"][1:])
    yield in_log(size=12)
    yield in_log(log_key=writer.verifier(writer.LOG, OTHERS_KEY))
    yield in_log(checkpoint="none")
    yield in_log(entries=[])
    yield entry(place=4)
    yield entry(path=[])
    yield from (files for _, files in told_of_another(packet))


def test_the_page_finds_what_the_rules_find(page: Page, packet: Files) -> None:
    assert {outcome for outcome, *_ in found_by_page(page, packet)} == {"proven", "not proven"}
    for n, files in enumerate(tampered(packet)):
        assert found_by_page(page, files) == found_by_rules(files), n
    lengths = [(n, cut) for n in (0, 1, 55, 56, 63, 64, 65, 1000) for cut in (1, 7, 64, 200)]
    hashes = [sha256(bytes(at % 251 for at in range(n))).hexdigest() for n, _ in lengths]
    assert page.evaluate(HASH, lengths) == hashes
    # Without the browser's own Ed25519 the library in the page says the same.
    for files in (packet, sign({**packet, ONE: b"another"}, OTHERS_KEY), flipped(packet, LOG)):
        assert found_by_page(page, files, fallback=True) == found_by_rules(files)


ALONE = """async ([written, hashes]) => {
  const file = new File([written], "record.json");
  const found = await recordAmong([file]).catch((problem) => problem.message);
  if (!found || !found.record) return found;
  const trust = { operator: null, log: [], witnesses: [] };
  const { lines } = await checkRecord(found.record, new Map(Object.entries(hashes)), trust);
  return lines.map((line) => [line.outcome, line.code, line.about]);
}"""


def alone(**other: Any) -> dict[str, Any]:
    """An exhibit's record as it is given out."""
    record = writer.received(1, b"picture", device="d" * 8)
    return {
        "format": "gongdao.record.v1", "origin": writer.ORIGIN, "what": "exhibit",
        "record": record.decode(), "texts": [],
        "files": [{"name": "图.png", "sha256": writer.sha(b"picture"), "size": 7}],
        "inclusion": writer.inclusion([record], 0), **other,
    }  # fmt: skip


def test_the_page_checks_a_record_alone_as_the_rules_do(page: Page) -> None:
    whole, right = alone(), {"图.png": writer.sha(b"picture")}
    proof = whole["inclusion"]
    cases = [
        (whole, right),
        (whole, {}),
        (whole, {"图.png": writer.sha(b"other")}),
        (whole, {"another.png": right["图.png"], "more.txt": writer.sha(b"more")}),
        (alone(record=None), right),
        (alone(record="nothing"), right),
        (alone(record=whole["record"].replace("received", "derived", 1)), right),
        (alone(inclusion=None), right),
        (alone(inclusion={**proof, "place": proof["place"] - 1}), right),
        (alone(inclusion={**proof, "checkpoint": "none"}), right),
        (alone(inclusion={**proof, "log_key": writer.verifier(writer.LOG, OTHERS_KEY)}), right),
        (alone(texts=[writer.sealed("name", "图.png", None)]), right),
    ]
    trust = Trust(signed_with, partial(timestamps.read, roots=[]))
    for n, (given, hashes) in enumerate(cases):
        written = json.dumps(given, ensure_ascii=False)
        ours = record_check.check(record_file.read(written.encode()), hashes, trust).lines
        said = {tuple(line) for line in page.evaluate(ALONE, [written, hashes])}
        assert said == {(each.outcome.value, each.code, each.about) for each in ours}, n
    for broken in (alone(files=[{"name": "a\nb", "sha256": "0" * 64, "size": 1}]), alone(record=1)):
        assert page.evaluate(ALONE, [json.dumps(broken), {}]) == "page.bad_record"
    files = [
        FilePayload(name="record.json", mimeType="text/json", buffer=json.dumps(whole).encode()),
        FilePayload(name="图.png", mimeType="image/png", buffer=b"picture"),
    ]
    page.set_input_files("#zip", files)
    expect(page.locator(".verdict.proven")).to_be_visible()
    expect(page.locator("#result")).to_contain_text("1 个证据文件与收到时的存证一致")
    files[1]["buffer"] = b"another"
    page.set_input_files("#zip", files)
    expect(page.locator(".line.failed")).to_contain_text("证据文件不是所列的那一个：图.png")
    assert axe.violations(page) == []


def give(page: Page, content: bytes) -> None:
    chosen = FilePayload(name="packet.zip", mimeType="application/zip", buffer=content)
    page.set_input_files("#zip", chosen)


def test_a_clerk_checks_a_packet(page: Page, packet: Files) -> None:
    give(page, writer.zipped(packet))
    expect(page.locator(".verdict")).to_contain_text("签署后未改动")
    expect(page.locator(".verdict")).to_be_focused()
    assert axe.violations(page) == []
    assert axe.sticks_out(page) == 0
    page.click("summary")
    page.fill("#operator-key", base64.b64encode(writer.public(writer.OPERATOR)).decode())
    keys = [writer.verifier(writer.LOG, writer.LOGS_KEY)]
    keys.append(writer.verifier("witness.example", writer.WITNESS, 4))
    page.fill("#log-keys", "\n".join(keys))
    page.click("h1")
    expect(page.locator(".verdict")).to_contain_text("以下各项成立")
    expect(page.locator("#result")).to_contain_text("witness.example")
    page.fill("#operator-key", "0123456789abcdef")
    page.click("h1")
    expect(page.locator(".line.failed")).to_contain_text("不是您给出的运营者密钥")
    page.fill("#operator-key", "")
    shows_words_as_words(page, packet)
    give(page, writer.zipped(flipped(packet, ONE)))
    expect(page.locator(".verdict.failed")).to_be_visible()
    page.click("#language")
    expect(page.locator(".line.failed").first).to_contain_text(f"This file was changed: {ONE}")
    assert axe.violations(page) == []
    whole = writer.zipped(packet)
    for broken in (
        whole[:-30],
        b"PK\x03\x04",
        writer.zipped({"a.txt": b""}),
        odd(whole),
        *twisted(),
    ):
        give(page, broken)
        expect(page.locator(".verdict.failed")).to_be_visible()


def shows_words_as_words(page: Page, packet: Files) -> None:
    """Whatever stands in a packet: no markup, and nothing that turns a line around."""
    hostile = "<img src=x onerror=alert(1)>\u202eytilaer"

    def odd_words(it: Any) -> None:
        it.update(made_for=hostile)
        it["texts"][0]["what"] = hostile

    give(page, writer.zipped(sign(edited(packet, TABLE, odd_words))))
    expect(page.locator(".line.failed")).to_contain_text("<img src=x onerror=alert(1)>�ytilaer")
    expect(page.locator("dd", has_text="onerror")).to_contain_text("�ytilaer")
    assert page.locator("#result img").count() == 0


def odd(whole: bytes) -> bytes:
    """A name that leads out of the folder."""
    return whole.replace(b"data/packet.json", b"../../../../../a")


def test_a_zip_that_is_damaged_anywhere_never_stops_the_page(page: Page, packet: Files) -> None:
    chance, whole = random.Random(1), writer.zipped(packet, packed=True)
    ask = ASK.replace("const { lines }", "if (!seen.has(TABLE)) return 0; const { lines }")
    caught = f"(it) => ({ask})(it).catch((e) => e instanceof Unreadable || String(e))"
    for _ in range(40):
        damaged = bytearray(whole)
        for _ in range(chance.randrange(1, 6)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        zipped = base64.b64encode(damaged[: chance.randrange(1, len(damaged) + 1)]).decode()
        said = page.evaluate(caught, [zipped, False])
        assert said is True or isinstance(said, int | list), said
