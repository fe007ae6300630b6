"""Checks a packet with hashlib and cryptography alone, written from docs/packet-format.md.

It says the first thing that is wrong, in one word, or nothing.
"""

import base64
import hashlib
import json
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

LISTS = ("manifest-sha256.txt", "tagmanifest-sha256.txt")


def sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def signed(key: bytes, signature: bytes, message: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def root(leaf: str, place: int, size: int, path: list[str]) -> bytes:
    """RFC 9162 §2.1.3.2."""
    node, last, reached = place, size - 1, hashlib.sha256(b"\0" + bytes.fromhex(leaf)).digest()
    for each in map(bytes.fromhex, path):
        if node % 2 or node == last:
            reached = hashlib.sha256(b"\1" + each + reached).digest()
            while node and not node % 2:
                node, last = node // 2, last // 2
        else:
            reached = hashlib.sha256(b"\1" + reached + each).digest()
        node, last = node // 2, last // 2
    return reached if last == 0 else b""


def wrong(files: Mapping[str, bytes]) -> str:
    """What is wrong first: folder, signature, records, exhibits, texts or log; empty if nothing."""
    listed = [line.split("  ") for name in LISTS for line in files[name].decode().splitlines()]
    hashes = {path: digest for digest, path in listed}
    alone = {"signature.json", LISTS[1]}
    if hashes != {path: sha(each) for path, each in files.items() if path not in alone}:
        return "folder"
    given = json.loads(files["signature.json"])
    lines = ["gongdao.packet.v1", *(given[n] for n in ("origin", "case", "tagmanifest", "key"))]
    message = "".join(f"{line}\n" for line in lines).encode()
    key, signature = (base64.b64decode(given[name]) for name in ("public_key", "signature"))
    if given["tagmanifest"] != sha(files[LISTS[1]]) or not signed(key, signature, message):
        return "signature"
    table = json.loads(files["data/packet.json"])
    records = {each["leaf"]: files[each["path"]] for each in table["records"]}
    return said(files, table, records) or logged(files, table, records)


def said(files: Mapping[str, bytes], table: Any, records: Mapping[str, bytes]) -> str:
    if any(sha(b"\0" + record) != leaf for leaf, record in records.items()):
        return "records"
    for each in (file for exhibit in table["exhibits"] for file in exhibit["files"]):
        if each["path"] and sha(files[each["path"]]) != each["sha256"]:
            return "exhibits"
        if each["leaf"] and each["sha256"].encode() not in records[each["leaf"]]:
            return "exhibits"
    for each in table["texts"]:
        digest = sha(bytes.fromhex(each["salt"] or "") + each["text"].encode())
        if each["salt"] and digest != each["digest"]:
            return "texts"
        if each["leaf"] and each["digest"].encode() not in records[each["leaf"]]:
            return "texts"
    return ""


def logged(files: Mapping[str, bytes], table: Any, records: Mapping[str, bytes]) -> str:
    if not table["proofs"]["log"]:
        return ""
    log = json.loads(files[table["proofs"]["log"]])
    text, _, below = log["checkpoint"].rpartition("\n\n")
    name, _, written = log["log_key"].split("+", 2)
    line = next(each for each in below.splitlines() if each.split()[1] == name)
    key, signature = base64.b64decode(written)[1:], base64.b64decode(line.split()[2])[4:]
    if not signed(key, signature, f"{text}\n".encode()):
        return "log"
    top = base64.b64decode(text.split("\n")[2])
    led = all(root(e["leaf"], e["place"], log["size"], e["path"]) == top for e in log["entries"])
    return "" if led and records.keys() <= {e["leaf"] for e in log["entries"]} else "log"
