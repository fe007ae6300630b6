"""Whatever is changed in a packet is found and named; what cannot be checked is said.

The packets are those of a second maker, written from the format's document.
"""

import base64
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fakes.practice_tsa import PracticeTsa
from tests.parts.evidence import packet_oracle as oracle
from tests.parts.evidence import packet_writer as writer
from tests.parts.evidence.packet_writer import Files, canonical, leaf, sign

from gongdao.adapters import timestamps
from gongdao.adapters.packet_files import open_packet
from gongdao.adapters.packet_page import words
from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence.checked import Line, Outcome
from gongdao.domain.evidence.checkpoint import Key
from gongdao.domain.evidence.packet_check import check
from gongdao.domain.evidence.packet_proofs import Trust
from gongdao.domain.evidence.packets import SIGNATURE

TABLE, LOG, STAMP = "data/packet.json", "data/proofs/log.json", "data/proofs/timestamps/1.tsr"
ONE, TWO = "data/exhibits/01/original.png", "data/exhibits/02/original.png"
OTHERS_KEY = Ed25519PrivateKey.from_private_bytes(b"x" * 32)
NAMED = "decision.issued.reasons"
TSA = PracticeTsa(datetime(2026, 3, 2, 1, tzinfo=UTC))
OTHER = writer.verifier(writer.LOG, OTHERS_KEY)
RENAMED = writer.verifier("x.example", writer.LOGS_KEY)
OPERATOR = {writer.sha(writer.public(writer.OPERATOR))[:16]: None}


def stamp(digest: bytes) -> bytes:
    return TSA.answer(timestamps.request(digest, b"\x01234567"))


def trust(**more: Any) -> Trust:
    return Trust(signed_with, partial(timestamps.read, roots=[]), **more)


@dataclass(frozen=True)
class InMemory:
    files: Mapping[str, bytes]

    def sizes(self) -> Mapping[str, int]:
        return {path: len(content) for path, content in self.files.items()}

    def sha256(self, path: str) -> str:
        return writer.sha(self.files[path])

    def read(self, path: str) -> bytes:
        return self.files[path]


def lines(files: Mapping[str, bytes], brought: Trust | None = None) -> list[Line]:
    found = check(InMemory(files), brought or trust()).lines
    for line in found:  # each can be said
        said = words()[line.code]
        assert said["zh"].format(about="", **line.facts)
        assert said["en"].format(about="", **line.facts)
    return found


def failed(files: Mapping[str, bytes], brought: Trust | None = None) -> list[tuple[str, str]]:
    found = lines(files, brought)
    return [(line.code, line.about) for line in found if line.outcome is Outcome.FAILED]


def codes(files: Mapping[str, bytes], brought: Trust | None = None) -> set[str]:
    return {line.code for line in lines(files, brought)}


@pytest.fixture(scope="module")
def packet() -> Files:
    return writer.made(stamp=stamp)


@pytest.fixture(scope="module")
def brought() -> Trust:
    """Everything that can be brought along."""
    public = base64.b64encode(writer.public(writer.OPERATOR)).decode()
    return Trust(
        signed_with,
        partial(timestamps.read, roots=[TSA.pem()]),
        operator=dict.fromkeys(OPERATOR, public),
        log=[Key.read(writer.verifier(writer.LOG, writer.LOGS_KEY))],
        witnesses=[Key.read(writer.verifier("witness.example", writer.WITNESS, 4))],
    )


def test_a_packet_proves_what_it_holds_and_says_what_it_does_not(
    packet: Files, brought: Trust
) -> None:
    assert oracle.wrong(packet) == ""
    said = {line.code: line.outcome for line in lines(packet)}
    proven = {code for code, outcome in said.items() if outcome is Outcome.PROVEN}
    holding = {"folder", "signature", "records", "exhibits", "texts", "log"}
    assert proven == {f"{each}.holds" for each in holding}
    assert said.keys() - proven == {
        "signature.key", "log.key", "log.no_witness", "timestamps.authority",
        "words.summary", "words.truth",
    }  # fmt: skip
    trusted = lines(packet, brought)
    assert {each.code for each in trusted if each.outcome is Outcome.OPEN} == {
        "words.summary",
        "words.truth",
    }
    assert {"log.witness", "timestamps.holds"} <= {each.code for each in trusted}
    assert not failed(packet, brought)


def regions(files: Files) -> Iterator[str]:
    yield from sorted(files)


def flipped(files: Files, path: str, at: int | None = None) -> Files:
    content = bytearray(files[path])
    content[len(content) // 2 if at is None else at] ^= 1
    return {**files, path: bytes(content)}


def test_a_changed_byte_is_found_in_whatever_file_it_is_and_the_file_is_named(
    packet: Files,
) -> None:
    for path in regions(packet):
        for at in (0, len(packet[path]) // 2, len(packet[path]) - 1):
            found = failed(flipped(packet, path, at))
            assert path in {about for _, about in found}, (path, found)


def test_what_is_taken_out_put_in_exchanged_or_cut_is_named(packet: Files) -> None:
    for path in regions(packet):
        rest = {name: content for name, content in packet.items() if name != path}
        assert path in {about for _, about in failed(rest)}
        cut = {**packet, path: packet[path][:-1]}
        assert path in {about for _, about in failed(cut)}
    assert ("folder.added", "data/more.txt") in failed({**packet, "data/more.txt": b"more"})
    assert ("folder.added", "more.txt") in failed({**packet, "more.txt": b"more"})
    swapped = {**packet, ONE: packet[TWO], TWO: packet[ONE]}
    assert {("folder.changed", ONE), ("folder.changed", TWO)} <= set(failed(swapped))


def edited(files: Files, path: str, edit: Callable[[Any], Any]) -> Files:
    """A JSON file changed by somebody."""
    plain = json.loads(files[path])
    edit(plain)
    return {**files, path: canonical(plain) + b"\n"}


def test_an_attacker_who_makes_all_lists_anew_meets_the_signature(
    packet: Files, brought: Trust
) -> None:
    changed = {**packet, ONE: b"another picture"}
    anew = {**sign(changed), "signature.json": packet["signature.json"]}
    assert ("signature.other_list", "tagmanifest-sha256.txt") in failed(anew)
    theirs = sign(changed, OTHERS_KEY)
    assert ("exhibits.changed", ONE) in failed(theirs)
    assert ("signature.unknown_key", "signature.json") in failed(theirs, brought)
    # Whole but for its signer: without the operator's keys the key is to be compared.
    whole = sign(packet, OTHERS_KEY)
    assert failed(whole) == []
    assert "signature.key" in codes(whole)
    assert ("signature.unknown_key", "signature.json") in failed(whole, brought)
    stripped = {path: each for path, each in packet.items() if path != "signature.json"}
    assert failed(stripped) == [("signature.missing", "signature.json")]
    renamed = edited(packet, "signature.json", lambda it: it.update(key="0" * 16))
    assert ("signature.false", "signature.json") in failed(renamed)


def first_record(files: Files) -> str:
    found: str = json.loads(files[TABLE])["exhibits"][0]["leaf"]
    return f"data/records/{found}.record"


def test_an_operator_who_signs_something_else_meets_the_records(packet: Files) -> None:
    """All of these are signed by the operator's own key, with lists that hold."""
    record = first_record(packet)
    other = writer.received(1, b"another picture")
    changed = sign({**packet, record: other})
    assert ("records.changed", record) in failed(changed)
    picture = sign({**packet, ONE: b"another picture"})
    assert failed(picture) == [("exhibits.changed", ONE)]

    def exchange(it: Any) -> None:
        it["exhibits"][0]["files"][0].update(sha256=writer.sha(b"another"), size=7)

    hashed = sign(edited({**packet, ONE: b"another"}, TABLE, exchange))
    assert failed(hashed) == [("exhibits.not_in_record", ONE)]

    def as_original(it: Any) -> None:
        """The view as the original: its digest stands in a record, but as something else."""
        first = it["exhibits"][0]
        first["files"] = [{**first["files"][1], "role": "original"}]

    assert [code for code, _ in failed(sign(edited(packet, TABLE, as_original)))] == [
        "exhibits.not_in_record"
    ]

    def earlier(it: Any) -> None:
        it["exhibits"][0]["received_at"] = "2026-03-01T09:00:00+08:00"

    assert failed(sign(edited(packet, TABLE, earlier))) == [("exhibits.other_time", "exhibit 1")]


def test_an_operator_who_signs_another_text_meets_the_record(packet: Files) -> None:
    def reworded(it: Any) -> None:
        it["texts"][0]["text"] = "理由：属实。"

    assert failed(sign(edited(packet, TABLE, reworded))) == [("texts.changed", NAMED)]

    def salted(it: Any) -> None:
        it["texts"][0] |= writer.sealed(NAMED, "理由：属实。", it["texts"][0]["leaf"])

    assert failed(sign(edited(packet, TABLE, salted))) == [("texts.not_in_record", NAMED)]
    moved = sign(packet, case="another")
    assert ("signature.other_case", "signature.json") in failed(moved)


def told_of_another(packet: Files) -> Iterator[tuple[str, Files]]:
    """Records and hashes are true, and the operator signs that they are of something else."""

    def table(edit: Callable[[Any], Any]) -> Files:
        return edited(packet, TABLE, edit)

    def moved(it: Any) -> None:
        """The first words of a text as the end of its salt: the digest is the same."""
        text = it["texts"][0]
        text["salt"] += text["text"][:3].encode().hex()
        text["text"] = text["text"][3:]

    def exchanged(it: Any) -> None:
        one, two = it["exhibits"]
        one["files"][1], two["files"][1] = two["files"][1], one["files"][1]

    def renumbered(it: Any) -> None:
        it["exhibits"][0]["number"], it["exhibits"][1]["number"] = 2, 1

    named = {"what": "decision.issued.findings"}
    yield "texts.changed", sign(table(moved))
    yield "texts.not_in_record", sign(table(lambda it: it["texts"][0].update(named)))
    yield "exhibits.not_in_record", sign(table(exchanged))
    yield "exhibits.other_exhibit", sign(table(renumbered))
    another = table(lambda it: it.update(case="another"))
    yield "exhibits.other_exhibit", sign(another, case="another")


def test_a_true_record_of_something_else_proves_nothing(packet: Files) -> None:
    for code, files in told_of_another(packet):
        assert {each for each, _ in failed(files)} == {code}


def test_a_record_that_was_made_up_meets_the_log(packet: Files) -> None:
    """The operator writes another record for another picture, and signs all of it."""
    picture = b"made up later"
    record = writer.received(1, picture)
    old = json.loads(packet[TABLE])["exhibits"][0]["leaf"]

    def put(it: Any) -> None:
        first = it["exhibits"][0]
        first["leaf"] = leaf(record)
        first["files"][0].update(sha256=writer.sha(picture), size=len(picture), leaf=leaf(record))
        for each in it["records"]:
            if each["leaf"] == old:
                each.update(leaf=leaf(record), path=f"data/records/{leaf(record)}.record")

    files = edited(packet, TABLE, put)
    files[f"data/records/{leaf(record)}.record"] = record
    del files[f"data/records/{old}.record"]
    files[ONE] = picture
    unproven = sign(files)
    assert "log.no_entry" in codes(unproven)
    path = f"data/records/{leaf(record)}.record"

    def place(it: Any) -> None:
        for each in it["entries"]:
            each["leaf"] = leaf(record) if each["leaf"] == old else each["leaf"]

    assert failed(sign(edited(files, LOG, place))) == [("log.not_there", path)]


@pytest.mark.parametrize(
    ("edit", "code"),
    [
        (lambda it: it["entries"][0].update(place=it["entries"][0]["place"] + 1), "log.not_there"),
        (lambda it: it["entries"][0]["path"].reverse(), "log.not_there"),
        (lambda it: it["entries"][0]["path"].pop(), "log.not_there"),
        (lambda it: it.update(size=it["size"] + 1), "log.not_there"),
        (lambda it: it.update(checkpoint=it["checkpoint"].replace("\n11\n", "\n12\n")), "log.bad"),
        (lambda it: it.update(checkpoint="none"), "log.broken"),
        (lambda it: it.update(log_key=OTHER), "log.bad_signature"),
        (lambda it: it.update(log_key=RENAMED), "log.bad_signature"),
        (lambda it: it.update(entries=7), "log.broken"),
    ],
)
def test_a_proof_that_leads_elsewhere_is_found(
    packet: Files, edit: Callable[[Any], Any], code: str
) -> None:
    changed = sign(edited(packet, LOG, edit))
    assert changed[LOG] != packet[LOG]
    assert next(found for found, _ in failed(changed)).startswith(code)


def test_a_timestamp_about_something_else_is_found(packet: Files, brought: Trust) -> None:
    other = sign({**packet, STAMP: stamp(bytes(32))})
    assert failed(other) == [("timestamps.about_other", STAMP)]
    assert failed(sign({**packet, STAMP: b"nothing"})) == [("timestamps.broken", STAMP)]

    def earlier(it: Any) -> None:
        it["proofs"]["timestamps"][0]["at"] = "2026-01-01T00:00:00+08:00"

    assert failed(sign(edited(packet, TABLE, earlier))) == [("timestamps.other_time", STAMP)]

    def about(it: Any) -> None:
        it["proofs"]["timestamps"][0]["about"] = "exhibit 2"

    assert failed(sign(edited(packet, TABLE, about))) == [("timestamps.about_other", STAMP)]
    strangers = replace(
        brought, read_stamp=partial(timestamps.read, roots=[PracticeTsa(TSA.now).pem()])
    )
    assert failed(packet, strangers) == [("timestamps.not_trusted", STAMP)]


def test_what_a_chair_may_not_have_is_said_to_be_unproven(packet: Files) -> None:
    def without_records(it: Any) -> None:
        it["records"], it["proofs"] = [], {"log": None, "timestamps": []}
        it["texts"][0].update(leaf=None, salt=None)
        for exhibit in it["exhibits"]:
            exhibit["leaf"] = None
            for file in exhibit["files"]:
                file["leaf"] = None
        it["exhibits"][1]["files"][0]["path"] = None

    rest = {
        path: content
        for path, content in packet.items()
        if "/records/" not in path and "/proofs/" not in path and path != TWO
    }
    files = sign(edited(rest, TABLE, without_records))
    assert failed(files) == []
    assert {
        "records.none", "exhibits.no_record", "exhibits.left_out", "texts.no_record",
        "log.none", "timestamps.none",
    } <= codes(files)  # fmt: skip


def test_a_table_that_cannot_be_read_leaves_the_rest_unchecked_and_says_so(packet: Files) -> None:
    files = sign({**packet, TABLE: b'{"format": "gongdao.packet.v1"}'})
    assert failed(files) == [("folder.broken", TABLE)]
    assert {"records.not_checked", "timestamps.not_checked"} <= codes(files)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_byte_anywhere_in_the_zip_counts(data: st.DataObject, packet: Files) -> None:
    path = data.draw(st.sampled_from(sorted(packet)))
    at = data.draw(st.integers(0, len(packet[path]) - 1))
    content = bytearray(packet[path])
    content[at] ^= data.draw(st.integers(1, 255))
    assert path in {about for _, about in failed({**packet, path: bytes(content)})}


@pytest.mark.parametrize("name", ["format", "public_key", "signature"])
def test_nothing_in_the_signature_can_be_written_in_another_way(name: str, packet: Files) -> None:
    content = writer.written_otherwise(packet[SIGNATURE], name)
    assert content != packet[SIGNATURE]
    assert ("signature.broken", SIGNATURE) in failed({**packet, SIGNATURE: content})


@pytest.mark.parametrize("packed", [False, True])
def test_a_zip_and_its_folder_say_the_same(packet: Files, tmp_path: Path, *, packed: bool) -> None:
    place = tmp_path / "packet.zip"
    place.write_bytes(writer.zipped(packet, packed=packed))
    folder = tmp_path / "packet"
    for path, content in packet.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for each in (place, folder):
        with open_packet(each) as found:
            assert check(found, trust()).lines == lines(packet)
