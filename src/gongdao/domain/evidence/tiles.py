"""The log's tree, cut into tiles as C2SP tlog-tiles draws them, and the proofs out of them.

A tile holds up to 256 hashes of 32 bytes of one level. Those of level 0 are the leaves; each hash
above is the root of a full tile below. A full tile never changes, and one that is not full only
grows at its end, so that every tile of every earlier tree is the beginning of one that is kept.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain

from gongdao.domain.kernel.merkle import above, leaf_hash

HASH = 32
"""Bytes of a hash, and of an entry: an entry of our log is the hash of a record."""
WIDTH = 256
"""Hashes of a full tile."""
TILE = WIDTH * HASH
_HEIGHT = 8
"""Levels of the tree within a tile."""
EMPTY = hashlib.sha256().digest()
"""The root of a tree without a leaf."""

Tile = Callable[[int, int], bytes]
"""Reads a tile by its level and number, at least as wide as the tree asked about needs it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A tree's size, and the tile at its right edge on each level; empty where none is begun."""

    size: int = 0
    rows: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _joined([*chain.from_iterable(_peaks(row) for row in reversed(self.rows))])


@dataclass(frozen=True, slots=True)
class Grown:
    """What appending made of a tree."""

    edge: Edge
    tiles: dict[tuple[int, int], bytes]
    """Every tile that is new or has grown, by its level and number."""


def append(edge: Edge, entries: Sequence[bytes]) -> Grown:
    """The tree with further entries behind the others."""
    tiles: dict[tuple[int, int], bytes] = {}
    rows = list(edge.rows)
    coming, level = [leaf_hash(entry) for entry in entries], 0
    while coming:
        if level == len(rows):
            rows.append(b"")
        row = rows[level] + b"".join(coming)
        number, coming = edge.size >> _HEIGHT * (level + 1), []
        while len(row) >= TILE:
            tiles[level, number], row = row[:TILE], row[TILE:]
            coming.append(_root(tiles[level, number]))
            number += 1
        if row:
            tiles[level, number] = row
        rows[level] = row
        level += 1
    return Grown(Edge(edge.size + len(entries), tuple(rows)), tiles)


def edge_of(size: int, tile: Tile) -> Edge:
    """The right edge of a tree of that size, out of its tiles."""
    rows = []
    level = 0
    while size >> _HEIGHT * level:
        number, width = divmod(size >> _HEIGHT * level, WIDTH)
        rows.append(tile(level, number)[: width * HASH] if width else b"")
        level += 1
    return Edge(size, tuple(rows))


def inclusion(place: int, size: int, tile: Tile) -> tuple[bytes, ...]:
    """The path from a leaf up to the root of a tree of that size (RFC 9162 §2.1.3.1)."""
    return _path(place, size, partial(_span, tile=tile))


def inclusions(places: Iterable[int], size: int, tile: Tile) -> Iterator[tuple[bytes, ...]]:
    """The paths of many leaves, in their order; what they share is hashed once."""
    span = cache(partial(_span, tile=tile))
    return (_path(place, size, span) for place in places)


def _path(place: int, size: int, span: Callable[[int, int], bytes]) -> tuple[bytes, ...]:
    if not 0 <= place < size:
        raise ValueError("there is no such leaf in a tree of that size")
    path: list[bytes] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if place < middle:
            path.append(span(middle, end))
            end = middle
        else:
            path.append(span(begin, middle))
            begin = middle
    return tuple(reversed(path))


def consistency(first: int, second: int, tile: Tile) -> tuple[bytes, ...]:
    """What shows that the second tree begins with the first (RFC 9162 §2.1.4.1)."""
    if not 0 < first <= second:
        raise ValueError("the first tree has at least one leaf, and the second no fewer")
    path: list[bytes] = []
    begin, end = 0, second
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            path.append(_span(middle, end, tile))
            end = middle
        else:
            path.append(_span(begin, middle, tile))
            begin = middle
    if begin:
        path.append(_span(begin, end, tile))
    return tuple(reversed(path))


def root_of(size: int, tile: Tile) -> bytes:
    """The root of a tree of that size, out of its tiles."""
    return edge_of(size, tile).root()


def name_of(level: int, number: int, size: int) -> str:
    """The name of a tile of a tree of that size, as C2SP writes it: `1/x001/234` or `0/002.p/7`."""
    digits = f"{number:03}"
    digits = digits.zfill(-(-len(digits) // 3) * 3)
    groups = [digits[at : at + 3] for at in range(0, len(digits), 3)]
    path = "/".join([*(f"x{group}" for group in groups[:-1]), groups[-1]])
    width = min(WIDTH, (size >> _HEIGHT * level) - number * WIDTH)
    return f"{level}/{path}" + ("" if width == WIDTH else f".p/{width}")


def _split(count: int) -> int:
    """The largest power of two below a count of two or more."""
    return 1 << (count - 1).bit_length() - 1


def _span(begin: int, end: int, tile: Tile) -> bytes:
    """The hash over the leaves from `begin` up to `end`, as some tree joins them."""
    found = []
    while begin < end:
        height = min((end - begin).bit_length(), (begin & -begin or 1 << 63).bit_length()) - 1
        found.append(_node(height, begin >> height, tile))
        begin += 1 << height
    return _joined(found)


def _node(height: int, index: int, tile: Tile) -> bytes:
    """The root of a full subtree: so many levels above the leaves, and the how manieth there."""
    level, within = divmod(height, _HEIGHT)
    number, at = divmod(index << within, WIDTH)
    row = tile(level, number)[at * HASH : (at + (1 << within)) * HASH]
    if len(row) != HASH << within:
        raise ValueError(f"tile {level}/{number} is narrower than the tree")
    return _root(row)


def _peaks(row: bytes) -> Iterator[bytes]:
    """The roots of the full subtrees in a tile that is not full, from the left."""
    at, count = 0, len(row) // HASH
    for height in range(_HEIGHT - 1, -1, -1):
        if count >> height & 1:
            yield _root(row[at : at + (HASH << height)])
            at += HASH << height


def _root(row: bytes) -> bytes:
    """The root over 1, 2, 4 … 256 hashes side by side."""
    while len(row) > HASH:
        row = b"".join(
            hashlib.sha256(b"\x01" + row[at : at + 2 * HASH]).digest()
            for at in range(0, len(row), 2 * HASH)
        )
    return row


def _joined(peaks: Sequence[bytes]) -> bytes:
    """Full subtrees from the left, each smaller than the one before, under one root."""
    if not peaks:
        return EMPTY
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = above(peak, root)
    return root
