"""The tree in tiles is the one of RFC 9162, and its proofs are those of the RFC."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.parts.evidence import rfc9162

from gongdao.domain.evidence import tiles
from gongdao.domain.evidence.tiles import HASH, WIDTH, Edge
from gongdao.domain.kernel.merkle import grows, leaf_hash, root_from

PUBLISHED = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
]
"""The entries of the test vectors that certificate-transparency publishes with RFC 6962."""
ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAF_0_OF_8 = [
    "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
    "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
    "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
]
FROM_6_TO_8 = [
    "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
    "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
]

ENTRIES = [number.to_bytes(HASH) for number in range(70_000)]


class Kept:
    """Tiles as a table keeps them."""

    def __init__(self) -> None:
        self.edge = Edge()
        self.tiles: dict[tuple[int, int], bytes] = {}

    def __call__(self, level: int, number: int) -> bytes:
        return self.tiles[level, number]

    def append(self, entries: list[bytes]) -> None:
        grown = tiles.append(self.edge, entries)
        for key, made in grown.tiles.items():
            before = self.tiles.get(key, b"")
            assert made.startswith(before), "a tile only grows at its end"
            assert len(before) < WIDTH * HASH, "a full tile never changes"
        self.tiles |= grown.tiles
        self.edge = grown.edge


def kept(entries: list[bytes], step: int = 97) -> Kept:
    tree = Kept()
    for at in range(0, len(entries), step):
        tree.append(entries[at : at + step])
    return tree


def test_the_published_vectors() -> None:
    entries = [bytes.fromhex(each) for each in PUBLISHED]
    tree = kept(entries, 3)

    assert [tiles.root_of(n, tree).hex() for n in range(1, 9)] == ROOTS
    assert [each.hex() for each in tiles.inclusion(0, 8, tree)] == LEAF_0_OF_8
    assert [each.hex() for each in tiles.consistency(6, 8, tree)] == FROM_6_TO_8
    assert tiles.root_of(0, tree) == rfc9162.mth([])


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 511, 512, 700])
def test_the_root_is_that_of_the_rfc(size: int) -> None:
    tree = kept(ENTRIES[:size])

    assert tree.edge.root() == rfc9162.mth(ENTRIES[:size]) == tiles.root_of(size, tree)
    assert tiles.edge_of(size, tree) == tree.edge


def test_a_large_tree_has_the_tiles_that_the_format_says() -> None:
    """The example in C2SP's tlog-tiles: 70 000 entries."""
    tree = kept(ENTRIES, 10_000)

    widths = {key: len(made) // HASH for key, made in tree.tiles.items()}
    by_level = {
        level: [w for (at, _), w in sorted(widths.items()) if at == level] for level in (0, 1, 2)
    }
    assert by_level == {0: [256] * 273 + [112], 1: [256, 17], 2: [1]}
    assert len(widths) == 274 + 2 + 1


@given(st.data())
def test_proofs_are_those_of_the_rfc_and_lead_where_they_must(data: st.DataObject) -> None:
    tree, entries = _tree_of_600()
    size = data.draw(st.integers(1, 600))
    place, earlier = data.draw(st.integers(0, size - 1)), data.draw(st.integers(1, size))
    root, before = rfc9162.mth(entries[:size]), rfc9162.mth(entries[:earlier])

    path = tiles.inclusion(place, size, tree)
    growth = tiles.consistency(earlier, size, tree)

    assert list(path) == rfc9162.path(place, entries[:size])
    assert list(growth) == rfc9162.proof(earlier, entries[:size])
    assert root_from(leaf_hash(entries[place]), place, size, path) == root
    assert grows(earlier, size, before, root, growth)
    assert not grows(earlier, size, root_from(leaf_hash(b"x"), 0, 1, ()) or b"", root, growth)
    if growth:
        longer, shorter, other = [*growth, root], growth[:-1], [root, *growth[1:]]
        for wrong in (longer, shorter, other):
            assert not grows(earlier, size, before, root, wrong)


def test_the_paths_of_many_leaves_are_those_of_each() -> None:
    tree, _ = _tree_of_600()
    places = [0, 255, 256, 300, 301, 599, 300]
    assert list(tiles.inclusions(places, 600, tree)) == [
        tiles.inclusion(place, 600, tree) for place in places
    ]


def test_what_is_not_in_the_tree_has_no_proof() -> None:
    tree = kept(ENTRIES[:10])

    for place, size in ((10, 10), (-1, 10), (0, 0)):
        with pytest.raises(ValueError, match="no such leaf"):
            tiles.inclusion(place, size, tree)
    for first, second in ((0, 10), (11, 10)):
        with pytest.raises(ValueError, match="at least one leaf"):
            tiles.consistency(first, second, tree)
    assert not grows(0, 10, b"", tree.edge.root(), ())
    with pytest.raises(ValueError, match="narrower"):
        tiles.inclusion(3, 11, tree)


_TREES: list[tuple[Kept, list[bytes]]] = []


def _tree_of_600() -> tuple[Kept, list[bytes]]:
    if not _TREES:
        _TREES.append((kept(ENTRIES[:600]), ENTRIES[:600]))
    return _TREES[0]
