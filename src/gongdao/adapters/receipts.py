"""Signed receipts as files, and checking them without any installation at hand."""

import base64
import binascii
import json
import re
from collections.abc import Mapping
from dataclasses import asdict, fields

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.intake.receipt import FORMAT, SignedReceipt, key_id
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop

_LARGEST = 64 * 1024
_HASH = re.compile("[0-9a-f]{64}")
_UNREADABLE = hint_noop("Give the receipt as it was downloaded: a JSON file. {why}")


def document(receipt: SignedReceipt) -> str:
    """The receipt as the file that people keep."""
    return json.dumps(asdict(receipt), ensure_ascii=False, indent=1) + "\n"


def with_proof(receipt: str, proof: Inclusion) -> str:
    """The file of a receipt, and in it the proof that its report is in the public log."""
    both = json.loads(receipt) | {"inclusion": asdict(proof)}
    return json.dumps(both, ensure_ascii=False, indent=1) + "\n"


def read(written: bytes) -> SignedReceipt:
    """A receipt from its file; BadInput says what is wrong with it."""
    if len(written) > _LARGEST:
        raise BadInput("verify.unreadable", _UNREADABLE, why="It is too large.")
    try:
        found = json.loads(written)
    except (ValueError, RecursionError) as problem:
        raise BadInput("verify.unreadable", _UNREADABLE, why="It is no JSON.") from problem
    # An answer of the API holds the receipt under `signed`; both are taken.
    inner = found.get("signed") if isinstance(found, dict) else None
    found = inner if isinstance(inner, dict) else found
    wanted = {field.name for field in fields(SignedReceipt)}
    if not isinstance(found, dict) or found.get("format") != FORMAT or not wanted <= set(found):
        raise BadInput("verify.unreadable", _UNREADABLE, why=f"It is no {FORMAT}.")
    kept = {name: found[name] for name in wanted}
    where, lines = {name: kept.pop(name) for name in ("position", "size", "path")}, kept.values()
    if not all(isinstance(text, str) and "\n" not in text for text in lines):
        raise BadInput("verify.unreadable", _UNREADABLE, why="A field is no line of text.")
    if not _is_place(**where):
        raise BadInput("verify.unreadable", _UNREADABLE, why="Its place in the tree is no place.")
    return SignedReceipt(**kept, **where | {"path": tuple(where["path"])})


def _is_place(position: object, size: object, path: object) -> bool:
    """Whether these can be the place of a receipt among those signed together."""
    numbers = type(position) is int and type(size) is int
    hashes = isinstance(path, list) and all(
        isinstance(each, str) and _HASH.fullmatch(each) for each in path
    )
    return numbers and hashes


def verify(receipt: SignedReceipt, trusted: Mapping[str, str] | None) -> None:
    """Refused unless the receipt is as it was signed; with `trusted` keys, by one of them.

    Without them the signature is held against the key in the receipt itself: it shows that nothing
    was changed, and the key must still be compared with the one that the operator publishes.
    """
    if trusted is not None and trusted.get(receipt.key) != receipt.public_key:
        raise Refused(
            "verify.unknown_key",
            hint_noop("The key {key} is not among the keys given. Fetch the operator's keys anew."),
            key=receipt.key,
        )
    try:
        public = base64.b64decode(receipt.public_key, validate=True)
        signature = base64.b64decode(receipt.signature, validate=True)
        named = key_id(public) == receipt.key
        signed = receipt.signed_bytes()
        Ed25519PublicKey.from_public_bytes(public).verify(signature, signed or b"")
    except (InvalidSignature, binascii.Error, ValueError):
        named = False
    if not named:
        raise Refused(
            "verify.changed",
            hint_noop("This is not what was signed: something in it was changed."),
        )


def check(written: bytes, keys: bytes | None) -> SignedReceipt:
    """The receipt in a file, if it is as it was signed; needs no installation and no network."""
    found = read(written)
    verify(found, None if keys is None else read_keys(keys))
    return found


def read_keys(written: bytes) -> dict[str, str]:
    """Public keys by their id, from the answer of `/api/v1/keys`."""
    try:
        return {str(each["key"]): str(each["public_key"]) for each in json.loads(written)}
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        raise BadInput(
            "verify.bad_keys",
            hint_noop("Give the keys as /api/v1/keys answers them: a JSON list."),
        ) from problem
