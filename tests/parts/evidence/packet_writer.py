"""A second maker of packets, written from docs/packet-format.md alone: what ours makes is held
against it, and what is checked is first checked on its packets.

None of the product's code is used here. Its keys are of its own making.
"""

import base64
import hashlib
import io
import json
import string
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from tests.parts.evidence import rfc9162

Files = dict[str, bytes]
ORIGIN, CASE, LOG = "https://gongdao.example", "01890000-0000-7000-8000-000000000001", "log.example"
OPERATOR = Ed25519PrivateKey.from_private_bytes(b"o" * 32)
LOGS_KEY = Ed25519PrivateKey.from_private_bytes(b"l" * 32)
WITNESS = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
AT = "2026-03-02T09:00:00+08:00"
STRANGERS = [b"somebody else's record %d" % n for n in range(5)]


def canonical(plain: Any) -> bytes:
    """As the format's canonical JSON is."""
    written = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return written.encode()


def sha(content: bytes) -> str:
    """SHA-256, hex."""
    return hashlib.sha256(content).hexdigest()


def public(key: Ed25519PrivateKey) -> bytes:
    """The 32 bytes of a public key."""
    return key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def event(stream: str, version: int, kind: str, **body: Any) -> bytes:
    """The bytes of a record."""
    head = f"event\n{stream}\n{version}\n{kind}\n"
    return head.encode() + canonical({"at": AT, "by": {"role": "reporter"}, **body})


def received(n: int, content: bytes, **more: Any) -> bytes:
    """The record of an exhibit that was received."""
    mark = {"sha256": sha(content), "size": len(content), "media": "image/png"}
    return event(f"exhibit-{n}", 1, "exhibit.received", number=n, case=CASE, file=mark, **more)


def derived(n: int, what: str, content: bytes, source: bytes) -> bytes:
    """The record of something made of it."""
    mark = {"sha256": sha(content), "size": len(content), "media": "image/webp"}
    body = {"what": what, "file": mark, "source": sha(source), "recipe": "by hand"}
    return event(f"exhibit-{n}", 2, "exhibit.derived", **body)


def verifier(name: str, key: Ed25519PrivateKey, kind: int = 1) -> str:
    """A key as C2SP signed-note writes it."""
    raw = bytes([kind]) + public(key)
    return f"{name}+{_id(name, raw).hex()}+{base64.b64encode(raw).decode()}"


def note(text: str) -> str:
    """A checkpoint with the log's line and a witness's (2026-03-02T01:00:05Z)."""
    time = 1_772_413_205
    own = LOGS_KEY.sign(text.encode())
    seen = WITNESS.sign(f"cosignature/v1\ntime {time}\n{text}".encode())
    return (
        text
        + "\n"
        + _line(LOG, b"\x01" + public(LOGS_KEY), own)
        + _line("witness.example", b"\x04" + public(WITNESS), time.to_bytes(8, "big") + seen)
    )


def _line(name: str, raw: bytes, value: bytes) -> str:
    return f"— {name} {base64.b64encode(_id(name, raw) + value).decode()}\n"


def _id(name: str, raw: bytes) -> bytes:
    return hashlib.sha256(f"{name}\n".encode() + raw).digest()[:4]


def checkpoint(records: Sequence[bytes]) -> tuple[str, list[bytes]]:
    """A log of these records among others': its checkpoint's text and its entries."""
    entries = [rfc9162.leaf(each) for each in [*STRANGERS, *records, b"a later one"]]
    root = base64.b64encode(rfc9162.mth(entries)).decode()
    return f"{LOG}\n{len(entries)}\n{root}\n", entries


def log(records: Sequence[bytes]) -> dict[str, Any]:
    """`data/proofs/log.json`."""
    text, entries = checkpoint(records)
    return {
        "format": "gongdao.packet.log.v1",
        "log_key": verifier(LOG, LOGS_KEY),
        "checkpoint": note(text),
        "size": len(entries),
        "entries": [
            {
                "leaf": entries[place].hex(),
                "place": place,
                "path": [each.hex() for each in rfc9162.path(place, entries)],
            }
            for place in range(len(STRANGERS), len(STRANGERS) + len(records))
        ],
    }


def inclusion(records: Sequence[bytes], n: int) -> dict[str, Any]:
    """The same of one record: `gongdao.inclusion.v1`."""
    found = log(records)
    kept = {name: found[name] for name in ("log_key", "checkpoint", "size")}
    return {**found["entries"][n], **kept, "format": "gongdao.inclusion.v1"}


def sealed(what: str, text: str, leaf: str | None, salt: bytes = b"s" * 16) -> dict[str, Any]:
    """A text with its digest."""
    digest = sha(salt + text.encode())
    return {"what": what, "text": text, "salt": salt.hex(), "digest": digest, "leaf": leaf}


def table(**more: Any) -> dict[str, Any]:
    """`data/packet.json` without its lists."""
    return {
        "format": "gongdao.packet.v1", "origin": ORIGIN, "case": CASE, "pack": "house@2026-11",
        "made_for": "staff", "as_of": AT, "timeline": [], "exhibits": [], "texts": [],
        "records": [], "proofs": {"log": None, "timestamps": []}, "left_out": [], **more,
    }  # fmt: skip


def finish(data: Mapping[str, bytes], key: Ed25519PrivateKey = OPERATOR, case: str = CASE) -> Files:
    """The folder around what lies below `data/`."""
    files: Files = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"External-Identifier: {case}\nBagging-Date: 2026-03-02\n".encode(),
        "README.txt": "怎样核对 · How to check it\n".encode(),
        "verify.html": b"<!doctype html><title>check</title>",
        **data,
    }
    return sign(files, key, case)


def listed(files: Mapping[str, bytes]) -> bytes:
    """A manifest."""
    return "".join(f"{sha(files[path])}  {path}\n" for path in sorted(files)).encode()


def sign(files: Mapping[str, bytes], key: Ed25519PrivateKey = OPERATOR, case: str = CASE) -> Files:
    """The same files with manifests and signature made anew, by this key."""
    rest = {path: content for path, content in files.items() if path not in MADE}
    data = {path: content for path, content in rest.items() if path.startswith("data/")}
    tags = {path: content for path, content in rest.items() if path not in data}
    tags["manifest-sha256.txt"] = listed(data)
    manifest = listed(tags)
    signed = {"origin": ORIGIN, "case": case, "tagmanifest": sha(manifest)}
    signed["key"] = sha(public(key))[:16]
    order = [signed[name] for name in ("origin", "case", "tagmanifest", "key")]
    lines = "".join(f"{line}\n" for line in ["gongdao.packet.v1", *order])
    signature = {
        "format": "gongdao.packet.signature.v1",
        **signed,
        "public_key": base64.b64encode(public(key)).decode(),
        "signature": base64.b64encode(key.sign(lines.encode())).decode(),
    }
    made = {"tagmanifest-sha256.txt": manifest, "signature.json": canonical(signature)}
    return {**data, **tags, **made}


def written_otherwise(signature: bytes, name: str) -> bytes:
    """`signature.json` with a field that a lenient reader would take for the same."""
    found = json.loads(signature)
    if name == "format":
        return canonical({"gormat" if key == name else key: each for key, each in found.items()})
    letters = f"{string.ascii_uppercase}{string.ascii_lowercase}{string.digits}+/"
    plain = found[name].rstrip("=")
    other = plain[:-1] + letters[letters.index(plain[-1]) + 1]
    return canonical({**found, name: other + found[name][len(plain) :]})


MADE = {"manifest-sha256.txt", "tagmanifest-sha256.txt", "signature.json"}


def zipped(files: Mapping[str, bytes], *, packed: bool = False) -> bytes:
    """The ZIP."""
    kept = io.BytesIO()
    method = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    with zipfile.ZipFile(kept, "w", method) as archive:
        for path in sorted(files):
            archive.writestr(zipfile.ZipInfo(path), files[path], method)
    return kept.getvalue()


def exhibit(n: int, files: Sequence[dict[str, Any]], leaf: str | None) -> dict[str, Any]:
    """An exhibit in the table."""
    return {
        "number": n, "name": f"截图{n}.png", "kind": "picture", "side": "reporter",
        "received_at": AT, "captured": "screenshot", "leaf": leaf, "files": list(files),
        "findings": [], "proves": ["communication"],
    }  # fmt: skip


def file(path: str, role: str, content: bytes, leaf: str | None, **more: Any) -> dict[str, Any]:
    """A file in the table."""
    return {
        "path": path, "role": role, "sha256": sha(content), "size": len(content),
        "media": "image/png", "source": None, "recipe": None, "leaf": leaf, **more,
    }  # fmt: skip


def leaf(record: bytes) -> str:
    """The leaf of a record, hex."""
    return rfc9162.leaf(record).hex()


def shown(n: int, size: int, data: Files) -> tuple[list[bytes], dict[str, Any]]:
    """An exhibit with original and view: its records, and its place in the table."""
    original, view = b"picture %d " % n * size, b"view of picture %d" % n
    first, second = received(n, original), derived(n, "view", view, original)
    place = f"data/exhibits/{n:02}"
    data |= {f"{place}/original.png": original, f"{place}/view.webp": view}
    files = [
        file(f"{place}/original.png", "original", original, leaf(first)),
        file(f"{place}/view.webp", "view", view, leaf(second), source=sha(original)),
    ]
    return [first, second], exhibit(n, files, leaf(first))


def stamped(text: str, stamp: Any, data: Files) -> dict[str, Any]:
    """A timestamp about a checkpoint, in the table."""
    path, digest = "data/proofs/timestamps/1.tsr", sha(text.encode())
    data[path] = stamp(bytes.fromhex(digest))
    told = {"authority": "https://tsa.example", "at": AT}
    return {"path": path, "about": "checkpoint", "digest": digest, **told}


def made(exhibits: int = 2, stamp: Any = None, size: int = 300) -> Files:
    """A whole packet: exhibits with original and view, a text, a log, a timestamp if wanted."""
    data: Files = {"data/packet.pdf": b"%PDF-1.7 for people\n"}
    text = sealed("decision.issued.reasons", "理由：与事实不符。", None)
    decided = event("decision", 3, "decision.issued", reasons=text["digest"])
    records, seen = [decided], []
    for n in range(1, exhibits + 1):
        two, place = shown(n, size, data)
        records += two
        seen.append(place)
    data |= {f"data/records/{leaf(each)}.record": each for each in records}
    data["data/proofs/log.json"] = canonical(log(records))
    stamps = [stamped(checkpoint(records)[0], stamp, data)] if stamp else []
    plain = table(
        timeline=[{"at": AT, "what": "decision", "by": "reviewer", "leaf": leaf(decided)}],
        exhibits=seen,
        texts=[{**text, "leaf": leaf(decided)}],
        records=[{"leaf": leaf(r), "path": f"data/records/{leaf(r)}.record"} for r in records],
        proofs={"log": "data/proofs/log.json", "timestamps": stamps},
    )
    data["data/packet.json"] = canonical(plain) + b"\n"
    return finish(data)
