"""Proofs out of the public log for many records at once, all against one checkpoint."""

from collections.abc import Sequence
from functools import cache

from django.db import connection

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.inclusion import Inclusion
from gongdao.domain.evidence.tiles import HASH, WIDTH
from gongdao.domain.kernel.errors import NotFound
from gongdao.storage.log import ENTRIES, PgLog, first, tile

_PLACES = "select place from log_place where first = any(%s) order by place"


def inclusions(log: PgLog, leaves: Sequence[str]) -> dict[str, Inclusion]:
    """The proof of each (hex) that has its place; what has none yet is left out."""
    wanted = {bytes.fromhex(leaf) for leaf in leaves}
    try:
        now = log.newest()
    except NotFound:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, [[first(leaf) for leaf in wanted]])
        places = [int(place) for (place,) in cursor.fetchall()]
    read, size, key = cache(tile), now.checkpoint.size, str(log.keys.public()[0])
    mine: dict[int, bytes] = {}
    for place in places:
        number, at = divmod(place, WIDTH)
        leaf = read(ENTRIES, number)[at * HASH : (at + 1) * HASH]
        if leaf in wanted and place < size:
            mine[place] = leaf
    note, paths = now.note.write(), tiles.inclusions(mine, size, read)
    return {
        leaf.hex(): Inclusion(
            leaf=leaf.hex(),
            place=place,
            size=size,
            path=tuple(each.hex() for each in path),
            checkpoint=note,
            log_key=key,
        )
        for (place, leaf), path in zip(mine.items(), paths, strict=True)
    }
