"""What a timestamp of an outside authority says, and jobs that ask for one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongdao.domain.kernel.errors import GongdaoError, PeerFailed

STAMP = "timestamp"
"""The outbox topic that asks for a timestamp: `digest` (SHA-256, hex) and what it is `about`."""


@dataclass(frozen=True, slots=True)
class Stamped:
    """One timestamp, as it was read."""

    at: datetime
    """When the authority says that the hash was there."""
    serial: str
    verified: bool
    """Whether its chain led to a trusted root at that time; else only its words are known."""


class Authority(Protocol):
    """An outside timestamp authority."""

    @property
    def url(self) -> str:
        """Its address."""

    def ask(self, digest: bytes) -> bytes:
        """Its raw answer about a SHA-256 hash, looked at already; PeerFailed, Refused."""


class Tokens(Protocol):
    """Where answers are kept as they came."""

    def there(self, digest: bytes) -> bool:
        """Whether there is one about this hash."""

    def keep(self, digest: bytes, about: str, authority: str, reply: bytes) -> None:
        """Keep an answer."""

    def note(self, digest: bytes, about: str, authority: str, trouble: str) -> None:
        """Keep that an answer was given up for."""


@dataclass(frozen=True, slots=True)
class Stamping:
    """The handler of the outbox topic."""

    authority: Callable[[], Authority | None]
    tokens: Tokens

    def __call__(self, payload: Mapping[str, str], *, last: bool = False) -> None:
        """Ask for one timestamp; what has one already is not asked for again."""
        digest, about = bytes.fromhex(payload["digest"]), payload["about"]
        authority = self.authority()
        if authority is None or self.tokens.there(digest):
            return
        try:
            reply = authority.ask(digest)
        except GongdaoError as problem:
            if last or not isinstance(problem, PeerFailed):
                self.tokens.note(digest, about, authority.url, problem.code)
            raise
        self.tokens.keep(digest, about, authority.url, reply)
