"""Reports that were acknowledged together, as one encrypted packet."""

import hashlib
from collections.abc import Callable, Sequence

import msgspec

from gongdao.domain.flows.receiving import WaitingReport
from gongdao.domain.kernel.ids import PersonId, Sealed
from gongdao.domain.kernel.work import Salted
from gongdao.storage import codec
from gongdao.storage.field_cipher import FieldCipher


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """One report with the words that its seals stand for."""

    body: str
    """Canonical JSON: exactly the bytes that the leaf was hashed from."""
    leaf: bytes
    code: bytes
    """Digest of its code, 16 bytes."""
    texts: list[tuple[str, bytes, str]]
    """Digest, salt and text of the reference, the snapshot and the statement, in this order."""
    account: str | None
    newcomer: bool
    contact: str | None
    language: str

    def waiting(self) -> WaitingReport:
        """As the rules know it."""
        statement = self.texts[-1][2]
        report = codec.decode_report(self.body)
        return WaitingReport(
            report, statement, self.account, self.newcomer, self.contact, self.language
        )


_ENCODER = msgspec.msgpack.Encoder()
_DECODER = msgspec.msgpack.Decoder(list[Packed])


def pack(reports: Sequence[Packed], cipher: FieldCipher) -> bytes:
    """The packet."""
    return cipher.encrypt(_ENCODER.encode(reports))


def unpack(packet: bytes, cipher: FieldCipher) -> list[Packed]:
    """What is in it; InvalidToken if no key opens it."""
    return _DECODER.decode(cipher.decrypt(packet))


class Gathering:
    """Seals texts into memory: they are kept together, later."""

    def __init__(self, salt: Callable[[], bytes]) -> None:
        self.salt = salt
        self.kept: list[tuple[str, bytes, str]] = []

    def seal(self, text: str, about: PersonId | None) -> Sealed:
        """As `PgTexts` does; characters were checked with the submission."""
        del about
        salt = self.salt()
        digest = hashlib.sha256(salt + text.encode()).hexdigest()
        self.kept.append((digest, salt, text))
        return Sealed(digest)

    def open(self, seal: Sealed) -> str | None:
        """One of those gathered."""
        return next((text for digest, _, text in self.kept if digest == seal), None)

    def several(self, seals: Sequence[Sealed]) -> dict[Sealed, str]:
        """Some of those gathered."""
        return {Sealed(digest): text for digest, _, text in self.kept if digest in seals}

    def seal_all(self, texts: Sequence[str], about: PersonId | None) -> list[Sealed]:
        """One by one: nothing is written here."""
        return [self.seal(text, about) for text in texts]

    def salted(self, seals: Sequence[Sealed]) -> dict[Sealed, Salted]:
        """Some of those gathered, with their salts."""
        return {Sealed(d): Salted(text, salt) for d, salt, text in self.kept if d in seals}
