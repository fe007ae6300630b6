"""A copy of a text in which placeholders stand for what a person wants hidden."""

import json
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gongdao.domain.evidence.findings import About, Found, Look, TextHiding
from gongdao.domain.evidence.hiding import Ledger, hidden, plain
from gongdao.domain.evidence.personal_data import DataKind, Proposal, Reason
from gongdao.domain.kernel.errors import Refused, hint_noop

MOST_PASSAGES = 200
_SHORT = 6
"""ASCII values shorter than this are hidden as whole words alone: `li` is no part of `lily`."""
_LOOSE = 3
"""From so many letters on a value is found over gaps, too."""


@dataclass(frozen=True, slots=True)
class TextChoice:
    """What a person wants hidden in a copy of a text."""

    accepted: tuple[int, ...] = ()
    """Findings on personal data, by their places in the look."""
    lines: tuple[int, ...] = ()
    """Lines that are hidden whole."""
    passages: tuple[str, ...] = ()
    """The person's own: hidden wherever they stand."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is sealed of such a decision: all that says words of the text."""

    passages: tuple[str, ...]
    entries: tuple[tuple[str, str, int], ...]
    """New in the case: kind, value in plain form, number."""


def written(chosen: Chosen) -> str:
    """It as JSON."""
    plainly = {"passages": chosen.passages, "entries": chosen.entries}
    return json.dumps(plainly, ensure_ascii=False, separators=(",", ":"))


def read(text: str) -> Chosen:
    """The same again."""
    said = json.loads(text)
    return Chosen(tuple(said["passages"]), tuple((k, v, n) for k, v, n in said["entries"]))


def ledger_of(hidings: Iterable[tuple[TextHiding, Chosen | None]]) -> Ledger:
    """Which placeholder stands for what in a case, from all that was decided in it.

    None stands for what was erased: its numbers stay used.
    """
    numbers: dict[tuple[DataKind, str], int] = {}
    used: dict[DataKind, int] = {}
    for hiding, chosen in hidings:
        for kind, number in hiding.placeholders:
            used[DataKind(kind)] = max(number, used.get(DataKind(kind), 0))
        for kind, value, number in chosen.entries if chosen else ():
            numbers[DataKind(kind), value] = number
    return Ledger(numbers, used)


def new_entries(before: Ledger, now: Ledger) -> tuple[tuple[str, str, int], ...]:
    """What a decision added to a case's placeholders."""
    added = sorted(set(now.numbers) - set(before.numbers))
    return tuple((kind.value, value, now.numbers[kind, value]) for kind, value in added)


def proposed_in(look: Look) -> list[int]:
    """Findings that may be accepted, by their places."""
    return [n for n, found in enumerate(look.found) if found.about is About.PERSONAL]


def redacted(look: Look, choice: TextChoice, ledger: Ledger) -> tuple[str, Ledger]:
    """The copy, and the placeholders as they stand then; Refused for what is not in the text."""
    text, begins = look.text, _beginnings(look)
    if (
        set(choice.accepted) - set(proposed_in(look))
        or any(not 0 <= line < len(look.lines) for line in choice.lines)
        or len(choice.passages) > MOST_PASSAGES
    ):
        raise _not_there()
    parts = list(_parts(look, choice, begins))
    values = {(kind, found) for kind, found, _start, _end in parts if found}
    places = _Places(text)
    parts += [(k, v, a, b) for k, v in sorted(values) for a, b in places.of(v)]
    for passage in choice.passages:
        spots = places.of(passage) or list(_exactly(passage.strip(), text))
        if not spots:
            raise _not_there()
        parts += [(DataKind.PASSAGE, passage, start, end) for start, end in spots]
    return hidden(text, _apart(text, [(a, b, kind) for kind, _value, a, b in parts]), ledger)


_Part = tuple[DataKind, str, int, int]


def _parts(look: Look, choice: TextChoice, begins: Sequence[int]) -> Iterator[_Part]:
    for number in choice.accepted:
        found = look.found[number]
        kind = _kind(found)
        for span in found.spans:
            at = begins[span.line]
            yield kind, found.written, at + span.start, at + span.end
    for number in choice.lines:
        line = look.lines[number]
        if line.text:
            at = begins[number]
            yield DataKind.PASSAGE, "", at, at + len(line.text)


def _kind(found: Found) -> DataKind:
    return DataKind(found.says.partition(".")[0])


def _beginnings(look: Look) -> list[int]:
    """Where each line begins in the whole text."""
    at, begins = 0, []
    for line in look.lines:
        begins.append(at)
        at += len(line.text) + 1
    return begins


def _apart(text: str, parts: Sequence[tuple[int, int, DataKind]]) -> list[Proposal]:
    """The same parts without overlaps: what overlaps becomes one, of the longest one's kind."""
    merged: list[tuple[int, int, DataKind, int]] = []
    for start, end, kind in sorted(set(parts), key=lambda each: (each[0], -each[1])):
        if not merged or start >= merged[-1][1]:
            merged.append((start, end, kind, end - start))
            continue
        first, last, before, longest = merged[-1]
        longer = kind if end - start > longest else before
        merged[-1] = (first, max(last, end), longer, max(longest, end - start))
    return [
        Proposal(kind, start, end, text[start:end], Reason.CHOSEN, 1.0)
        for start, end, kind, _longest in merged
    ]


def _exactly(value: str, text: str) -> Iterator[tuple[int, int]]:
    at = text.find(value) if value else -1
    while at >= 0:
        yield at, at + len(value)
        at = text.find(value, at + len(value))


class _Places:
    """Finds values in a text wherever they stand, also with other gaps or wider figures."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._forms: dict[bool, tuple[str, list[int]]] = {}

    def of(self, value: str) -> list[tuple[int, int]]:
        """Every place of a value that has two characters at least."""
        numeric = any(char.isdecimal() for char in value)
        wanted = plain(value) if numeric else "".join(_folded(value).split())
        if len(wanted) < 2:  # noqa: PLR2004 - one character stands in half of all words
            return []
        text, at = self._form(dropping=numeric)
        if not numeric and len(wanted) < _LOOSE:
            return list(_exactly(value.strip(), self._text))
        return [
            (at[n], at[n + len(wanted) - 1] + 1)
            for n, _end in _exactly(wanted, text)
            if self._is_whole(wanted, at[n], at[n + len(wanted) - 1] + 1)
        ]

    def _form(self, *, dropping: bool) -> tuple[str, list[int]]:
        """The text without gaps (and signs, for numbers), and where each character stood."""
        if dropping not in self._forms:
            chars, at = [], []
            for place, char in enumerate(self._text):
                for each in plain(char) if dropping else "".join(_folded(char).split()):
                    chars.append(each)
                    at.append(place)
            self._forms[dropping] = "".join(chars), at
        return self._forms[dropping]

    def _is_whole(self, wanted: str, start: int, end: int) -> bool:
        if len(wanted) >= _SHORT or not wanted.isascii():
            return True
        around = self._text[max(0, start - 1) : start] + self._text[end : end + 1]
        return not any(char.isascii() and char.isalnum() for char in around)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


def _not_there() -> Refused:
    return Refused(
        "look.not_in_text",
        hint_noop("That is not in this text. Copy the passage from it as it stands there."),
    )
