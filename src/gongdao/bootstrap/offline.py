"""What needs no installation: checking files that one gave out, and following its log."""

from hashlib import sha256
from pathlib import Path

from gongdao.adapters import chance, log_proofs, receipts, timestamps
from gongdao.adapters.log_fetch import LogAt, StateFile
from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence.following import Followed, Seen, look
from gongdao.domain.evidence.inclusion import Shown
from gongdao.domain.evidence.stamped import Stamped
from gongdao.domain.kernel.errors import BadInput, hint_noop

verify_receipt = receipts.check
read_proof, check_proof, read_log_key = log_proofs.read, log_proofs.check, log_proofs.read_key


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
