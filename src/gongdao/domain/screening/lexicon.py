"""
A lexicon: small lists of words by category, each a file that people read and change.

A line is an entry, with what is known of it behind: `加微信 initials=jwx precision=0.8`. `#`
begins a comment; `# version: 2026-11-22` says which list it is. A hit is a reason to look, never a
verdict.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from gongdao.domain.kernel.errors import BadInput, hint_noop
from gongdao.domain.policy.screening import Category
from gongdao.domain.screening.folding import Folding

SHORTEST = 2
"""A shorter entry, after folding, would stand in half of all texts."""
LONGEST = 40
MOST_ENTRIES = 200_000
_VERSION = "# version:"
_OF_PATTERNS = frozenset("\\*+?[](){}^$")
_BETWEEN_WORDS = frozenset(",，、;；|\t")


@dataclass(frozen=True, slots=True)
class Entry:
    """One word or phrase."""

    text: str
    category: Category
    precision: float | None = None
    """The share of its hits that were rightly made, where it is known."""
    initials: str | None = None
    """Latin letters that are commonly written for it."""


@dataclass(frozen=True, slots=True)
class Left:
    """An entry that was left out, and why: `short`, `long`, `twice`, `pattern` or `several`."""

    text: str
    why: str
    line: int = 0
    """Of the list that was taken over; 0 elsewhere."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of somebody else's list."""

    entries: tuple[Entry, ...]
    left: tuple[Left, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries as they are matched: folded, each once."""

    entries: tuple[Entry, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    """Each file's name, and the version that it gives."""
    left: tuple[Left, ...] = ()

    @property
    def version(self) -> str:
        """Which lists these are, in a word."""
        return " ".join(f"{name}@{each}" for name, each in sorted(self.versions.items()))


def read(files: Mapping[str, str], folding: Folding) -> Lexicon:
    """Read files by name; a name begins with its category: `abuse.txt`, `fraud-own.txt`."""
    entries: dict[str, Entry] = {}
    left: list[Left] = []
    versions: dict[str, str] = {}
    for name, content in sorted(files.items()):
        category = _category(name)
        versions[name] = _version(content)
        for entry in _entries(name, content, category):
            folded = folding.fold(entry.text).text
            why = _why_left(folded, entries)
            if why:
                left.append(Left(entry.text, why))
            else:
                entries[folded] = Entry(folded, category, entry.precision, entry.initials)
    _check_size(entries)
    return Lexicon(tuple(entries.values()), versions, tuple(left))


def written(entries: Iterable[Entry], version: str) -> str:
    """Entries as a file."""
    lines = [f"{_VERSION} {version}", *(_line(each) for each in entries)]
    return "\n".join(lines) + "\n"


def imported(content: str, category: Category, folding: Folding) -> Imported:
    """Somebody else's list, one word a line: only what can be matched, each once."""
    kept: dict[str, Entry] = {}
    left: list[Left] = []
    for number, line in enumerate(content.splitlines(), 1):
        bare = line.strip().rstrip(",，、|").strip()
        if not bare or bare.startswith("#"):
            continue
        entry = _foreign(bare, category)
        folded = folding.fold(entry.text).text if entry else ""
        why = _why_left(folded, kept) if entry else _why_no_word(bare)
        if entry and not why:
            kept[folded] = replace(entry, text=folded)
            _check_size(kept)
        else:
            left.append(Left(bare, why or "pattern", number))
    return Imported(tuple(kept.values()), tuple(left))


def _foreign(line: str, category: Category) -> Entry | None:
    """A line of somebody else's list; None if it is no word."""
    try:
        entry = _entry("", 0, line, category)
    except BadInput:
        return None
    return None if _why_no_word(entry.text) else entry


def _why_no_word(text: str) -> str | None:
    """Whether it is a pattern or several words: taken as one word, it would be another one."""
    if any(char in _OF_PATTERNS for char in text):
        return "pattern"
    return "several" if any(char in _BETWEEN_WORDS for char in text) else None


def _check_size(entries: Mapping[str, Entry]) -> None:
    if len(entries) > MOST_ENTRIES:
        raise BadInput(
            "lexicon.too_large",
            hint_noop("A lexicon has at most {most} entries, and this has more. Leave some out."),
            most=MOST_ENTRIES,
        )


def _why_left(folded: str, known: Mapping[str, Entry]) -> str | None:
    if len(folded) < SHORTEST:
        return "short"
    if len(folded) > LONGEST:
        return "long"
    return "twice" if folded in known else None


def _category(name: str) -> Category:
    kind = name.removesuffix(".txt").partition("-")[0]
    try:
        return Category(kind)
    except ValueError:
        raise BadInput(
            "lexicon.no_category",
            hint_noop("Begin the name of the list {name} with its category: {categories}."),
            name=name,
            categories=", ".join(Category),
        ) from None


def _version(content: str) -> str:
    for line in content.splitlines():
        if line.startswith(_VERSION):
            return line.removeprefix(_VERSION).strip()
    return "?"


def _entries(name: str, content: str, category: Category) -> Iterator[Entry]:
    for number, line in enumerate(content.splitlines(), 1):
        bare = line.strip()
        if bare and not bare.startswith("#"):
            yield _entry(name, number, bare, category)


def _entry(name: str, number: int, line: str, category: Category) -> Entry:
    words = line.split()
    known: dict[str, str] = {}
    while len(words) > 1 and "=" in words[-1]:
        key, _, value = words.pop().partition("=")
        known[key] = value
    precision = known.pop("precision", None)
    initials = known.pop("initials", None)
    try:
        share = None if precision is None else float(precision)
    except ValueError:
        share = -1.0
    if known or (share is not None and not 0 <= share <= 1):
        raise BadInput(
            "lexicon.bad_line",
            hint_noop("Line {line} of {name} is not an entry: write it as 词语 precision=0.8."),
            line=number,
            name=name,
        ) from None
    return Entry(" ".join(words), category, share, initials)


def _line(entry: Entry) -> str:
    known = f" initials={entry.initials}" if entry.initials else ""
    if entry.precision is not None:
        known += f" precision={entry.precision:g}"
    return entry.text + known
