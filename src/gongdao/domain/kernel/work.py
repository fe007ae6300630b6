"""A unit of work: everything within it is kept together, or nothing is."""

from contextlib import AbstractContextManager
from typing import Protocol

from gongdao.domain.kernel.ids import PersonId, Sealed


class Work(Protocol):
    """Opens a transaction. Leaving it normally keeps everything; an error keeps nothing."""

    def __call__(self) -> AbstractContextManager[None]:
        """Begin."""


class Texts(Protocol):
    """Free text, kept encrypted outside the events and erasable with the person it is about."""

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        """Keep a text; what comes back may stand in an event. BadInput if it is broken."""

    def open(self, seal: Sealed) -> str | None:
        """The text, or None once it was erased."""
