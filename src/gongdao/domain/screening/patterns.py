"""The ways in which an entry can be written, made once for a whole lexicon."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from gongdao.domain.screening.lexicon import Entry
from gongdao.domain.screening.model import How
from gongdao.domain.screening.zhuyin import zhuyin

FIRST_SOUND = 0xE000
"""Syllables are written as characters of the private area: one matcher serves for both."""
_MIXED_MOST = 4
"""Longer entries are not also looked for with some characters as initials."""
_SWAPPED_MOST = 8
_PAIR = 2
"""Of two characters, the other order is a swap already."""
_ALONE = 4
"""From so many letters on, initials alone are looked for without being listed."""

Pattern = tuple[str, How, int]
"""What is looked for, how that is written, and the number of its entry."""


@dataclass(frozen=True, slots=True)
class Sounds:
    """Every syllable as a character."""

    of: Mapping[str, str]
    """A character's syllable."""
    signs: Mapping[str, str]
    """A syllable's sign, by its Latin letters and by those of Zhuyin."""

    def written(self, text: str) -> str | None:
        """A text by its sounds; None if one of its characters has none."""
        found = [self.of.get(char) for char in text]
        return None if None in found else "".join(self.signs[each] for each in found if each)


def sounds(of: Mapping[str, str]) -> Sounds:
    """Number the syllables."""
    names = sorted(set(of.values()))
    signs = {each: chr(FIRST_SOUND + place) for place, each in enumerate(names)}
    return Sounds(of, {**{zhuyin(each): sign for each, sign in signs.items()}, **signs})


def as_written(entries: Sequence[Entry], sounds: Sounds) -> Iterator[Pattern]:
    """Characters and letters: the entry itself, its initials, its characters in another order."""
    for number, entry in enumerate(entries):
        yield entry.text, How.PLAIN, number
        yield from _by_initials(entry, number, sounds)
        for other in _swapped(entry.text):
            yield other, How.SWAPPED, number
        turned = entry.text[::-1]
        if len(turned) > _PAIR and not turned.isascii() and turned != entry.text:
            yield turned, How.MIRRORED, number


def by_sound(entries: Sequence[Entry], sounds: Sounds) -> Iterator[Pattern]:
    """Syllables alone."""
    for number, entry in enumerate(entries):
        heard = sounds.written(entry.text)
        if heard:
            yield heard, How.SOUND, number


def _by_initials(entry: Entry, number: int, sounds: Sounds) -> Iterator[Pattern]:
    letters = [sounds.of.get(char, "")[:1] for char in entry.text]
    if entry.initials:
        yield entry.initials, How.INITIALS, number
    if not all(letters):
        return
    alone = "".join(letters)
    if len(alone) >= _ALONE and alone != entry.initials:
        yield alone, How.INITIALS, number
    if len(entry.text) <= _MIXED_MOST:
        for chosen in product(*zip(entry.text, letters, strict=True)):
            mixed = "".join(chosen)
            if mixed not in (entry.text, alone):
                yield mixed, How.INITIALS, number


def _swapped(text: str) -> Iterator[str]:
    if not text.isascii() and len(text) <= _SWAPPED_MOST:
        for at in range(len(text) - 1):
            other = text[:at] + text[at + 1] + text[at] + text[at + 2 :]
            if other != text:
                yield other
