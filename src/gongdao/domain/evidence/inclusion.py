"""The proof that a record stands in the public log, as a file, and what it proves.

Nothing here reads a file, a clock or a database: `gongdao verify` uses it, and so can whatever
verifies more than a receipt.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gongdao.domain.evidence.checkpoint import (
    COSIGNATURE,
    Checkpoint,
    CheckSignature,
    Key,
    Malformed,
    Note,
    holds,
    must_be_of,
    signed_by,
)
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.merkle import leaf_hash, root_from

FORMAT = "gongdao.inclusion.v1"
LONGEST = 64
"""Hashes of a path, at most."""
_HASH = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Inclusion:
    """Where a record stands in the log, and the way from there to a signed checkpoint."""

    leaf: str
    """SHA-256 of the record, hex, as its receipt says it: the log's entry."""
    place: int
    """Its number in the log, from 0."""
    size: int
    """How many entries the log had at the checkpoint."""
    path: tuple[str, ...]
    """From the entry's leaf hash up to the root, hex."""
    checkpoint: str
    """The signed note."""
    log_key: str
    """The log's verifier key. It convinces only who has it from the operator as well."""
    format: str = FORMAT


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What a proof of inclusion shows, once it was checked."""

    checkpoint: Checkpoint
    place: int
    key_known: bool
    """Whether the log's key was given apart from the proof."""
    witnesses: tuple[tuple[str, int], ...] = ()
    """Who else signed the checkpoint, of those whose keys were given, and when (since 1970)."""


def read(found: Mapping[str, object]) -> Inclusion:
    """A proof from its JSON; BadInput if it is none."""
    texts = {name: found.get(name) for name in ("leaf", "checkpoint", "log_key")}
    numbers = {name: found.get(name) for name in ("place", "size")}
    path = found.get("path")
    if (
        found.get("format") != FORMAT
        or not all(isinstance(text, str) for text in texts.values())
        or not all(type(number) is int for number in numbers.values())
        or not isinstance(path, list)
        or len(path) > LONGEST
        or not all(isinstance(each, str) and _HASH.fullmatch(each) for each in path)
        or not _HASH.fullmatch(str(texts["leaf"]))
    ):
        raise BadInput(
            "verify.bad_inclusion",
            hint_noop("Give the proof as the log's API answers it: {format}."),
            format=FORMAT,
        )
    return Inclusion(**texts, **numbers, path=tuple(path))  # type: ignore[arg-type]


def check(
    proof: Inclusion, trusted: Sequence[Key], witnesses: Sequence[Key], verify: CheckSignature
) -> Shown:
    """Refused unless the record is in the log that the checkpoint vouches for.

    With `trusted` keys the checkpoint must be signed by one of them; else the key within the proof
    is used, and must still be compared with the one that the operator publishes.
    """
    try:
        note = Note.read(proof.checkpoint)
        checkpoint = Checkpoint.read(note.text)
        keys = list(trusted) or [Key.read(proof.log_key)]
    except Malformed:
        raise not_in_log() from None
    signers = signed_by(note, keys, verify)
    if not signers:
        raise Refused(
            "verify.bad_checkpoint",
            hint_noop("The log's checkpoint is not signed by the log's key."),
        )
    must_be_of(checkpoint, signers)
    path = [bytes.fromhex(each) for each in proof.path]
    root = root_from(leaf_hash(bytes.fromhex(proof.leaf)), proof.place, checkpoint.size, path)
    if root != checkpoint.root or proof.size != checkpoint.size:
        raise not_in_log()
    return Shown(
        checkpoint=checkpoint,
        place=proof.place,
        key_known=bool(trusted),
        witnesses=tuple(witnessed(note, witnesses, verify)),
    )


def witnessed(
    note: Note, witnesses: Sequence[Key], verify: CheckSignature
) -> list[tuple[str, int]]:
    """Which witnesses signed a checkpoint, and when (seconds since 1970)."""
    known = {(key.name, key.id): key for key in witnesses if key.kind == COSIGNATURE}
    return [
        (line.name, line.time)
        for line in note.signatures
        if (key := known.get((line.name, line.key))) and holds(key, line, note.text, verify)
    ]


def not_in_log() -> Refused:
    """What a proof is that leads nowhere."""
    return Refused(
        "verify.not_in_log",
        hint_noop("The proof does not lead to the log's checkpoint: something in it was changed."),
    )
