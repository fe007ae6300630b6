"""Following somebody's log: whether what it shows now goes on from what it showed before.

Two checkpoints, both signed by the log, of which neither goes on from the other are the proof that
it showed two pasts. Whoever follows keeps both: they convince anybody who has the log's key.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.checkpoint import (
    Checkpoint,
    CheckSignature,
    Key,
    Malformed,
    Note,
    must_be_of,
    signed_by,
)
from gongdao.domain.evidence.tiles import Tile
from gongdao.domain.kernel.errors import BadInput, Refused, hint_noop
from gongdao.domain.kernel.merkle import grows

FORMAT = "gongdao.followed.v1"


class Seen(StrEnum):
    """How a checkpoint stands to the one that was seen before."""

    FIRST = "first"
    SAME = "same"
    GROWN = "grown"
    OLDER = "older"
    """Shorter, and a part of what was seen before: an old copy, or the log went back."""
    FORK = "fork"


@dataclass(frozen=True, slots=True)
class Fork:
    """Two signed checkpoints that cannot both be true."""

    first: str
    second: str
    found_at: str


@dataclass(frozen=True, slots=True)
class Followed:
    """What a follower remembers of a log."""

    url: str
    keys: tuple[str, ...]
    """Verifier keys that are trusted."""
    checkpoint: str = ""
    """The newest signed note that went on from all before; empty at the beginning."""
    seen_at: str = ""
    forks: tuple[Fork, ...] = ()
    format: str = FORMAT


def look(
    before: Followed,
    written: str,
    reader: Callable[[int], Tile],
    verify: CheckSignature,
    now: datetime,
) -> tuple[Seen, Followed]:
    """What a fetched checkpoint means, and what to remember; `reader` fetches a tree's tiles."""
    keys = [Key.read(key) for key in before.keys]
    checkpoint = checked(written, keys, verify)
    moment = now.isoformat()
    if not before.checkpoint:
        return Seen.FIRST, replace(before, checkpoint=written, seen_at=moment)
    seen = compare(checked(before.checkpoint, keys, verify), checkpoint, reader)
    if seen is Seen.FORK:
        fork = Fork(before.checkpoint, written, moment)
        known = {(each.first, each.second) for each in before.forks}
        more = () if (fork.first, fork.second) in known else (fork,)
        return seen, replace(before, forks=before.forks + more)
    if seen is Seen.OLDER:
        return seen, before
    return seen, replace(before, checkpoint=written, seen_at=moment)


def checked(written: str, keys: Sequence[Key], verify: CheckSignature) -> Checkpoint:
    """The checkpoint in a note that one of the keys signed; Refused for any other."""
    try:
        note = Note.read(written)
        checkpoint = Checkpoint.read(note.text)
    except Malformed as problem:
        raise BadInput(
            "log.no_checkpoint",
            hint_noop("What is served there is no checkpoint: {why}."),
            why=str(problem),
        ) from None
    signers = signed_by(note, keys, verify)
    if not signers:
        raise Refused(
            "log.bad_signature",
            hint_noop("The checkpoint is not signed by the log's key: it says nothing."),
        )
    must_be_of(checkpoint, signers)
    return checkpoint


def compare(before: Checkpoint, now: Checkpoint, reader: Callable[[int], Tile]) -> Seen:
    """How one checkpoint stands to an earlier one; Refused where the tiles prove neither."""
    if before.origin != now.origin:
        raise Refused(
            "log.other_log",
            hint_noop("Another log is served there now: {origin}. Follow it under another state."),
            origin=now.origin,
        )
    if before.size == now.size:
        return Seen.SAME if before.root == now.root else Seen.FORK
    first, second = sorted((before, now), key=lambda each: each.size)
    if first.size and not _goes_on(first, second, reader(second.size)):
        return Seen.FORK
    return Seen.GROWN if second is now else Seen.OLDER


def _goes_on(first: Checkpoint, second: Checkpoint, tile: Tile) -> bool:
    """Whether the second begins with the first, by tiles that the second vouches for."""
    try:
        began = tiles.root_of(first.size, tile)
        path = tiles.consistency(first.size, second.size, tile)
    except ValueError:
        began, path = b"", ()
    if not grows(first.size, second.size, began, second.root, path):
        raise Refused(
            "log.bad_tiles",
            hint_noop("The tiles served there are not those of its checkpoint."),
        )
    return began == first.root
