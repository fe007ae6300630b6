"""Reading a text with a group's own list: folded, without what stands between characters."""

from collections.abc import Iterable, Iterator, Sequence

from gongdao.domain.screening.folding import Folded, Folding, mid_word, stops_between
from gongdao.domain.screening.own_words import OwnWord

SHORTEST = 2
"""One character alone, after folding, would hold back half of all posts."""
MOST = 50
"""So many places are kept of one text."""
_TRIED = 2000
"""So often a word is looked for; places that do not count hide none that does for long."""


def too_short(words: Iterable[str], folding: Folding) -> list[str]:
    """The words that are not looked for."""
    return [word for word in words if len(folding.fold(word).codes) < SHORTEST]


def found(text: str, words: Sequence[str], folding: Folding) -> tuple[OwnWord, ...]:
    """Where words of the list stand, whatever their width and case, or what is between them."""
    folded = folding.fold(text)
    plain = folded.text
    several = [
        OwnWord(start, end, word)
        for word in words
        for start, end in _places(text, plain, folded, folding.fold(word).text)
    ]
    return tuple(sorted(several, key=lambda each: (each.start, -each.end))[:MOST])


def _places(text: str, plain: str, folded: Folded, word: str) -> Iterator[tuple[int, int]]:
    if len(word) < SHORTEST:
        return
    at, kept = plain.find(word), 0
    for _ in range(_TRIED):
        if at < 0 or kept >= MOST:
            return
        start, end = folded.span(at, at + len(word))
        apart = end - start > len(word) and stops_between(text, start, end)
        if not apart and not mid_word(plain, at, at + len(word)):
            yield start, end
            kept += 1
        at = plain.find(word, at + 1)
