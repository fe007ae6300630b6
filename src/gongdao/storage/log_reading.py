"""Reading the log's tables: where records have their places, and the tiles that lie there."""

from collections.abc import Iterable, Sequence
from functools import cache

from django.db import connection

from gongdao.domain.evidence.tiles import HASH, WIDTH

ENTRIES = -1
"""The level at which the entries themselves are kept."""
_TILES = """
    select level, number, hashes from log_tile join
    unnest(%s::smallint[], %s::bigint[]) wanted (level, number) using (level, number)
"""
_PLACES = "select place from log_place where first = any(%s) order by place"


class Tiles:
    """Tiles of the log: what proofs about many places need read at once, others when needed."""

    def __init__(self, size: int, places: Iterable[int]) -> None:
        levels = range(-(-size.bit_length() // 8))
        wanted = {(level, place >> 8 * (level + 1)) for place in places for level in levels}
        self._known = _read(wanted)
        self._other = cache(tile)

    def __call__(self, level: int, number: int) -> bytes:
        """A tile as wide as it is now; empty if there is none."""
        return self._known.get((level, number)) or self._other(level, number)


def places_of(leaves: Iterable[bytes]) -> dict[bytes, int]:
    """Where records' hashes stand in the log, the first place of each; those that have one."""
    wanted = set(leaves)
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [[first(leaf) for leaf in wanted]])
        places = [int(place) for (place,) in cursor.fetchall()]
    bundles = _read({(ENTRIES, place // WIDTH) for place in places})
    found: dict[bytes, int] = {}
    for place in places:
        number, at = divmod(place, WIDTH)
        entry = bundles[ENTRIES, number][at * HASH : (at + 1) * HASH]
        if entry in wanted:
            found.setdefault(entry, place)
    return found


def tile(level: int, number: int) -> bytes:
    """A tile as wide as it is now; empty if there is none."""
    return _read([(level, number)]).get((level, number), b"")


def first(leaf: bytes) -> int:
    """The first eight bytes, by which a place is looked up."""
    return int.from_bytes(leaf[:8], signed=True)


def _read(wanted: set[tuple[int, int]] | Sequence[tuple[int, int]]) -> dict[tuple[int, int], bytes]:
    with connection.cursor() as cursor:
        cursor.execute(_TILES, [[level for level, _ in wanted], [n for _, n in wanted]])
        return {(level, number): bytes(hashes) for level, number, hashes in cursor.fetchall()}
