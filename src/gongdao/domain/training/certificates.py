"""A certificate: what was passed and when, how long it holds, and what was said of it since."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, assert_never

from gongdao.domain.kernel.events import Event, Personal
from gongdao.domain.kernel.ids import Code, PersonId, Sealed
from gongdao.domain.training.model import CertificateId, LearnerId

_LONG, _PIECE = 12, 4
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateIssued(Event):
    """An exam was passed."""

    kind: ClassVar[str] = "certificate.issued"
    personal: ClassVar[Personal] = Personal.PARTY_IDS
    certificate: CertificateId
    number: str
    learner: LearnerId
    person: PersonId
    course: Code
    edition: str
    """Of the course."""
    questions: str
    """The edition of the bank that its questions came from."""
    right: int
    asked: int
    seconds: int
    """What had been counted on the course by then."""
    valid_until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateNamed(Event):
    """The holder put a name on it, once: it cannot be passed on."""

    kind: ClassVar[str] = "certificate.named"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    name: Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateWithdrawn(Event):
    """Somebody on the staff withdrew it, with reasons that the holder reads."""

    kind: ClassVar[str] = "certificate.withdrawn"
    personal: ClassVar[Personal] = Personal.SEALED_TEXT
    reasons: Sealed


CertificateStep = CertificateIssued | CertificateNamed | CertificateWithdrawn


class CertificateState(StrEnum):
    """What a check says."""

    VALID = "valid"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate as it stands."""

    id: CertificateId
    number: str
    learner: LearnerId
    person: PersonId
    course: Code
    edition: str
    right: int
    asked: int
    seconds: int
    issued_at: datetime
    valid_until: datetime
    name: Sealed | None = None
    withdrawn_at: datetime | None = None
    reasons: Sealed | None = None

    def state(self, now: datetime) -> CertificateState:
        """What a check says now."""
        if self.withdrawn_at is not None:
            return CertificateState.WITHDRAWN
        return CertificateState.VALID if now <= self.valid_until else CertificateState.EXPIRED


def after(certificate: Certificate, step: CertificateStep) -> Certificate:
    """The certificate after one more step."""
    match step:
        case CertificateIssued():
            raise ValueError(f"certificate {certificate.id} was issued twice")
        case CertificateNamed():
            return replace(certificate, name=step.name)
        case CertificateWithdrawn():
            return replace(certificate, withdrawn_at=step.at, reasons=step.reasons)
        case _:
            assert_never(step)


def fold(steps: Iterable[CertificateStep]) -> Certificate:
    """The standing after a whole stream; ValueError if it does not begin with its issue."""
    rest = iter(steps)
    first = next(rest, None)
    if not isinstance(first, CertificateIssued):
        raise ValueError("a certificate begins with certificate.issued")
    certificate = Certificate(
        id=first.certificate,
        number=first.number,
        learner=first.learner,
        person=first.person,
        course=first.course,
        edition=first.edition,
        right=first.right,
        asked=first.asked,
        seconds=first.seconds,
        issued_at=first.at,
        valid_until=first.valid_until,
    )
    for step in rest:
        certificate = after(certificate, step)
    return certificate


def number_of(drawn: str) -> str:
    """A number to be read aloud, made of a fresh id: sixty bits that follow from nothing else."""
    left = int(drawn.replace("-", "")[-16:], 16)
    return _pieces("".join(_ALPHABET[(left >> (5 * n)) & 31] for n in reversed(range(_LONG))))


def plain(written: str) -> str:
    """A number as somebody typed it, in the form that is kept; empty where it is none."""
    kept = written[:40].upper().replace("O", "0").replace("I", "1").replace("L", "1")
    signs = "".join(sign for sign in kept if sign in _ALPHABET)
    return _pieces(signs) if len(signs) == _LONG else ""


def _pieces(signs: str) -> str:
    return "-".join(signs[at : at + _PIECE] for at in range(0, _LONG, _PIECE))
