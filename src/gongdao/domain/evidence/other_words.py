"""Where two pictures that are nearly equal differ: by their pixels, and by what was read.

A digit that was changed in small pale letters is too little for a comparison of pixels, and it is
what matters. So the lines that were read are compared as well.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest

from gongdao.domain.evidence.findings import Look
from gongdao.domain.evidence.reading import Box


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture as it is drawn, and what was read in the file that it was drawn of."""

    look: Look | None
    width: int
    height: int

    def texts(self) -> list[str]:
        """Its lines without what reading is unsure of: gaps, and the width of signs."""
        lines = self.look.lines if self.look else ()
        return ["".join(unicodedata.normalize("NFKC", x.text).split()).casefold() for x in lines]

    def boxes(self, begin: int, end: int) -> list[Box]:
        """Where lines stand, in the pixels that are drawn."""
        if self.look is None:
            return []
        across = self.width / max(self.look.width, 1)
        down = self.height / max(self.look.height, 1)
        return [scaled(line.box, across, down) for line in self.look.lines[begin:end]]


def differing(seen: Sequence[Box], one: Drawn, other: Drawn) -> list[tuple[Box, Box]]:
    """Each place in the pixels of the one and of the other; first those that were seen.

    What was read differently where a difference was seen already is not named twice.
    """
    across, down = other.width / max(one.width, 1), other.height / max(one.height, 1)
    pairs = [(box, scaled(box, across, down)) for box in seen]
    for here, there in _read_otherwise(one, other):
        first = here or (there and scaled(there, 1 / across, 1 / down))
        second = there or (here and scaled(here, across, down))
        if first and second and not any(_holds(box, first) for box in seen):
            pairs.append((first, second))
    return pairs


def scaled(box: Box, across: float, down: float) -> Box:
    """A box where the picture is drawn larger or smaller."""
    return Box(box.left * across, box.top * down, box.right * across, box.low * down)


def _read_otherwise(one: Drawn, other: Drawn) -> Iterator[tuple[Box | None, Box | None]]:
    matcher = SequenceMatcher(None, one.texts(), other.texts(), autojunk=False)
    for how, begin, end, there, until in matcher.get_opcodes():
        if how != "equal":
            yield from zip_longest(one.boxes(begin, end), other.boxes(there, until))


def _holds(box: Box, inner: Box) -> bool:
    x, y = inner.middle
    return box.left <= x <= box.right and box.top <= y <= box.low
