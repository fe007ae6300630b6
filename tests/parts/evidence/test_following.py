"""Whoever follows a log tells growth from an old copy, and both from two pasts."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from tests.parts.evidence.test_tiles import ENTRIES, Kept, kept

from gongdao.adapters.signatures import signed_with
from gongdao.domain.evidence.checkpoint import Checkpoint, Key, Note, sign
from gongdao.domain.evidence.following import Followed, Seen, compare, look
from gongdao.domain.evidence.tiles import HASH, Tile, name_of
from gongdao.domain.kernel.errors import BadInput, GongdaoError, Refused

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
PRIVATE = Ed25519PrivateKey.from_private_bytes(bytes(32))
KEY = Key("log.example/log", PRIVATE.public_key().public_bytes_raw())
OTHER = [bytes([1]) + entry[1:] for entry in ENTRIES]


class Log:
    """A log of so many entries, and its tiles."""

    def __init__(self, entries: Sequence[bytes]) -> None:
        self.tree: Kept = kept(list(entries))
        edge = self.tree.edge
        self.checkpoint = Checkpoint(KEY.name, edge.size, edge.root())

    def note(self) -> str:
        text = self.checkpoint.text()
        return Note(text, (sign(KEY, text, PRIVATE.sign),)).write()

    def reader(self, size: int) -> Tile:
        assert size <= self.checkpoint.size
        return self.tree


@pytest.mark.parametrize(("first", "second"), [(1, 2), (4, 7), (255, 256), (256, 700), (300, 301)])
def test_a_log_that_grows_goes_on_from_before(first: int, second: int) -> None:
    before, now = Log(ENTRIES[:first]), Log(ENTRIES[:second])

    assert compare(before.checkpoint, now.checkpoint, now.reader) is Seen.GROWN
    assert compare(now.checkpoint, before.checkpoint, now.reader) is Seen.OLDER
    assert compare(now.checkpoint, now.checkpoint, now.reader) is Seen.SAME
    assert compare(Log([]).checkpoint, now.checkpoint, now.reader) is Seen.GROWN


@pytest.mark.parametrize(("first", "second"), [(4, 4), (4, 7), (256, 300), (5, 600)])
def test_two_pasts_are_told(first: int, second: int) -> None:
    before = Log(ENTRIES[:first])
    now = Log([*ENTRIES[: first - 1], *OTHER[first - 1 : second]])

    assert compare(before.checkpoint, now.checkpoint, now.reader) is Seen.FORK


def test_tiles_that_are_not_the_checkpoints_prove_nothing() -> None:
    before, now = Log(ENTRIES[:5]), Log(ENTRIES[:9])

    def wrong(_size: int) -> Tile:
        return Log(OTHER[:9]).tree

    def narrow(_size: int) -> Tile:
        return lambda _level, _number: bytes(HASH)

    for reader in (wrong, narrow):
        with pytest.raises(Refused, match=r"log\.bad_tiles"):
            compare(before.checkpoint, now.checkpoint, reader)
    elsewhere = replace(now.checkpoint, origin="other.example/log")
    with pytest.raises(Refused, match=r"log\.other_log"):
        compare(before.checkpoint, elsewhere, now.reader)


def test_both_checkpoints_of_a_fork_are_kept_and_the_first_stays() -> None:
    begun, grown, other = Log(ENTRIES[:5]), Log(ENTRIES[:9]), Log(OTHER[:20])
    state = Followed("https://log.example/log", (str(KEY),))

    seen, state = look(state, begun.note(), begun.reader, signed_with, NOW)
    assert seen is Seen.FIRST
    seen, state = look(state, grown.note(), grown.reader, signed_with, NOW)
    assert seen is Seen.GROWN
    for _ in range(2):
        seen, state = look(state, other.note(), other.reader, signed_with, NOW)
        assert seen is Seen.FORK
    assert state.checkpoint == grown.note()
    assert [(fork.first, fork.second) for fork in state.forks] == [(grown.note(), other.note())]
    seen, state = look(state, begun.note(), grown.reader, signed_with, NOW)
    assert seen is Seen.OLDER
    assert state.checkpoint == grown.note()


def test_what_is_not_signed_by_the_log_says_nothing() -> None:
    log = Log(ENTRIES[:5])
    state = Followed("https://log.example/log", (str(Key(KEY.name, bytes(range(32)))),))
    with pytest.raises(Refused, match=r"log\.bad_signature"):
        look(state, log.note(), log.reader, signed_with, NOW)

    state = replace(state, keys=(str(KEY),))
    for written in ("", "<html>", log.note().replace("log.example", "log.exempla", 1)):
        with pytest.raises(GongdaoError) as said:
            look(state, written, log.reader, signed_with, NOW)
        assert said.value.code in {"log.no_checkpoint", "log.bad_signature"}
    with pytest.raises(BadInput, match=r"log\.no_checkpoint"):
        look(replace(state, checkpoint="edited"), log.note(), log.reader, signed_with, NOW)


def test_a_tile_is_named_as_the_format_says() -> None:
    assert name_of(0, 1234067, 1234068 * 256) == "0/x001/x234/067"
    assert name_of(0, 273, 70_000) == "0/273.p/112"
    assert name_of(1, 1, 70_000) == "1/001.p/17"
    assert name_of(2, 0, 70_000) == "2/000.p/1"
    assert name_of(0, 0, 256) == "0/000"
