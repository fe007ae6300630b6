"""A proof of work: some seconds of computing that let one more report through, and no captcha.

A challenge says how hard it is and until when it holds. It is solved by a nonce that makes
SHA-256(challenge + nonce) begin with so many zero bits: found by trying, checked at once.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self

HOLDS = timedelta(minutes=10)
"""So long a challenge may be solved and sent."""
LONGEST = 200
"""Characters of a challenge with its nonce."""

_SHAPE = re.compile(
    r"(?P<challenge>1\.(?P<bits>[0-9]{1,2})\.(?P<until>[0-9]{10})\.(?P<salt>[0-9a-f]{32}))"
    r"\.(?P<mark>[0-9a-f]{64})"
)
_NONCE = re.compile(r"[0-9A-Za-z]{1,40}")


@dataclass(frozen=True, slots=True)
class Demands:
    """What an installation asks of one network."""

    free: int
    """Reports a minute that need no proof."""
    proven: int
    """Reports a minute that come with one: no more than these, however much is computed."""
    bits: int
    """Zero bits that the first challenges ask for."""
    most_bits: int
    """Zero bits that no challenge asks more than."""

    def difficulty(self, asked: float) -> int:
        """Zero bits, after so many challenges of late: one more for each minute's free reports."""
        return max(self.bits, min(self.most_bits, self.bits + int(asked // self.free)))

    @property
    def most_asked(self) -> int:
        """Challenges after which nothing becomes harder; more of them are not remembered."""
        return self.free * (max(0, self.most_bits - self.bits) + 1)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What is to be solved."""

    bits: int
    until: datetime
    salt: str
    """32 hexadecimal digits: no two challenges are alike."""

    @classmethod
    def new(cls, bits: int, salt: bytes, now: datetime) -> Self:
        """A challenge that holds from now on; its moment is a whole second."""
        return cls(bits, (now + HOLDS).replace(microsecond=0), salt.hex())

    @property
    def text(self) -> str:
        """All that it says. A mark of the installation follows when it is handed out."""
        return f"1.{self.bits}.{int(self.until.timestamp()):010d}.{self.salt}"


@dataclass(frozen=True, slots=True)
class Proof:
    """What came back, read and not yet believed."""

    challenge: Challenge
    mark: str
    """The installation's, if it is genuine."""
    nonce: str

    @classmethod
    def read(cls, given: str) -> "Proof | None":
        """The parts of `<challenge>.<nonce>`; None for what cannot be one."""
        said, _, nonce = given.strip().rpartition(".")
        shape = _SHAPE.fullmatch(said) if len(given) <= LONGEST else None
        if shape is None or not _NONCE.fullmatch(nonce):
            return None
        until = datetime.fromtimestamp(int(shape["until"]), UTC)
        return cls(Challenge(int(shape["bits"]), until, shape["salt"]), shape["mark"], nonce)

    @property
    def handed_out(self) -> str:
        """The challenge as it was handed out, its mark with it."""
        return f"{self.challenge.text}.{self.mark}"

    def holds(self, now: datetime) -> bool:
        """Whether it is in time and solved; whose it is and if it is new is asked elsewhere."""
        in_time = now <= self.challenge.until <= now + 2 * HOLDS
        return in_time and zero_bits(self.handed_out, self.nonce) >= self.challenge.bits


def zero_bits(challenge: str, nonce: str) -> int:
    """How many zero bits SHA-256(challenge + nonce) begins with."""
    digest = hashlib.sha256(f"{challenge}{nonce}".encode()).digest()
    return 256 - int.from_bytes(digest, "big").bit_length()
