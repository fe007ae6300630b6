"""A long picture is read in overlapping pieces: read whole, its letters would be shrunk away."""

from collections.abc import Sequence
from itertools import pairwise

from gongdao.domain.evidence.reading import ReadLine, in_order

TALLEST = 1600
"""Pixels of a piece at most."""
OVERLAP = 180
"""More than two lines of large text, so that every line is whole in one of the pieces."""


def pieces(height: int, tallest: int = TALLEST, overlap: int = OVERLAP) -> list[tuple[int, int]]:
    """Where each piece begins and ends; together they cover all, each like the next in height."""
    if height <= tallest:
        return [(0, height)]
    count = -(-(height - overlap) // (tallest - overlap))
    step = (height - overlap) / count
    return [
        (round(number * step), min(height, round((number + 1) * step) + overlap))
        for number in range(count)
    ]


def joined(
    read: Sequence[tuple[tuple[int, int], Sequence[ReadLine]]], height: int
) -> list[ReadLine]:
    """The lines of all pieces, each once.

    Where two pieces overlap a seam is laid between lines: above it the upper piece is believed,
    below it the lower one. A line may come out of one piece whole and out of the other in two.
    """
    seams = [
        _seam(lower[0], upper[1], [*in_upper, *in_lower])
        for (upper, in_upper), (lower, in_lower) in pairwise(read)
    ]
    begins, ends = [0.0, *seams], [*seams, float(height)]
    return in_order(
        [
            line
            for (_, lines), begin, end in zip(read, begins, ends, strict=True)
            for line in lines
            if begin <= line.box.middle[1] < end
        ]
    )


def _seam(top: float, low: float, lines: Sequence[ReadLine]) -> float:
    """A height within an overlap that crosses few lines, far from both cuts."""
    middle = (top + low) / 2
    edges = [y for line in lines for y in (line.box.top - 1, line.box.low + 1) if top < y < low]

    def badness(y: float) -> tuple[int, float]:
        return sum(line.box.top < y < line.box.low for line in lines), abs(y - middle)

    return min([middle, *edges], key=badness)
