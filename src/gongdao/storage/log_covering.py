"""One checkpoint of the log that holds many records, and the way from each of them to it.

It must be found again years later: a packet that is made anew is to hold the same bytes, and
checkpoints of long ago are thinned out. So one that a packet has used is signed again where it is
gone: the tree at a size, the text and an Ed25519 signature come out the same each time.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.checkpoint import Checkpoint, Key, Note
from gongdao.domain.evidence.packets import LOG_FORMAT, PacketEntry, PacketLog
from gongdao.storage.log import PgLog
from gongdao.storage.log_reading import Tiles, places_of
from gongdao.storage.timestamps import PgTokens, Token

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


@dataclass(frozen=True, slots=True)
class Covering:
    """Finds the checkpoint."""

    log: PgLog
    tokens: PgTokens

    def of(self, leaves: Sequence[str], used: Sequence[int]) -> Covered:
        """The earliest stamped checkpoint that holds all, or else one used before, or else kept.

        `used` are the sizes of checkpoints in packets that were made of the same case.
        """
        found_at = places_of(map(bytes.fromhex, leaves))
        places = {leaf.hex(): place for leaf, place in found_at.items()}
        waiting = tuple(leaf for leaf in leaves if leaf not in places)
        if waiting or not places:
            return Covered(None, (), waiting)
        found = self._checkpoint(max(places.values()) + 1, used)
        if found is None:
            return Covered(None, (), tuple(leaves))
        note, key = found
        size = Checkpoint.read(note.text).size
        in_order = sorted(places.items(), key=lambda item: item[1])
        read = Tiles(size, [*places.values(), size - 1])
        paths = tiles.inclusions((place for _, place in in_order), size, read)
        entries = tuple(
            PacketEntry(leaf=leaf, place=place, path=tuple(each.hex() for each in path))
            for (leaf, place), path in zip(in_order, paths, strict=True)
        )
        log = PacketLog(
            log_key=str(key),
            checkpoint=note.write(),
            size=size,
            entries=entries,
            format=LOG_FORMAT,
        )
        return Covered(log, tuple(self.tokens.of(_digest(note))), ())

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
            self.log.keys.origin, size, tiles.root_of(size, Tiles(size, [size - 1]))
        )
        return self.log.keys.sign(checkpoint), self.log.keys.public()[0]


def _digest(note: Note) -> bytes:
    return sha256(note.text.encode()).digest()
