"""One checkpoint of the log that holds many records, and the way from each of them to it.

It must be found again years later: a packet that is made anew is to hold the same bytes, and
checkpoints of long ago are thinned out. So one that a packet has used is signed again where it is
gone: the tree at a size, the text and an Ed25519 signature come out the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from hashlib import sha256

from django.db import connection

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.checkpoint import Checkpoint, Key, Note
from gongdao.domain.evidence.packets import PacketEntry, PacketLog
from gongdao.domain.evidence.tiles import HASH, WIDTH
from gongdao.storage.log import ENTRIES, PgLog, first
from gongdao.storage.timestamps import PgTokens, Token

_PLACES = "select place from log_place where first = any(%s) order by place"
_TILES = """
    select level, number, hashes from log_tile join
    unnest(%s::smallint[], %s::bigint[]) wanted (level, number) using (level, number)
"""
_STAMPED = """
    select distinct split_part(about, ' ', 2)::bigint as size from timestamp_token
    where reply is not null and about ~ '^checkpoint [0-9]{1,18}$'
    and split_part(about, ' ', 2)::bigint >= %s order by 1
"""
_KEPT = "select size, note from log_checkpoint where size >= %s order by size limit 1"
_AT = "select note from log_checkpoint where size = %s"


@dataclass(frozen=True, slots=True)
class Covered:
    """What the log shows of some records."""

    log: PacketLog | None
    stamps: tuple[Token, ...]
    """What outside authorities answered about the checkpoint."""
    waiting: tuple[str, ...]
    """Leaves that have no place yet."""


class _Rows:
    """Tiles of the log: those that many places need read at once, any other when it is needed."""

    def __init__(self, size: int, places: Sequence[int]) -> None:
        levels = range(-1, -(-size.bit_length() // 8))
        wanted = {(level, place >> 8 * (max(level, 0) + 1)) for level in levels for place in places}
        self._known = self._read(wanted)
        self._other = cache(
            lambda level, number: self._read({(level, number)}).get((level, number))
        )

    def __call__(self, level: int, number: int) -> bytes:
        found = self._known.get((level, number))
        return found if found is not None else self._other(level, number) or b""

    @staticmethod
    def _read(wanted: set[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
        with connection.cursor() as cursor:
            cursor.execute(_TILES, [[level for level, _ in wanted], [n for _, n in wanted]])
            return {(level, n): bytes(hashes) for level, n, hashes in cursor.fetchall()}


@dataclass(frozen=True, slots=True)
class Covering:
    """Finds the checkpoint."""

    log: PgLog
    tokens: PgTokens

    def of(self, leaves: Sequence[str], used: Sequence[int]) -> Covered:
        """The earliest stamped checkpoint that holds all, or else one used before, or else kept.

        `used` are the sizes of checkpoints in packets that were made of the same case.
        """
        places = self._places(leaves)
        waiting = tuple(leaf for leaf in leaves if leaf not in places)
        if waiting or not places:
            return Covered(None, (), waiting)
        found = self._checkpoint(max(places.values()) + 1, used)
        if found is None:
            return Covered(None, (), tuple(leaves))
        note, key = found
        size = Checkpoint.read(note.text).size
        rows = _Rows(size, [*places.values(), size - 1])
        entries = tuple(
            PacketEntry(
                leaf=leaf,
                place=place,
                path=tuple(each.hex() for each in tiles.inclusion(place, size, rows)),
            )
            for leaf, place in sorted(places.items(), key=lambda item: item[1])
        )
        log = PacketLog(log_key=str(key), checkpoint=note.write(), size=size, entries=entries)
        return Covered(log, tuple(self.tokens.of(_digest(note))), ())

    def _places(self, leaves: Sequence[str]) -> dict[str, int]:
        wanted = {bytes.fromhex(leaf) for leaf in leaves}
        with connection.cursor() as cursor:
            cursor.execute(_PLACES, [[first(leaf) for leaf in wanted]])
            places = [int(place) for (place,) in cursor.fetchall()]
        if not places:
            return {}
        rows = _Rows(1, places)
        found: dict[str, int] = {}
        for place in places:
            number, at = divmod(place, WIDTH)
            leaf = rows(ENTRIES, number)[at * HASH : (at + 1) * HASH]
            if leaf in wanted:
                found.setdefault(leaf.hex(), place)
        return found

    def _checkpoint(self, least: int, used: Sequence[int]) -> tuple[Note, Key] | None:
        with connection.cursor() as cursor:
            cursor.execute(_STAMPED, [least])
            stamped = [int(size) for (size,) in cursor.fetchall()]
            cursor.execute(_KEPT, [least])
            kept = cursor.fetchone()
        for size in stamped:
            found = self._signed(size)
            if self.tokens.there(_digest(found[0])):
                return found
        before = [size for size in used if size >= least]
        if before:
            return self._signed(min(before))
        return None if kept is None else self._signed(int(kept[0]))

    def _signed(self, size: int) -> tuple[Note, Key]:
        """The checkpoint at a size, as it is kept, or signed again with the keys of today."""
        with connection.cursor() as cursor:
            cursor.execute(_AT, [size])
            row = cursor.fetchone()
        if row is not None:
            note = Note.read(row[0])
            names = {(line.name, line.key) for line in note.signatures}
            for key in self.log.keys.public(Checkpoint.read(note.text).origin):
                if (key.name, key.id) in names:
                    return note, key
        checkpoint = Checkpoint(
            self.log.keys.origin, size, tiles.root_of(size, _Rows(size, [size - 1]))
        )
        return self.log.keys.sign(checkpoint), self.log.keys.public()[0]


def _digest(note: Note) -> bytes:
    return sha256(note.text.encode()).digest()
