"""What needs no installation: checking files that one gave out, and following its log."""

import json
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from hashlib import file_digest, sha256
from pathlib import Path

from gongdao.adapters import chance, log_proofs, packet_files, packet_page, receipts, timestamps
from gongdao.adapters.log_fetch import LogAt, StateFile
from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence import packet_check, record_check, record_file
from gongdao.domain.evidence.following import Followed, Seen, look
from gongdao.domain.evidence.inclusion import Shown
from gongdao.domain.evidence.packet_proofs import Trust
from gongdao.domain.evidence.packets import RECORD_FORMAT
from gongdao.domain.evidence.stamped import Stamped
from gongdao.domain.kernel.errors import BadInput, hint_noop

open_packet = packet_files.open_packet
verify_receipt = receipts.check
read_proof, check_proof, read_log_key = log_proofs.read, log_proofs.check, log_proofs.read_key
packet_words, checking_page = packet_page.words, packet_page.whole
LARGEST = record_file.LARGEST


class What(StrEnum):
    """What can be checked."""

    PACKET = "packet"
    RECORD = "record"
    RECEIPT = "receipt"


def what_is(path: Path) -> What:
    """What a file is, by what is in it; whatever is neither of the others is tried as a receipt."""
    if path.is_dir() or packet_files.is_zip(path):
        return What.PACKET
    try:
        found = json.loads(read_file(path))
    except (ValueError, RecursionError):
        return What.RECEIPT
    named = found.get("format") if isinstance(found, dict) else None
    return What.RECORD if named == RECORD_FORMAT else What.RECEIPT


def read_file(path: Path) -> bytes:
    """A small file; BadInput if it cannot be read, or is too large to be what was asked for."""
    try:
        with path.open("rb") as file:
            written = file.read(LARGEST + 1)
    except (OSError, ValueError) as problem:
        why = problem.strerror if isinstance(problem, OSError) else None
        raise _no_file(path, why or "?") from problem
    if len(written) > LARGEST:
        raise BadInput(
            "verify.too_large",
            hint_noop("The file {path} is too large to be a receipt, a record or a key."),
            path=str(path),
        )
    return written


def trust(
    keys: Path | None, log: Sequence[str], witnesses: Sequence[str], roots: Path | None
) -> Trust:
    """What whoever checks brings along."""
    pem = [] if roots is None else [read_file(roots)]
    return Trust(
        verify=signed_with,
        read_stamp=partial(timestamps.read, roots=pem),
        operator=None if keys is None else receipts.read_keys(read_file(keys)),
        log=[log_proofs.read_key(key) for key in log],
        witnesses=[log_proofs.read_key(key) for key in witnesses],
    )


def check_packet(path: Path, brought: Trust) -> packet_check.CheckedPacket:
    """What a packet proves: its ZIP, or the folder that it was unpacked to."""
    with packet_files.open_packet(path) as folder:
        return packet_check.check(folder, brought)


def check_record(
    path: Path, given: Sequence[Path], brought: Trust, stamp: Path | None
) -> record_check.CheckedRecord:
    """What a record proves, with the files given; else with those that lie beside it by name."""
    found = record_file.read(read_file(path))
    beside = given or [path.parent / each.name for each in found.files if _is_name(each.name)]
    hashed = {each.name: _hash(each) for each in beside if given or _lies_there(each)}
    return record_check.check(found, hashed, brought, None if stamp is None else read_file(stamp))


def _is_name(name: str) -> bool:
    """Whether it is a name and no path: a record from somebody else names no file elsewhere."""
    return name == Path(name).name and name not in {"", ".", ".."}


def _lies_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that no file here can have
        return False


def _hash(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    except OSError as problem:
        raise _no_file(path, problem.strerror or "?") from problem


def _no_file(path: Path, why: str) -> BadInput:
    return BadInput(
        "verify.no_file",
        hint_noop("The file {path} cannot be read: {why}."),
        path=str(path),
        why=why,
    )


def check_timestamp(reply: bytes, shown: Shown | None, roots: bytes | None) -> Stamped:
    """What an authority's answer says about the checkpoint that a proof led to."""
    if shown is None:
        raise BadInput(
            "verify.no_checkpoint",
            hint_noop("The timestamp is about a checkpoint of the log: give --inclusion as well."),
        )
    digest = sha256(shown.checkpoint.text().encode()).digest()
    return timestamps.read(reply, digest, [] if roots is None else [roots])


def follow(url: str, state: Path, keys: tuple[str, ...]) -> tuple[Seen, Followed]:
    """Look at a log once, and remember; its key comes from the caller, or from the first look."""
    there, file = LogAt(url.rstrip("/")), StateFile(state)
    before = file.read()
    if before is None:
        before = Followed(there.url, keys or tuple(there.published_keys()))
    elif before.url != there.url:
        raise BadInput(
            "log.other_state",
            hint_noop("This state is of {url}. Give another file with --state."),
            url=before.url,
        )
    if not before.keys:
        raise BadInput("log.no_key", hint_noop("Give the log's key with --key."))
    for key in before.keys:
        log_proofs.read_key(key)
    seen, found = look(before, there.checkpoint(), there.reader, signed_with, chance.now())
    file.keep(found)
    return seen, found
