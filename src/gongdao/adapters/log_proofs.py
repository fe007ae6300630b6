"""Proofs out of the public log as files, and checking them without any installation at hand."""

import json
from collections.abc import Sequence

from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence import inclusion
from gongdao.domain.evidence.checkpoint import Key, Malformed
from gongdao.domain.evidence.inclusion import Inclusion, Shown
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop

_LARGEST = 256 * 1024


def read(written: bytes) -> Inclusion | None:
    """The proof that a file is, or that lies in a receipt's file; None if there is none in it."""
    try:
        found = json.loads(written) if len(written) <= _LARGEST else None
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise BadInput(
            "verify.bad_inclusion",
            hint_noop("Give the proof as the log's API answers it: {format}."),
            format=inclusion.FORMAT,
        )
    inner = found if found.get("format") == inclusion.FORMAT else found.get("inclusion")
    if inner is None:
        return None
    return inclusion.read(inner if isinstance(inner, dict) else {})


def read_key(written: str) -> Key:
    """A verifier key of a log or of a witness."""
    try:
        return Key.read(written)
    except Malformed:
        raise BadInput(
            "verify.bad_log_key",
            hint_noop("Give the key as the log's page shows it: name+id+key."),
        ) from None


def check(
    proof: Inclusion, leaf: str | None, trusted: Sequence[Key], witnesses: Sequence[Key]
) -> Shown:
    """Refused unless the record with this leaf (any, if None) is in the log."""
    if leaf is not None and leaf != proof.leaf:
        raise Refused(
            "verify.other_record", hint_noop("The proof is about another record than the receipt.")
        )
    return inclusion.check(proof, trusted, witnesses, signed_with)
