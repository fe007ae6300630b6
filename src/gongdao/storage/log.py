"""The public log in PostgreSQL: gives waiting entries their places, and proves that they have them.

One process at a time does so, in one transaction: it takes entries that wait, writes the tiles that
grow, and signs. Whoever reads sees all of that or nothing. Which entries wait is said by
`log_tables.py`; a transaction that ends late hands its entries in late, and none is passed over.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.checkpoint import (
    Checkpoint,
    CheckSignature,
    Key,
    Malformed,
    Note,
)
from gongdao.domain.evidence.inclusion import Inclusion, witnessed
from gongdao.domain.evidence.tiles import HASH, TILE, WIDTH
from gongdao.domain.kernel.clock import Clock
from gongdao.domain.kernel.errors import BadInput, NotFound, Refused, hint_noop
from gongdao.storage.bulk import copy
from gongdao.storage.log_keys import PgLogKeys
from gongdao.storage.log_reading import ENTRIES, Tiles, first, places_of, tile

MOST = 10_000
"""So many entries get their places in one transaction, or as many as one statement handed in."""
KEPT_WHOLE = timedelta(days=1)
"""So long every checkpoint is kept; of earlier ones the last of each hour, and the last of those
that a witness signed."""

_ALONE = "select pg_try_advisory_xact_lock(hashtext('gongdao log'))"
_NEWEST = "select size, root, note, signed_at from log_checkpoint order by size desc limit 1"
_TAKE = """
    delete from log_waiting where position in (
        select position from (
            select position, size, sum(size) over (order by position) as through from (
                select position, octet_length(entries) as size from log_waiting
                order by position limit %(most)s
            ) next
        ) counted where through - size < %(bytes)s
    ) returning position, entries
"""
_SIGNED = """
    insert into log_checkpoint (size, root, note, signed_at) values (%s, %s, %s, %s)
    on conflict (size) do update set note = excluded.note, signed_at = excluded.signed_at
"""
_WITNESSED = """
    select note from log_checkpoint where witnessed_at is not null order by size desc limit 1
"""
_COSIGNED = "update log_checkpoint set note = %s, witnessed_at = %s where size = %s"
_THIN = """
    delete from log_checkpoint c using (
        select size, row_number() over (
            partition by date_trunc('hour', signed_at), witnessed_at is null
            order by size desc) as rank
        from log_checkpoint where signed_at < %s
    ) ranked where ranked.size = c.size and ranked.rank > 1
"""


@dataclass(frozen=True, slots=True)
class Signed:
    """The newest checkpoint."""

    checkpoint: Checkpoint
    note: Note
    at: datetime


@dataclass(frozen=True, slots=True)
class PgLog:
    """The log of this installation."""

    keys: PgLogKeys
    clock: Clock

    def tick(self) -> int:
        """Give the next entries their places and sign; how many there were."""
        if not _something_to_do(self.keys.origin):
            return 0
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_ALONE)
            if not cursor.fetchone()[0]:
                return 0  # somebody else does it
            cursor.execute(_TAKE, {"most": MOST, "bytes": MOST * HASH})
            packed = b"".join(bytes(entries) for _, entries in sorted(cursor.fetchall()))
            entries = [packed[at : at + HASH] for at in range(0, len(packed), HASH)]
            self._sign(append(cursor, entries))
        return len(entries)

    def newest(self) -> Signed:
        """The newest checkpoint; NotFound before the first."""
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST)
            row = cursor.fetchone()
        if row is None:
            raise NotFound("log.not_begun", hint_noop("The log has not begun: ask again shortly."))
        note = Note.read(row[2])
        return Signed(Checkpoint.read(note.text), note, row[3])

    def size(self) -> int:
        """How many entries have their places."""
        with connection.cursor() as cursor:
            cursor.execute(_NEWEST)
            row = cursor.fetchone()
        return int(row[0]) if row else 0

    def place(self, leaf: bytes) -> int | None:
        """Where a record's hash stands in the log; None if it does not, or not yet."""
        return places_of([leaf]).get(leaf)

    def inclusion(self, leaf: bytes) -> Inclusion:
        """The proof that a record's hash is in the log; NotFound if it is not, or not yet."""
        found = self.inclusions([leaf]).get(leaf)
        if found is None:
            raise NotFound(
                "log.no_such_leaf",
                hint_noop("Nothing in the log has this hash. What is new gets its place shortly."),
            )
        return found

    def inclusions(self, leaves: Iterable[bytes]) -> dict[bytes, Inclusion]:
        """The proofs of those that have their places, all against the newest checkpoint."""
        places = places_of(leaves)
        if not places:
            return {}
        now, key = self.newest(), str(self.keys.public()[0])
        size, note = now.checkpoint.size, now.note.write()
        places = {leaf: place for leaf, place in places.items() if place < size}
        read = Tiles(size, [*places.values(), size - 1])
        paths = tiles.inclusions(places.values(), size, read)
        return {
            leaf: Inclusion(
                leaf=leaf.hex(),
                place=place,
                size=size,
                path=tuple(each.hex() for each in path),
                checkpoint=note,
                log_key=key,
            )
            for (leaf, place), path in zip(places.items(), paths, strict=True)
        }

    def consistency(self, first: int, second: int) -> tuple[bytes, ...]:
        """What shows that the log at one size begins with the log at another."""
        if not 0 < first <= second <= self.newest().checkpoint.size:
            raise BadInput(
                "log.no_such_size",
                hint_noop("Give two sizes that the log had, the smaller first and not nought."),
            )
        return tiles.consistency(first, second, Tiles(second, [first - 1, first, second - 1]))

    def witnessed(self) -> Note | None:
        """The newest checkpoint that a witness signed."""
        with connection.cursor() as cursor:
            cursor.execute(_WITNESSED)
            row = cursor.fetchone()
        return Note.read(row[0]) if row else None

    def cosign(self, written: str, witnesses: Sequence[Key], verify: CheckSignature) -> list[str]:
        """Put the lines of our witnesses below the checkpoint that they signed; whose they are."""
        try:
            note = Note.read(written)
            size = Checkpoint.read(note.text).size
        except Malformed as problem:
            raise BadInput(
                "log.no_checkpoint",
                hint_noop("Send the checkpoint and the cosignatures below it: {why}."),
                why=str(problem),
            ) from None
        if not witnessed(note, witnesses, verify):
            raise Refused(
                "log.no_witness",
                hint_noop("None of the lines is signed by a witness that is named here."),
            )
        known = {(key.name, key.id) for key in witnesses}
        lines = [line for line in note.signatures if (line.name, line.key) in known]
        lines = [line for line in lines if witnessed(Note(note.text, (line,)), witnesses, verify)]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("select note from log_checkpoint where size = %s for update", [size])
            row = cursor.fetchone()
            if row is None or Note.read(row[0]).text != note.text:
                raise Refused("log.not_ours", hint_noop("We signed no such checkpoint."))
            both = Note.read(row[0]).with_signatures(lines).write()
            cursor.execute(_COSIGNED, [both, self.clock(), size])
        return [line.name for line in lines]

    def add_key(self) -> Key:
        """Sign with one more key, the newest checkpoint at once."""
        with transaction.atomic():
            key = self.keys.add()
            self._sign_again()
        return key

    def retire_key(self, key: str) -> None:
        """Sign with this key (its id, hex) no more; the newest checkpoint has the others'."""
        with transaction.atomic():
            self.keys.retire(key)
            self._sign_again()

    def thin(self, now: datetime) -> int:
        """Forget checkpoints of long ago, but for one an hour; how many that was."""
        with connection.cursor() as cursor:
            cursor.execute(_THIN, [now - KEPT_WHOLE])
            return int(cursor.rowcount)

    def _sign_again(self) -> None:
        """Put the lines of all keys below the newest checkpoint: proofs name the newest key."""
        with connection.cursor() as cursor:
            cursor.execute("select pg_advisory_xact_lock(hashtext('gongdao log'))")
            cursor.execute(_NEWEST)
            for size, _, note, _ in cursor.fetchall():
                before = Note.read(note)
                lines = self.keys.sign(Checkpoint.read(before.text)).signatures
                both = before.with_signatures(lines).write()
                cursor.execute("update log_checkpoint set note = %s where size = %s", [both, size])

    def _sign(self, edge: tiles.Edge) -> None:
        checkpoint = Checkpoint(self.keys.origin, edge.size, edge.root())
        note = self.keys.sign(checkpoint).write()
        with connection.cursor() as cursor:
            cursor.execute(_SIGNED, [edge.size, checkpoint.root, note, self.clock()])


def append(cursor: Any, entries: Sequence[bytes]) -> tiles.Edge:
    """Write further entries into the tables; the tree's right edge as it is then."""
    cursor.execute(_NEWEST)
    newest = cursor.fetchone()
    size = int(newest[0]) if newest else 0
    grown = tiles.append(tiles.edge_of(size, tile), entries)
    if not entries:
        return grown.edge
    own = _rows_of_entries(size, entries)
    written = own | grown.tiles
    levels, numbers = zip(*written, strict=True)
    # What was begun already is written anew; a full tile is there for the first time.
    cursor.execute(
        "delete from log_tile using unnest(%s::int[], %s::bigint[]) as old (level, number) "
        "where log_tile.level = old.level and log_tile.number = old.number",
        [list(levels), list(numbers)],
    )
    rows = ((level, number, hashes) for (level, number), hashes in written.items())
    copy("log_tile", ("level", "number", "hashes"), rows)
    places = ((first(entry), place) for place, entry in enumerate(entries, size))
    copy("log_place", ("first", "place"), places)
    return grown.edge


def _rows_of_entries(size: int, entries: Sequence[bytes]) -> dict[tuple[int, int], bytes]:
    number, width = divmod(size, WIDTH)
    begun = tile(ENTRIES, number)[: width * HASH] if width else b""
    row = begun + b"".join(entries)
    return {
        (ENTRIES, number + n): row[at : at + TILE] for n, at in enumerate(range(0, len(row), TILE))
    }


def _something_to_do(origin: str) -> bool:
    """Whether entries wait, or nothing is signed yet in the log's present name."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select exists (select from log_waiting), "
            "(select split_part(note, E'\\n', 1) from log_checkpoint order by size desc limit 1)"
        )
        waiting, name = cursor.fetchone()
    return bool(waiting) or name != origin
