"""Timestamps of an outside authority (RFC 3161): asking for one, and checking what came back.

A request names a SHA-256 hash and nothing else. What is answered is kept as it came, byte by byte,
and read at once: an answer that cannot be read is found while it can still be asked for again.
"""

import http.client
import ssl
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from gongdao.domain.evidence.stamped import Stamped
from gongdao.domain.kernel.errors import BadInput, PeerFailed, Refused, hint_noop

if TYPE_CHECKING:
    from rfc3161_client import TimeStampResponse

SECONDS = 20.0
LARGEST = 64 * 1024
_FINE = 200
_NONCE = 8
# TimeStampReq (RFC 3161 §2.4.1), version 1: the imprint with SHA-256's name, a nonce, and that the
# certificate is wanted. The library's own builder hashes what it is given; we have a hash.
_IMPRINT = bytes.fromhex("3031300d060960864801650304020105000420")


@dataclass(frozen=True, slots=True)
class Authority:
    """A timestamp authority by its address, and the roots that its certificate must lead to."""

    url: str
    roots: Path | None
    random_bytes: Callable[[int], bytes]

    def ask(self, digest: bytes) -> bytes:
        """The raw answer about a SHA-256 hash; PeerFailed if there is none."""
        nonce = b"\x01" + self.random_bytes(_NONCE)[1:]
        reply = _post(self.url, request(digest, nonce))
        read(reply, digest, self.certificates(), int.from_bytes(nonce))
        return reply

    def certificates(self) -> list[bytes]:
        """The roots that are trusted (PEM)."""
        if self.roots is None:
            return []
        try:
            return [self.roots.read_bytes()]
        except OSError as problem:
            raise BadInput(
                "timestamp.no_roots",
                hint_noop("The certificates {path} cannot be read: {why}."),
                path=str(self.roots),
                why=problem.strerror or "",
            ) from problem


def request(digest: bytes, nonce: bytes) -> bytes:
    """What is sent to an authority."""
    inner = b"\x02\x01\x01" + _IMPRINT + digest + b"\x02" + bytes([len(nonce)]) + nonce
    inner += b"\x01\x01\xff"
    return b"\x30" + bytes([len(inner)]) + inner


def read(reply: bytes, digest: bytes, roots: Sequence[bytes], nonce: int | None = None) -> Stamped:
    """What an answer says; Refused unless it is about this hash and, with roots, leads to one.

    The chain is checked at the time that the answer names: an authority's certificate may have run
    out since. Without roots the time is read and nobody vouches for it.
    """
    from rfc3161_client import VerificationError, decode_timestamp_response  # noqa: PLC0415

    try:
        answer = decode_timestamp_response(reply)
        info = answer.tst_info
        imprint, at = info.message_imprint.message, info.gen_time
    except ValueError as problem:
        raise Refused(
            "timestamp.unreadable",
            hint_noop("The authority's answer is no timestamp: {why}."),
            why=str(problem)[:200],
        ) from problem
    if imprint != digest or (nonce is not None and info.nonce != nonce):
        raise Refused(
            "timestamp.about_other", hint_noop("The timestamp is not about what was asked.")
        )
    if roots:
        try:
            _verify(answer, digest, roots)
        except (VerificationError, ValueError) as problem:
            raise Refused(
                "timestamp.not_trusted",
                hint_noop("The timestamp does not hold against the trusted roots: {why}."),
                why=str(problem)[:200],
            ) from problem
    return Stamped(at=_aware(at), serial=str(info.serial_number), verified=bool(roots))


def _verify(answer: "TimeStampResponse", digest: bytes, roots: Sequence[bytes]) -> None:
    from cryptography.x509 import load_pem_x509_certificates  # noqa: PLC0415
    from rfc3161_client import VerifierBuilder  # noqa: PLC0415

    builder = VerifierBuilder()
    for pem in roots:
        for certificate in load_pem_x509_certificates(pem):
            builder = builder.add_root_certificate(certificate)
    builder.build().verify(answer, digest)


def _aware(at: datetime) -> datetime:
    from datetime import UTC  # noqa: PLC0415

    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _post(url: str, body: bytes) -> bytes:
    parts = urlsplit(url)
    try:
        connection = (
            http.client.HTTPSConnection(
                parts.netloc, timeout=SECONDS, context=ssl.create_default_context()
            )
            if parts.scheme == "https"
            else http.client.HTTPConnection(parts.netloc, timeout=SECONDS)
        )
        try:
            where = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Content-Type": "application/timestamp-query"}
            connection.request("POST", where, body, headers)
            answer = connection.getresponse()
            reply = answer.read(LARGEST + 1)
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as problem:
        raise _unreachable(type(problem).__name__) from problem
    if answer.status != _FINE or len(reply) > LARGEST:
        raise _unreachable(str(answer.status))
    return reply


def _unreachable(why: str) -> PeerFailed:
    hint = hint_noop("The timestamp authority did not answer: {why}. It is asked again.")
    return PeerFailed("timestamp.unreachable", hint, why=why)
