"""Whether two pictures are likely one picture used twice.

A fingerprint alone misses a heavy crop and takes a template for a copy; shared text finds the crop.
Whoever edits a bubble still has nearly the same picture: where two differ is shown beside this, and
it is never called tampering. Somebody may own both, or both may show the same page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from gongdao.domain.policy.pictures import LikenessPolicy

BITS = 256


class LikeBy(StrEnum):
    """How it was noticed."""

    PICTURE = "picture"
    TEXT = "text"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Print:
    """What a picture is recognised by. The text's pieces are hashed: no word stands in it."""

    bits: int
    """A fingerprint of 256 bits."""
    pieces: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Alike:
    """Two pictures that are likely one."""

    by: LikeBy
    away: int
    """Bits of 256 that differ."""
    shared: float
    """Share of the smaller one's text that the other has, too."""


def alike(one: Print, other: Print, policy: LikenessPolicy) -> Alike | None:
    """How two pictures are alike, or None."""
    away = (one.bits ^ other.bits).bit_count()
    shared = shared_text(one, other, policy)
    near, same = away <= policy.bits, shared >= policy.shared_text
    if not (near or same):
        return None
    by = LikeBy.BOTH if near and same else LikeBy.PICTURE if near else LikeBy.TEXT
    return Alike(by, away, round(shared, 3))


def shared_text(one: Print, other: Print, policy: LikenessPolicy) -> float:
    """How much of the smaller one's text the other has; 0 where there is too little to tell."""
    smaller = min(len(one.pieces), len(other.pieces))
    if smaller < policy.least_pieces:
        return 0.0
    return len(one.pieces & other.pieces) / smaller


def pieces_of(text: str, length: int) -> Iterator[str]:
    """Overlapping pieces of a text: letters and digits alone, whatever stands between them."""
    plain = "".join(char for char in text.casefold() if char.isalnum())
    yield from {plain[at : at + length] for at in range(len(plain) - length + 1)}
