"""
Makes the table of words and of what they mean.

    python -m gongdao.adapters.screening.words_table CEDICT.txt [FILE]

CEDICT.txt is the text of CC-CEDICT as its publisher gives it out, unpacked. FILE is `words.bin`
beside this unless another is named. Nothing is fetched and nothing is drawn: the
same text gives the same table. A model fits its own table alone: train it anew after another one.
"""

import re
import sys
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from gongdao.domain.screening.words import BITS, FIRST, LAST, LONGEST

TARGET = Path(__file__).with_name("words.bin")
LICENCE = "https://creativecommons.org/licenses/by-sa/4.0/"
FEWEST, MOST = 5, 2000
"""As many words share a class at least and at most."""
_ENTRY = re.compile(r"(\S+) (\S+) \[[^\]]*\] /(.*)/")
_RELEASE = re.compile(r"^#! date=(\S+)", re.MULTILINE)
_SAID_OF_MANY = frozenset({
    "a", "abbr", "also", "an", "and", "as", "at", "be", "by", "cl", "esp", "etc", "fig", "for",
    "from", "in", "is", "it", "lit", "not", "of", "on", "one", "or", "pr", "s", "sb", "see", "sth",
    "that", "the", "to", "tw", "used", "variant", "with",
})  # fmt: skip
"""Words of the glosses that tell nothing of a meaning."""
_ENDINGS = ("ings", "ing", "edly", "ed", "ly", "ness", "es", "s")
_LEFT_OF_STEM = 3


def main() -> None:
    """Read the text that is named, and write the table."""
    if len(sys.argv) not in {2, 3}:
        raise SystemExit(f"usage: python -m {__spec__.name} CEDICT.txt [FILE]")
    try:
        content = table(Path(sys.argv[1]).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as problem:
        raise SystemExit(f"{sys.argv[1]} cannot be read: {problem}") from None
    except ValueError as problem:
        raise SystemExit(f"{sys.argv[1]}: {problem}") from None
    target = Path(sys.argv[2]) if sys.argv[2:] else TARGET
    target.write_bytes(content)
    sys.stdout.write(f"{target}: {len(content)} bytes\n")


def table(dictionary: str) -> bytes:
    """The table as a file: three lines that say where it comes from, and the packed numbers.

    ValueError where the text is none of CC-CEDICT, or holds more than the numbers can.
    """
    meant = {word: said for word, said in glosses(dictionary.splitlines()).items() if _fits(word)}
    shared = Counter(each for said in meant.values() for each in said)
    named = sorted(each for each, many in shared.items() if FEWEST <= many <= MOST)
    if not named:
        raise ValueError("No entries of CC-CEDICT were found that share what they mean.")
    number = {each: place for place, each in enumerate(named)}
    words = sorted(meant, key=key)
    classes = [sorted(number[each] for each in meant[word] if each in number) for word in words]
    flat = np.array([each for several in classes for each in several], np.int64)
    counts = np.array([len(each) for each in classes], np.int64)
    if len(named) > np.iinfo("<u2").max or counts.max() > np.iinfo("u1").max:
        raise ValueError("There are more classes than the table's numbers can hold.")
    steps = np.diff(np.array([key(each) for each in words], "<i8"), prepend=0)
    sizes = np.array([len(words), len(named), len(flat)], "<i4")
    parts = (sizes, steps.astype("<i8"), counts.astype("u1"), flat.astype("<u2"))
    found = _RELEASE.search(dictionary)
    head = _head(found[1] if found else "of no date")
    return head.encode() + zlib.compress(b"".join(each.tobytes() for each in parts), 9)


def glosses(lines: Iterable[str]) -> Mapping[str, set[str]]:
    """Simplified words and which words of English say what they mean, without their endings."""
    found: dict[str, set[str]] = {}
    for line in lines:
        entry = _ENTRY.match(line)
        if entry and not line.startswith("#"):
            word, said = entry[2], re.sub(r"\[[^\]]*\]", "", entry[3])
            if len(word) == 1:
                said = re.sub(r"surname [^/]*/?", "", said)
            told = {each for each in re.findall(r"[a-z]+", said.lower()) if len(each) > 1}
            found.setdefault(word, set()).update(map(_stem, told - _SAID_OF_MANY))
    return found


def key(word: str) -> int:
    """A word as one number, by which the table is in order."""
    number = 0
    for char in word:
        number = (number << BITS) | (ord(char) - FIRST + 1)
    return number


def _fits(word: str) -> bool:
    return len(word) <= LONGEST and all(FIRST <= ord(char) < LAST for char in word)


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEFT_OF_STEM:
            return word.removesuffix(ending)
    return word


def _head(release: str) -> str:
    return (
        "# Words of one to four characters and classes of what they mean, as numbers. Made from\n"
        f"# CC-CEDICT (mdbg.net, CC BY-SA 4.0), release {release}: its words, and which words of\n"
        f"# its English glosses they share. This table is under CC BY-SA 4.0, too: {LICENCE}\n"
    )


if __name__ == "__main__":
    main()
