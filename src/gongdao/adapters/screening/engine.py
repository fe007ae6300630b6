"""Many patterns in one pass: daachorse, a double-array Aho–Corasick automaton over characters."""

from collections.abc import Sequence
from dataclasses import dataclass

from daachorse import CharwiseDoubleArrayAhoCorasick

from gongdao.domain.screening.ports import Hit, Matcher


@dataclass(frozen=True, slots=True)
class _Automaton:
    automaton: CharwiseDoubleArrayAhoCorasick

    def find(self, text: str) -> Sequence[Hit]:
        return self.automaton.find_overlapping(text)


@dataclass(frozen=True, slots=True)
class _Nothing:
    def find(self, text: str) -> Sequence[Hit]:  # noqa: ARG002 – the port's signature
        return ()


def engine(patterns: Sequence[str]) -> Matcher:
    """A matcher; without patterns it finds nothing, for the automaton refuses to be empty."""
    if not patterns:
        return _Nothing()
    return _Automaton(CharwiseDoubleArrayAhoCorasick(list(patterns)))
