"""The log against itself and against the tables: every hash worked out anew, every record found.

It reads in one snapshot and changes nothing. What is wrong is named: the record whose leaf is not
in the log, the place of an entry that no record has any more, the tile that is not what the entries
make of it, a checkpoint over another root, a table that no longer hands its records in.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db import connection, transaction

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.checkpoint import (
    Checkpoint,
    CheckSignature,
    Malformed,
    Note,
    signed_by,
)
from gongdao.domain.evidence.tiles import HASH, TILE, WIDTH, Edge
from gongdao.storage.log_keys import PgLogKeys
from gongdao.storage.log_reading import ENTRIES, first, tile

AT_ONCE = 2000
"""Records looked up together."""
TILES_AT_ONCE = 64
SHOWN_PLACES = 100
NAMES = {"event": "stream || '/' || version"}
"""What a record is called, where it is not its id."""
HANDED_IN = ("event", "report")
"""Tables that hand their records in whatever else does."""
Tick = Callable[[int], object]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it must be."""

    what: str
    """`record`, `entry`, `tile`, `checkpoint` or `table`."""
    id: str
    """`event 0192…/3`, the place of an entry, the level and number of a tile …"""
    says: str
    """In English, what is wrong with it."""


@dataclass(slots=True)
class _Places:
    """Which entries of the log were found in a table."""

    size: int
    waiting: set[bytes]
    seen: bytearray

    def missing(self, leaves: Sequence[bytes]) -> list[int]:
        """Which of the leaves have no place and do not wait for one."""
        found = _places_of(leaves)
        for place in found.values():
            if place < self.size:
                self.seen[place] = 1
        return [
            n for n, leaf in enumerate(leaves) if leaf not in found and leaf not in self.waiting
        ]


def faults(
    keys: PgLogKeys, verify: CheckSignature, tick: Tick = lambda _read: None
) -> Iterator[Fault]:
    """Everything that is wrong; nothing if the log is sound."""
    with _snapshot():
        yield from _tables()
        size = _size()
        edge = yield from _tree(size, tick)
        yield from _signed(edge, keys, verify)
        places = _Places(size, _waiting(), bytearray(size))
        for table in _of_records():
            yield from _records(table, places, tick)
        yield from _nobodys(places)


def amount() -> int:
    """How much `faults` reads: the entries, and the records of each table."""
    with connection.cursor() as cursor:
        total = _size()
        for table in _of_records():
            cursor.execute(f"select count(*) from {table}")  # noqa: S608 – a table's own name
            total += int(cursor.fetchone()[0])
    return total


def newest_agree(number: int = 200) -> bool:
    """A quick look: the newest records are in the log, and the tree is what was signed."""
    with _snapshot():
        size, places = _size(), _Places(0, _waiting(), bytearray())
        for table, order in (("event", "position"), ("report", "received_at")):
            with connection.cursor() as cursor:
                cursor.execute(
                    f"select leaf from {table} order by {order} desc limit %s",  # noqa: S608
                    [number],
                )
                if places.missing([bytes(leaf) for (leaf,) in cursor.fetchall()]):
                    return False
        root = tiles.root_of(size, tile)
        return not size or root == _value("select root from log_checkpoint where size = %s", size)


def waiting() -> int:
    """How many entries wait for their places."""
    found = _value("select coalesce(sum(octet_length(entries)), 0) from log_waiting")
    return int(found) // HASH


@contextmanager
def _snapshot() -> Iterator[None]:
    if connection.in_atomic_block:
        yield
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("set transaction isolation level repeatable read, read only")
        yield


def _tables() -> Iterator[Fault]:
    for table in set(HANDED_IN) - set(_handing_in()):
        yield Fault("table", table, "it hands its records in no more: its trigger is gone or off")


def _of_records() -> list[str]:
    return sorted({*HANDED_IN, *_handing_in()})


def _handing_in() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select t.tgrelid::regclass::text from pg_trigger t join pg_proc p on p.oid = t.tgfoid "
            "where p.proname = 'gongdao_hand_in' and not t.tgisinternal and t.tgenabled <> 'D' "
            "order by 1"
        )
        return [str(name) for (name,) in cursor.fetchall()]


def _tree(size: int, tick: Tick) -> Generator[Fault, None, Edge]:
    """The tree out of its entries, beside the tiles that are kept; its edge is what it returns."""
    edge = Edge()
    for begin in range(0, -(-size // WIDTH), TILES_AT_ONCE):
        numbers = list(range(begin, min(begin + TILES_AT_ONCE, -(-size // WIDTH))))
        kept = _tiles(ENTRIES, numbers)
        row = b"".join(kept.get(number, b"") for number in numbers)
        expected = min(size - begin * WIDTH, len(numbers) * WIDTH) * HASH
        if len(row) != expected:
            yield Fault("tile", f"entries/{begin}", "entries are missing here, or too many")
            return edge
        entries = [row[at : at + HASH] for at in range(0, len(row), HASH)]
        grown = tiles.append(edge, entries)
        edge = grown.edge
        tick(len(entries))
        full = {key: made for key, made in grown.tiles.items() if len(made) == TILE}
        yield from _beside(full)
    begun = {(level, size >> 8 * (level + 1)): row for level, row in enumerate(edge.rows) if row}
    yield from _beside(begun)
    return edge


def _beside(made: dict[tuple[int, int], bytes]) -> Iterator[Fault]:
    for level, numbers in groupby(sorted(made), key=lambda key: key[0]):
        kept = _tiles(level, [number for _, number in numbers])
        for (at, number), hashes in made.items():
            if at == level and kept.get(number) != hashes:
                yield Fault("tile", f"{level}/{number}", "it is not what its entries make of it")


def _signed(edge: Edge, keys: PgLogKeys, verify: CheckSignature) -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute("select size, root, note from log_checkpoint order by size desc limit 1")
        row = cursor.fetchone()
    if row is None:
        return
    size, root, written = int(row[0]), bytes(row[1]), str(row[2])
    try:
        note = Note.read(written)
        checkpoint = Checkpoint.read(note.text)
    except Malformed as problem:
        yield Fault("checkpoint", str(size), str(problem))
        return
    if (checkpoint.size, checkpoint.root, root) != (edge.size, edge.root(), edge.root()):
        yield Fault("checkpoint", str(size), "it vouches for another tree than the entries make")
    if not signed_by(note, keys.public(checkpoint.origin), verify):
        yield Fault("checkpoint", str(size), "it is not signed by the log's key")


def _records(table: str, places: _Places, tick: Tick) -> Iterator[Fault]:
    name = NAMES.get(table, "id::text")
    with connection.chunked_cursor() as cursor:
        cursor.execute(f"select {name}, leaf from {table}")  # noqa: S608 – names of our own
        while rows := cursor.fetchmany(AT_ONCE):
            for n in places.missing([bytes(leaf) for _, leaf in rows]):
                yield Fault("record", f"{table} {rows[n][0]}", "its leaf is not in the log")
            tick(len(rows))


def _nobodys(places: _Places) -> Iterator[Fault]:
    """Entries that no record has. Those of months that were set aside have none here."""
    aside = int(_value("select count(*) from report_aside"))
    left = [place for place, seen in enumerate(places.seen) if not seen]
    if len(left) <= aside:
        return
    for place in left[:SHOWN_PLACES]:
        yield Fault("entry", str(place), "no record has this leaf any more")


def _places_of(leaves: Sequence[bytes]) -> dict[bytes, int]:
    """The place of each leaf that has one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select first, place from log_place where first = any(%s)",
            [[first(leaf) for leaf in leaves]],
        )
        places: dict[int, list[int]] = {}
        for begins, place in cursor.fetchall():
            places.setdefault(begins, []).append(int(place))
    numbers = {place // WIDTH for found in places.values() for place in found}
    kept = _tiles(ENTRIES, sorted(numbers))
    found = {}
    for leaf in leaves:
        for place in places.get(first(leaf), ()):
            at = place % WIDTH * HASH
            if kept.get(place // WIDTH, b"")[at : at + HASH] == leaf:
                found[leaf] = place
    return found


def _tiles(level: int, numbers: Sequence[int]) -> dict[int, bytes]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select number, hashes from log_tile where level = %s and number = any(%s)",
            [level, list(numbers)],
        )
        return {int(number): bytes(hashes) for number, hashes in cursor.fetchall()}


def _waiting() -> set[bytes]:
    with connection.cursor() as cursor:
        cursor.execute("select entries from log_waiting")
        packed = b"".join(bytes(entries) for (entries,) in cursor.fetchall())
    return {packed[at : at + HASH] for at in range(0, len(packed), HASH)}


def _size() -> int:
    return int(_value("select coalesce(max(size), 0) from log_checkpoint"))


def _value(statement: str, *values: int) -> Any:
    """The one value that a statement answers."""
    with connection.cursor() as cursor:
        cursor.execute(statement, list(values) or None)
        row = cursor.fetchone()
    value = row[0] if row else None
    return bytes(value) if isinstance(value, memoryview) else value
