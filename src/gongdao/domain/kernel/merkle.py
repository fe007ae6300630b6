"""A tree over hashes, as RFC 9162 §2.1 draws it: one root vouches for every leaf below it.

A leaf's path is what somebody needs who has the leaf alone, to work out the root.
"""

import hashlib
from collections.abc import Sequence
from itertools import chain


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry): what stands for an entry in the tree."""
    return hashlib.sha256(b"\x00" + entry).digest()


def root_and_paths(leaves: Sequence[bytes]) -> tuple[bytes, list[tuple[bytes, ...]]]:
    """The root over one or more leaf hashes, and the path of each from the bottom up."""
    paths: list[list[bytes]] = [[] for _ in leaves]
    level, below = list(leaves), [[n] for n in range(len(leaves))]
    while len(level) > 1:
        for left in range(0, len(level) - 1, 2):
            for under, sibling in ((below[left], level[left + 1]), (below[left + 1], level[left])):
                for leaf in under:
                    paths[leaf].append(sibling)
        # A node without a sibling moves up as it is, and nothing is added to the paths below it.
        level = [above(*level[n : n + 2]) for n in range(0, len(level), 2)]
        below = [[*chain(*below[n : n + 2])] for n in range(0, len(below), 2)]
    return level[0], [tuple(path) for path in paths]


def root_from(leaf: bytes, position: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root that a leaf's path leads to (RFC 9162 §2.1.3.2); None if it cannot be its path."""
    if not 0 <= position < size:
        return None
    node, last, reached = position, size - 1, leaf
    for sibling in path:
        if last == 0:
            return None
        if node & 1 or node == last:
            reached = above(sibling, reached)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            reached = above(reached, sibling)
        node, last = node >> 1, last >> 1
    return reached if last == 0 else None


def grows(
    first: int, second: int, first_root: bytes, second_root: bytes, path: Sequence[bytes]
) -> bool:
    """Whether the second tree begins with the leaves of the first (RFC 9162 §2.1.4.2)."""
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and first_root == second_root
    # Where the first tree is a full one, its root is where the path begins.
    steps = [first_root, *path] if not first & (first - 1) else list(path)
    node, last = first - 1, second - 1
    while node & 1:
        node, last = node >> 1, last >> 1
    if not steps:
        return False
    one = other = steps[0]
    for sibling in steps[1:]:
        if last == 0:
            return False
        if node & 1 or node == last:
            one, other = above(sibling, one), above(sibling, other)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            other = above(other, sibling)
        node, last = node >> 1, last >> 1
    return last == 0 and one == first_root and other == second_root


def above(left: bytes, right: bytes | None = None) -> bytes:
    """The hash of two nodes; a node without a sibling moves up as it is."""
    return left if right is None else hashlib.sha256(b"\x01" + left + right).digest()
