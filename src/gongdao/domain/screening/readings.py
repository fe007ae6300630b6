"""
Other readings of a text that was folded: taken apart, thinned, by sound, with pictures for words.

Each keeps the way back to the original; which of its hits count is said in `spotting`.
"""

import re
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from gongdao.domain.screening.alphabet import BARRIER, Alphabet
from gongdao.domain.screening.folding import Folded, Folding
from gongdao.domain.screening.patterns import Sounds

Marks = NDArray[np.bool_]
_LATIN = re.compile("[a-z]+|[ㄅ-ㄩ]+")
"""What is read as syllables: Latin letters, or those of Zhuyin."""
LETTER = re.compile("[a-zㄅ-ㄩ]")
_TONE = re.compile("[1-5ˊˇˋ]?")
_LONGEST_SYLLABLE = 6
_LONGEST_RUN = 60
_FIRST_HAN, _LAST_HAN = 0x4E00, 0x9FFF
_NEAR = 16
"""Characters around a left-out one that are read once more: few entries are longer."""
PICTURES = str.maketrans(dict(zip(
    "🐴🐎🐶🐕🌿🍀🐔🐓💊🔫🔪💩🐷🐖➕💰💵🥚🐢💀🐛🦠👻🎫📱🐧🚬",
    "妈妈狗狗操操鸡鸡药枪刀屎猪猪加钱钱蛋龟死虫毒鬼票机扣烟",
    strict=True,
)))  # fmt: skip
"""Pictures that people write for a word. Elsewhere they are left out, like all pictures."""
_PICTURE = re.compile(f"[{''.join(map(chr, PICTURES))}]")


def joined(folded: Folded, alphabet: Alphabet) -> tuple[Folded | None, NDArray[np.bool_]]:
    """The text with characters that were taken apart put together, if there are any."""
    codes = folded.codes
    none = np.zeros(0, np.bool_)
    begins = np.flatnonzero(alphabet.parts[codes[:-1]])
    if not len(begins):
        return None, none
    ordinary = alphabet.pair(codes)
    out, made, drop = codes.copy(), np.zeros(len(codes), np.bool_), np.zeros(len(codes), np.bool_)
    for at in begins.tolist():
        whole = alphabet.splits.get(chr(codes[at]) + chr(codes[at + 1]))
        if whole and not ordinary[at] and not drop[at]:
            out[at], made[at], drop[at + 1] = ord(whole), True, True
    if not made.any():
        return None, none
    keep = ~drop
    return Folded(out[keep], folded.at[keep]), made[keep]


def thinned(folded: Folded, alphabet: Alphabet) -> tuple[Folded | None, Marks]:
    """Without figures and letters put between two characters, and without a character doubled.

    Marked is each character before which something was left out; None if nothing was.
    """
    codes = folded.codes
    han = (codes >= _FIRST_HAN) & (codes <= _LAST_HAN)
    drop = np.zeros(len(codes), np.bool_)
    if len(codes) > 2:  # noqa: PLR2004 – one between two
        drop[1:-1] = han[:-2] & ~han[1:-1] & han[2:]
        pair = ~han[1:-2] & ~han[2:-1] & han[:-3] & han[3:]
        drop[1:-2] |= pair
        drop[2:-1] |= pair
        twice = np.flatnonzero(han[1:] & (codes[1:] == codes[:-1]))
        if len(twice):
            ordinary = alphabet.pair(np.repeat(codes[twice], 2))[::2]
            drop[twice[~ordinary] + 1] = True
    if not drop.any():
        return None, drop
    near = _near(drop)
    out = codes.copy()
    out[:-1][near[:-1] & ~near[1:]] = BARRIER  # what follows there stood somewhere else
    keep = near & ~drop
    made = np.zeros(len(codes), np.bool_)
    made[1:] = drop[:-1]
    return Folded(out[keep], folded.at[keep]), made[keep]


def _near(drop: Marks) -> Marks:
    """What stands so near to a left-out character that a word may hold both."""
    places = np.flatnonzero(drop)
    edges = np.zeros(len(drop) + 1, np.int64)
    np.add.at(edges, np.maximum(places - _NEAR, 0), 1)
    np.add.at(edges, np.minimum(places + _NEAR, len(drop)), -1)
    found: Marks = np.cumsum(edges[:-1]) > 0
    return found


def pictured(text: str, folding: Folding) -> tuple[Folded | None, Marks]:
    """With the characters that pictures stand for, which are marked; None if there are none."""
    if _PICTURE.search(text) is None:
        return None, np.zeros(0, np.bool_)
    folded = folding.fold(text.translate(PICTURES))
    places = np.array([found.start() for found in _PICTURE.finditer(text)])
    return folded, np.isin(folded.at, places)


def bare(heard: NDArray[np.uint32]) -> Folded:
    """Sounds alone, each at its own place."""
    return Folded(heard, np.arange(len(heard)))


def with_latin(heard: NDArray[np.uint32], plain: str, sounds: Sounds) -> Folded:
    """Latin letters read as syllables where a whole run of them can be."""
    codes: list[NDArray[np.uint32]] = []
    places: list[NDArray[np.int64]] = []
    at = 0
    known = frozenset(sounds.signs)
    for run in _LATIN.finditer(plain):
        syllables = _syllables(run.group(), known)
        if not syllables:
            continue
        start = run.start()
        codes.append(heard[at:start])
        places.append(np.arange(at, start))
        lengths = np.array([0, *(len(each) for each in syllables[:-1])])
        codes.append(np.array([ord(sounds.signs[each]) for each in syllables], np.uint32))
        places.append(start + lengths.cumsum())
        tone = _TONE.match(plain, run.end())
        at = tone.end() if tone else run.end()
    codes.append(heard[at:])
    places.append(np.arange(at, len(heard)))
    return Folded(np.concatenate(codes), np.concatenate(places))


def run_end(spoken: Folded, plain: str, end: int, right: int) -> int:
    """The end of a Latin syllable that ends a hit: its place is where it begins."""
    if LETTER.match(plain, right - 1) is None:
        return right
    following = int(spoken.at[end]) if end < len(spoken.at) else len(plain)
    while right < following and LETTER.match(plain, right) is not None:
        right += 1
    return right


@lru_cache(maxsize=20_000)
def _syllables(run: str, known: frozenset[str]) -> tuple[str, ...] | None:
    """A run of Latin letters as syllables, the longest first; None if it cannot be read so."""
    if len(run) > _LONGEST_RUN:
        return None
    best: list[tuple[str, ...] | None] = [()] + [None] * len(run)
    for end in range(1, len(run) + 1):
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            before = best[start]
            if before is not None and run[start:end] in known:
                best[end] = (*before, run[start:end])
                break
    return best[len(run)]
