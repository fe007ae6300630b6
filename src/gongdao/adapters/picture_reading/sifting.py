"""Leaving out what is no text: letters seen in photos and in the signs of an app.

The limits were chosen on the tuning half of the hard set (`bench/hard_set`).
"""

import re
from collections.abc import Sequence

from gongdao.domain.evidence.reading import ReadLine

TALLEST_LETTER = 0.085
"""A letter that stands alone is at most so high, by the screen's width; beyond it is a picture."""
SURE_LETTER = 0.9
"""How sure the recogniser must be of a letter that stands alone."""
SHORT, SURE_SHORT = 5, 0.66
"""Lines of so few characters are believed from this confidence on."""
_STARS = re.compile(r"[★☆⭐女食]*[★☆⭐][★☆⭐女食]*")


def sifted(lines: Sequence[ReadLine], width: float) -> list[ReadLine]:
    """The lines that are text on a screen of that width; rows of stars are kept as such."""
    kept = [line for line in lines if _believed(line, width)]
    return [
        ReadLine("★" * len(line.text), line.box, line.confidence, line.corners)
        if _STARS.fullmatch(line.text)
        else line
        for line in kept
    ]


def _believed(line: ReadLine, width: float) -> bool:
    text = line.text.strip()
    if _STARS.fullmatch(text):
        return True
    if len(text) == 1:
        small = line.box.height <= TALLEST_LETTER * width
        return small and line.confidence >= SURE_LETTER
    return len(text) > SHORT or line.confidence >= SURE_SHORT
