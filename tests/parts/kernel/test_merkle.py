"""The tree over hashes: RFC 9162 by its own recursive words, against how we build it."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongdao.domain.kernel.merkle import leaf_hash, root_and_paths, root_from

ENTRIES = st.lists(st.binary(max_size=8), min_size=1, max_size=70)


def tree_hash(entries: list[bytes]) -> bytes:
    """MTH of RFC 9162 §2.1.1, word for word."""
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    left, right = tree_hash(entries[:k]), tree_hash(entries[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(ENTRIES)
def test_the_root_is_the_one_that_the_rfc_defines(entries: list[bytes]) -> None:
    root, paths = root_and_paths([leaf_hash(entry) for entry in entries])
    assert root == tree_hash(entries)
    for position, (entry, path) in enumerate(zip(entries, paths, strict=True)):
        assert root_from(leaf_hash(entry), position, len(entries), path) == root


@given(ENTRIES, st.data())
def test_no_other_leaf_place_or_path_leads_to_it(entries: list[bytes], data: st.DataObject) -> None:
    leaves = [leaf_hash(entry) for entry in entries]
    root, paths = root_and_paths(leaves)
    position = data.draw(st.integers(0, len(entries) - 1))
    leaf, path, size = leaves[position], paths[position], len(entries)
    assert root_from(leaf_hash(b"another, longer one"), position, size, path) != root
    assert root_from(leaf, position, size, (*path, root)) is None
    if path:
        assert root_from(leaf, position, size, path[:-1]) is None


@pytest.mark.parametrize(("position", "size"), [(-1, 1), (1, 1), (0, 0), (5, 4)])
def test_a_place_outside_the_tree_is_none(position: int, size: int) -> None:
    assert root_from(leaf_hash(b""), position, size, ()) is None
