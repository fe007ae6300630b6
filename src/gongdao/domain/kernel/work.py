"""A unit of work: everything within it is kept together, or nothing is."""

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

from gongdao.domain.kernel.ids import PersonId, Sealed


class Work(Protocol):
    """Opens a transaction. Leaving it normally keeps everything; an error keeps nothing."""

    def __call__(self) -> AbstractContextManager[None]:
        """Begin."""


@dataclass(frozen=True, slots=True)
class Salted:
    """A text and its salt: their SHA-256, the salt first, is the seal."""

    text: str
    salt: bytes


class Texts(Protocol):
    """Free text, kept encrypted outside the events and erasable with the person it is about."""

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        """Keep a text; what comes back may stand in an event. BadInput if it is broken."""

    def open(self, seal: Sealed) -> str | None:
        """The text, or None once it was erased."""

    def several(self, seals: Sequence[Sealed]) -> Mapping[Sealed, str]:
        """Many texts at once; erased ones are left out."""

    def seal_all(self, texts: Sequence[str], about: PersonId | None) -> list[Sealed]:
        """Seal many texts at once, in their order."""

    def salted(self, seals: Sequence[Sealed]) -> Mapping[Sealed, Salted]:
        """Texts with what each was salted with, for whoever may prove them; without erased ones."""


@dataclass(frozen=True, slots=True)
class ReadAhead:
    """Texts that were read together, since a page shows many; any other is read when asked for."""

    texts: Texts
    known: Mapping[Sealed, str]

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        """As ever."""
        return self.texts.seal(text, about)

    def open(self, seal: Sealed) -> str | None:
        """Out of what was read, if it is there."""
        return self.known[seal] if seal in self.known else self.texts.open(seal)

    def several(self, seals: Sequence[Sealed]) -> Mapping[Sealed, str]:
        """As ever."""
        return self.texts.several(seals)

    def seal_all(self, texts: Sequence[str], about: PersonId | None) -> list[Sealed]:
        """As ever."""
        return self.texts.seal_all(texts, about)

    def salted(self, seals: Sequence[Sealed]) -> Mapping[Sealed, Salted]:
        """As ever."""
        return self.texts.salted(seals)
